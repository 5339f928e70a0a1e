/* SPDX-License-Identifier: Apache-2.0 */
/* An expression with its placeholders, over an item: a byte for the kind, one for the JSON form, then text, names,
 * values and item with a NUL byte between. What is said of one evaluation in several ways must agree. */
#include "fuzz.h"

#include <ddbexpr/coverage.h>
#include <ddbexpr/explain.h>

struct compiling {
    arena *arena;
    ddbexpr_kind kind;
    str text;
    ddbexpr_bindings bindings;
    const ddbexpr_value *item; /* or NULL */
    ddbexpr_program *program;
};

/* --- reading --- */

static bool read_parts(struct compiling *c, struct fuzz_input *input)
{
    ddbexpr_json_form form = fuzz_choice(input, 2) ? DDBEXPR_JSON_TYPED : DDBEXPR_JSON_PLAIN;
    ddbexpr_diags *diags = fuzz_diags();
    c->text = fuzz_part(input);
    str names = fuzz_part(input), values = fuzz_part(input), item = fuzz_part(input);
    c->bindings.size = sizeof c->bindings;
    ddbexpr_status status = DDBEXPR_OK;
    if (names.len)
        status = ddbexpr_json_read_names(c->arena, names, diags, &c->bindings.names, &c->bindings.name_count);
    if (status == DDBEXPR_OK && values.len)
        status = ddbexpr_json_read_values(c->arena, values, form, diags, &c->bindings.values, &c->bindings.value_count);
    if (status == DDBEXPR_OK && item.len)
        status = ddbexpr_json_read_item(c->arena, item, form, diags, &c->item);
    fuzz_check_told(diags, status);
    ddbexpr_diags_free(diags);
    if (c->item && ddbexpr_item_is_faulty(c->item))
        c->item = NULL;
    return status == DDBEXPR_OK;
}

/* --- conditions --- */

/* An item of only the attributes that the condition looks at is as good. */
static void check_attributes(const struct compiling *c)
{
    const str *names;
    const ddbexpr_value *values[64], *part;
    str kept[64];
    size_t count, there = 0;
    REQUIRE(ddbexpr_program_attributes(c->program, c->arena, &names, &count) == DDBEXPR_OK);
    if (!c->item || count > 64)
        return;
    for (size_t i = 0; i < count; i++) {
        const ddbexpr_value *value = ddbexpr_value_get(c->item, names[i]);
        if (value) {
            kept[there] = names[i];
            values[there++] = value;
        }
    }
    part = ddbexpr_value_map(c->arena, kept, values, there);
    REQUIRE(part);
    REQUIRE(fuzz_evaluate(c->program, part) == fuzz_evaluate(c->program, c->item));
}

/* The opposite condition, where it can be written. */
static void check_opposite(const struct compiling *c)
{
    ddbexpr_buffer *text = fuzz_buffer();
    ddbexpr_program *opposite = NULL;
    ddbexpr_buffer_append(text, STR("NOT ("));
    ddbexpr_buffer_append(text, c->text);
    ddbexpr_buffer_append(text, STR(")"));
    if (ddbexpr_compile(c->kind, ddbexpr_buffer_text(text), &c->bindings, NULL, NULL, &opposite) == DDBEXPR_OK)
        REQUIRE(fuzz_evaluate(opposite, c->item) != fuzz_evaluate(c->program, c->item));
    ddbexpr_program_free(opposite);
    ddbexpr_buffer_free(text);
}

static void check_printed(const ddbexpr_explanation *e)
{
    ddbexpr_buffer *out = fuzz_buffer();
    const ddbexpr_style style = {.size = sizeof style, .width = 60};
    REQUIRE(ddbexpr_explanation_render(e, &style, out) == DDBEXPR_OK);
    fuzz_check_visible(ddbexpr_buffer_text(out));
    ddbexpr_buffer_clear(out);
    REQUIRE(ddbexpr_json_write_explanation(e, 0, out) == DDBEXPR_OK);
    REQUIRE(fuzz_is_json(ddbexpr_buffer_text(out)));
    ddbexpr_buffer_free(out);
}

/* The outcome of the branch at *at, with the clauses that are to blame turned; *at is moved behind it. The tree is as
 * high as the text allows: nothing here recurses far. */
static bool fold(const ddbexpr_explanation *e, size_t *at, bool turned)
{
    const ddbexpr_branch *b = ddbexpr_explanation_branch_at(e, (*at)++);
    if (b->kind == DDBEXPR_BRANCH_CLAUSE) {
        const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(e, b->clause);
        return clause->outcome != (turned && clause->blamed);
    }
    bool all = true, any = false;
    for (const ddbexpr_branch *next; (next = ddbexpr_explanation_branch_at(e, *at)) && next->depth > b->depth;) {
        bool outcome = fold(e, at, turned);
        all &= outcome;
        any |= outcome;
    }
    return b->kind == DDBEXPR_BRANCH_AND ? all : b->kind == DDBEXPR_BRANCH_OR ? any : !any;
}

/* Clauses and branches add up to the outcome; with those to blame turned, to the other one. */
static void check_explanation(const struct compiling *c, const ddbexpr_value *item)
{
    ddbexpr_explanation *e;
    size_t at = 0;
    REQUIRE(ddbexpr_explain(c->program, item, NULL, NULL, &e) == DDBEXPR_OK);
    bool matched = ddbexpr_explanation_matched(e);
    REQUIRE(matched == fuzz_evaluate(c->program, item));
    REQUIRE(fold(e, &at, false) == matched);
    REQUIRE(at == ddbexpr_explanation_branch_count(e));
    at = 0;
    if (!matched)
        REQUIRE(fold(e, &at, true));
    for (size_t i = 0; i < ddbexpr_explanation_clause_count(e); i++) {
        const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(e, i);
        REQUIRE(clause->span.start < clause->span.end && clause->span.end <= c->text.len);
    }
    check_printed(e);
    ddbexpr_explanation_free(e);
}

/* An item that is said to let a clause decide does. */
static void check_witness(const struct compiling *c, size_t clause, bool outcome)
{
    bool found;
    const ddbexpr_value *item = NULL;
    ddbexpr_explanation *e;
    ddbexpr_coverage *coverage;
    REQUIRE(ddbexpr_coverage_witness(c->program, c->item, clause, outcome, NULL, c->arena, &found, &item) ==
            DDBEXPR_OK);
    if (!found)
        return;
    REQUIRE(!item || !ddbexpr_item_is_faulty(item));
    REQUIRE(ddbexpr_explain(c->program, item, NULL, NULL, &e) == DDBEXPR_OK);
    REQUIRE(ddbexpr_coverage_new(e, NULL, &coverage) == DDBEXPR_OK);
    REQUIRE(ddbexpr_coverage_add(coverage, e) == DDBEXPR_OK);
    REQUIRE(ddbexpr_explanation_clause_at(e, clause)->outcome == outcome);
    REQUIRE(ddbexpr_coverage_clause_at(coverage, clause).decided[outcome] == 1);
    ddbexpr_coverage_free(coverage);
    ddbexpr_explanation_free(e);
}

static void check_witnesses(const struct compiling *c)
{
    ddbexpr_explanation *e;
    REQUIRE(ddbexpr_explain(c->program, c->item, NULL, NULL, &e) == DDBEXPR_OK);
    size_t count = ddbexpr_explanation_clause_count(e);
    ddbexpr_explanation_free(e);
    for (size_t i = 0; i < count && i < 3; i++) {
        check_witness(c, i, false);
        check_witness(c, i, true);
    }
}

static void check_condition(const struct compiling *c)
{
    check_explanation(c, c->item);
    check_explanation(c, NULL);
    check_attributes(c);
    if (c->kind != DDBEXPR_KEY_CONDITION)
        check_opposite(c);
    check_witnesses(c);
}

/* --- updates --- */

/* The same again through DynamoDB JSON. */
static void check_round_trip(const struct compiling *c, const ddbexpr_value *item)
{
    const ddbexpr_value *back;
    str text = fuzz_json_of(c->arena, item);
    if (ddbexpr_value_count(item) == 1 && str_equal(ddbexpr_value_name_at(item, 0), STR("Item")))
        return; /* {"Item": …} is read as an item in an envelope */
    REQUIRE(ddbexpr_json_read_item(c->arena, text, DDBEXPR_JSON_TYPED, NULL, &back) == DDBEXPR_OK);
    REQUIRE(ddbexpr_value_equal(item, back));
    REQUIRE(ddbexpr_item_size(item) == ddbexpr_item_size(back));
}

static void check_changes(const struct compiling *c, const ddbexpr_value *before, const ddbexpr_value *after)
{
    const ddbexpr_change *changes;
    size_t count;
    ddbexpr_buffer *out = fuzz_buffer();
    REQUIRE(ddbexpr_diff(before, after, c->arena, &changes, &count) == DDBEXPR_OK);
    REQUIRE((count == 0) == ddbexpr_value_equal(before, after));
    REQUIRE(ddbexpr_diff_render(changes, count, NULL, out) == DDBEXPR_OK);
    fuzz_check_visible(ddbexpr_buffer_text(out));
    ddbexpr_buffer_free(out);
}

static void check_update_printed(const ddbexpr_update_explanation *e)
{
    ddbexpr_buffer *out = fuzz_buffer();
    REQUIRE(ddbexpr_update_explanation_render(e, NULL, out) == DDBEXPR_OK);
    fuzz_check_visible(ddbexpr_buffer_text(out));
    fuzz_check_diags(ddbexpr_update_explanation_diags(e));
    ddbexpr_buffer_clear(out);
    REQUIRE(ddbexpr_json_write_explanations(NULL, NULL, e, NULL, 0, out) == DDBEXPR_OK);
    REQUIRE(fuzz_is_json(ddbexpr_buffer_text(out)));
    ddbexpr_buffer_free(out);
}

static void check_update_explanation(const struct compiling *c, const ddbexpr_value *item, ddbexpr_status status,
                                     const ddbexpr_value *after)
{
    ddbexpr_update_explanation *e;
    REQUIRE(ddbexpr_explain_update(c->program, item, NULL, NULL, &e) == DDBEXPR_OK);
    REQUIRE(ddbexpr_update_explanation_applies(e) == (status == DDBEXPR_OK));
    const ddbexpr_value *explained = ddbexpr_update_explanation_item(e);
    if (status == DDBEXPR_OK) {
        REQUIRE((explained != NULL) == (after != NULL));
        REQUIRE(!after || ddbexpr_value_equal(explained, after));
    }
    check_update_printed(e);
    ddbexpr_update_explanation_free(e);
}

static void check_update_of(const struct compiling *c, const ddbexpr_value *item)
{
    const ddbexpr_value *after = NULL, *again = NULL, *part;
    ddbexpr_diags *diags = fuzz_diags();
    str before = item ? fuzz_json_of(c->arena, item) : STR("");
    ddbexpr_status status = ddbexpr_update(c->program, item, c->arena, diags, &after);
    fuzz_check_told(diags, status);
    if (item)
        REQUIRE(str_equal(before, fuzz_json_of(c->arena, item)));
    REQUIRE(ddbexpr_update(c->program, item, c->arena, NULL, &again) == status);
    check_update_explanation(c, item, status, after);
    if (status == DDBEXPR_OK && after) {
        REQUIRE(!ddbexpr_item_is_faulty(after));
        REQUIRE(again && ddbexpr_value_equal(after, again));
        REQUIRE(ddbexpr_project(c->program, after, c->arena, &part) == DDBEXPR_OK);
        check_round_trip(c, after);
        check_round_trip(c, part);
        if (item)
            check_changes(c, item, after);
    }
    ddbexpr_diags_free(diags);
}

/* --- projections --- */

static void check_projection(const struct compiling *c)
{
    const ddbexpr_value *part, *again;
    if (!c->item)
        return;
    REQUIRE(ddbexpr_project(c->program, c->item, c->arena, &part) == DDBEXPR_OK);
    REQUIRE(!ddbexpr_item_is_faulty(part));
    REQUIRE(ddbexpr_item_size(part) <= ddbexpr_item_size(c->item));
    check_round_trip(c, part);
    if (memchr(c->text.ptr, '[', c->text.len))
        return; /* lists are packed: elements are then at other places */
    REQUIRE(ddbexpr_project(c->program, part, c->arena, &again) == DDBEXPR_OK);
    REQUIRE(ddbexpr_value_equal(part, again));
}

/* --- all --- */

/* Bound to the same values once more it stays what it is. */
static void check_rebinding(const struct compiling *c)
{
    bool before = c->kind <= DDBEXPR_KEY_CONDITION && fuzz_evaluate(c->program, c->item);
    REQUIRE(ddbexpr_program_set_values(c->program, c->bindings.values, c->bindings.value_count, NULL) == DDBEXPR_OK);
    REQUIRE(before == (c->kind <= DDBEXPR_KEY_CONDITION && fuzz_evaluate(c->program, c->item)));
}

static void check_program(const struct compiling *c)
{
    REQUIRE(ddbexpr_program_kind(c->program) == c->kind);
    REQUIRE(str_equal(ddbexpr_program_text(c->program), c->text));
    check_rebinding(c);
    if (c->kind == DDBEXPR_UPDATE) {
        check_update_of(c, c->item);
        check_update_of(c, NULL);
    } else if (c->kind == DDBEXPR_PROJECTION) {
        check_projection(c);
    } else {
        check_condition(c);
    }
}

static void compile(struct compiling *c)
{
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_expression *expression;
    ddbexpr_status status = ddbexpr_compile(c->kind, c->text, &c->bindings, NULL, diags, &c->program);
    fuzz_check_told(diags, status);
    REQUIRE((status == DDBEXPR_OK) == (c->program != NULL));
    if (status == DDBEXPR_OK) {
        REQUIRE(ddbexpr_diags_count(diags) == 0);
        REQUIRE(ddbexpr_parse(c->kind, c->text, NULL, NULL, &expression) == DDBEXPR_OK);
        ddbexpr_expression_free(expression);
        check_program(c);
    }
    ddbexpr_program_free(c->program);
    ddbexpr_diags_free(diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    struct compiling c = {.arena = fuzz_arena(), .kind = (ddbexpr_kind)fuzz_choice(&input, 5)};
    if (read_parts(&c, &input))
        compile(&c);
    ddbexpr_arena_free(c.arena);
    fuzz_close(&input);
    return 0;
}
