/* SPDX-License-Identifier: Apache-2.0 */
/* Items in the form of a file: one object, an array, lines, exports, the answer of Scan. */
#include "cli/file_form.h"

#include <stdio.h>
#include <string.h>

/* What the reader says, so that both see the same in a text; only blanks and line ends are looked at here. */
ddbexpr_status find_form(struct session *s, ddbexpr_str text, struct file_form *ret)
{
    ddbexpr_json_items items = {.size = sizeof items, .text = text, .form = s->form};
    const ddbexpr_value *first;
    ddbexpr_status status = ddbexpr_json_next_item(&items, s->arena, s->diags, &first);
    *ret = (struct file_form){.layout = items.layout};
    if (status != DDBEXPR_OK || !first)
        return status;
    ret->exported = items.exported;
    ret->indented = memchr(text.ptr + items.span.start, '\n', items.span.end - items.span.start) != NULL;
    if (items.layout == DDBEXPR_JSON_LINES)
        return DDBEXPR_OK;
    size_t line = items.span.start;
    while (line > 0 && (text.ptr[line - 1] == ' ' || text.ptr[line - 1] == '\t'))
        line--;
    ret->lined = line > 0 && text.ptr[line - 1] == '\n';
    if (ret->lined)
        ret->lead = (ddbexpr_str){text.ptr + line, items.span.start - line};
    return DDBEXPR_OK;
}

static ddbexpr_status put_text(ddbexpr_buffer *out, const char *text)
{
    return ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

/* Appends a text with every line but the first behind `lead` and `margin`. */
static ddbexpr_status put_led(ddbexpr_str text, ddbexpr_str lead, const char *margin, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    while (text.len && status == DDBEXPR_OK) {
        const char *newline = memchr(text.ptr, '\n', text.len);
        size_t length = newline ? (size_t)(newline - text.ptr) + 1 : text.len;
        status = ddbexpr_buffer_append(out, (ddbexpr_str){text.ptr, length});
        if (newline && status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(out, lead);
        if (newline && status == DDBEXPR_OK)
            status = put_text(out, margin);
        text.ptr += length;
        text.len -= length;
    }
    return status;
}

static ddbexpr_status put_one(struct session *s, struct file_form form, const ddbexpr_value *item, ddbexpr_buffer *out)
{
    ddbexpr_buffer_clear(s->out);
    ddbexpr_status status = ddbexpr_json_write_item(item, s->form, form.indented ? 2 : 0, s->out);
    ddbexpr_str text = ddbexpr_buffer_text(s->out);
    if (status != DDBEXPR_OK || !form.exported)
        return status == DDBEXPR_OK ? put_led(text, form.lead, "", out) : status;
    const ddbexpr_str begin = ddbexpr_cstr(form.indented ? "{\n  \"Item\": " : "{\"Item\":");
    status = put_led(begin, form.lead, "", out);
    if (status == DDBEXPR_OK)
        status = put_led(text, form.lead, "  ", out);
    return status == DDBEXPR_OK ? put_led(ddbexpr_cstr(form.indented ? "\n}" : "}"), form.lead, "", out) : status;
}

static ddbexpr_status put_lines(struct session *s, struct file_form form, const ddbexpr_outcome *o, size_t table,
                                ddbexpr_buffer *out)
{
    size_t count = ddbexpr_outcome_table_item_count(o, table);
    ddbexpr_status status = DDBEXPR_OK;
    if (count != 1)
        form.indented = false; /* an object that became several: one a line */
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++) {
        status = put_one(s, form, ddbexpr_outcome_table_item_at(o, table, i), out);
        if (status == DDBEXPR_OK)
            status = put_text(out, "\n");
    }
    return status;
}

/* [ … ]; `tail` is the blanks before the closing bracket where that has a line of its own. */
static ddbexpr_status put_array(struct session *s, struct file_form form, const ddbexpr_outcome *o, size_t table,
                                ddbexpr_str tail, ddbexpr_buffer *out)
{
    size_t count = ddbexpr_outcome_table_item_count(o, table);
    ddbexpr_status status = put_text(out, "[");
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++) {
        status = put_text(out, form.lined ? (i ? ",\n" : "\n") : (i ? ", " : ""));
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(out, form.lead);
        if (status == DDBEXPR_OK)
            status = put_one(s, form, ddbexpr_outcome_table_item_at(o, table, i), out);
    }
    if (status == DDBEXPR_OK && form.lined && count) {
        status = put_text(out, "\n");
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(out, tail);
    }
    return status == DDBEXPR_OK ? put_text(out, "]") : status;
}

/* What Scan would answer now. Of its other members none would be true any more. */
static ddbexpr_status put_answer(struct session *s, struct file_form form, const ddbexpr_outcome *o, size_t table,
                                 ddbexpr_buffer *out)
{
    size_t count = ddbexpr_outcome_table_item_count(o, table);
    const ddbexpr_str margin = {form.lead.ptr, form.lead.len / 2}; /* of the members: the items are one level deeper */
    const char *gap = form.lined ? "\n" : " ";
    char counts[2][48];
    snprintf(counts[0], sizeof counts[0], "\"Count\": %zu,", count);
    snprintf(counts[1], sizeof counts[1], "\"ScannedCount\": %zu", count);
    ddbexpr_status status = put_text(out, form.lined ? "{\n" : "{");
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, margin);
    if (status == DDBEXPR_OK)
        status = put_text(out, "\"Items\": ");
    if (status == DDBEXPR_OK)
        status = put_array(s, form, o, table, margin, out);
    if (status == DDBEXPR_OK)
        status = put_text(out, ",");
    for (size_t i = 0; i < 2 && status == DDBEXPR_OK; i++) {
        status = put_text(out, gap);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(out, margin);
        if (status == DDBEXPR_OK)
            status = put_text(out, counts[i]);
    }
    return status == DDBEXPR_OK ? put_text(out, form.lined ? "\n}\n" : "}\n") : status;
}

ddbexpr_status put_table(struct session *s, struct file_form form, const ddbexpr_outcome *o, size_t table,
                         ddbexpr_buffer *out)
{
    if (form.layout == DDBEXPR_JSON_LINES)
        return put_lines(s, form, o, table, out);
    if (form.layout == DDBEXPR_JSON_ANSWER)
        return put_answer(s, form, o, table, out);
    ddbexpr_status status = put_array(s, form, o, table, (ddbexpr_str){NULL, 0}, out);
    return status == DDBEXPR_OK ? put_text(out, "\n") : status;
}
