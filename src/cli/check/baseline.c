/* SPDX-License-Identifier: Apache-2.0 */
/* Reading, matching and writing baselines. INVARIANT: the same findings make the same file, byte for byte, whatever
 * their order, so that its differences can be reviewed. */
#include "cli/check/baseline.h"

#include "cli/check/finding_key.h"
#include "cli/check/report_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* One entry into the entries by key; `left` is how many findings it still stands for. */
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
        json_object_set_new(entry, "left", json_integer(json_integer_value(count))) != 0)
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
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        complain("%s: no baseline: line %d: %s", path, error.line, error.text);
        return EXIT_UNUSABLE;
    }
    int exit = read_entries(path, root, entries);
    json_decref(root);
    return exit;
}

/* --- matching --- */

static ddbexpr_status mark_known(struct finding *all, size_t count, const json_t *entries, struct finding_texts *texts)
{
    for (size_t i = 0; i < count; i++) {
        if (all[i].suppressed)
            continue;
        ddbexpr_status status = texts_set(texts, &all[i]);
        if (status != DDBEXPR_OK)
            return status;
        json_t *left = json_object_get(json_object_get(entries, ddbexpr_buffer_text(texts->key).ptr), "left");
        if (json_integer_value(left) < 1)
            continue;
        json_integer_set(left, json_integer_value(left) - 1);
        all[i].suppressed = SUPPRESSED_BY_BASELINE;
    }
    return DDBEXPR_OK;
}

/* The files that were checked, as an object's names: an entry of another file may well be true. */
static ddbexpr_status name_files(const struct findings *findings, ddbexpr_buffer *text, json_t *files)
{
    for (size_t i = 0; i < findings->unit_count; i++) {
        const struct finding of_unit = {.unit = &findings->units[i]};
        ddbexpr_buffer_clear(text);
        if (finding_append_file(&of_unit, text) != DDBEXPR_OK ||
            json_object_set_new(files, ddbexpr_buffer_text(text).ptr, json_true()) != 0)
            return DDBEXPR_NO_MEMORY;
    }
    return DDBEXPR_OK;
}

static void tell_stale(const char *path, const struct selection *selection, json_t *entries, const json_t *files)
{
    const char *key;
    json_t *entry;
    json_int_t stale = 0;
    const json_t *first = NULL;
    json_object_foreach(entries, key, entry)
    {
        json_int_t left = json_integer_value(json_object_get(entry, "left"));
        if (left < 1 || !json_object_get(files, text_member(entry, "file").ptr) ||
            !selection_has(selection, text_member(entry, "rule").ptr, true))
            continue;
        stale += left;
        if (!first)
            first = entry;
    }
    if (!first)
        return;
    complain("note: %s knows %" JSON_INTEGER_FORMAT " %s that %s there no more, such as %s in %s: %s", path, stale,
             stale == 1 ? "finding" : "findings", stale == 1 ? "is" : "are", text_member(first, "rule").ptr,
             text_member(first, "file").len ? text_member(first, "file").ptr : "the command line",
             text_member(first, "expression").ptr);
}

static ddbexpr_status match(const char *path, const struct selection *selection, struct finding *all, size_t count,
                            const struct findings *findings, json_t *entries)
{
    struct finding_texts texts;
    json_t *files = json_object();
    ddbexpr_status status = texts_new(&texts);
    if (status == DDBEXPR_OK) {
        status = mark_known(all, count, entries, &texts);
        if (status == DDBEXPR_OK)
            status = name_files(findings, texts.file, files);
        if (status == DDBEXPR_OK)
            tell_stale(path, selection, entries, files);
        texts_free(&texts);
    }
    json_decref(files);
    return status;
}

int baseline_apply(struct session *s, const struct selection *selection, struct finding *all, size_t count,
                   const struct findings *findings)
{
    const char *path = options_value(s->options, OPTION_BASELINE);
    if (!path)
        return EXIT_TRUE;
    json_t *entries = json_object();
    int exit = read_baseline(s, path, entries);
    if (exit == EXIT_TRUE) {
        ddbexpr_status status = match(path, selection, all, count, findings, entries);
        if (status != DDBEXPR_OK)
            exit = exit_for_status(status);
    }
    json_decref(entries);
    return exit;
}

/* --- writing --- */

static ddbexpr_status count_one(struct tree *tree, json_t *entries, const struct finding_texts *texts,
                                const struct finding *finding)
{
    const char *key = ddbexpr_buffer_text(texts->key).ptr;
    json_t *entry = json_object_get(entries, key);
    if (!entry) {
        entry = tree_set(tree, entries, key, json_object());
        tree_set_text(tree, entry, "rule", ddbexpr_cstr(ddbexpr_diag_code(finding->diag)));
        tree_set_text(tree, entry, "file", ddbexpr_buffer_text(texts->file));
        tree_set_text(tree, entry, "expression", ddbexpr_buffer_text(texts->expression));
        tree_set_number(tree, entry, "count", 0);
    }
    json_t *count = json_object_get(entry, "count");
    json_integer_set(count, json_integer_value(count) + 1);
    return tree->failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK;
}

static ddbexpr_status collect(struct finding *all, size_t count, struct tree *tree, json_t *entries)
{
    struct finding_texts texts;
    ddbexpr_status status = texts_new(&texts);
    if (status != DDBEXPR_OK)
        return status;
    for (size_t i = 0; status == DDBEXPR_OK && i < count; i++) {
        if (all[i].suppressed && all[i].suppressed != SUPPRESSED_BY_BASELINE)
            continue;
        status = texts_set(&texts, &all[i]);
        if (status == DDBEXPR_OK)
            status = count_one(tree, entries, &texts, &all[i]);
        all[i].suppressed = SUPPRESSED_BY_BASELINE;
    }
    texts_free(&texts);
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

static int write_file(const char *path, ddbexpr_str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool done = fd >= 0;
    while (done && text.len > 0) {
        ssize_t written = write(fd, text.ptr, text.len);
        if (written >= 0) {
            text.ptr += written;
            text.len -= (size_t)written;
        } else if (errno != EINTR) {
            done = false;
        }
    }
    int error = errno;
    if (fd >= 0 && close(fd) != 0 && done) {
        error = errno;
        done = false;
    }
    if (!done)
        complain("%s: cannot be written: %s", path, strerror(error));
    return done ? EXIT_TRUE : EXIT_INTERNAL;
}

int baseline_write(struct session *s, struct finding *all, size_t count)
{
    const char *path = options_value(s->options, OPTION_WRITE_BASELINE);
    if (!path)
        return EXIT_TRUE;
    struct tree tree = {false};
    json_t *entries = json_object();
    ddbexpr_status status = collect(all, count, &tree, entries);
    ddbexpr_buffer_clear(s->out);
    if (status == DDBEXPR_OK)
        status = print_sorted(s, &tree, entries, s->out);
    json_decref(entries);
    return status == DDBEXPR_OK ? write_file(path, ddbexpr_buffer_text(s->out)) : exit_for_status(status);
}
