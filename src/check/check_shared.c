/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share: drafts and texts of diagnostics. Knows no pass and no order. */
#include "check/check.h"

/* --- diagnostics --- */

struct diag_draft check_draft(const struct checked *c, enum diag_id id, const struct node *node)
{
    return (struct diag_draft){
        .id = id,
        .kind = c->expression->kind,
        .source = source_of_kind(c->expression->kind),
        .text = c->expression->text,
        .has_span = true,
        .span = node->span,
    };
}

void check_report(struct checked *c, const struct diag_draft *draft)
{
    c->faults++;
    diags_add(c->diags, draft);
}

void check_fix(struct diag_draft *draft, ddbexpr_fix_safety safety, enum text_id title, str argument,
               const ddbexpr_edit *edits, size_t count)
{
    draft->fix =
        (struct diag_fix){.safety = safety, .title = title, .args = {argument}, .edits = edits, .edit_count = count};
}

/* What a buffer holds, kept in the arena; frees the buffer. */
static str keep_and_free(struct checked *c, buffer *text)
{
    str kept = buffer_status(text) == DDBEXPR_OK ? arena_copy(c->arena, ddbexpr_buffer_text(text)) : str_of(NULL, 0);
    ddbexpr_buffer_free(text);
    c->no_memory |= !kept.ptr;
    return kept.ptr ? kept : STR("");
}

static buffer *new_buffer(struct checked *c)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(c->arena), &text) == DDBEXPR_OK)
        return text;
    c->no_memory = true;
    return NULL;
}

str check_decimal(struct checked *c, uint64_t n)
{
    buffer *text = new_buffer(c);
    if (!text)
        return STR("");
    buffer_unsigned(text, n);
    return keep_and_free(c, text);
}

str check_bracketed(struct checked *c, const struct document_path *path)
{
    buffer *text = new_buffer(c);
    if (!text)
        return STR("");
    path_print_bracketed(path, path->count, text);
    return keep_and_free(c, text);
}

str check_fill_two(struct checked *c, enum text_id id, str first, str second)
{
    buffer *text = new_buffer(c);
    if (!text)
        return STR("");
    diag_fill(text, diag_text(id), c->expression->kind, (str[DIAG_ARGS]){first, second});
    return keep_and_free(c, text);
}

str check_fill(struct checked *c, enum text_id id, str argument) { return check_fill_two(c, id, argument, STR("")); }

const value *checked_constant(const struct checked *c, const struct node *node)
{
    if (node->kind != NODE_VALUE || checked_at(c, node)->value_position == SCOPE_NONE)
        return NULL;
    return scope_value(c->scope, checked_at(c, node)->value_position);
}
