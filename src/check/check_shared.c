/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share: drafts and texts of diagnostics, and resolving placeholders. Knows no pass and
 * no order. */
#include "check/check.h"

#include "check/suggest.h"

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

str check_fill(struct checked *c, enum text_id id, str argument)
{
    buffer *text = new_buffer(c);
    if (!text)
        return STR("");
    diag_fill(text, diag_text(id), c->expression->kind, (str[DIAG_ARGS]){argument});
    return keep_and_free(c, text);
}

const value *checked_constant(const struct checked *c, const struct node *node)
{
    if (node->kind != NODE_VALUE || checked_at(c, node)->value_position == SCOPE_NONE)
        return NULL;
    return scope_value(c->scope, checked_at(c, node)->value_position);
}

/* --- placeholders --- */

/* ", or did you mean `#x`?" for the nearest key of a map within two edits, or nothing. */
static str suggestion(struct checked *c, const value *map, str placeholder)
{
    unsigned nearest = 3;
    str found = STR("");
    for (uint32_t i = 0; i < map->count && i < 256; i++) {
        str key = str_of(map->at.entries[i].name, map->at.entries[i].name_len);
        unsigned distance = key.len > 1 && placeholder.len > 2 ? edit_distance(key, placeholder) : 3;
        if (distance < nearest) {
            nearest = distance;
            found = key;
        }
    }
    return found.len ? check_fill(c, TEXT_DID_YOU_MEAN, found) : STR("");
}

uint32_t check_list_index(str digits)
{
    uint64_t index = 0;
    for (size_t i = 0; i < digits.len && index <= LIMIT_LIST_INDEX; i++)
        index = index * 10 + (uint64_t)(digits.ptr[i] - '0');
    return index > LIMIT_LIST_INDEX ? UINT32_MAX : (uint32_t)index;
}

void check_path_names(struct checked *c, const struct node *path)
{
    struct checked_node *known = checked_at(c, path);
    if (path->step_count > LIMIT_PATH_STEPS && !known->faulty) {
        struct diag_draft draft = check_draft(c, DIAG_PATH_TOO_DEEP, path);
        draft.args[0] = check_decimal(c, path->step_count);
        check_report(c, &draft);
        known->faulty = true;
    }
    struct document_step *steps = ARENA_ARRAY(c->arena, struct document_step, path->step_count);
    if (!steps) {
        c->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        steps[i] = (struct document_step){.is_index = step->is_index};
        if (step->is_index) {
            steps[i].index = check_list_index(step->name);
            continue;
        }
        steps[i].name = step->name;
        if (step->is_placeholder) {
            uint32_t position = scope_use_name(c->scope, step->name);
            if (position == SCOPE_NONE) {
                struct diag_draft draft = check_draft(c, DIAG_UNDEFINED_NAME, path);
                draft.span = step->span;
                draft.args[0] = step->name;
                draft.args[1] = suggestion(c, &c->scope->names, step->name);
                check_report(c, &draft);
                known->faulty = true;
            } else {
                steps[i].name = scope_name(c->scope, position);
            }
        }
        steps[i].hash = str_hash(steps[i].name);
    }
    if (!known->faulty)
        known->path = (struct document_path){steps, path->step_count};
}

void check_value(struct checked *c, const struct node *node)
{
    struct checked_node *known = checked_at(c, node);
    known->value_position = scope_use_value(c->scope, node->name);
    if (known->value_position != SCOPE_NONE)
        return;
    struct diag_draft draft = check_draft(c, DIAG_UNDEFINED_VALUE, node);
    draft.args[0] = node->name;
    draft.args[1] = suggestion(c, &c->scope->values, node->name);
    check_report(c, &draft);
    known->faulty = true;
}
