/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation of an update for people: whether it applies, the text with the actions that fail marked, what every
 * action read, the faults with the change that would help. */
#include "explain/excerpt.h"
#include "explain/render.h"

#include "base/visible.h"
#include "base/wrap.h"

#define WIDEST_LABEL 60

static void put_headline(buffer *out, const ddbexpr_style *style, const struct ddbexpr_update_explanation *e)
{
    put_colour(out, style, ANSI_BOLD);
    if (e->applies) {
        buffer_text_literal(out, "UpdateExpression applies");
    } else {
        buffer_text_literal(out, "UpdateExpression cannot be applied: ");
        put_colour(out, style, ANSI_RED);
        put_in_headline(out, style, ddbexpr_diag_service_message(ddbexpr_diags_verdict(e->diags)));
    }
    put_colour(out, style, ANSI_PLAIN);
    if (!e->has_item)
        buffer_put(out, e->item      ? STR(": there is no item, so it creates one")
                        : e->applies ? STR(": there is no item, and it creates none")
                                     : STR("; there is no item"));
}

static size_t label_columns(const ddbexpr_update_action *action)
{
    return 2 + strlen(action->section) + 1 + visible_put(NULL, action->text);
}

static void put_action(buffer *out, const ddbexpr_style *style, const ddbexpr_update_action *action, size_t column)
{
    buffer_put(out, action->fault ? STR("> ") : STR("  "));
    put_colour(out, style, action->fault ? ANSI_BOLD : ANSI_PLAIN);
    buffer_put(out, ddbexpr_cstr(action->section));
    buffer_char(out, ' ');
    visible_put(out, action->text);
    put_colour(out, style, ANSI_PLAIN);
    size_t used = label_columns(action);
    buffer_repeat(out, ' ', used < column ? column - used : 2);
    used = used < column ? column : used + 2;
    put_colour(out, style, action->fault ? ANSI_RED : ANSI_GREEN);
    buffer_put(out, action->fault ? STR("fails") : STR("fine"));
    put_colour(out, style, ANSI_PLAIN);
    used += action->fault ? 5 : 4;
    put_beside(out, style, used, column + 7, action->reason, STR(""));
}

static void put_fault(buffer *out, const ddbexpr_style *style, const ddbexpr_diag *fault)
{
    str code = ddbexpr_cstr(ddbexpr_diag_code(fault));
    buffer_text_literal(out, "  ");
    buffer_put(out, code);
    buffer_text_literal(out, ": ");
    wrap_put(out, ddbexpr_diag_message(fault), code.len + 4, 4, width_of(style));
    buffer_char(out, '\n');
    put_under(out, style, 4, STR("needed: "), ddbexpr_diag_hint(fault)); /* all that an update can meet have one */
}

static void put_marked_text(buffer *out, const ddbexpr_style *style, const struct ddbexpr_update_explanation *e)
{
    if (e->fault_count == 0 || e->action_count < 2)
        return;
    put_excerpt(out, style, e->program->checked->expression->text, e->fault_spans, e->fault_count);
    buffer_char(out, '\n');
}

static void put_body(buffer *out, const ddbexpr_style *style, const struct ddbexpr_update_explanation *e)
{
    size_t widest = 0;
    put_marked_text(out, style, e);
    for (size_t i = 0; i < e->action_count; i++) {
        size_t columns = label_columns(&e->actions[i]);
        if (columns > widest && columns <= WIDEST_LABEL)
            widest = columns;
    }
    for (size_t i = 0; i < e->action_count; i++) {
        put_action(out, style, &e->actions[i], widest + 2);
        if (e->applies)
            put_under(out, style, widest + 9, STR("afterwards: "), e->actions[i].effect);
    }
    if (e->applies)
        return;
    buffer_char(out, '\n');
    put_colour(out, style, ANSI_BOLD);
    buffer_text_literal(out, "To blame:");
    put_colour(out, style, ANSI_PLAIN);
    buffer_char(out, '\n');
    for (size_t i = 0; i < ddbexpr_diags_count(e->diags); i++)
        put_fault(out, style, ddbexpr_diags_at(e->diags, i));
}

ddbexpr_status ddbexpr_update_explanation_render(const ddbexpr_update_explanation *e, const ddbexpr_style *style,
                                                 ddbexpr_buffer *out)
{
    begin_headline(out, style);
    put_headline(out, style, e);
    begin_body(out, style);
    put_body(out, style, e);
    end_body(out, style);
    return buffer_status(out);
}
