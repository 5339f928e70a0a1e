/* SPDX-License-Identifier: Apache-2.0 */
/* Checking, running, explaining, linting and formatting of one question against each other. */
#include "agree.h"

#include <ddbexpr/expression.h>
#include <ddbexpr/lint.h>

#include <string.h>

static bool same(ddbexpr_str a, ddbexpr_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Formatting writes functions in their own letter case, which the service would not take otherwise. */
static bool same_but_for_case(ddbexpr_str a, ddbexpr_str b)
{
    bool equal = a.len == b.len;
    for (size_t i = 0; i < a.len && equal; i++) {
        char x = a.ptr[i], y = b.ptr[i];
        equal = x == y || ((x ^ y) == 0x20 && (x | 0x20) >= 'a' && (x | 0x20) <= 'z');
    }
    return equal;
}

/* --- checking and running --- */

/* What only running comes to: a false condition is told first. */
static bool found_when_running(const ddbexpr_diag *diag, bool transaction)
{
    const char *code = ddbexpr_diag_code(diag);
    return strcmp(code, "DX308") == 0 || (transaction && (strcmp(code, "DX811") == 0 || strcmp(code, "DX812") == 0));
}

/* A refusal for what an item holds, or for a condition. */
static bool is_of_running(const ddbexpr_outcome *outcome, const ddbexpr_diags *diags)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    const char *type = ddbexpr_outcome_error_type(outcome);
    if (strcmp(type, "ConditionalCheckFailedException") == 0 || strcmp(type, "TransactionCanceledException") == 0)
        return true;
    return verdict && strncmp(ddbexpr_diag_code(verdict), "DX80", 4) == 0;
}

static const char *check_agrees(const ddbexpr_question *q, const ddbexpr_outcome *outcome, const ddbexpr_diags *checked,
                                const ddbexpr_diags *run, ddbexpr_status status)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(checked);
    bool transaction = q->request.operation == DDBEXPR_TRANSACT_WRITE_ITEMS;
    if ((status == DDBEXPR_INVALID) != (verdict != NULL))
        return "checking says INVALID without a fault, or the other way round";
    if (status == DDBEXPR_OK)
        return ddbexpr_outcome_ok(outcome) || is_of_running(outcome, run) || ddbexpr_diags_verdict(run) == NULL ||
                       strcmp(ddbexpr_diag_code(ddbexpr_diags_verdict(run)), "DX851") == 0 ||
                       strcmp(ddbexpr_diag_code(ddbexpr_diags_verdict(run)), "DX852") == 0 /* needs the items */
                   ? NULL
                   : "running refuses what checking accepts";
    if (status != DDBEXPR_INVALID)
        return "checking failed";
    if (found_when_running(verdict, transaction) ||
        strcmp(ddbexpr_outcome_error_type(outcome), "ResourceNotFoundException") == 0)
        return NULL; /* checking does not mind a table that it does not know */
    if (ddbexpr_outcome_ok(outcome))
        return "running accepts what checking refuses";
    return same(ddbexpr_outcome_error_message(outcome), ddbexpr_diag_service_message(verdict))
               ? NULL
               : "checking and running tell different faults first";
}

static const char *check_and_run(const ddbexpr_question *q, const ddbexpr_outcome *outcome, ddbexpr_diags *checked,
                                 ddbexpr_diags *run)
{
    ddbexpr_outcome *silent;
    if (ddbexpr_execute(&q->request, q->tables, q->table_count, NULL, NULL, run, &silent) != DDBEXPR_OK)
        return "running fails the second time";
    bool equal = ddbexpr_outcome_ok(silent) == ddbexpr_outcome_ok(outcome) &&
                 same(ddbexpr_outcome_error_message(silent), ddbexpr_outcome_error_message(outcome));
    ddbexpr_outcome_free(silent);
    if (!equal)
        return "running gives another answer the second time";
    ddbexpr_status status = ddbexpr_request_check(&q->request, q->tables, q->table_count, NULL, NULL, checked);
    return check_agrees(q, outcome, checked, run, status);
}

/* --- explaining --- */

static const char *explain(struct agreement *a, const ddbexpr_question *q, const ddbexpr_outcome *outcome)
{
    ddbexpr_operation operation = q->request.operation;
    ddbexpr_request_explanation *explanation;
    if (operation == DDBEXPR_GET_ITEM || operation == DDBEXPR_QUERY || operation == DDBEXPR_SCAN)
        return NULL;
    ddbexpr_status status =
        ddbexpr_explain_request(&q->request, q->tables, q->table_count, NULL, NULL, NULL, &explanation);
    if (status == DDBEXPR_INVALID)
        return ddbexpr_outcome_ok(outcome) ? "explaining refuses what running accepts" : NULL;
    if (status != DDBEXPR_OK)
        return "explaining failed";
    bool passes = ddbexpr_request_explanation_passes(explanation);
    status = ddbexpr_request_explanation_render(explanation, NULL, a->text);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_request_explanation(explanation, 0, a->text);
    ddbexpr_request_explanation_free(explanation);
    if (status != DDBEXPR_OK)
        return "an explanation cannot be printed";
    return passes == ddbexpr_outcome_ok(outcome) ? NULL : "explaining and running differ";
}

/* --- linting and formatting --- */

static const char *lint(const ddbexpr_question *q)
{
    const ddbexpr_lint_options options = {.size = sizeof options, .tables = q->tables, .table_count = q->table_count};
    return ddbexpr_lint(&q->request, &options, NULL, NULL) == DDBEXPR_OK ? NULL : "linting failed";
}

static const char *format_again(struct agreement *a, ddbexpr_kind kind, const ddbexpr_expression *expression)
{
    ddbexpr_expression *formatted;
    ddbexpr_buffer_clear(a->text);
    ddbexpr_buffer_clear(a->again);
    if (ddbexpr_expression_format(expression, NULL, a->text) != DDBEXPR_OK)
        return "formatting failed";
    if (ddbexpr_parse(kind, ddbexpr_buffer_text(a->text), NULL, NULL, &formatted) != DDBEXPR_OK)
        return "what formatting wrote cannot be parsed";
    bool done = ddbexpr_expression_format(formatted, NULL, a->again) == DDBEXPR_OK;
    bool stable = same(ddbexpr_buffer_text(a->text), ddbexpr_buffer_text(a->again));
    ddbexpr_buffer_clear(a->text);
    ddbexpr_buffer_clear(a->again);
    done &= ddbexpr_expression_print(expression, DDBEXPR_TREE_SEXPR, a->text) == DDBEXPR_OK &&
            ddbexpr_expression_print(formatted, DDBEXPR_TREE_SEXPR, a->again) == DDBEXPR_OK;
    bool equal = same_but_for_case(ddbexpr_buffer_text(a->text), ddbexpr_buffer_text(a->again));
    ddbexpr_expression_free(formatted);
    return !done     ? "printing failed"
           : !stable ? "formatting twice changes something"
           : !equal  ? "formatting changes the tree"
                     : NULL;
}

static const char *format(struct agreement *a, ddbexpr_kind kind, ddbexpr_str text)
{
    ddbexpr_expression *expression;
    if (!text.ptr || ddbexpr_parse(kind, text, NULL, NULL, &expression) != DDBEXPR_OK)
        return NULL;
    const char *wrong = format_again(a, kind, expression);
    ddbexpr_expression_free(expression);
    return wrong;
}

static const char *format_all(struct agreement *a, const ddbexpr_request *r)
{
    const char *wrong = format(a, DDBEXPR_CONDITION, r->condition_expression);
    if (!wrong)
        wrong = format(a, DDBEXPR_UPDATE, r->update_expression);
    if (!wrong)
        wrong = format(a, DDBEXPR_FILTER, r->filter_expression);
    if (!wrong)
        wrong = format(a, DDBEXPR_PROJECTION, r->projection_expression);
    if (!wrong)
        wrong = format(a, DDBEXPR_KEY_CONDITION, r->key_condition_expression);
    return wrong;
}

const char *agree(struct agreement *a, const ddbexpr_question *q, const ddbexpr_outcome *outcome)
{
    ddbexpr_diags *checked = NULL, *run = NULL;
    const char *wrong = "no memory";
    ddbexpr_buffer_clear(a->text);
    if (ddbexpr_diags_new(NULL, &checked) == DDBEXPR_OK && ddbexpr_diags_new(NULL, &run) == DDBEXPR_OK)
        wrong = check_and_run(q, outcome, checked, run);
    ddbexpr_diags_free(checked);
    ddbexpr_diags_free(run);
    if (!wrong)
        wrong = explain(a, q, outcome);
    if (!wrong)
        wrong = lint(q);
    return wrong ? wrong : format_all(a, &q->request);
}
