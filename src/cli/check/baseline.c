/* SPDX-License-Identifier: Apache-2.0 */
/* Reading, matching and writing baselines. INVARIANT: the same findings make the same file, byte for byte, whatever
 * their order, so that its differences can be reviewed. */
#include "cli/check/baseline.h"

#include "cli/check/finding_key.h"
#include "cli/replace_file.h"
#include "cli/report/report_tree.h"

#include <stdlib.h>
#include <string.h>

#define VERSION       1          /* of the format */
#define HIGHEST_COUNT 1000000000 /* so that sums stay numbers */

/* Entries by key. An entry is {"rule": …, "file": …, "expression": …, "count": …}; its key is the first three, with
 * line ends between them, which the visible forms of texts do not have: file first, to sort by it. */

/* Sets the key of three texts. */
static ddbexpr_status put_key(ddbexpr_buffer *key, ddbexpr_str file, ddbexpr_str rule, ddbexpr_str expression)
{
    const ddbexpr_str parts[] = {file, ddbexpr_cstr("\n"), rule, ddbexpr_cstr("\n"), expression};
    ddbexpr_status status = DDBEXPR_OK;
    ddbexpr_buffer_clear(key);
    for (size_t i = 0; status == DDBEXPR_OK && i < sizeof parts / sizeof *parts; i++)
        status = ddbexpr_buffer_append(key, parts[i]);
    return status;
}

struct finding_texts {
    ddbexpr_buffer *file, *expression, *key;
};

static void texts_free(struct finding_texts *texts)
{
    ddbexpr_buffer_free(texts->file);
    ddbexpr_buffer_free(texts->expression);
    ddbexpr_buffer_free(texts->key);
}

static ddbexpr_status texts_new(struct finding_texts *texts)
{
    *texts = (struct finding_texts){NULL, NULL, NULL};
    if (ddbexpr_buffer_new(NULL, &texts->file) == DDBEXPR_OK &&
        ddbexpr_buffer_new(NULL, &texts->expression) == DDBEXPR_OK &&
        ddbexpr_buffer_new(NULL, &texts->key) == DDBEXPR_OK)
        return DDBEXPR_OK;
    texts_free(texts);
    return DDBEXPR_NO_MEMORY;
}

static ddbexpr_status texts_set(struct finding_texts *texts, const struct finding *finding)
{
    ddbexpr_buffer_clear(texts->file);
    ddbexpr_buffer_clear(texts->expression);
    ddbexpr_status status = finding_append_file(finding, texts->file);
    if (status == DDBEXPR_OK)
        status = finding_append_subject(finding, texts->expression);
    if (status == DDBEXPR_OK)
        status = put_key(texts->key, ddbexpr_buffer_text(texts->file), ddbexpr_cstr(ddbexpr_diag_code(finding->diag)),
                         ddbexpr_buffer_text(texts->expression));
    return status;
}

/* --- reading --- */

static int unreadable(const char *path, const char *why)
{
    complain("%s: no baseline: %s", path, why);
    return EXIT_UNUSABLE;
}

static ddbexpr_str text_member(const json_t *entry, const char *name)
{
    const json_t *text = json_object_get(entry, name);
    return json_is_string(text) ? (ddbexpr_str){json_string_value(text), json_string_length(text)}
                                : (ddbexpr_str){NULL, 0};
}

/* One entry into the entries by key; `left` is how many findings it still stands for, `unseen` how many of them this
 * run does not show, or did not look for. */
static int read_entry(const char *path, json_t *entry, ddbexpr_buffer *key, json_t *entries)
{
    ddbexpr_str rule = text_member(entry, "rule"), file = text_member(entry, "file");
    ddbexpr_str expression = text_member(entry, "expression");
    const json_t *count = json_object_get(entry, "count");
    if (!rule.ptr || !file.ptr || !expression.ptr || !json_is_integer(count) || json_integer_value(count) < 1 ||
        json_integer_value(count) > HIGHEST_COUNT)
        return unreadable(path, "an entry has rule, file, expression and a count from 1");
    if (put_key(key, file, rule, expression) != DDBEXPR_OK ||
        json_object_set(entries, ddbexpr_buffer_text(key).ptr, entry) != 0 ||
        json_object_set_new(entry, "left", json_integer(json_integer_value(count))) != 0 ||
        json_object_set_new(entry, "unseen", json_integer(0)) != 0)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    return EXIT_TRUE;
}

static int read_entries(const char *path, const json_t *root, json_t *entries)
{
    const json_t *findings = json_object_get(root, "findings");
    ddbexpr_buffer *key;
    int exit = EXIT_TRUE;
    if (json_integer_value(json_object_get(root, "version")) != VERSION)
        return unreadable(path, "its version is not 1");
    if (!json_is_array(findings))
        return unreadable(path, "it has no findings");
    if (ddbexpr_buffer_new(NULL, &key) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    for (size_t i = 0; exit == EXIT_TRUE && i < json_array_size(findings); i++)
        exit = read_entry(path, json_array_get(findings, i), key, entries);
    ddbexpr_buffer_free(key);
    return exit;
}

static int read_baseline(struct session *s, const char *path, json_t *entries)
{
    ddbexpr_str text;
    json_error_t error;
    if (!read_file(s->arena, path, &text))
        return EXIT_UNUSABLE;
    json_t *root;
    ddbexpr_status status = tree_load(text, JSON_REJECT_DUPLICATES, &root, &error);
    if (status == DDBEXPR_NO_MEMORY)
        return exit_for_status(status);
    if (status != DDBEXPR_OK) {
        complain("%s: no baseline: line %d: %s", path, error.line, error.text);
        return EXIT_UNUSABLE;
    }
    int exit = read_entries(path, root, entries);
    json_decref(root);
    return exit;
}

/* --- matching --- */

static json_int_t number_of(const json_t *entry, const char *name)
{
    return json_integer_value(json_object_get(entry, name));
}

static void add_to(const json_t *entry, const char *name, json_int_t number)
{
    json_t *member = json_object_get(entry, name);
    json_integer_set(member, json_integer_value(member) + number);
}

/* Takes a finding off the entry that knows it. */
static ddbexpr_status take(const struct finding *finding, const json_t *entries, struct finding_texts *texts,
                           json_t **ret_entry)
{
    *ret_entry = NULL;
    ddbexpr_status status = texts_set(texts, finding);
    if (status != DDBEXPR_OK)
        return status;
    json_t *entry = json_object_get(entries, ddbexpr_buffer_text(texts->key).ptr);
    if (number_of(entry, "left") < 1)
        return DDBEXPR_OK;
    add_to(entry, "left", -1);
    *ret_entry = entry;
    return DDBEXPR_OK;
}

/* Those that are shown come first: what is left out must not use up what they are known by. */
static ddbexpr_status take_known(const struct baseline_input *input, const json_t *entries, struct finding_texts *texts)
{
    json_t *entry;
    for (size_t i = 0; i < input->count; i++) {
        if (input->all[i].suppressed)
            continue;
        ddbexpr_status status = take(&input->all[i], entries, texts, &entry);
        if (status != DDBEXPR_OK)
            return status;
        if (entry)
            input->all[i].suppressed = SUPPRESSED_BY_BASELINE;
    }
    for (size_t i = 0; i < input->other_count; i++) {
        if (input->others[i].suppressed)
            continue;
        ddbexpr_status status = take(&input->others[i], entries, texts, &entry);
        if (status != DDBEXPR_OK)
            return status;
        if (entry)
            add_to(entry, "unseen", 1);
    }
    return DDBEXPR_OK;
}

/* Adds the files of the units that could be read to an object's names, or takes those of the others away. */
static ddbexpr_status name_files(const struct findings *findings, bool readable, ddbexpr_buffer *text, json_t *files)
{
    for (size_t i = 0; i < findings->unit_count; i++) {
        const struct finding of_unit = {.unit = &findings->units[i]};
        if ((of_unit.unit->request.size != 0) != readable)
            continue;
        ddbexpr_buffer_clear(text);
        if (finding_append_file(&of_unit, text) != DDBEXPR_OK)
            return DDBEXPR_NO_MEMORY;
        if (!readable)
            json_object_del(files, ddbexpr_buffer_text(text).ptr);
        else if (json_object_set_new(files, ddbexpr_buffer_text(text).ptr, json_true()) != 0)
            return DDBEXPR_NO_MEMORY;
    }
    return DDBEXPR_OK;
}

/* An entry of a file that was not checked as a whole, or of a code that is not selected, may well be true. */
static void set_aside(const struct selection *selection, json_t *entries, const json_t *files)
{
    const char *key;
    json_t *entry;
    json_object_foreach(entries, key, entry)
    {
        json_int_t left = number_of(entry, "left");
        if (json_object_get(files, text_member(entry, "file").ptr) &&
            selection_has(selection, text_member(entry, "rule").ptr, true))
            continue;
        add_to(entry, "unseen", left);
        add_to(entry, "left", -left);
    }
}

static void tell_stale(const char *path, json_t *entries)
{
    const char *key;
    json_t *entry;
    json_int_t stale = 0;
    const json_t *first = NULL;
    json_object_foreach(entries, key, entry)
    {
        json_int_t left = number_of(entry, "left");
        stale += left;
        if (left && !first)
            first = entry;
    }
    if (!first)
        return;
    complain("note: %s knows %" JSON_INTEGER_FORMAT " %s that %s there no more, such as %s in %s: %s", path, stale,
             stale == 1 ? "finding" : "findings", stale == 1 ? "is" : "are", text_member(first, "rule").ptr,
             text_member(first, "file").len ? text_member(first, "file").ptr : "the command line",
             text_member(first, "expression").ptr);
}

static ddbexpr_status match(const struct baseline_input *input, json_t *entries)
{
    struct finding_texts texts;
    json_t *files = json_object();
    ddbexpr_status status = texts_new(&texts);
    if (status == DDBEXPR_OK) {
        status = take_known(input, entries, &texts);
        for (int readable = 1; status == DDBEXPR_OK && readable >= 0; readable--)
            status = name_files(input->findings, readable, texts.file, files);
        if (status == DDBEXPR_OK)
            set_aside(input->selection, entries, files);
        texts_free(&texts);
    }
    json_decref(files);
    return status;
}

static int apply(struct session *s, const struct baseline_input *input, json_t *entries)
{
    const char *path = options_value(s->options, OPTION_BASELINE);
    if (!path)
        return EXIT_TRUE;
    int exit = read_baseline(s, path, entries);
    if (exit != EXIT_TRUE)
        return exit;
    ddbexpr_status status = match(input, entries);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    tell_stale(path, entries);
    return EXIT_TRUE;
}

/* --- writing --- */

/* Adds to the count of the entry that the texts are the key of. */
static ddbexpr_status count_some(struct tree *tree, json_t *entries, const char *key, ddbexpr_str file,
                                 ddbexpr_str rule, ddbexpr_str expression, json_int_t number)
{
    json_t *entry = json_object_get(entries, key);
    if (!entry) {
        entry = tree_set(tree, entries, key, json_object());
        tree_set_text(tree, entry, "rule", rule);
        tree_set_text(tree, entry, "file", file);
        tree_set_text(tree, entry, "expression", expression);
        tree_set_number(tree, entry, "count", 0);
    }
    add_to(entry, "count", number);
    return tree->failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK;
}

static ddbexpr_status collect(const struct baseline_input *input, struct tree *tree, json_t *entries)
{
    struct finding_texts texts;
    ddbexpr_status status = texts_new(&texts);
    if (status != DDBEXPR_OK)
        return status;
    for (size_t i = 0; status == DDBEXPR_OK && i < input->count; i++) {
        struct finding *finding = &input->all[i];
        if (finding->suppressed && finding->suppressed != SUPPRESSED_BY_BASELINE)
            continue;
        status = texts_set(&texts, finding);
        if (status == DDBEXPR_OK)
            status =
                count_some(tree, entries, ddbexpr_buffer_text(texts.key).ptr, ddbexpr_buffer_text(texts.file),
                           ddbexpr_cstr(ddbexpr_diag_code(finding->diag)), ddbexpr_buffer_text(texts.expression), 1);
        finding->suppressed = SUPPRESSED_BY_BASELINE;
    }
    texts_free(&texts);
    return status;
}

/* What this run cannot say anything about. */
static ddbexpr_status carry_over(json_t *old, struct tree *tree, json_t *entries)
{
    const char *key;
    json_t *entry;
    ddbexpr_status status = DDBEXPR_OK;
    json_object_foreach(old, key, entry)
    {
        json_int_t unseen = number_of(entry, "unseen");
        if (status == DDBEXPR_OK && unseen)
            status = count_some(tree, entries, key, text_member(entry, "file"), text_member(entry, "rule"),
                                text_member(entry, "expression"), unseen);
    }
    return status;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static ddbexpr_status print_sorted(struct session *s, struct tree *tree, json_t *entries, ddbexpr_buffer *out)
{
    size_t count = json_object_size(entries), i = 0;
    const char **names = ddbexpr_arena_alloc(s->arena, (count + 1) * sizeof *names);
    json_t *root = json_object(), *entry;
    const char *name;
    if (!names) {
        json_decref(root);
        return DDBEXPR_NO_MEMORY;
    }
    json_object_foreach(entries, name, entry) names[i++] = name;
    qsort(names, count, sizeof *names, compare_names);
    tree_set_number(tree, root, "version", VERSION);
    json_t *findings = tree_set(tree, root, "findings", json_array());
    for (i = 0; i < count; i++)
        tree_append(tree, findings, json_incref(json_object_get(entries, names[i])));
    ddbexpr_status status = tree_print(tree, root, 2, out);
    json_decref(root);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, ddbexpr_cstr("\n")) : status;
}

static int write_new(struct session *s, const struct baseline_input *input, json_t *old)
{
    const char *path = options_value(s->options, OPTION_WRITE_BASELINE);
    if (!path)
        return EXIT_TRUE;
    if (memory_ran_out()) /* some file was not checked for it */
        return EXIT_INTERNAL;
    struct tree tree = {false};
    json_t *entries = json_object();
    ddbexpr_status status = collect(input, &tree, entries);
    if (status == DDBEXPR_OK)
        status = carry_over(old, &tree, entries);
    ddbexpr_buffer_clear(s->out);
    if (status == DDBEXPR_OK)
        status = print_sorted(s, &tree, entries, s->out);
    json_decref(entries);
    return status == DDBEXPR_OK ? put_file(path, ddbexpr_buffer_text(s->out)) : exit_for_status(status);
}

int baseline_use(struct session *s, const struct baseline_input *input)
{
    json_t *old = json_object();
    int exit = apply(s, input, old);
    if (exit == EXIT_TRUE)
        exit = write_new(s, input, old);
    json_decref(old);
    return exit;
}
