/* SPDX-License-Identifier: Apache-2.0 */
/* Making and printing explanations. */
#include "cli/explain/explanations.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MARKDOWN_WIDTH 100

ddbexpr_status explanations_make(const struct expressions *expressions, ddbexpr_arena *arena, const ddbexpr_value *item,
                                 const ddbexpr_value *key, struct explanations *ret)
{
    *ret = (struct explanations){.item = item, .arena = arena};
    const ddbexpr_explain_options options = {.size = sizeof options, .key = key};
    ddbexpr_status status = DDBEXPR_OK;
    if (expressions->key_condition)
        status = ddbexpr_explain(expressions->key_condition, item, &options, NULL, &ret->key_condition);
    if (status == DDBEXPR_OK && expressions->condition)
        status = ddbexpr_explain(expressions->condition, item, &options, NULL, &ret->condition);
    bool goes_on = !ret->condition || ddbexpr_explanation_matched(ret->condition);
    if (status == DDBEXPR_OK && expressions->update && goes_on)
        status = ddbexpr_explain_update(expressions->update, item, &options, NULL, &ret->update);
    if (status != DDBEXPR_OK)
        explanations_free(ret);
    return status;
}

void explanations_free(struct explanations *e)
{
    ddbexpr_explanation_free(e->key_condition);
    ddbexpr_explanation_free(e->condition);
    ddbexpr_update_explanation_free(e->update);
    *e = (struct explanations){.item = NULL};
}

int explanations_exit(const struct explanations *e)
{
    if ((e->key_condition && !ddbexpr_explanation_matched(e->key_condition)) ||
        (e->condition && !ddbexpr_explanation_matched(e->condition)))
        return EXIT_FALSE;
    return e->update && !ddbexpr_update_explanation_applies(e->update) ? EXIT_REFUSED : EXIT_TRUE;
}

int request_explanation_exit(const ddbexpr_request_explanation *e)
{
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(e); i++) {
        ddbexpr_action_verdict verdict = ddbexpr_request_explanation_action_at(e, i)->verdict;
        if (verdict == DDBEXPR_ACTION_REFUSED)
            return EXIT_REFUSED;
        if (verdict == DDBEXPR_ACTION_CONDITION_FALSE)
            exit = EXIT_FALSE;
    }
    return exit;
}

static ddbexpr_style style_of(const struct session *s)
{
    ddbexpr_style style = style_for(s, STDOUT_FILENO);
    style.markdown = s->markdown;
    if (s->markdown)
        style.width = MARKDOWN_WIDTH;
    return style;
}

/* --- what is to blame, a line each --- */

static ddbexpr_status put_line(struct session *s, const char *prefix, ddbexpr_str what, const char *verdict,
                               ddbexpr_str reason)
{
    ddbexpr_status status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(prefix));
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append_visible(s->out, what, NULL);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(verdict));
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append_visible(s->out, reason, NULL);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}

static ddbexpr_status put_condition_blame(struct session *s, const char *prefix, const ddbexpr_explanation *e)
{
    ddbexpr_status status = DDBEXPR_OK;
    if (!e || ddbexpr_explanation_matched(e))
        return status;
    for (size_t i = 0; i < ddbexpr_explanation_clause_count(e) && status == DDBEXPR_OK; i++) {
        const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(e, i);
        if (clause->blamed)
            status = put_line(s, prefix, clause->text, clause->outcome ? " is true: " : " is false: ", clause->reason);
    }
    return status;
}

static ddbexpr_status put_faults(struct session *s, const char *prefix, const ddbexpr_diags *diags)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < ddbexpr_diags_count(diags) && status == DDBEXPR_OK; i++) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(diags, i);
        status = put_line(s, prefix, ddbexpr_cstr(ddbexpr_diag_code(diag)), ": ", ddbexpr_diag_message(diag));
    }
    return status;
}

static ddbexpr_status put_request_blame(struct session *s, const ddbexpr_request_explanation *e)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(e) && status == DDBEXPR_OK; i++) {
        const ddbexpr_action_explanation *action = ddbexpr_request_explanation_action_at(e, i);
        char prefix[40];
        snprintf(prefix, sizeof prefix, "action %zu: ", i + 1);
        if (action->verdict == DDBEXPR_ACTION_CONDITION_FALSE)
            status = put_condition_blame(s, prefix, action->condition);
        else if (action->verdict == DDBEXPR_ACTION_REFUSED)
            status = put_faults(s, prefix, action->diags);
    }
    return status;
}

/* --- in full --- */

/* What the update changes: nothing, if it cannot be applied or the condition is false. */
static ddbexpr_status changes_of(const struct explanations *e, ddbexpr_changes *ret)
{
    *ret = (ddbexpr_changes){NULL, 0};
    if (!e->update || !ddbexpr_update_explanation_applies(e->update))
        return DDBEXPR_OK;
    return ddbexpr_diff(e->item, ddbexpr_update_explanation_item(e->update), e->arena, &ret->list, &ret->count);
}

static ddbexpr_status put_json(struct session *s, const struct explanations *e, bool many)
{
    ddbexpr_changes changes;
    bool diff = options_has(s->options, OPTION_DIFF);
    ddbexpr_status status = changes_of(e, &changes);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_explanations(e->key_condition, e->condition, e->update, diff ? &changes : NULL,
                                                 many ? 0 : 2, s->out);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}

static ddbexpr_status put_diff(struct session *s, ddbexpr_arena *arena, const ddbexpr_value *before,
                               const ddbexpr_value *after, const ddbexpr_style *style)
{
    const ddbexpr_change *list;
    size_t count;
    ddbexpr_status status = ddbexpr_diff(before, after, arena, &list, &count);
    if (status == DDBEXPR_OK)
        status =
            ddbexpr_buffer_append(s->out, ddbexpr_cstr(s->markdown ? "\n**Changes**\n\n~~~text\n" : "\nChanges:\n"));
    if (status == DDBEXPR_OK)
        status = count ? ddbexpr_diff_render(list, count, style, s->out)
                       : ddbexpr_buffer_append(s->out, ddbexpr_cstr("none\n"));
    return status == DDBEXPR_OK && s->markdown ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("~~~\n")) : status;
}

static ddbexpr_status put_text(struct session *s, const struct explanations *e)
{
    const ddbexpr_style style = style_of(s);
    ddbexpr_status status = DDBEXPR_OK;
    if (e->key_condition)
        status = ddbexpr_explanation_render(e->key_condition, &style, s->out);
    if (status == DDBEXPR_OK && e->key_condition && e->condition)
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n"));
    if (status == DDBEXPR_OK && e->condition)
        status = ddbexpr_explanation_render(e->condition, &style, s->out);
    if (status == DDBEXPR_OK && e->condition && e->update)
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n"));
    if (status == DDBEXPR_OK && e->update)
        status = ddbexpr_update_explanation_render(e->update, &style, s->out);
    bool diff = e->update && ddbexpr_update_explanation_applies(e->update) && options_has(s->options, OPTION_DIFF);
    return status == DDBEXPR_OK && diff
               ? put_diff(s, e->arena, e->item, ddbexpr_update_explanation_item(e->update), &style)
               : status;
}

ddbexpr_status explanations_put(struct session *s, const struct explanations *e, size_t index, bool many)
{
    ddbexpr_status status = DDBEXPR_OK;
    if (s->json)
        return put_json(s, e, many);
    if (many) {
        char text[48];
        snprintf(text, sizeof text, s->markdown ? "%s## Item %zu\n\n" : "%sitem %zu:\n", index ? "\n" : "", index + 1);
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(text));
    }
    if (!options_has(s->options, OPTION_QUIET))
        return status == DDBEXPR_OK ? put_text(s, e) : status;
    if (status == DDBEXPR_OK)
        status = put_condition_blame(s, "", e->key_condition);
    if (status == DDBEXPR_OK)
        status = put_condition_blame(s, "", e->condition);
    return status == DDBEXPR_OK && e->update ? put_faults(s, "", ddbexpr_update_explanation_diags(e->update)) : status;
}

/* Of the actions that pass: the others change nothing. */
static ddbexpr_status put_action_diff(struct session *s, size_t index, const ddbexpr_action_explanation *action,
                                      const ddbexpr_style *style)
{
    char text[48];
    if (action->verdict != DDBEXPR_ACTION_PASSES || action->operation == DDBEXPR_CONDITION_CHECK)
        return DDBEXPR_OK;
    snprintf(text, sizeof text, "\naction %zu:\n", index + 1);
    ddbexpr_status status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(text));
    return status == DDBEXPR_OK ? put_diff(s, s->arena, action->old_item, action->new_item, style) : status;
}

ddbexpr_status request_explanation_put(struct session *s, const ddbexpr_request_explanation *e)
{
    const ddbexpr_style style = style_of(s);
    if (s->json) {
        ddbexpr_status status = ddbexpr_json_write_request_explanation(e, 2, s->out);
        return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
    }
    if (options_has(s->options, OPTION_QUIET))
        return put_request_blame(s, e);
    ddbexpr_status status = ddbexpr_request_explanation_render(e, &style, s->out);
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(e) && status == DDBEXPR_OK; i++)
        if (options_has(s->options, OPTION_DIFF))
            status = put_action_diff(s, i, ddbexpr_request_explanation_action_at(e, i), &style);
    return status;
}
