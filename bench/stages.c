/* SPDX-License-Identifier: Apache-2.0 */
/* Each stage as a loop. What a stage gives back is freed in the loop: it is a part of what people pay. */
#include "stages.h"

#include "check/check.h"
#include "syntax/token.h"

#include <stdio.h>
#include <stdlib.h>

/* --- expressions --- */

static void repeat_lex(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        struct token_array tokens = {NULL, 0};
        ddbexpr_arena_reset(s->arena);
        s->status = tokens_of(s->arena, s->operation->text, &tokens) ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
        keep(&tokens);
    }
}

static void repeat_parse(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        ddbexpr_expression *expression = NULL;
        s->status = ddbexpr_parse(s->operation->kind, s->operation->text, s->alloc, NULL, &expression);
        keep(expression);
        ddbexpr_expression_free(expression);
    }
}

/* All that ddbexpr_compile does but the program itself: the tree, bound to the placeholders, and every fault. */
static ddbexpr_status parse_and_check(arena *a, const struct operation *op)
{
    struct scope scope;
    struct checked *checked = NULL;
    ddbexpr_status status = scope_init(&scope, a, &op->bindings);
    if (status != DDBEXPR_OK)
        return status;
    scope_add_text(&scope, op->text);
    size_t faults = scope_check_names(&scope, NULL) + scope_check_values(&scope, NULL);
    status = check_text(op->kind, op->text, &scope, a, NULL, &checked);
    keep(checked);
    if (checked && !op->bindings.allow_unused)
        faults += scope_check_unused(&scope, NULL);
    return status == DDBEXPR_OK && faults ? DDBEXPR_INVALID : status;
}

static void repeat_check(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        arena *a = NULL;
        s->status = ddbexpr_arena_new(s->alloc, &a);
        if (s->status == DDBEXPR_OK)
            s->status = parse_and_check(a, s->operation);
        ddbexpr_arena_free(a);
    }
}

static void repeat_compile(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        ddbexpr_program *program = NULL;
        s->status =
            ddbexpr_compile(s->operation->kind, s->operation->text, &s->operation->bindings, s->alloc, NULL, &program);
        keep(program);
        ddbexpr_program_free(program);
    }
}

/* --- expressions and items --- */

static void repeat_evaluate(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    const ddbexpr_value *item = s->item->value;
    while (repetitions--) {
        keep(item);
        s->status = ddbexpr_evaluate(s->program, item, &s->outcome);
    }
}

static void repeat_update(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        const ddbexpr_value *after = NULL;
        ddbexpr_arena_reset(s->arena);
        s->status = ddbexpr_update(s->program, s->item->value, s->arena, NULL, &after);
        keep(after);
    }
}

static void repeat_explain(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        ddbexpr_explanation *condition = NULL;
        ddbexpr_update_explanation *update = NULL;
        if (s->operation->kind == DDBEXPR_UPDATE)
            s->status = ddbexpr_explain_update(s->program, s->item->value, NULL, s->alloc, &update);
        else
            s->status = ddbexpr_explain(s->program, s->item->value, NULL, s->alloc, &condition);
        keep(condition);
        keep(update);
        ddbexpr_update_explanation_free(update);
        ddbexpr_explanation_free(condition);
    }
}

/* --- items --- */

static void repeat_read(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        const ddbexpr_value *item = NULL;
        ddbexpr_arena_reset(s->arena);
        s->status = ddbexpr_json_read_item(s->arena, s->item->text, DDBEXPR_JSON_TYPED, NULL, &item);
        keep(item);
    }
}

static void repeat_write(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        ddbexpr_buffer_clear(s->buffer);
        s->status = ddbexpr_json_write_item(s->item->value, DDBEXPR_JSON_TYPED, 0, s->buffer);
        keep(s->buffer);
    }
}

/* --- requests end to end: what `ddbexpr request` does with a line --- */

static ddbexpr_status answer(struct subject *s)
{
    ddbexpr_question q;
    ddbexpr_outcome *outcome = NULL;
    ddbexpr_status status = ddbexpr_json_read_question(s->arena, ddbexpr_cstr(s->question), NULL, &q);
    if (status == DDBEXPR_OK)
        status = ddbexpr_execute(&q.request, q.tables, q.table_count, NULL, s->alloc, NULL, &outcome);
    if (status != DDBEXPR_OK)
        return status;
    s->outcome = ddbexpr_outcome_ok(outcome);
    status = ddbexpr_json_write_answer(outcome, &q, NULL, NULL, 0, s->buffer);
    ddbexpr_outcome_free(outcome);
    return status;
}

static void repeat_request(void *context, uint64_t repetitions)
{
    struct subject *s = context;
    while (repetitions--) {
        ddbexpr_arena_reset(s->arena);
        ddbexpr_buffer_clear(s->buffer);
        s->status = answer(s);
    }
}

const struct stage stages[] = {
    {"lex", STAGE_OF_EXPRESSIONS, repeat_lex, false},         {"parse", STAGE_OF_EXPRESSIONS, repeat_parse, false},
    {"check", STAGE_OF_EXPRESSIONS, repeat_check, false},     {"compile", STAGE_OF_EXPRESSIONS, repeat_compile, false},
    {"evaluate", STAGE_OF_CONDITIONS, repeat_evaluate, true}, {"update", STAGE_OF_UPDATES, repeat_update, false},
    {"explain", STAGE_OF_BOTH, repeat_explain, false},        {"read", STAGE_OF_ITEMS, repeat_read, false},
    {"write", STAGE_OF_ITEMS, repeat_write, false},           {"request", STAGE_OF_BOTH, repeat_request, false},
};
const size_t stage_count = sizeof stages / sizeof *stages;

/* --- what they are measured with --- */

/* A condition comes with a DeleteItem, an update with an UpdateItem; the table holds the item. */
static char *make_question(const struct operation *op, const struct stored_item *item)
{
    static const char pattern[] =
        "{\"op\":\"%s\",\"key\":{\"pk\":\"S\"},\"items\":[%s],\"request\":{\"Key\":{\"pk\":{\"S\":\"user#4711\"}},"
        "\"%s\":\"%.*s\"%s%s%s%s}}";
    const char *operation = op->kind == DDBEXPR_UPDATE ? "UpdateItem" : "DeleteItem";
    const char *names = op->bindings.name_count ? ",\"ExpressionAttributeNames\":" : "";
    const char *values = op->bindings.value_count ? ",\"ExpressionAttributeValues\":" : "";
    size_t size = sizeof pattern + item->text.len + op->text.len + op->names_text.len + op->values_text.len + 128;
    char *question = malloc(size);
    if (question)
        snprintf(question, size, pattern, operation, item->text.ptr, ddbexpr_kind_name(op->kind), (int)op->text.len,
                 op->text.ptr, names, *names ? op->names_text.ptr : "", values, *values ? op->values_text.ptr : "");
    return question;
}

bool subject_begin(const struct operation *operation, const struct stored_item *item, const ddbexpr_alloc *alloc,
                   struct subject *ret_subject)
{
    struct subject s = {.operation = operation, .item = item, .alloc = alloc};
    bool ready = ddbexpr_arena_new(alloc, &s.arena) == DDBEXPR_OK && ddbexpr_buffer_new(alloc, &s.buffer) == DDBEXPR_OK;
    if (ready && operation)
        ready = ddbexpr_compile(operation->kind, operation->text, &operation->bindings, alloc, NULL, &s.program) ==
                DDBEXPR_OK;
    if (ready && operation && item) {
        s.question = make_question(operation, item);
        ready = s.question;
    }
    *ret_subject = s;
    if (!ready)
        subject_end(ret_subject);
    return ready;
}

void subject_end(struct subject *subject)
{
    free(subject->question);
    ddbexpr_buffer_free(subject->buffer);
    ddbexpr_arena_free(subject->arena);
    ddbexpr_program_free(subject->program);
    *subject = (struct subject){0};
}
