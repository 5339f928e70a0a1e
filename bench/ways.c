/* SPDX-License-Identifier: Apache-2.0 */
/* How ways that are no stage of the workload grow with inputs made to be slow: requests that are checked, linted and
 * mended, items that are compared and counted, examples and mutants, texts full of faults, deep JSON. The same inputs
 * as in tests/limits/test_small_stack.c, which must get through them with a small stack; here they are measured. */
#include "ways.h"

#include <ddbexpr/ddbexpr.h>
#include <ddbexpr/json.h>
#include <ddbexpr/located.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZES 3

struct way {
    const char *name;
    size_t n; /* the smallest size */
    void (*write)(FILE *to, size_t n);
    ddbexpr_status (*go)(ddbexpr_str input, ddbexpr_arena *arena, ddbexpr_buffer *out, ddbexpr_diags *diags);
};

/* --- what is done --- */

/* A whole request from its text: checked, linted, mended. */
static ddbexpr_status go_check(ddbexpr_str input, ddbexpr_arena *arena, ddbexpr_buffer *out, ddbexpr_diags *diags)
{
    const ddbexpr_json_search search = {
        .size = sizeof search, .operation_given = true, .operation = DDBEXPR_UPDATE_ITEM};
    const ddbexpr_found_request *found;
    size_t count, others, fixed;
    ddbexpr_request request;
    ddbexpr_status status = ddbexpr_json_find_requests(arena, input, &search, diags, &found, &count, &others);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_read_found(arena, &found[0], diags, &request);
    if (status == DDBEXPR_OK)
        status = ddbexpr_request_check(&request, NULL, 0, NULL, NULL, diags);
    if (status == DDBEXPR_OK || status == DDBEXPR_INVALID)
        status = ddbexpr_lint(&request, NULL, NULL, diags);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_fix_request(found[0].map, diags, true, out, &fixed);
    return status;
}

/* Two items, one after the other. */
static ddbexpr_status go_diff(ddbexpr_str input, ddbexpr_arena *arena, ddbexpr_buffer *out, ddbexpr_diags *diags)
{
    const ddbexpr_value *const *items;
    const ddbexpr_change *changes;
    size_t count;
    ddbexpr_status status = ddbexpr_json_read_items(arena, input, DDBEXPR_JSON_TYPED, diags, &items, &count);
    if (status == DDBEXPR_OK)
        status = count == 2 ? ddbexpr_diff(items[0], items[1], arena, &changes, &count) : DDBEXPR_MISUSE;
    return status == DDBEXPR_OK ? ddbexpr_diff_render(changes, count, NULL, out) : status;
}

static ddbexpr_status explain(const ddbexpr_program *program, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    const ddbexpr_value *item = ddbexpr_value_map(arena, NULL, NULL, 0);
    const ddbexpr_style style = {.size = sizeof style, .width = 100};
    ddbexpr_explanation *why = NULL;
    ddbexpr_mutants *mutants = NULL;
    ddbexpr_coverage *coverage = NULL;
    ddbexpr_survey *survey = NULL;
    ddbexpr_status status = ddbexpr_explain(program, item, NULL, NULL, &why);
    if (status == DDBEXPR_OK)
        status = ddbexpr_explanation_render(why, &style, out);
    if (status == DDBEXPR_OK)
        status = ddbexpr_coverage_new(why, NULL, &coverage);
    if (status == DDBEXPR_OK)
        status = ddbexpr_coverage_add(coverage, why);
    if (status == DDBEXPR_OK)
        status = ddbexpr_survey_new(program, NULL, &survey);
    if (status == DDBEXPR_OK)
        status = ddbexpr_survey_add(survey, item, NULL);
    if (status == DDBEXPR_OK)
        status = ddbexpr_mutants_new(why, NULL, &mutants);
    ddbexpr_mutants_free(mutants);
    ddbexpr_survey_free(survey);
    ddbexpr_coverage_free(coverage);
    ddbexpr_explanation_free(why);
    return status;
}

/* A condition, of an item that has nothing: explained, covered, counted, mutated. */
static ddbexpr_status go_explain(ddbexpr_str input, ddbexpr_arena *arena, ddbexpr_buffer *out, ddbexpr_diags *diags)
{
    ddbexpr_program *program = NULL;
    ddbexpr_status status = ddbexpr_compile(DDBEXPR_CONDITION, input, NULL, NULL, diags, &program);
    if (status == DDBEXPR_OK)
        status = explain(program, arena, out);
    ddbexpr_program_free(program);
    return status;
}

static ddbexpr_status parse_as(ddbexpr_kind kind, ddbexpr_str input, ddbexpr_buffer *out, ddbexpr_diags *diags)
{
    ddbexpr_expression *expression = NULL;
    ddbexpr_status status = ddbexpr_parse_lenient(kind, input, NULL, diags, &expression);
    if (status == DDBEXPR_OK)
        status = ddbexpr_expression_format(expression, NULL, out);
    if (status == DDBEXPR_OK)
        status = ddbexpr_expression_print(expression, DDBEXPR_TREE_JSON, out);
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        ddbexpr_diag_render(ddbexpr_diags_at(diags, i), NULL, out);
    ddbexpr_expression_free(expression);
    return status == DDBEXPR_INVALID ? DDBEXPR_OK : status;
}

static ddbexpr_status go_parse(ddbexpr_str input, ddbexpr_arena *arena, ddbexpr_buffer *out, ddbexpr_diags *diags)
{
    (void)arena;
    return parse_as(DDBEXPR_CONDITION, input, out, diags);
}

/* Of the item only one attribute is wanted; or it is no item. */
static ddbexpr_status go_read(ddbexpr_str input, ddbexpr_arena *arena, ddbexpr_buffer *out, ddbexpr_diags *diags)
{
    static const ddbexpr_str wanted_names[] = {{"pk", 2}};
    const ddbexpr_json_wanted *wanted;
    const ddbexpr_value *item;
    (void)out;
    ddbexpr_status status = ddbexpr_json_wanted_new(arena, wanted_names, 1, &wanted);
    ddbexpr_json_items items = {.size = sizeof items, .text = input, .wanted = wanted};
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_next_item(&items, arena, diags, &item);
    return status == DDBEXPR_INVALID ? DDBEXPR_OK : status;
}

/* --- what it is done with --- */

static void repeat(FILE *to, size_t n, const char *piece)
{
    while (n--)
        fputs(piece, to);
}

static const char *comma(size_t i) { return i ? "," : ""; }

static void write_unused(FILE *to, size_t n)
{
    fputs("{\"Key\":{\"pk\":{\"S\":\"k\"}},\"UpdateExpression\":\"REMOVE #n0\",\"ExpressionAttributeNames\":{", to);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%s\"#n%zu\":\"name\"", comma(i), i);
    fputs("}}", to);
}

static void write_undefined(FILE *to, size_t n)
{
    fputs("{\"Key\":{\"pk\":{\"S\":\"k\"}},\"UpdateExpression\":\"REMOVE ", to);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%s#n%zu", comma(i), i);
    fputs("\"}", to);
}

static void write_overlaps(FILE *to, size_t n)
{
    fputs("{\"Key\":{\"pk\":{\"S\":\"k\"}},\"UpdateExpression\":\"REMOVE ", to);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%sa.b", comma(i));
    fputs("\"}", to);
}

static void write_reserved(FILE *to, size_t n)
{
    fputs("{\"Key\":{\"pk\":{\"S\":\"k\"}},\"UpdateExpression\":\"REMOVE ", to);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%sa%zu.name", comma(i), i);
    fputs("\"}", to);
}

static void write_two_items(FILE *to, size_t n)
{
    for (size_t item = 0; item < 2; item++) {
        fputs("{\"pk\":{\"S\":\"k\"}", to);
        for (size_t i = 0; i < n; i++)
            fprintf(to, ",\"a%zu\":{\"L\":[{\"N\":\"%zu\"},{\"S\":\"x\"}]}", item ? n - i : i, i);
        fputs("}\n", to);
    }
}

static void write_two_lists(FILE *to, size_t n)
{
    for (size_t item = 0; item < 2; item++) {
        fputs("{\"pk\":{\"S\":\"k\"},\"a\":{\"L\":[{\"NULL\":true}", to);
        for (size_t i = 0; i < n; i++)
            fprintf(to, ",{\"M\":{\"a\":{\"N\":\"%zu\"}}}", i + item);
        fputs("]}}\n", to);
    }
}

static void write_two_sets(FILE *to, size_t n)
{
    for (size_t item = 0; item < 2; item++) {
        fputs("{\"pk\":{\"S\":\"k\"},\"a\":{\"NS\":[\"0\"", to);
        for (size_t i = 1; i < n; i++)
            fprintf(to, ",\"%zu\"", (i + 1) * (item + 1));
        fputs("]}}\n", to);
    }
}

static void write_clauses(FILE *to, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%sattribute_exists(a%zu)", i == 0 ? "" : i % 2 ? " AND " : " OR ", i);
}

static void write_nested(FILE *to, size_t n)
{
    repeat(to, n, "attribute_exists(a) AND (attribute_exists(b) OR (");
    fputs("attribute_exists(c)", to);
    repeat(to, n, "))");
}

static void write_nots(FILE *to, size_t n)
{
    repeat(to, n, "NOT ");
    fputs("attribute_exists(a)", to);
}

static void write_open(FILE *to, size_t n) { repeat(to, n, "("); }

static void write_redundant(FILE *to, size_t n)
{
    repeat(to, n, "(");
    fputs("a=b", to);
    repeat(to, n, ")");
}

static void write_long_path(FILE *to, size_t n)
{
    fputs("a=b", to);
    repeat(to, n, ".c");
}

static void write_arrays(FILE *to, size_t n)
{
    fputs("{\"pk\":", to);
    repeat(to, n, "[");
}

static void write_deep_lists(FILE *to, size_t n)
{
    fputs("{\"pk\":{\"S\":\"k\"},\"a\":", to);
    for (size_t i = 0; i < n; i++)
        fputs(i ? ",{\"L\":[{\"L\":[{\"L\":[{\"NULL\":true}]}]}]}" : "{\"L\":[{\"NULL\":true}", to);
    fputs("]}}", to);
}

static void write_long_line(FILE *to, size_t n)
{
    fputs("{\"pk\":{\"S\":\"k\"},\"a\":{\"S\":\"", to);
    repeat(to, n, "some \\\"text\\\" ");
    fputs("\"}}\n", to);
}

static const struct way ways[] = {
    {"unused names", 2000, write_unused, go_check},         {"undefined names", 100, write_undefined, go_check},
    {"overlapping paths", 125, write_overlaps, go_check},   {"reserved words", 50, write_reserved, go_check},
    {"diff of attributes", 2000, write_two_items, go_diff}, {"diff of lists", 1000, write_two_lists, go_diff},
    {"diff of sets", 2000, write_two_sets, go_diff},        {"explained clauses", 30, write_clauses, go_explain},
    {"explained nesting", 18, write_nested, go_explain},    {"explained NOTs", 70, write_nots, go_explain},
    {"open parentheses", 1000, write_open, go_parse},       {"redundant parentheses", 500, write_redundant, go_parse},
    {"long path", 500, write_long_path, go_parse},          {"open arrays", 250000, write_arrays, go_read},
    {"deep lists", 2000, write_deep_lists, go_read},        {"long line", 1800000, write_long_line, go_read},
};

/* --- measuring --- */

struct course {
    const struct way *way;
    char *text;
    size_t length;
    ddbexpr_arena *arena;
    ddbexpr_buffer *out;
    ddbexpr_diags *diags;
    ddbexpr_status status;
};

static void repeat_way(void *context, uint64_t repetitions)
{
    struct course *c = context;
    while (repetitions--) {
        ddbexpr_arena_reset(c->arena);
        ddbexpr_buffer_clear(c->out);
        ddbexpr_diags_clear(c->diags);
        c->status = c->way->go((ddbexpr_str){c->text, c->length}, c->arena, c->out, c->diags);
        keep(c->out);
    }
}

static bool course_begin(struct course *c, const struct way *way, size_t n)
{
    *c = (struct course){.way = way};
    FILE *file = open_memstream(&c->text, &c->length);
    if (!file)
        return false;
    way->write(file, n);
    if (fclose(file) != 0 || ddbexpr_arena_new(NULL, &c->arena) != DDBEXPR_OK ||
        ddbexpr_buffer_new(NULL, &c->out) != DDBEXPR_OK || ddbexpr_diags_new(NULL, &c->diags) != DDBEXPR_OK)
        return false;
    repeat_way(c, 1);
    return c->status == DDBEXPR_OK;
}

static void course_end(struct course *c)
{
    ddbexpr_diags_free(c->diags);
    ddbexpr_buffer_free(c->out);
    ddbexpr_arena_free(c->arena);
    free(c->text);
}

bool ways_run(const struct effort *effort, bool (*wanted)(const void *data, const char *name), const void *data,
              struct results *results, size_t *steep)
{
    bool sound = true;
    for (const struct way *way = ways; way < ways + sizeof ways / sizeof *ways && sound; way++) {
        struct course courses[SIZES];
        struct work works[SIZES];
        struct figure figures[SIZES];
        if (!wanted(data, way->name))
            continue;
        for (size_t i = 0; i < SIZES; i++) {
            if (!course_begin(&courses[i], way, way->n << i)) {
                fprintf(stderr, "%s/%zu: cannot be made ready: %s\n", way->name, way->n << i,
                        ddbexpr_status_name(courses[i].status));
                return false;
            }
            works[i] = (struct work){repeat_way, &courses[i]};
        }
        measure(works, SIZES, effort, figures);
        sound = growth_add(way->name, way->n, figures, SIZES, NULL, results, steep);
        for (size_t i = 0; i < SIZES; i++)
            course_end(&courses[i]);
    }
    return sound;
}
