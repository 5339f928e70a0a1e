/* SPDX-License-Identifier: Apache-2.0 */
/* Walking document paths through items. Knows no expressions: placeholders are already resolved. */
#include "value/path.h"

uint32_t path_reach(const struct document_path *path, const value *item, const value **ret_last)
{
    const value *v = item;
    uint32_t i = 0;
    for (; v && i < path->count; i++) {
        const value *next = path_step_into(v, &path->steps[i]);
        if (!next)
            break;
        v = next;
    }
    *ret_last = v;
    return i;
}

bool path_equal(const struct document_path *a, const struct document_path *b)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        const struct document_step *x = &a->steps[i], *y = &b->steps[i];
        if (x->is_index != y->is_index || x->index != y->index || !str_equal(x->name, y->name))
            return false;
    }
    return true;
}

static void print_index(uint32_t index, buffer *out)
{
    buffer_char(out, '[');
    buffer_unsigned(out, index);
    buffer_char(out, ']');
}

void path_print_bracketed(const struct document_path *path, uint32_t steps, buffer *out)
{
    buffer_char(out, '[');
    for (uint32_t i = 0; i < steps; i++) {
        if (i)
            buffer_text_literal(out, ", ");
        if (path->steps[i].is_index)
            print_index(path->steps[i].index, out);
        else
            buffer_put(out, path->steps[i].name);
    }
    buffer_char(out, ']');
}

void path_print(const struct document_path *path, uint32_t steps, buffer *out)
{
    for (uint32_t i = 0; i < steps; i++) {
        if (path->steps[i].is_index) {
            print_index(path->steps[i].index, out);
            continue;
        }
        if (i)
            buffer_char(out, '.');
        buffer_put(out, path->steps[i].name);
    }
}
