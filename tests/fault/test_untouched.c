/* SPDX-License-Identifier: Apache-2.0 */
/* A public function that fails leaves its outputs untouched, and a buffer with the text that it had. Each function that
 * says how it went is called with outputs of a pattern, over its first allocation failing, the second, and so on; those
 * that read a text also with one that is wrong. The headers are read for functions that are missing here. */
#include "../unit/kit.h"

#include <ddbexpr/ddbexpr.h>
#include <ddbexpr/json.h>
#include <ddbexpr/located.h>

#include <ctype.h>
#include <dirent.h>

#define PATTERN 0xee

/* --- what functions are given --- */

#define CONDITION "a = :v AND (size(b) > :n OR NOT contains(c, :v))"
#define UPDATE    "SET a = if_not_exists(a, :v), d.e = list_append(:l, :l) ADD n :n REMOVE x[1]"
#define ITEM      "{a: 'x', b: 'yy', c: <'x', 'z'>, d: {e: [1]}, n: 1, x: [1, 2]}"

/* Made once, by an allocator that does not fail. */
static struct given {
    struct kit kit;
    const ddbexpr_value *item, *other;
    ddbexpr_program *condition, *update, *projection;
    ddbexpr_expression *expression;
    ddbexpr_explanation *explanation;
    ddbexpr_update_explanation *update_explanation;
    ddbexpr_request_explanation *request_explanation;
    ddbexpr_survey *survey;
    ddbexpr_coverage *coverage;
    ddbexpr_update_coverage *update_coverage;
    ddbexpr_mutants *mutants;
    ddbexpr_diags *faults;
    const ddbexpr_change *changes;
    size_t change_count;
    ddbexpr_request request;
    ddbexpr_table table;
    ddbexpr_outcome *outcome;
    const ddbexpr_found_request *found;
    size_t found_count;
} given;

static const ddbexpr_key_attribute key[] = {{{"a", 1}, DDBEXPR_S}};

static const char request_text[] =
    "{\"TableName\": \"t\", \"Key\": {\"a\": {\"S\": \"x\"}}, \"UpdateExpression\": \"SET n = n + :one, status = "
    ":zz\", "
    "\"ConditionExpression\": \"n > :one\", \"ExpressionAttributeValues\": {\":one\": {\"N\": \"1\"}, \":unused\": "
    "{\"N\": \"2\"}}}";
static const char item_text[] = "{\"a\": {\"S\": \"x\\n\"}, \"l\": {\"L\": [{\"N\": \"1\"}, {\"M\": {}}]}}";
static const char items_text[] = "[{\"a\": {\"S\": \"x\"}}, {\"a\": {\"S\": \"y\"}, \"n\": {\"NS\": [\"1\"]}}]";
static const char values_text[] = "{\":a\": {\"S\": \"x\"}, \":b\": {\"L\": [{\"N\": \"1\"}]}}";
static const char question_text[] = "{\"op\": \"GetItem\", \"key\": {\"a\": \"S\"}, \"items\": [{\"a\": {\"S\": "
                                    "\"x\"}}], \"request\": {\"Key\": {\"a\": "
                                    "{\"S\": \"x\"}}}}";
static const char actions_text[] =
    "[{\"Delete\": {\"TableName\": \"t\", \"Key\": {\"a\": {\"S\": \"x\"}}, \"ConditionExpression\": \"a = b\"}}]";
static const char wrong_text[] = "{\"a\": {\"S\": ";

static const ddbexpr_bindings *bindings(void) { return bindings_of(given.kit.arena, NULL, "{':v': 'x', ':n': 1}"); }

static void set_up(void)
{
    struct given *g = &given;
    struct kit *k = &g->kit;
    kit_open(k);
    g->item = value_of(k->arena, ITEM);
    g->other = value_of(k->arena, "{a: 'y', d: {e: [1, 2]}}");
    g->condition = kit_compile(k, DDBEXPR_CONDITION, CONDITION, NULL, "{':v': 'x', ':n': 1}");
    g->update = kit_compile(k, DDBEXPR_UPDATE, UPDATE, NULL, "{':v': 'x', ':n': 1, ':l': [1, 'y']}");
    g->projection = kit_compile(k, DDBEXPR_PROJECTION, "a, d.e[0], x[1]", NULL, NULL);
    assert_int_equal(ddbexpr_parse(DDBEXPR_CONDITION, STR(CONDITION), NULL, NULL, &g->expression), DDBEXPR_OK);
    assert_int_equal(ddbexpr_explain(g->condition, g->item, NULL, NULL, &g->explanation), DDBEXPR_OK);
    assert_int_equal(ddbexpr_explain_update(g->update, g->item, NULL, NULL, &g->update_explanation), DDBEXPR_OK);
    assert_int_equal(ddbexpr_survey_new(g->condition, NULL, &g->survey), DDBEXPR_OK);
    assert_int_equal(ddbexpr_survey_add(g->survey, g->other, NULL), DDBEXPR_OK);
    assert_int_equal(ddbexpr_coverage_new(g->explanation, NULL, &g->coverage), DDBEXPR_OK);
    assert_int_equal(ddbexpr_update_coverage_new(g->update_explanation, NULL, &g->update_coverage), DDBEXPR_OK);
    assert_int_equal(ddbexpr_mutants_new(g->explanation, NULL, &g->mutants), DDBEXPR_OK);
    assert_int_equal(ddbexpr_diff(g->item, g->other, k->arena, &g->changes, &g->change_count), DDBEXPR_OK);
    ddbexpr_str text = ddbexpr_cstr(request_text);
    assert_int_equal(ddbexpr_json_read_request(k->arena, DDBEXPR_UPDATE_ITEM, text, NULL, &g->request), DDBEXPR_OK);
    g->table = (ddbexpr_table){.size = sizeof g->table, .key = key, .key_count = 1, .items = &g->item, .item_count = 1};
    assert_int_equal(ddbexpr_diags_new(NULL, &g->faults), DDBEXPR_OK);
    assert_int_equal(ddbexpr_execute(&g->request, &g->table, 1, NULL, NULL, g->faults, &g->outcome), DDBEXPR_OK);
    assert_true(ddbexpr_diags_count(g->faults) > 0);
    const ddbexpr_json_search search = {.size = sizeof search};
    ddbexpr_status status = ddbexpr_json_find_requests(k->arena, text, &search, NULL, &g->found, &g->found_count, NULL);
    assert_int_equal(status, DDBEXPR_OK);
    assert_int_equal(g->found_count, 1);
    ddbexpr_request write = {.size = sizeof write,
                             .operation = DDBEXPR_DELETE_ITEM,
                             .key = value_of(k->arena, "{a: 'x'}"),
                             .condition_expression = STR("attribute_not_exists(a) OR n > a")};
    status = ddbexpr_explain_request(&write, &g->table, 1, NULL, NULL, NULL, &g->request_explanation);
    assert_int_equal(status, DDBEXPR_OK);
}

static void tear_down(void)
{
    struct given *g = &given;
    ddbexpr_request_explanation_free(g->request_explanation);
    ddbexpr_outcome_free(g->outcome);
    ddbexpr_diags_free(g->faults);
    ddbexpr_mutants_free(g->mutants);
    ddbexpr_update_coverage_free(g->update_coverage);
    ddbexpr_coverage_free(g->coverage);
    ddbexpr_survey_free(g->survey);
    ddbexpr_update_explanation_free(g->update_explanation);
    ddbexpr_explanation_free(g->explanation);
    ddbexpr_expression_free(g->expression);
    kit_close(&g->kit);
}

/* --- one call --- */

/* Made anew for each call, by the allocator that fails during the call. */
struct call {
    const ddbexpr_alloc *alloc;
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    ddbexpr_buffer *buffer;
    ddbexpr_builder *builder;
    ddbexpr_survey *survey;
    ddbexpr_program *program;
    bool wrong; /* to read a text that is wrong */
};

/* What calls put out. */
struct out {
    ddbexpr_arena *arena;
    ddbexpr_buffer *buffer;
    ddbexpr_diags *diags;
    ddbexpr_builder *builder;
    ddbexpr_expression *expression;
    ddbexpr_program *program;
    ddbexpr_explanation *explanation;
    ddbexpr_update_explanation *update_explanation;
    ddbexpr_request_explanation *request_explanation;
    ddbexpr_survey *survey;
    ddbexpr_coverage *coverage;
    ddbexpr_update_coverage *update_coverage;
    ddbexpr_mutants *mutants;
    ddbexpr_outcome *outcome;
    const ddbexpr_value *value;
    const ddbexpr_value *const *values;
    const ddbexpr_name_binding *names;
    const ddbexpr_value_binding *bindings;
    const ddbexpr_request *actions;
    const ddbexpr_change *changes;
    const ddbexpr_str *texts;
    const ddbexpr_json_wanted *wanted;
    const ddbexpr_found_request *found;
    ddbexpr_request request;
    ddbexpr_question question;
    size_t count, others;
    bool truth;
};

static ddbexpr_str read_or(const struct call *c, const char *text)
{
    return ddbexpr_cstr(c->wrong ? wrong_text : text);
}

static const ddbexpr_witness_options witness = {.size = sizeof witness};
static const ddbexpr_json_search search = {.size = sizeof search};

/* One line a function: its name, whether it can refuse a text, and the call. */
#define FUNCTIONS(X)                                                                                                   \
    X(arena_new, false, ddbexpr_arena_new(c->alloc, &o->arena))                                                        \
    X(buffer_new, false, ddbexpr_buffer_new(c->alloc, &o->buffer))                                                     \
    X(buffer_append, false, ddbexpr_buffer_append(c->buffer, STR(CONDITION CONDITION CONDITION)))                      \
    X(buffer_append_visible, false,                                                                                    \
      ddbexpr_buffer_append_visible(c->buffer, STR(CONDITION "\x01" CONDITION CONDITION), &o->count))                  \
    X(buffer_status, false, ddbexpr_buffer_status(c->buffer))                                                          \
    X(diags_new, false, ddbexpr_diags_new(c->alloc, &o->diags))                                                        \
    X(diags_report_input, false,                                                                                       \
      ddbexpr_diags_report_input(c->diags, DDBEXPR_INPUT_NOT_ITEM, STR("{}"), (ddbexpr_span){0, 2}, STR("an item"),    \
                                 STR("")))                                                                             \
    X(diag_render, false, ddbexpr_diag_render(ddbexpr_diags_at(given.faults, 0), NULL, c->buffer))                     \
    X(diag_render_at, false, ddbexpr_diag_render_at(ddbexpr_diags_at(given.faults, 0), STR("f:1:2"), NULL, c->buffer)) \
    X(fix_text, false,                                                                                                 \
      ddbexpr_fix_text(given.faults, -1, DDBEXPR_SOURCE_UPDATE, given.request.update_expression, true, c->buffer,      \
                       NULL, &o->count))                                                                               \
    X(builder_new, false, ddbexpr_builder_new(c->arena, &o->builder))                                                  \
    X(builder_finish, false, finish(c, o))                                                                             \
    X(value_print, false, ddbexpr_value_print(given.item, 0, c->buffer))                                               \
    X(value_print_number, false, ddbexpr_value_print_number(ddbexpr_value_get(given.item, STR("n")), c->buffer))       \
    X(parse, true, ddbexpr_parse(DDBEXPR_CONDITION, read_or(c, CONDITION), c->alloc, c->diags, &o->expression))        \
    X(parse_lenient, true,                                                                                             \
      ddbexpr_parse_lenient(DDBEXPR_CONDITION, read_or(c, "((a = b))"), c->alloc, c->diags, &o->expression))           \
    X(expression_print, false, ddbexpr_expression_print(given.expression, DDBEXPR_TREE_JSON, c->buffer))               \
    X(expression_format, false, ddbexpr_expression_format(given.expression, NULL, c->buffer))                          \
    X(compile, true,                                                                                                   \
      ddbexpr_compile(DDBEXPR_CONDITION, read_or(c, CONDITION), bindings(), c->alloc, c->diags, &o->program))          \
    X(program_set_values, false,                                                                                       \
      ddbexpr_program_set_values(c->program, bindings()->values, bindings()->value_count, c->diags))                   \
    X(program_attributes, false, ddbexpr_program_attributes(given.condition, c->arena, &o->texts, &o->count))          \
    X(evaluate, false, ddbexpr_evaluate(given.condition, given.item, &o->truth))                                       \
    X(update, false, ddbexpr_update(given.update, given.item, c->arena, c->diags, &o->value))                          \
    X(project, false, ddbexpr_project(given.projection, given.item, c->arena, &o->value))                              \
    X(diff, false, ddbexpr_diff(given.item, given.other, c->arena, &o->changes, &o->count))                            \
    X(diff_render, false, ddbexpr_diff_render(given.changes, given.change_count, NULL, c->buffer))                     \
    X(explain, false, ddbexpr_explain(given.condition, given.item, NULL, c->alloc, &o->explanation))                   \
    X(explanation_render, false, ddbexpr_explanation_render(given.explanation, NULL, c->buffer))                       \
    X(explain_update, false, ddbexpr_explain_update(given.update, given.item, NULL, c->alloc, &o->update_explanation)) \
    X(update_explanation_render, false, ddbexpr_update_explanation_render(given.update_explanation, NULL, c->buffer))  \
    X(explain_request, false, explain_request(c, o))                                                                   \
    X(request_explanation_render, false,                                                                               \
      ddbexpr_request_explanation_render(given.request_explanation, NULL, c->buffer))                                  \
    X(survey_new, false, ddbexpr_survey_new(given.condition, c->alloc, &o->survey))                                    \
    X(survey_add, false, ddbexpr_survey_add(c->survey, given.other, &o->count))                                        \
    X(survey_merge, false, ddbexpr_survey_merge(c->survey, given.survey, &o->count))                                   \
    X(coverage_new, false, ddbexpr_coverage_new(given.explanation, c->alloc, &o->coverage))                            \
    X(coverage_add, false, ddbexpr_coverage_add(given.coverage, given.explanation))                                    \
    X(coverage_witness, false,                                                                                         \
      ddbexpr_coverage_witness(given.condition, given.item, 0, false, &witness, c->arena, &o->truth, &o->value))       \
    X(update_coverage_new, false,                                                                                      \
      ddbexpr_update_coverage_new(given.update_explanation, c->alloc, &o->update_coverage))                            \
    X(update_coverage_add, false, ddbexpr_update_coverage_add(given.update_coverage, given.update_explanation))        \
    X(mutants_new, false, ddbexpr_mutants_new(given.explanation, c->alloc, &o->mutants))                               \
    X(mutants_write, false, ddbexpr_mutants_write(given.mutants, 0, c->buffer))                                        \
    X(mutants_evaluate, false, ddbexpr_mutants_evaluate(given.mutants, 0, given.condition, given.item, &o->truth))     \
    X(mutants_kill, false, ddbexpr_mutants_kill(given.mutants, given.explanation, &o->count))                          \
    X(mutants_witness, false,                                                                                          \
      ddbexpr_mutants_witness(given.mutants, 0, given.condition, given.item, &witness, c->arena, &o->truth,            \
                              &o->value))                                                                              \
    X(execute, false, ddbexpr_execute(&given.request, &given.table, 1, NULL, c->alloc, c->diags, &o->outcome))         \
    X(request_check, false, request_check(c))                                                                          \
    X(lint, false, lint(c))                                                                                            \
    X(json_read_item, true,                                                                                            \
      ddbexpr_json_read_item(c->arena, read_or(c, item_text), DDBEXPR_JSON_TYPED, c->diags, &o->value))                \
    X(json_read_items, true,                                                                                           \
      ddbexpr_json_read_items(c->arena, read_or(c, items_text), DDBEXPR_JSON_TYPED, c->diags, &o->values, &o->count))  \
    X(json_read_table, true, read_table(c))                                                                            \
    X(json_wanted_new, false,                                                                                          \
      ddbexpr_json_wanted_new(c->arena, (const ddbexpr_str[]){STR("a"), STR("b")}, 2, &o->wanted))                     \
    X(json_next_item, true, next_item(c, o))                                                                           \
    X(json_read_names, true,                                                                                           \
      ddbexpr_json_read_names(c->arena, read_or(c, "{\"#a\": \"b\", \"#c\": \"d\"}"), c->diags, &o->names, &o->count)) \
    X(json_read_values, true,                                                                                          \
      ddbexpr_json_read_values(c->arena, read_or(c, values_text), DDBEXPR_JSON_TYPED, c->diags, &o->bindings,          \
                               &o->count))                                                                             \
    X(json_read_request, true,                                                                                         \
      ddbexpr_json_read_request(c->arena, DDBEXPR_UPDATE_ITEM, read_or(c, request_text), c->diags, &o->request))       \
    X(json_read_actions, true,                                                                                         \
      ddbexpr_json_read_actions(c->arena, read_or(c, actions_text), c->diags, &o->actions, &o->count))                 \
    X(json_read_question, true,                                                                                        \
      ddbexpr_json_read_question(c->arena, read_or(c, question_text), c->diags, &o->question))                         \
    X(json_find_requests, true,                                                                                        \
      ddbexpr_json_find_requests(c->arena, read_or(c, request_text), &search, c->diags, &o->found, &o->count,          \
                                 &o->others))                                                                          \
    X(json_read_found, false, ddbexpr_json_read_found(c->arena, given.found, c->diags, &o->request))                   \
    X(json_fix_request, false, ddbexpr_json_fix_request(given.found->map, given.faults, true, c->buffer, &o->count))   \
    X(json_fix_one, false, ddbexpr_json_fix_one(given.found->map, given.faults, 0, c->buffer, &o->truth))              \
    X(json_write_value, false, ddbexpr_json_write_value(given.item, DDBEXPR_JSON_TYPED, 2, c->buffer))                 \
    X(json_write_item, false, ddbexpr_json_write_item(given.item, DDBEXPR_JSON_PLAIN, 2, c->buffer))                   \
    X(json_write_answer, false, write_answer(c))                                                                       \
    X(json_write_refusal, false, ddbexpr_json_write_refusal(given.faults, c->buffer))                                  \
    X(json_write_diags, false, ddbexpr_json_write_diags(given.faults, 2, c->buffer))                                   \
    X(json_write_explanation, false, ddbexpr_json_write_explanation(given.explanation, 2, c->buffer))                  \
    X(json_write_explanations, false,                                                                                  \
      ddbexpr_json_write_explanations(NULL, given.explanation, given.update_explanation, NULL, 2, c->buffer))          \
    X(json_write_update_explanation, false,                                                                            \
      ddbexpr_json_write_update_explanation(given.update_explanation, 2, c->buffer))                                   \
    X(json_write_request_explanation, false,                                                                           \
      ddbexpr_json_write_request_explanation(given.request_explanation, 2, c->buffer))                                 \
    X(json_write_survey, false,                                                                                        \
      ddbexpr_json_write_survey(given.survey, (const ddbexpr_survey_sample[]){{1, given.other}}, NULL, 1, true, 2,     \
                                c->buffer))                                                                            \
    X(json_write_coverage, false, ddbexpr_json_write_coverage(given.coverage, NULL, 2, c->buffer))                     \
    X(json_write_update_coverage, false, ddbexpr_json_write_update_coverage(given.update_coverage, 2, c->buffer))      \
    X(json_write_mutants, false, ddbexpr_json_write_mutants(given.mutants, NULL, 2, c->buffer))

static ddbexpr_status finish(struct call *c, struct out *o)
{
    ddbexpr_builder_begin(c->builder, DDBEXPR_L);
    ddbexpr_builder_string(c->builder, STR("x"));
    ddbexpr_builder_number(c->builder, STR("1.5"));
    ddbexpr_builder_end(c->builder);
    return ddbexpr_builder_finish(c->builder, &o->value);
}

static ddbexpr_status explain_request(struct call *c, struct out *o)
{
    ddbexpr_request write = {.size = sizeof write,
                             .operation = DDBEXPR_DELETE_ITEM,
                             .key = ddbexpr_outcome_has_items(given.outcome) ? NULL : given.request.key,
                             .condition_expression = STR("attribute_not_exists(a)")};
    return ddbexpr_explain_request(&write, &given.table, 1, NULL, c->alloc, c->diags, &o->request_explanation);
}

/* A request with faults is INVALID: it is not the outputs' end. */
static ddbexpr_status request_check(struct call *c)
{
    ddbexpr_status status = ddbexpr_request_check(&given.request, &given.table, 1, NULL, c->alloc, c->diags);
    return status == DDBEXPR_INVALID ? DDBEXPR_OK : status;
}

static ddbexpr_status lint(struct call *c)
{
    const ddbexpr_lint_options options = {.size = sizeof options, .tables = &given.table, .table_count = 1};
    return ddbexpr_lint(&given.request, &options, c->alloc, c->diags);
}

static ddbexpr_status read_table(struct call *c)
{
    ddbexpr_table table = {.size = sizeof table, .key = key, .key_count = 1};
    const ddbexpr_table before = table;
    ddbexpr_status status =
        ddbexpr_json_read_table(c->arena, read_or(c, items_text), DDBEXPR_JSON_TYPED, c->diags, &table);
    if (status != DDBEXPR_OK)
        assert_memory_equal(&table, &before, sizeof table);
    return status;
}

static ddbexpr_status next_item(struct call *c, struct out *o)
{
    ddbexpr_json_items items;
    memset(&items, 0, sizeof items);
    items.size = sizeof items;
    items.text = read_or(c, items_text);
    const ddbexpr_json_items before = items;
    ddbexpr_status status = ddbexpr_json_next_item(&items, c->arena, c->diags, &o->value);
    if (status != DDBEXPR_OK)
        assert_memory_equal(&items, &before, sizeof items);
    return status;
}

static ddbexpr_status write_answer(struct call *c)
{
    const ddbexpr_question question = {sizeof question, given.request, &given.table, 1, false};
    return ddbexpr_json_write_answer(given.outcome, &question, NULL, given.faults, 2, c->buffer);
}

#define TRY(name, refuses, what)                                                                                       \
    static ddbexpr_status try_##name(struct call *c, struct out *o)                                                    \
    {                                                                                                                  \
        (void)c, (void)o;                                                                                              \
        return what;                                                                                                   \
    }
FUNCTIONS(TRY)

static const struct function {
    const char *name;
    bool refuses;
    ddbexpr_status (*try)(struct call *c, struct out *o);
} functions[] = {
#define ROW(name, refuses, what) {"ddbexpr_" #name, refuses, try_##name},
    FUNCTIONS(ROW)};

#define COUNT (sizeof functions / sizeof *functions)

/* --- walking --- */

static void free_out(const struct out *o, const struct out *untouched)
{
#define FREE_IF_SET(member, free_it)                                                                                   \
    if (o->member != untouched->member)                                                                                \
    free_it(o->member)
    FREE_IF_SET(arena, ddbexpr_arena_free);
    FREE_IF_SET(buffer, ddbexpr_buffer_free);
    FREE_IF_SET(diags, ddbexpr_diags_free);
    FREE_IF_SET(builder, ddbexpr_builder_free);
    FREE_IF_SET(expression, ddbexpr_expression_free);
    FREE_IF_SET(program, ddbexpr_program_free);
    FREE_IF_SET(explanation, ddbexpr_explanation_free);
    FREE_IF_SET(update_explanation, ddbexpr_update_explanation_free);
    FREE_IF_SET(request_explanation, ddbexpr_request_explanation_free);
    FREE_IF_SET(survey, ddbexpr_survey_free);
    FREE_IF_SET(coverage, ddbexpr_coverage_free);
    FREE_IF_SET(update_coverage, ddbexpr_update_coverage_free);
    FREE_IF_SET(mutants, ddbexpr_mutants_free);
    FREE_IF_SET(outcome, ddbexpr_outcome_free);
#undef FREE_IF_SET
}

static void open_call(struct call *c, struct test_alloc *t)
{
    *c = (struct call){.alloc = &t->alloc};
    assert_int_equal(ddbexpr_arena_new(c->alloc, &c->arena), DDBEXPR_OK);
    assert_int_equal(ddbexpr_diags_new(c->alloc, &c->diags), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_new(c->alloc, &c->buffer), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_append(c->buffer, STR("kept")), DDBEXPR_OK);
    assert_int_equal(ddbexpr_builder_new(c->arena, &c->builder), DDBEXPR_OK);
    assert_int_equal(ddbexpr_survey_new(given.condition, c->alloc, &c->survey), DDBEXPR_OK);
    assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, STR(CONDITION), bindings(), c->alloc, NULL, &c->program),
                     DDBEXPR_OK);
}

static void close_call(struct call *c)
{
    ddbexpr_program_free(c->program);
    ddbexpr_survey_free(c->survey);
    ddbexpr_builder_free(c->builder);
    ddbexpr_buffer_free(c->buffer);
    ddbexpr_diags_free(c->diags);
    ddbexpr_arena_free(c->arena);
}

static size_t faults;

/* One call, the allocation `fail_at` of which fails. Whether it came to that. */
static bool call_once(const struct function *f, size_t fail_at, bool wrong)
{
    struct test_alloc t;
    struct call c;
    struct out o, untouched;
    test_alloc_init(&t);
    open_call(&c, &t);
    c.wrong = wrong;
    memset(&untouched, PATTERN, sizeof untouched);
    memcpy(&o, &untouched, sizeof o);
    t.fail_at = t.calls + fail_at;
    ddbexpr_status status = f->try(&c, &o);
    bool failed = t.failed;
    t.fail_at = TEST_FAIL_NEVER;
    ddbexpr_status wanted = failed ? DDBEXPR_NO_MEMORY : wrong ? DDBEXPR_INVALID : DDBEXPR_OK;
    bool good = status == wanted && (status == DDBEXPR_OK || memcmp(&o, &untouched, sizeof o) == 0) &&
                memcmp(ddbexpr_buffer_text(c.buffer).ptr, "kept", 4) == 0;
    if (!good) {
        fprintf(stderr, "%s: allocation %zu: %s in place of %s, or outputs are touched\n", f->name, fail_at,
                ddbexpr_status_name(status), ddbexpr_status_name(wanted));
        faults++;
    }
    if (status == DDBEXPR_OK)
        free_out(&o, &untouched);
    close_call(&c);
    test_alloc_check_clean(&t);
    return failed;
}

static void outputs_are_untouched(void **state)
{
    size_t points = 0;
    faults = 0;
    (void)state;
    set_up();
    for (size_t i = 0; i < COUNT; i++) {
        size_t fail_at = 0;
        while (call_once(&functions[i], fail_at, false))
            fail_at++;
        points += fail_at;
    }
    tear_down();
    assert_int_equal(faults, 0);
    assert_true(points > COUNT); /* most of them allocate */
}

static void outputs_are_untouched_where_a_text_is_refused(void **state)
{
    (void)state;
    faults = 0;
    set_up();
    for (size_t i = 0; i < COUNT; i++)
        for (size_t fail_at = 0; functions[i].refuses && call_once(&functions[i], fail_at, true);)
            fail_at++;
    tear_down();
    assert_int_equal(faults, 0);
}

/* --- none is missing --- */

static bool is_listed(const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT; i++)
        if (strlen(functions[i].name) == length && memcmp(functions[i].name, name, length) == 0)
            return true;
    return false;
}

static size_t look_through(const char *path)
{
    static char text[1 << 18];
    static const char before[] = "ddbexpr_status ddbexpr_";
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t length = fread(text, 1, sizeof text - 1, f), found = 0;
    text[length] = '\0';
    fclose(f);
    for (const char *at = text; (at = strstr(at, before)); at++) {
        const char *name = at + strlen("ddbexpr_status ");
        size_t name_length = 0;
        while (isalnum((unsigned char)name[name_length]) || name[name_length] == '_')
            name_length++;
        if (name[name_length] != '(')
            continue;
        found++;
        if (!is_listed(name, name_length)) {
            fprintf(stderr, "%.*s is not tried\n", (int)name_length, name);
            fail();
        }
    }
    return found;
}

static void every_function_is_tried(void **state)
{
    char path[4096];
    size_t found = 0;
    (void)state;
    snprintf(path, sizeof path, "%s/include/ddbexpr", getenv("DDBEXPR_SOURCE_DIR"));
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length < 3 || strcmp(entry->d_name + length - 2, ".h") != 0)
            continue;
        snprintf(path, sizeof path, "%s/include/ddbexpr/%s", getenv("DDBEXPR_SOURCE_DIR"), entry->d_name);
        found += look_through(path);
    }
    closedir(folder);
    assert_int_equal(found, COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_are_untouched),
        cmocka_unit_test(outputs_are_untouched_where_a_text_is_refused),
        cmocka_unit_test(every_function_is_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
