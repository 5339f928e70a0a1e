/* SPDX-License-Identifier: Apache-2.0 */
/* What results want to have changed, decided: an outer value before one inside of it, and nothing that tests do not
 * agree on. How bytes are changed is yaml_edit's business. */
#include "cli/test/test_update.h"

#include "cli/limits.h"
#include "cli/test/suite.h"

#include "cli/patch.h"
#include "cli/replace_file.h"
#include "cli/yaml/yaml_edit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a result wants of a node. */
struct wish {
    const struct yaml_node *node;
    bool keep;        /* as it is */
    ddbexpr_str text; /* else the new one */
    size_t number;    /* in the order of the results */
};

struct test_update {
    char *path;
    ddbexpr_str text;
    bool is_json;
    ddbexpr_arena *arena;
    struct wish *wishes;
    size_t count, size;
    size_t placeless; /* differences without a node */
};

int test_update_begin(struct session *s, const char *path, ddbexpr_str text, struct test_update **ret)
{
    struct test_update *u = calloc(1, sizeof *u);
    size_t length = strlen(path);
    (void)s;
    if (!u || !(u->path = strdup(path)) || ddbexpr_arena_new(NULL, &u->arena) != DDBEXPR_OK) {
        test_update_free(u);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    u->text = text;
    u->is_json = length > 5 && strcmp(path + length - 5, ".json") == 0;
    *ret = u;
    return EXIT_TRUE;
}

void test_update_free(struct test_update *u)
{
    if (!u)
        return;
    ddbexpr_arena_free(u->arena);
    free(u->wishes);
    free(u->path);
    free(u);
}

/* --- collecting --- */

static bool add_wish(struct test_update *u, struct wish wish)
{
    if (u->count == u->size) {
        size_t size = u->size ? 2 * u->size : 64;
        struct wish *wishes = realloc(u->wishes, size * sizeof *wishes);
        if (!wishes)
            return false;
        u->wishes = wishes;
        u->size = size;
    }
    wish.number = u->count;
    u->wishes[u->count++] = wish;
    return true;
}

/* A word that is a text without quotes, too. */
static bool is_word(ddbexpr_str text)
{
    static const char *const others[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
    for (size_t i = 0; i < text.len; i++)
        if (!(text.ptr[i] >= 'a' && text.ptr[i] <= 'z') && !(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z'))
            return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text.len == strlen(others[i]) && strncasecmp(text.ptr, others[i], text.len) == 0)
            return false;
    return text.len > 0;
}

/* People write `expect: success`, and so it stays. */
static ddbexpr_str in_style_of(const struct test_update *u, const struct yaml_node *node, ddbexpr_str text)
{
    bool was_bare = !u->is_json && node->kind == YAML_KIND_SCALAR && node->is_plain && is_word(node->text);
    if (!was_bare || text.len < 2 || text.ptr[0] != '"')
        return text;
    const ddbexpr_str word = {text.ptr + 1, text.len - 2};
    return is_word(word) ? word : text;
}

static bool add_change(struct test_update *u, const struct difference *d)
{
    ddbexpr_str text = in_style_of(u, d->node, d->replacement);
    char *copy = ddbexpr_arena_alloc(u->arena, text.len + 1);
    if (!copy)
        return false;
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    return add_wish(u, (struct wish){.node = d->node, .text = {copy, text.len}});
}

/* --- what is not to change --- */

/* What a step wants of the nodes of its expectation. */
struct keeping {
    struct test_update *update;
    const struct test_result *result;
    size_t step;
    bool failed; /* no memory */
};

static bool differs(const struct keeping *k, const struct yaml_node *node)
{
    for (size_t i = 0; i < k->result->difference_count; i++)
        if (k->result->differences[i].step == k->step && k->result->differences[i].node == node)
            return true;
    return false;
}

static void keep(struct keeping *k, bool given, const struct yaml_node *node)
{
    if (given && node && !differs(k, node) && !k->failed)
        k->failed = !add_wish(k->update, (struct wish){.node = node, .keep = true});
}

static void keep_expectation(struct keeping *k, const struct expectation *e)
{
    keep(k, true, e->node);
    keep(k, e->message.given, e->message.node);
    for (size_t i = 0; i < e->blame_count; i++)
        keep(k, true, e->blames[i].node);
    keep(k, e->after.given, e->after.node);
    for (size_t i = 0; i < e->table_count; i++)
        keep(k, e->tables[i].items.given, e->tables[i].items.node);
    keep(k, e->attributes.given, e->attributes.node);
    keep(k, e->item.given, e->item.node);
    keep(k, e->last_evaluated_key.given, e->last_evaluated_key.node);
    keep(k, e->items.given, e->items.node);
    keep(k, e->returned_count.given, e->returned_count.node);
    keep(k, e->scanned_count.given, e->scanned_count.node);
    keep(k, e->reasons_given, e->reasons_node);
    for (size_t i = 0; i < e->reason_count; i++) {
        keep(k, e->reasons[i].message.given, e->reasons[i].message.node);
        keep(k, e->reasons[i].item.given, e->reasons[i].item.node);
    }
}

/* Steps behind the one that failed may not have been run, and of an expectation that is all wrong nothing is kept. */
static bool keep_what_holds(struct test_update *u, const struct test_result *r)
{
    size_t end = r->verdict == TEST_FAILED ? r->failed_step + 1 : r->test->step_count;
    struct keeping k = {.update = u, .result = r};
    for (; k.step < end && k.step < r->test->step_count && !k.failed; k.step++) {
        const struct expectation *e = &r->test->steps[k.step].expect;
        if (!e->node || !differs(&k, e->node))
            keep_expectation(&k, e);
    }
    return !k.failed;
}

int test_update_add(struct test_update *u, const struct test_result *r)
{
    bool memory = true;
    if (r->verdict == TEST_SKIPPED)
        return EXIT_TRUE;
    for (size_t i = 0; i < r->difference_count && memory; i++) {
        if (u->text.ptr && r->differences[i].node)
            memory = add_change(u, &r->differences[i]);
        else
            u->placeless++;
    }
    memory = memory && (!u->text.ptr || keep_what_holds(u, r));
    return memory ? EXIT_TRUE : exit_for_status(DDBEXPR_NO_MEMORY);
}

/* --- deciding --- */

static int order(size_t a, size_t b) { return (a > b) - (a < b); }

/* By place, outer values first, then in the order of the results. */
static int compare_wishes(const void *a, const void *b)
{
    const struct wish *x = a, *y = b;
    int begin = order(x->node->begin, y->node->begin), end = order(y->node->end, x->node->end);
    return begin ? begin : end ? end : order(x->number, y->number);
}

/* Whether all wishes of one node, which begin here, are the same. *ret_next: those of the next node. */
static bool agree(const struct test_update *u, size_t at, size_t *ret_next)
{
    const struct wish *first = &u->wishes[at];
    bool same = true;
    for (*ret_next = at + 1; *ret_next < u->count; ++*ret_next) {
        const struct wish *other = &u->wishes[*ret_next];
        if (other->node->begin != first->node->begin || other->node->end != first->node->end)
            break;
        same = same && other->keep == first->keep && same_text(other->text, first->text);
    }
    return same;
}

static size_t decide(const struct test_update *u, struct yaml_edit *edits)
{
    size_t count = 0, outer_end = 0;
    for (size_t at = 0, next; at < u->count; at = next) {
        const struct wish *w = &u->wishes[at];
        bool same = agree(u, at, &next);
        if (count && w->node->end <= outer_end)
            continue; /* inside of what is written anew; a value that is not written at all may be where that ends */
        if (!same)
            complain("%s:%zu:%zu: tests that share this expectation want different ones: it was left as it is", u->path,
                     w->node->line, w->node->column);
        else if (!w->keep) {
            edits[count++] = (struct yaml_edit){w->node->begin, w->node->end, w->text};
            outer_end = w->node->end;
        }
    }
    return count;
}

/* --- writing --- */

/* Line by line: what stands in a suite must not drive the terminal. */
static ddbexpr_status show_lines(ddbexpr_str text)
{
    ddbexpr_buffer *visible;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &visible);
    if (status != DDBEXPR_OK)
        return status;
    while (text.len && status == DDBEXPR_OK) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t length = end ? (size_t)(end - text.ptr) : text.len;
        size_t shown = length && text.ptr[length - 1] == '\r' ? length - 1 : length;
        status = ddbexpr_buffer_append_visible(visible, (ddbexpr_str){text.ptr, shown}, NULL);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(visible, ddbexpr_cstr("\n"));
        length += end != NULL;
        text = (ddbexpr_str){text.ptr + length, text.len - length};
    }
    if (status == DDBEXPR_OK)
        put_err(ddbexpr_buffer_text(visible));
    ddbexpr_buffer_free(visible);
    return status;
}

static int show_patch(const struct test_update *u, ddbexpr_str text)
{
    ddbexpr_buffer *patch;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &patch);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    status = put_patch(u->path, u->text, text, patch);
    if (status == DDBEXPR_OK)
        status = show_lines(ddbexpr_buffer_text(patch));
    ddbexpr_buffer_free(patch);
    return exit_for_status(status);
}

static int write_anew(const struct test_update *u, const struct yaml_edit *edits, size_t count)
{
    struct yaml_reader reader = {.arena = u->arena,
                                 .name = u->path,
                                 .what = "a suite",
                                 .largest = LIMIT_SUITE_BYTES,
                                 .levels = LIMIT_SUITE_LEVELS,
                                 .is_json = u->is_json,
                                 .nul_is_text = true};
    ddbexpr_buffer *made;
    if (ddbexpr_buffer_new(NULL, &made) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int exit = yaml_edit_text(&reader, u->text, edits, count, made);
    if (exit == EXIT_TRUE)
        exit = show_patch(u, ddbexpr_buffer_text(made));
    if (exit == EXIT_TRUE)
        exit = replace_file(u->path, u->text, ddbexpr_buffer_text(made));
    ddbexpr_buffer_free(made);
    return exit;
}

/* Why there is no text to change. */
static void tell_unchangeable(const struct test_update *u)
{
    static const char end[] = ".jsonl";
    size_t length = strlen(u->path);
    if (strcmp(u->path, "-") == 0)
        complain("standard input cannot be changed by --update: give it a suite in a file");
    else if (length >= sizeof end - 1 && strcmp(u->path + length - (sizeof end - 1), end) == 0)
        complain("%s: --update changes suites, and no case files", u->path);
    else
        complain("%s: it is UTF-16, which --update cannot change: save it as UTF-8", u->path);
}

int test_update_end(struct test_update *u, size_t *ret_changed)
{
    struct yaml_edit *edits = ddbexpr_arena_alloc(u->arena, u->count * sizeof *edits + 1);
    *ret_changed = 0;
    if (!edits)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    if (u->count)
        qsort(u->wishes, u->count, sizeof *u->wishes, compare_wishes);
    size_t count = decide(u, edits);
    int exit = count ? write_anew(u, edits, count) : EXIT_TRUE;
    if (exit == EXIT_TRUE)
        *ret_changed = count;
    if (u->placeless && !u->text.ptr)
        tell_unchangeable(u);
    else if (u->placeless)
        complain("%s: %zu of what differs cannot be written by --update: write what you expect", u->path, u->placeless);
    return exit;
}
