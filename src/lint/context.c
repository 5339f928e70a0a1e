/* SPDX-License-Identifier: Apache-2.0 */
/* What rules ask of a request, and the texts they put together. Knows no rule. */
#include "lint/lint.h"

#include "check/reserved.h"
#include "value/print.h"

/* --- constants and attributes --- */

static bool is_unknown(const struct lint *l, str name)
{
    for (size_t i = 0; i < l->options->unknown_value_count; i++)
        if (str_equal(l->options->unknown_values[i], name))
            return true;
    return false;
}

const value *lint_constant(const struct lint *l, const struct checked *c, const struct node *node)
{
    return node->kind == NODE_VALUE && is_unknown(l, node->name) ? NULL : checked_constant(c, node);
}

const value *lint_attribute(const struct lint *l, const value *map, str name)
{
    return is_unknown(l, name) ? NULL : value_map_get(map, name, str_hash(name));
}

/* --- facts --- */

struct fact lint_fact(const struct lint *l, const struct document_path *path)
{
    return l->facts ? facts_at(l->given, l->facts, path) : fact_unknown();
}

bool lint_item_exists(const struct lint *l)
{
    const struct document_path item = {NULL, 0};
    struct fact fact = lint_fact(l, &item);
    return fact_proves_existence(&fact);
}

bool lint_item_is_new(const struct lint *l)
{
    const struct document_path item = {NULL, 0};
    struct fact fact = lint_fact(l, &item);
    return fact_proves_absence(&fact);
}

bool lint_update_needs_item(const struct lint *l)
{
    for (uint32_t i = 0; i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        if (!need->may_miss && !need->item_may_miss && !need->unless && !facts_key_attribute(&l->key, &need->path))
            return true;
    }
    return false;
}

/* --- what the caller knows --- */

bool lint_is_of_table(const struct lint *l, str table)
{
    str asked = l->request->table_name;
    return table.len == 0 || str_equal(table, asked) || str_equal(table, ddbexpr_table_name_of(asked));
}

/* A name up to the next step of a path's text. */
static str next_name(str text)
{
    size_t end = 0;
    while (end < text.len && text.ptr[end] != '.' && text.ptr[end] != '[')
        end++;
    return str_of(text.ptr, end);
}

static str after(str text, size_t bytes) { return str_of(text.ptr + bytes, text.len - bytes); }

static bool begins_with(str text, char sign) { return text.len && text.ptr[0] == sign; }

/* [3] or [*] at the start of the text; returns its bytes, 0 if it is not this index. */
static size_t index_at(str text, uint32_t index)
{
    uint64_t number = 0;
    size_t i = 1;
    if (!begins_with(text, '['))
        return 0;
    if (text.len > 2 && text.ptr[1] == '*')
        return text.ptr[2] == ']' ? 3 : 0;
    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' && number <= LIMIT_LIST_INDEX; i++)
        number = number * 10 + (uint64_t)(text.ptr[i] - '0');
    return i > 1 && i < text.len && text.ptr[i] == ']' && number == index ? i + 1 : 0;
}

/* Whether a path is what a text such as lines[*].price names. */
static bool is_named_by(const struct document_path *path, str text)
{
    for (uint32_t i = 0; i < path->count; i++) {
        const struct document_step *step = &path->steps[i];
        if (!step->is_index && i > 0) {
            if (!begins_with(text, '.'))
                return false;
            text = after(text, 1);
        }
        size_t bytes = step->is_index                           ? index_at(text, step->index)
                       : str_equal(next_name(text), step->name) ? step->name.len
                                                                : 0;
        if (bytes == 0)
            return false;
        text = after(text, bytes);
    }
    return text.len == 0;
}

type_set lint_known_types(const struct lint *l, const struct document_path *path)
{
    const struct key_attribute *key = facts_key_attribute(&l->key, path);
    if (key)
        return TYPE_BIT(key->type);
    for (size_t i = 0; i < l->options->attribute_count; i++) {
        const ddbexpr_known_attribute *known = &l->options->attributes[i];
        if (lint_is_of_table(l, known->table) && is_named_by(path, known->path))
            return known->types ? known->types & TYPES_ALL : TYPES_ALL;
    }
    return TYPES_ALL;
}

/* --- expressions --- */

const struct checked *lint_expression(const struct lint *l, size_t n)
{
    const struct checked *all[LINT_CONDITIONS + 2];
    size_t count = 0;
    for (size_t i = 0; i < LINT_CONDITIONS; i++)
        if (l->conditions[i].program)
            all[count++] = l->conditions[i].checked;
    if (l->update)
        all[count++] = l->update->checked;
    if (l->projection)
        all[count++] = l->projection->checked;
    return n < count ? all[n] : NULL;
}

/* The truth that the whole gets when the clause has `truth` and that alone decides it upwards. */
static bool carries(const struct node *clause, bool truth)
{
    for (const struct node *parent = clause->parent; parent; parent = parent->parent) {
        if (parent->kind == NODE_NOT)
            truth = !truth;
        else if (truth != (parent->kind == NODE_AND))
            return false;
    }
    return truth;
}

bool lint_is_required(const struct node *clause, bool *ret_truth)
{
    *ret_truth = carries(clause, true);
    return *ret_truth || carries(clause, false);
}

bool lint_compares_size(const struct test *test)
{
    bool size = false, other = false;
    for (uint32_t i = 0; i < test->operand_count; i++) {
        const struct operand *o = &test->operands[i];
        size |= o->kind == OPERAND_SIZE_OF_PATH || o->kind == OPERAND_SIZE_OF_CONSTANT;
        other |= o->kind == OPERAND_CONSTANT && o->constant->type != DDBEXPR_N;
    }
    return size && other && test->kind <= TEST_GE && test->kind != TEST_NE;
}

bool lint_is_negated(const struct node *clause)
{
    bool negated = false;
    for (const struct node *parent = clause->parent; parent; parent = parent->parent)
        negated ^= parent->kind == NODE_NOT;
    return negated;
}

/* --- texts --- */

void lint_report(struct lint *l, const struct diag_draft *draft) { diags_add(l->diags, draft); }

static buffer *new_buffer(struct lint *l)
{
    buffer *text = NULL;
    if (ddbexpr_buffer_new(arena_allocator(l->arena), &text) != DDBEXPR_OK)
        l->no_memory = true;
    return text;
}

static str keep_and_free(struct lint *l, buffer *text)
{
    str kept = buffer_status(text) == DDBEXPR_OK ? arena_copy(l->arena, ddbexpr_buffer_text(text)) : str_of(NULL, 0);
    ddbexpr_buffer_free(text);
    l->no_memory |= !kept.ptr;
    return kept.ptr ? kept : STR("");
}

str lint_fill(struct lint *l, enum text_id id, str a, str b, str c)
{
    buffer *text = new_buffer(l);
    if (!text)
        return STR("");
    diag_fill(text, diag_text(id), DDBEXPR_CONDITION, (str[DIAG_ARGS]){a, b, c});
    return keep_and_free(l, text);
}

#define VALUE_WIDTH 40 /* columns of a value in a sentence */

str lint_value(struct lint *l, const value *v)
{
    buffer *text = new_buffer(l);
    if (!text)
        return STR("");
    value_print(v, VALUE_WIDTH, text);
    return keep_and_free(l, text);
}

str lint_types(struct lint *l, type_set types)
{
    buffer *text = new_buffer(l);
    if (!text)
        return STR("");
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++) {
        if (!(types & TYPE_BIT(type)))
            continue;
        if (ddbexpr_buffer_text(text).len)
            buffer_put(text, ddbexpr_cstr(diag_text(TEXT_OR)));
        buffer_put(text, ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)type)));
    }
    return keep_and_free(l, text);
}

str lint_text(const struct checked *c, const struct node *node) { return str_slice(c->expression->text, node->span); }

str lint_action(struct lint *l, const struct action *action)
{
    str text = lint_text(l->update->checked, action->node);
    return action->section == SECTION_SET
               ? text
               : lint_fill(l, TEXT_OF_SECTION, ast_section_text(action->section), text, STR(""));
}

str lint_path_start(const struct checked *c, const struct node *path, uint32_t steps)
{
    const struct path_step *last = &path->steps[steps - 1];
    span start = {path->span.start, last->span.end};
    str text = c->expression->text;
    while (last->is_index && text.ptr[start.end - 1] != ']') /* the parser has seen it */
        start.end++;
    return str_slice(text, start);
}

str lint_placeholder(struct lint *l, const struct checked *c, const struct node *node)
{
    const value *v = lint_constant(l, c, node);
    return v ? lint_fill(l, TEXT_WITH_VALUE, lint_text(c, node), lint_value(l, v), STR(""))
             : lint_fill(l, TEXT_QUOTED, lint_text(c, node), STR(""), STR(""));
}

str lint_key_name(struct lint *l)
{
    if (!l->key.count)
        return ddbexpr_cstr(diag_text(TEXT_THE_KEY));
    str name = l->key.attributes[0].name;
    const value *names = &l->run.scope.names;
    for (uint32_t i = 0; i < names->count; i++)
        if (str_equal(value_bytes(&names->at.entries[i].value), name))
            return str_of(names->at.entries[i].name, names->at.entries[i].name_len);
    return reserved_word(name) == RESERVED_NOT ? name : lint_fill(l, TEXT_ALIASED, name, STR(""), STR(""));
}
