/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs made to be slow or deep go through every public function in a thread with a small stack: nothing that a text
 * or an item can do may use it up. Whoever does ends the program, which then has printed fewer lines than it has
 * promised. That answers are right is tested elsewhere; here they have to be the expected sort of answer, so that
 * nothing is refused before it gets anywhere. How time grows is measured by bench/growth.c.
 *
 * The stack has 64 KB. The sanitizer keeps a zone around each variable, does not let functions share their frames, and
 * its own functions need some room: there it has 512 KB. */
#include "text.h"

#include <ddbexpr/ddbexpr.h>
#include <ddbexpr/json.h>
#include <ddbexpr/located.h>

#include <pthread.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED
#define STACK_BYTES ((size_t)512 << 10)
#else
#define STACK_BYTES ((size_t)64 << 10)
#endif

/* --- what is given, and what has to come of it --- */

struct pathology {
    const char *name;
    ddbexpr_kind kind;
    struct text text, names, values, item; /* an expression and three JSON objects */
    bool refused;                          /* the expression is */
    bool update_fails;                     /* cannot be applied to the item */
};

static const char *wrong; /* what went otherwise in the case at hand */

static void expect(bool good, const char *what)
{
    if (!good && !wrong)
        wrong = what;
}

static void expect_ok(ddbexpr_status status, const char *what) { expect(status == DDBEXPR_OK, what); }

/* --- everything that can be done with an expression, its values and an item --- */

struct course {
    const struct pathology *p;
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    ddbexpr_buffer *out;
    ddbexpr_bindings bindings;
    const ddbexpr_value *item;
    ddbexpr_program *program;
};

static ddbexpr_str bytes_of(const struct text *t) { return (ddbexpr_str){t->bytes, t->length}; }

static void read_json(struct course *c)
{
    const struct pathology *p = c->p;
    const ddbexpr_value *const *items;
    size_t count;
    c->bindings = (ddbexpr_bindings){.size = sizeof c->bindings, .allow_unused = true};
    expect_ok(
        ddbexpr_json_read_names(c->arena, bytes_of(&p->names), c->diags, &c->bindings.names, &c->bindings.name_count),
        "names are read");
    expect_ok(ddbexpr_json_read_values(c->arena, bytes_of(&p->values), DDBEXPR_JSON_TYPED, c->diags,
                                       &c->bindings.values, &c->bindings.value_count),
              "values are read");
    expect_ok(ddbexpr_json_read_item(c->arena, bytes_of(&p->item), DDBEXPR_JSON_TYPED, c->diags, &c->item),
              "the item is read");
    expect_ok(ddbexpr_json_read_item(c->arena, bytes_of(&p->item), DDBEXPR_JSON_PLAIN, c->diags,
                                     &(const ddbexpr_value *){NULL}),
              "the item is read as plain JSON");
    expect_ok(ddbexpr_json_read_items(c->arena, bytes_of(&p->item), DDBEXPR_JSON_TYPED, c->diags, &items, &count),
              "the item is read as one of many");
}

/* Only the attributes that the program looks at, as eval does. */
static void read_wanted(struct course *c)
{
    const ddbexpr_str *names;
    size_t count;
    const ddbexpr_json_wanted *wanted;
    const ddbexpr_value *item;
    if (ddbexpr_program_attributes(c->program, c->arena, &names, &count) != DDBEXPR_OK)
        return;
    expect_ok(ddbexpr_json_wanted_new(c->arena, names, count, &wanted), "what is wanted is listed");
    ddbexpr_json_items items = {.size = sizeof items, .text = bytes_of(&c->p->item), .wanted = wanted};
    expect_ok(ddbexpr_json_next_item(&items, c->arena, c->diags, &item), "what is wanted of the item is read");
}

static void write_json(struct course *c)
{
    expect_ok(ddbexpr_json_write_item(c->item, DDBEXPR_JSON_TYPED, 2, c->out), "the item is written");
    expect_ok(ddbexpr_json_write_value(c->item, DDBEXPR_JSON_PLAIN, 0, c->out), "the item is written as plain JSON");
    expect_ok(ddbexpr_value_print(c->item, 0, c->out), "the item is printed");
    for (size_t i = 0; i < c->bindings.value_count; i++)
        expect_ok(ddbexpr_value_print(c->bindings.values[i].value, 60, c->out), "a value is printed");
    expect(ddbexpr_value_equal(c->item, c->item), "the item is like itself");
    expect(ddbexpr_item_size(c->item) > 0, "the item has a size");
    ddbexpr_buffer_clear(c->out);
}

static void tell(struct course *c)
{
    static const ddbexpr_source sources[] = {DDBEXPR_SOURCE_CONDITION, DDBEXPR_SOURCE_UPDATE,
                                             DDBEXPR_SOURCE_PROJECTION};
    const ddbexpr_style style = {.size = sizeof style, .colour = true, .width = 80};
    for (size_t i = 0; i < ddbexpr_diags_count(c->diags); i++)
        expect_ok(ddbexpr_diag_render(ddbexpr_diags_at(c->diags, i), &style, c->out), "a fault is rendered");
    expect_ok(ddbexpr_json_write_diags(c->diags, 2, c->out), "faults are written");
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        expect_ok(ddbexpr_fix_text(c->diags, -1, sources[i], bytes_of(&c->p->text), true, c->out, NULL, NULL),
                  "fixes are made");
    ddbexpr_buffer_clear(c->out);
}

static void parse(struct course *c)
{
    static const ddbexpr_tree_form forms[] = {DDBEXPR_TREE_TEXT, DDBEXPR_TREE_JSON, DDBEXPR_TREE_SEXPR};
    ddbexpr_expression *expression;
    ddbexpr_status status = ddbexpr_parse_lenient(c->p->kind, bytes_of(&c->p->text), NULL, c->diags, &expression);
    expect(status == DDBEXPR_OK || status == DDBEXPR_INVALID, "the text is parsed");
    tell(c);
    if (status != DDBEXPR_OK)
        return;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        expect_ok(ddbexpr_expression_print(expression, forms[i], c->out), "the tree is printed");
    expect_ok(ddbexpr_expression_format(expression, NULL, c->out), "the text is formatted");
    ddbexpr_buffer_clear(c->out);
    ddbexpr_expression_free(expression);
}

static void cover(struct course *c, const ddbexpr_explanation *explanation)
{
    const ddbexpr_witness_options options = {.size = sizeof options};
    ddbexpr_coverage *coverage;
    const ddbexpr_value *item;
    bool found;
    expect_ok(ddbexpr_coverage_new(explanation, NULL, &coverage), "coverage begins");
    expect_ok(ddbexpr_coverage_add(coverage, explanation), "coverage is counted");
    expect_ok(ddbexpr_json_write_coverage(coverage, NULL, 0, c->out), "coverage is written");
    for (size_t i = 0; i < ddbexpr_coverage_clause_count(coverage) && i < 2; i++)
        expect_ok(ddbexpr_coverage_witness(c->program, c->item, i, true, &options, c->arena, &found, &item),
                  "an example is looked for");
    ddbexpr_coverage_free(coverage);
}

static void mutate(struct course *c, const ddbexpr_explanation *explanation)
{
    const ddbexpr_witness_options options = {.size = sizeof options};
    ddbexpr_mutants *mutants;
    const ddbexpr_value *item;
    bool found;
    expect_ok(ddbexpr_mutants_new(explanation, NULL, &mutants), "mutants are made");
    expect_ok(ddbexpr_mutants_kill(mutants, explanation, NULL), "mutants are killed");
    expect_ok(ddbexpr_json_write_mutants(mutants, NULL, 0, c->out), "mutants are written");
    for (size_t i = 0; i < ddbexpr_mutants_count(mutants) && i < 20; i++)
        expect_ok(ddbexpr_mutants_write(mutants, i, c->out), "the text of a mutant is written");
    if (ddbexpr_mutants_count(mutants))
        expect_ok(ddbexpr_mutants_witness(mutants, 0, c->program, c->item, &options, c->arena, &found, &item),
                  "an item that tells a mutant is looked for");
    ddbexpr_mutants_free(mutants);
}

static void survey(struct course *c)
{
    ddbexpr_survey *counted;
    expect_ok(ddbexpr_survey_new(c->program, NULL, &counted), "a survey begins");
    expect_ok(ddbexpr_survey_add(counted, c->item, NULL), "an item is counted");
    expect_ok(ddbexpr_survey_add(counted, NULL, NULL), "a missing item is counted");
    ddbexpr_survey_sample *samples =
        ddbexpr_arena_alloc(c->arena, (ddbexpr_survey_set_count(counted) + 1) * sizeof *samples);
    for (size_t i = 0; i < ddbexpr_survey_set_count(counted); i++)
        samples[i] = (ddbexpr_survey_sample){1, c->item};
    expect_ok(ddbexpr_json_write_survey(counted, samples, NULL, 2, true, 0, c->out), "a survey is written");
    ddbexpr_survey_free(counted);
}

static void use_condition(struct course *c)
{
    const ddbexpr_style style = {.size = sizeof style, .colour = true, .width = 80};
    ddbexpr_explanation *explanation;
    bool matched, explained;
    expect_ok(ddbexpr_evaluate(c->program, c->item, &matched), "the condition is evaluated");
    expect_ok(ddbexpr_explain(c->program, c->item, NULL, NULL, &explanation), "the condition is explained");
    explained = ddbexpr_explanation_matched(explanation);
    expect(matched == explained, "explaining and evaluating agree");
    expect_ok(ddbexpr_explanation_render(explanation, &style, c->out), "the explanation is rendered");
    expect_ok(ddbexpr_json_write_explanation(explanation, 2, c->out), "the explanation is written");
    cover(c, explanation);
    mutate(c, explanation);
    survey(c);
    ddbexpr_explanation_free(explanation);
}

static void use_update(struct course *c)
{
    const ddbexpr_style style = {.size = sizeof style, .width = 80};
    const ddbexpr_value *item = NULL;
    ddbexpr_update_explanation *explanation;
    ddbexpr_update_coverage *coverage;
    ddbexpr_status status = ddbexpr_update(c->program, c->item, c->arena, c->diags, &item);
    expect(status == (c->p->update_fails ? DDBEXPR_INVALID : DDBEXPR_OK), "the update is applied");
    tell(c);
    if (status == DDBEXPR_OK) {
        const ddbexpr_change *changes;
        size_t count;
        expect_ok(ddbexpr_diff(c->item, item, c->arena, &changes, &count), "items are compared");
        expect_ok(ddbexpr_diff_render(changes, count, &style, c->out), "changes are rendered");
        expect_ok(ddbexpr_project(c->program, item, c->arena, &item), "what was written is looked at");
    }
    expect_ok(ddbexpr_explain_update(c->program, c->item, NULL, NULL, &explanation), "the update is explained");
    expect_ok(ddbexpr_update_explanation_render(explanation, &style, c->out), "the explanation is rendered");
    expect_ok(ddbexpr_json_write_update_explanation(explanation, 0, c->out), "the explanation is written");
    expect_ok(ddbexpr_update_coverage_new(explanation, NULL, &coverage), "coverage begins");
    expect_ok(ddbexpr_update_coverage_add(coverage, explanation), "coverage is counted");
    expect_ok(ddbexpr_json_write_update_coverage(coverage, 0, c->out), "coverage is written");
    ddbexpr_update_coverage_free(coverage);
    ddbexpr_update_explanation_free(explanation);
}

static void use_projection(struct course *c)
{
    const ddbexpr_value *part;
    expect_ok(ddbexpr_project(c->program, c->item, c->arena, &part), "the item is projected");
}

static void compile(struct course *c)
{
    ddbexpr_diags_clear(c->diags);
    ddbexpr_status status =
        ddbexpr_compile(c->p->kind, bytes_of(&c->p->text), &c->bindings, NULL, c->diags, &c->program);
    expect(status == (c->p->refused ? DDBEXPR_INVALID : DDBEXPR_OK), "the expression is compiled, or refused");
    tell(c);
    if (status != DDBEXPR_OK)
        return;
    read_wanted(c);
    if (c->p->kind == DDBEXPR_CONDITION)
        use_condition(c);
    else if (c->p->kind == DDBEXPR_UPDATE)
        use_update(c);
    else
        use_projection(c);
    expect_ok(ddbexpr_program_set_values(c->program, c->bindings.values, c->bindings.value_count, NULL),
              "other values are bound");
    ddbexpr_program_free(c->program);
}

/* --- the same as a request: executed, explained, linted, found in a file and mended there --- */

static void write_question(const struct pathology *p, struct text *t)
{
    static const char *const members[] = {[DDBEXPR_CONDITION] = "ConditionExpression",
                                          [DDBEXPR_FILTER] = "FilterExpression",
                                          [DDBEXPR_KEY_CONDITION] = "KeyConditionExpression",
                                          [DDBEXPR_UPDATE] = "UpdateExpression",
                                          [DDBEXPR_PROJECTION] = "ProjectionExpression"};
    const char *operation = p->kind == DDBEXPR_UPDATE       ? "UpdateItem"
                            : p->kind == DDBEXPR_PROJECTION ? "GetItem"
                                                            : "DeleteItem";
    text_begin(t);
    text_put(t, "{\"op\":\"%s\",\"key\":{\"pk\":\"S\"},\"items\":[%s],\"request\":{\"TableName\":\"t\",", operation,
             p->item.bytes);
    text_put(t, "\"Key\":{\"pk\":{\"S\":\"k\"}},\"%s\":\"%s\"", members[p->kind], p->text.bytes);
    if (p->names.length > 2)
        text_put(t, ",\"ExpressionAttributeNames\":%s", p->names.bytes);
    if (p->values.length > 2)
        text_put(t, ",\"ExpressionAttributeValues\":%s", p->values.bytes);
    text_put(t, "}}");
    text_end(t);
}

static void answer(struct course *c, const ddbexpr_question *q)
{
    ddbexpr_outcome *outcome = NULL;
    ddbexpr_request_explanation *explanation = NULL;
    ddbexpr_status status = ddbexpr_execute(&q->request, q->tables, q->table_count, NULL, NULL, c->diags, &outcome);
    expect_ok(status, "the request is executed");
    if (status != DDBEXPR_OK)
        return;
    status = ddbexpr_explain_request(&q->request, q->tables, q->table_count, NULL, NULL, NULL, &explanation);
    expect(status == DDBEXPR_OK || status == DDBEXPR_INVALID || status == DDBEXPR_MISUSE, "the request is explained");
    expect_ok(ddbexpr_json_write_answer(outcome, q, explanation, c->diags, 2, c->out), "the answer is written");
    if (explanation)
        expect_ok(ddbexpr_request_explanation_render(explanation, NULL, c->out), "the explanation is rendered");
    ddbexpr_request_explanation_free(explanation);
    ddbexpr_outcome_free(outcome);
}

static void check_and_mend(struct course *c, ddbexpr_str text)
{
    const ddbexpr_json_search search = {.size = sizeof search};
    const ddbexpr_found_request *found;
    size_t count = 0, others, mended;
    ddbexpr_request request;
    ddbexpr_diags_clear(c->diags);
    expect_ok(ddbexpr_json_find_requests(c->arena, text, &search, c->diags, &found, &count, &others),
              "requests are looked for");
    expect(count == 1, "the request is found");
    if (wrong)
        return;
    expect_ok(ddbexpr_json_read_found(c->arena, &found[0], c->diags, &request), "the request is read");
    ddbexpr_status status = ddbexpr_request_check(&request, NULL, 0, NULL, NULL, c->diags);
    expect(status == DDBEXPR_OK || status == DDBEXPR_INVALID, "the request is checked");
    expect_ok(ddbexpr_lint(&request, NULL, NULL, c->diags), "the request is linted");
    expect_ok(ddbexpr_json_fix_request(found[0].map, c->diags, true, c->out, &mended), "the request is mended");
}

static void ask(struct course *c)
{
    struct text t;
    ddbexpr_question question;
    write_question(c->p, &t);
    ddbexpr_diags_clear(c->diags);
    ddbexpr_status status = ddbexpr_json_read_question(c->arena, bytes_of(&t), c->diags, &question);
    expect_ok(status, "the question is read");
    if (status == DDBEXPR_OK) {
        answer(c, &question);
        check_and_mend(c, bytes_of(&t));
    }
    ddbexpr_buffer_clear(c->out);
    text_free(&t);
}

static void *run_through(void *argument)
{
    struct course c = {.p = argument};
    expect_ok(ddbexpr_arena_new(NULL, &c.arena), "an arena");
    expect_ok(ddbexpr_diags_new(NULL, &c.diags), "diagnostics");
    expect_ok(ddbexpr_buffer_new(NULL, &c.out), "a buffer");
    read_json(&c);
    if (!wrong)
        write_json(&c);
    if (!wrong)
        parse(&c);
    if (!wrong)
        compile(&c);
    if (!wrong)
        ask(&c);
    ddbexpr_buffer_free(c.out);
    ddbexpr_diags_free(c.diags);
    ddbexpr_arena_free(c.arena);
    return NULL;
}

/* --- JSON that is no item: deep, long, broken off --- */

static void *read_broken(void *argument)
{
    ddbexpr_str text = bytes_of(argument);
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    ddbexpr_buffer *out;
    expect_ok(ddbexpr_arena_new(NULL, &arena), "an arena");
    expect_ok(ddbexpr_diags_new(NULL, &diags), "diagnostics");
    expect_ok(ddbexpr_buffer_new(NULL, &out), "a buffer");
    const ddbexpr_value *item;
    const ddbexpr_value *const *items;
    const ddbexpr_name_binding *names;
    const ddbexpr_value_binding *values;
    const ddbexpr_request *actions;
    const ddbexpr_found_request *found;
    ddbexpr_request request;
    ddbexpr_question question;
    size_t count, others;
    const ddbexpr_json_search search = {.size = sizeof search};
    const ddbexpr_json_wanted *none;
    expect_ok(ddbexpr_json_wanted_new(arena, NULL, 0, &none), "nothing is wanted");
    ddbexpr_json_items pieces = {.size = sizeof pieces, .text = text, .wanted = none};
    const ddbexpr_status statuses[] = {
        ddbexpr_json_read_item(arena, text, DDBEXPR_JSON_TYPED, diags, &item),
        ddbexpr_json_read_item(arena, text, DDBEXPR_JSON_PLAIN, diags, &item),
        ddbexpr_json_read_items(arena, text, DDBEXPR_JSON_PLAIN, diags, &items, &count),
        ddbexpr_json_next_item(&pieces, arena, diags, &item),
        ddbexpr_json_read_names(arena, text, diags, &names, &count),
        ddbexpr_json_read_values(arena, text, DDBEXPR_JSON_PLAIN, diags, &values, &count),
        ddbexpr_json_read_actions(arena, text, diags, &actions, &count),
        ddbexpr_json_read_request(arena, DDBEXPR_PUT_ITEM, text, diags, &request),
        ddbexpr_json_read_question(arena, text, diags, &question),
        ddbexpr_json_find_requests(arena, text, &search, diags, &found, &count, &others),
    };
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        expect(statuses[i] == DDBEXPR_INVALID, "it is refused");
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        expect_ok(ddbexpr_diag_render(ddbexpr_diags_at(diags, i), NULL, out), "a fault is rendered");
    expect_ok(ddbexpr_json_write_refusal(diags, out), "a refusal is written");
    ddbexpr_buffer_free(out);
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(arena);
    return NULL;
}

/* --- writing the inputs --- */

static const char *comma(size_t i) { return i ? "," : ""; }

static void begin(struct pathology *p, const char *name, ddbexpr_kind kind)
{
    *p = (struct pathology){.name = name, .kind = kind};
    text_begin(&p->text);
    text_begin(&p->names);
    text_begin(&p->values);
    text_begin(&p->item);
    text_put(&p->names, "{");
    text_put(&p->values, "{");
    text_put(&p->item, "{\"pk\":{\"S\":\"k\"}");
}

static void members(struct text *t, const char *type, size_t count, size_t first)
{
    text_put(t, "{\"%s\":[", type);
    for (size_t i = 0; i < count; i++)
        text_put(t, "%s\"%zu\"", comma(i), first + i);
    text_put(t, "]}");
}

static void deep(struct text *t, size_t levels, const char *open, const char *inside, const char *close)
{
    text_repeat(t, levels, open);
    text_put(t, "%s", inside);
    text_repeat(t, levels, close);
}

static void open_parentheses(struct pathology *p)
{
    begin(p, "4,096 open parentheses", DDBEXPR_CONDITION);
    text_repeat(&p->text, 4096, "(");
    p->refused = true;
}

static void nested_parentheses(struct pathology *p)
{
    begin(p, "parentheses in parentheses", DDBEXPR_CONDITION);
    deep(&p->text, 290, "a=:v AND (", "a=:v", ")");
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    p->refused = true; /* for its operators */
}

static void deepest_condition(struct pathology *p)
{
    begin(p, "a condition as deep as operators go", DDBEXPR_CONDITION);
    deep(&p->text, 149, "a=:v AND (", "a=:v", ")");
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    text_put(&p->item, ",\"a\":{\"N\":\"1\"}");
}

static void redundant_parentheses(struct pathology *p)
{
    begin(p, "2,000 redundant parentheses", DDBEXPR_CONDITION);
    deep(&p->text, 2000, "(", "a=:v", ")");
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    p->refused = true;
}

static void nots(struct pathology *p)
{
    begin(p, "299 NOTs", DDBEXPR_CONDITION);
    text_repeat(&p->text, 299, "NOT ");
    text_put(&p->text, "a=:v");
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    text_put(&p->item, ",\"a\":{\"N\":\"1\"}");
}

static void too_many_nots(struct pathology *p)
{
    begin(p, "1,000 NOTs", DDBEXPR_CONDITION);
    text_repeat(&p->text, 1000, "NOT ");
    text_put(&p->text, "a=:v");
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    p->refused = true;
}

static void many_operators(struct pathology *p)
{
    begin(p, "150 clauses", DDBEXPR_CONDITION);
    for (size_t i = 0; i < 150; i++)
        text_put(&p->text, "%sa%zu=:v", i == 0 ? "" : i % 2 ? " AND " : " OR ", i);
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    for (size_t i = 0; i < 150; i++)
        text_put(&p->item, ",\"a%zu\":{\"N\":\"%zu\"}", i, i % 3);
}

static void many_operands(struct pathology *p)
{
    begin(p, "100 operands of IN", DDBEXPR_CONDITION);
    text_put(&p->text, "a IN (");
    for (size_t i = 0; i < 100; i++) {
        text_put(&p->text, "%s:v%zu", comma(i), i);
        text_put(&p->values, "%s\":v%zu\":{\"N\":\"%zu\"}", comma(i), i, i);
    }
    text_put(&p->text, ")");
    text_put(&p->item, ",\"a\":{\"N\":\"99\"}");
}

static void calls_in_calls(struct pathology *p)
{
    begin(p, "functions in functions", DDBEXPR_CONDITION);
    deep(&p->text, 800, "size(", "a", ")");
    text_put(&p->text, " > :v");
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    p->refused = true;
}

static void long_path(struct pathology *p)
{
    begin(p, "a path of 4 KB", DDBEXPR_CONDITION);
    text_put(&p->text, "attribute_exists(a");
    text_repeat(&p->text, 2000, ".a");
    text_put(&p->text, ")");
    p->refused = true;
}

static void deep_item(struct pathology *p)
{
    begin(p, "a path of 32 steps into 32 levels", DDBEXPR_CONDITION);
    text_put(&p->text, "a");
    text_repeat(&p->text, 31, ".a");
    text_put(&p->text, " = :v AND b = :m");
    text_put(&p->item, ",\"a\":");
    deep(&p->item, 31, "{\"M\":{\"a\":", "{\"N\":\"1\"}", "}}");
    text_put(&p->item, ",\"b\":");
    deep(&p->item, 31, "{\"L\":[", "{\"S\":\"b\"}", "]}");
    text_put(&p->values, "\":v\":{\"N\":\"1\"},\":m\":");
    deep(&p->values, 31, "{\"L\":[", "{\"S\":\"b\"}", "]}");
}

static void deep_update(struct pathology *p)
{
    begin(p, "an update 32 levels down", DDBEXPR_UPDATE);
    text_put(&p->text, "SET a");
    text_repeat(&p->text, 30, ".a");
    text_put(&p->text, " = :v, c = :m REMOVE b[0]");
    text_repeat(&p->text, 29, "[0]");
    text_put(&p->item, ",\"a\":");
    deep(&p->item, 31, "{\"M\":{\"a\":", "{\"N\":\"1\"}", "}}");
    text_put(&p->item, ",\"b\":");
    deep(&p->item, 31, "{\"L\":[", "{\"S\":\"b\"}", "]}");
    text_put(&p->values, "\":v\":{\"N\":\"2\"},\":m\":");
    deep(&p->values, 31, "{\"M\":{\"m\":", "{\"N\":\"1\"}", "}}");
}

static void too_deep_values(struct pathology *p)
{
    begin(p, "values 300 levels deep", DDBEXPR_CONDITION);
    text_put(&p->text, "a = :v AND b = :w");
    text_put(&p->values, "\":v\":");
    deep(&p->values, 300, "{\"L\":[", "{\"N\":\"1\"}", "]}");
    text_put(&p->values, ",\":w\":");
    deep(&p->values, 33, "{\"M\":{\"w\":", "{\"N\":\"1\"}", "}}");
    p->refused = true;
}

static void deep_projection(struct pathology *p)
{
    begin(p, "a projection of many paths", DDBEXPR_PROJECTION);
    for (size_t i = 0; i < 80; i++)
        text_put(&p->text, "%sa.b[%zu].c%zu.d.e", comma(i), i, i);
    text_put(&p->item, ",\"a\":{\"M\":{\"b\":{\"L\":[");
    for (size_t i = 0; i < 80; i++)
        text_put(&p->item, "%s{\"M\":{\"c%zu\":{\"M\":{\"d\":{\"M\":{\"e\":{\"NULL\":true}}}}}}}", comma(i), i);
    text_put(&p->item, "]}}}");
}

static void large_sets(struct pathology *p)
{
    begin(p, "unions of 20,000 and 20,000 members", DDBEXPR_UPDATE);
    text_put(&p->text, "ADD n :n, s :s");
    text_put(&p->item, ",\"n\":");
    members(&p->item, "NS", 20000, 1);
    text_put(&p->item, ",\"s\":");
    members(&p->item, "SS", 20000, 1);
    text_put(&p->values, "\":n\":");
    members(&p->values, "NS", 20000, 10001);
    text_put(&p->values, ",\":s\":");
    members(&p->values, "SS", 20000, 10001);
}

static void equal_sets(struct pathology *p)
{
    begin(p, "equal sets of 100,000 members", DDBEXPR_CONDITION);
    text_put(&p->text, "n = :n AND contains(n, :one)");
    text_put(&p->item, ",\"n\":");
    members(&p->item, "NS", 100000, 1);
    text_put(&p->values, "\":one\":{\"N\":\"77\"},\":n\":");
    members(&p->values, "NS", 100000, 1);
}

static void full_update(struct pathology *p)
{
    begin(p, "an update of 4 KB", DDBEXPR_UPDATE);
    text_put(&p->text, "SET ");
    for (size_t i = 0; i < 280; i++)
        text_put(&p->text, "%sa%zu=a%zu", comma(i), i, i);
    for (size_t i = 0; i < 280; i++)
        text_put(&p->item, ",\"a%zu\":{\"N\":\"%zu\"}", i, i);
}

static void failing_update(struct pathology *p)
{
    begin(p, "an update of which everything fails", DDBEXPR_UPDATE);
    text_put(&p->text, "SET ");
    for (size_t i = 0; i < 200; i++)
        text_put(&p->text, "%sa%zu=x%zu+:v", comma(i), i, i);
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    p->update_fails = true;
}

static void nested_defaults(struct pathology *p)
{
    begin(p, "200 if_not_exists in each other", DDBEXPR_UPDATE);
    text_put(&p->text, "SET b=");
    deep(&p->text, 200, "if_not_exists(a,", ":v", ")");
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
}

static void many_faults(struct pathology *p)
{
    begin(p, "more than 200 faults", DDBEXPR_PROJECTION);
    for (size_t i = 0; i < 600; i++)
        text_put(&p->text, "%s#n%zu", comma(i), i);
    p->refused = true;
}

static void many_overlaps(struct pathology *p)
{
    begin(p, "every path overlaps", DDBEXPR_UPDATE);
    text_put(&p->text, "REMOVE ");
    for (size_t i = 0; i < 1000; i++)
        text_put(&p->text, "%sa.b", comma(i));
    p->refused = true;
}

static void equal_names(struct pathology *p)
{
    begin(p, "20,000 names for one attribute", DDBEXPR_CONDITION);
    text_put(&p->text, "attribute_exists(#n0) AND attribute_exists(#n19999)");
    for (size_t i = 0; i < 20000; i++)
        text_put(&p->names, "%s\"#n%zu\":\"name\"", comma(i), i);
    text_put(&p->item, ",\"name\":{\"N\":\"1\"}");
}

static void long_texts(struct pathology *p)
{
    begin(p, "a name of 64 KB, a value of 2 MB", DDBEXPR_CONDITION);
    text_put(&p->text, "#n <> :v AND contains(s, :v)");
    text_put(&p->names, "\"#n\":\"");
    text_repeat(&p->names, 65535, "n");
    text_put(&p->names, "\"");
    text_put(&p->values, "\":v\":{\"S\":\"");
    text_repeat(&p->values, 2 << 20, "a");
    text_put(&p->values, "\"}");
    text_put(&p->item, ",\"s\":{\"S\":\"");
    text_repeat(&p->item, 300000, "a");
    text_put(&p->item, "\"}");
    /* One value may be as large as it likes here; a request refuses it. */
}

static void long_list(struct pathology *p)
{
    begin(p, "a list of 60,000 elements, appended to", DDBEXPR_UPDATE);
    text_put(&p->text, "SET a = list_append(a, a), b = a REMOVE c");
    text_put(&p->item, ",\"a\":{\"L\":[");
    for (size_t i = 0; i < 60000; i++)
        text_put(&p->item, "%s{\"NULL\":true}", comma(i));
    text_put(&p->item, "]}");
}

static void many_attributes(struct pathology *p)
{
    begin(p, "30,000 attributes", DDBEXPR_UPDATE);
    text_put(&p->text, "SET a7 = :v, z = a8 REMOVE a9");
    text_put(&p->values, "\":v\":{\"N\":\"1\"}");
    for (size_t i = 0; i < 30000; i++)
        text_put(&p->item, ",\"a%zu\":{\"N\":\"%zu\"}", i, i);
}

static void bytes_of_rubbish(struct pathology *p)
{
    begin(p, "a text of nothing but operators", DDBEXPR_CONDITION);
    text_repeat(&p->text, 1365, "<>=");
    p->refused = true;
}

static void (*const pathologies[])(struct pathology *p) = {
    open_parentheses,
    nested_parentheses,
    deepest_condition,
    redundant_parentheses,
    nots,
    too_many_nots,
    many_operators,
    many_operands,
    calls_in_calls,
    long_path,
    deep_item,
    deep_update,
    too_deep_values,
    deep_projection,
    large_sets,
    equal_sets,
    full_update,
    failing_update,
    nested_defaults,
    many_faults,
    many_overlaps,
    equal_names,
    long_texts,
    long_list,
    many_attributes,
    bytes_of_rubbish,
};

static const struct {
    const char *name, *open, *inside, *close;
    size_t levels;
} broken[] = {
    {"a million arrays in each other", "[", "", "]", 1000000},
    {"a million objects in each other", "{\"a\":", "1", "}", 1000000},
    {"a million arrays that are not closed", "[", "", "", 1000000},
    {"a million lists in each other as an item", "{\"pk\":{\"S\":\"a\"},\"a\":{\"L\":[", "", "]}}", 300000},
    {"a million escapes without an end", "\\u00e4", "", "", 1000000},
};

/* --- running --- */

static void in_small_thread(void *(*function)(void *), void *argument)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstacksize(&attributes, STACK_BYTES) != 0 ||
        pthread_create(&thread, &attributes, function, argument) != 0) {
        wrong = "there is no thread";
        return;
    }
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
}

static int number, failures;

static void print_result(const char *name)
{
    printf("%s %d - %s\n", wrong ? "not ok" : "ok", ++number, name);
    if (wrong)
        printf("# otherwise: %s\n", wrong);
    fflush(stdout);
    failures += wrong != NULL;
    wrong = NULL;
}

int main(void)
{
    const size_t case_count = sizeof pathologies / sizeof *pathologies, broken_count = sizeof broken / sizeof *broken;
    printf("1..%zu\n", case_count + broken_count);
    for (size_t i = 0; i < case_count; i++) {
        struct pathology p;
        pathologies[i](&p);
        text_end(&p.text);
        text_put(&p.names, "}");
        text_put(&p.values, "}");
        text_put(&p.item, "}");
        text_end(&p.names);
        text_end(&p.values);
        text_end(&p.item);
        in_small_thread(run_through, &p);
        print_result(p.name);
        text_free(&p.text);
        text_free(&p.names);
        text_free(&p.values);
        text_free(&p.item);
    }
    for (size_t i = 0; i < broken_count; i++) {
        struct text t;
        text_begin(&t);
        deep(&t, broken[i].levels, broken[i].open, broken[i].inside, broken[i].close);
        text_end(&t);
        in_small_thread(read_broken, &t);
        print_result(broken[i].name);
        text_free(&t);
    }
    return failures != 0;
}
