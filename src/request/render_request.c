/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation of a request for people. */
#include "request/explain_request.h"

#include "base/visible.h"
#include "explain/render.h"

/* Faults of running that no explanation tells: wrong key types, the new item's size. */
static void put_faults(buffer *out, const ddbexpr_style *style, const ddbexpr_diags *diags)
{
    begin_headline(out, style);
    buffer_text_literal(out, "The request cannot be run");
    begin_body(out, style);
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        ddbexpr_diag_render(ddbexpr_diags_at(diags, i), style, out);
    end_body(out, style);
}

static void put_details(buffer *out, const ddbexpr_style *style, const ddbexpr_action_explanation *action)
{
    if (action->condition)
        ddbexpr_explanation_render(action->condition, style, out);
    if (action->condition && action->update)
        buffer_char(out, '\n');
    if (action->update)
        ddbexpr_update_explanation_render(action->update, style, out);
    if (action->condition || action->update)
        return; /* of what the update cannot do, its explanation tells */
    if (action->verdict == DDBEXPR_ACTION_REFUSED)
        put_faults(out, style, action->diags);
    else
        buffer_text_literal(out, "there is no condition\n");
}

/* --- transactions --- */

static void put_place(buffer *out, const ddbexpr_style *style, size_t number, const ddbexpr_action_explanation *action)
{
    buffer_text_literal(out, "action ");
    buffer_unsigned(out, number);
    buffer_text_literal(out, ", ");
    str name = ddbexpr_cstr(ddbexpr_operation_name(action->operation));
    if (action->operation != DDBEXPR_CONDITION_CHECK)
        name.len -= strlen("Item");
    buffer_put(out, name);
    if (action->table_name.len) {
        buffer_text_literal(out, " on ");
        put_in_headline(out, style, action->table_name);
    }
    buffer_text_literal(out, ", ");
    put_in_headline(out, style, action->key_text);
}

static void put_verdict(buffer *out, const ddbexpr_style *style, ddbexpr_action_verdict verdict, bool cancelled)
{
    static const char *const words[] = {
        [DDBEXPR_ACTION_PASSES] = "passes",
        [DDBEXPR_ACTION_CONDITION_FALSE] = "to blame, its condition is false",
        [DDBEXPR_ACTION_REFUSED] = "to blame, it cannot be run",
    };
    put_colour(out, style, verdict == DDBEXPR_ACTION_PASSES ? ANSI_GREEN : ANSI_RED);
    buffer_put(out,
               cancelled && verdict == DDBEXPR_ACTION_PASSES ? STR("would have passed") : ddbexpr_cstr(words[verdict]));
    put_colour(out, style, ANSI_PLAIN);
}

static void put_headline(buffer *out, const ddbexpr_style *style, const struct ddbexpr_request_explanation *e)
{
    size_t left = 0, told = 0;
    for (size_t i = 0; i < e->action_count; i++)
        left += e->actions[i].verdict != DDBEXPR_ACTION_PASSES;
    begin_headline(out, style);
    put_colour(out, style, ANSI_BOLD);
    if (left == 0) {
        buffer_text_literal(out, "The transaction goes through");
    } else {
        buffer_put(out, left == 1 ? STR("The transaction is cancelled: to blame is action ")
                                  : STR("The transaction is cancelled: to blame are actions "));
        for (size_t i = 0; i < e->action_count; i++) {
            if (e->actions[i].verdict == DDBEXPR_ACTION_PASSES)
                continue;
            if (told++)
                buffer_put(out, --left == 1 ? STR(" and ") : STR(", "));
            buffer_unsigned(out, i + 1);
        }
        buffer_text_literal(out, " of ");
        buffer_unsigned(out, e->action_count);
    }
    put_colour(out, style, ANSI_PLAIN);
    buffer_put(out, is_markdown(style) ? STR("**\n") : STR("\n"));
}

ddbexpr_status ddbexpr_request_explanation_render(const ddbexpr_request_explanation *e, const ddbexpr_style *style,
                                                  ddbexpr_buffer *out)
{
    if (!e->is_transaction) {
        put_details(out, style, &e->actions[0]);
        return buffer_status(out);
    }
    put_headline(out, style, e);
    bool cancelled = !ddbexpr_request_explanation_passes(e);
    for (size_t i = 0; i < e->action_count; i++) {
        const ddbexpr_action_explanation *action = &e->actions[i];
        buffer_char(out, '\n');
        buffer_put(out, is_markdown(style) ? STR("### ") : STR(""));
        put_colour(out, style, ANSI_BOLD);
        put_place(out, style, i + 1, action);
        put_colour(out, style, ANSI_PLAIN);
        buffer_text_literal(out, ": ");
        put_verdict(out, style, action->verdict, cancelled);
        buffer_char(out, '\n');
        if (action->verdict != DDBEXPR_ACTION_PASSES) {
            buffer_char(out, '\n');
            put_details(out, style, action);
        }
    }
    return buffer_status(out);
}
