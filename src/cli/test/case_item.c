/* SPDX-License-Identifier: Apache-2.0 */
/* Items that a case expects. The library reads them as the service does, which does not mind members that it does not
 * know; but what a case expects and nobody compares would pass for nothing. */
#include "cli/test/case_line.h"

#include "cli/limits.h"

#include <string.h>

static size_t offset_of(const struct case_line *line, const struct case_node *node)
{
    return (size_t)(node->text.ptr - line->text.ptr);
}

/* --- members of values: the text has been read, so it is known to be JSON, and how deep it may be --- */

enum role { ROLE_ATTRIBUTES, ROLE_VALUE, ROLE_LIST, ROLE_OTHER };

struct walk_of_item {
    struct case_line *line;
    ddbexpr_str text;
    size_t begin;   /* of it, in the line */
    enum role next; /* of the container that comes next, unless it is an element */
    enum role open[ROOM_ITEM_LEVELS];
    size_t depth;
};

/* The bytes of a string without its quotes. */
static ddbexpr_str take_string(ddbexpr_str text, size_t *at)
{
    size_t start = ++*at;
    for (; *at < text.len && text.ptr[*at] != '"'; ++*at)
        if (text.ptr[*at] == '\\')
            ++*at;
    return (ddbexpr_str){text.ptr + start, (*at)++ - start};
}

static bool is_name(ddbexpr_str text, size_t behind)
{
    while (behind < text.len && strchr(" \t\r", text.ptr[behind]) && text.ptr[behind])
        behind++;
    return behind < text.len && text.ptr[behind] == ':';
}

static bool is_type(ddbexpr_str name)
{
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (same_text(name, ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)type))))
            return true;
    return memchr(name.ptr, '\\', name.len) != NULL; /* written otherwise; the library has read it */
}

static void take_name(struct walk_of_item *w, ddbexpr_str name)
{
    enum role role = w->open[w->depth - 1];
    w->next = role == ROLE_ATTRIBUTES ? ROLE_VALUE : ROLE_OTHER;
    if (role != ROLE_VALUE)
        return;
    if (same_text(name, ddbexpr_cstr("L")))
        w->next = ROLE_LIST;
    else if (same_text(name, ddbexpr_cstr("M")))
        w->next = ROLE_ATTRIBUTES;
    else if (!is_type(name))
        case_fault_at(w->line, w->begin + (size_t)(name.ptr - w->text.ptr) - 1,
                      "an attribute value has no `%.*s`; it may have S, N, B, BOOL, NULL, L, M, SS, NS, BS",
                      (int)name.len, name.ptr);
}

static void open_container(struct walk_of_item *w)
{
    bool is_element = w->depth && w->open[w->depth - 1] == ROLE_LIST;
    bool is_element_of_other = w->depth && w->open[w->depth - 1] == ROLE_OTHER;
    w->open[w->depth++] = is_element ? ROLE_VALUE : is_element_of_other ? ROLE_OTHER : w->next;
}

static void check_members(struct case_line *line, const struct case_node *node)
{
    struct walk_of_item w = {.line = line, .text = node->text, .begin = offset_of(line, node), .next = ROLE_ATTRIBUTES};
    for (size_t at = 0; at < w.text.len && w.depth < ROOM_ITEM_LEVELS;) {
        char c = w.text.ptr[at];
        if (c == '"') {
            ddbexpr_str string = take_string(w.text, &at);
            if (is_name(w.text, at))
                take_name(&w, string);
            continue;
        }
        if (c == '{' || c == '[')
            open_container(&w);
        else if (c == '}' || c == ']')
            w.depth--;
        at++;
    }
}

/* --- the whole --- */

#define ITEM_BEFORE "{\"Item\":"

/* As the member of a request: a reader of items would take an item whose only attribute is called Item for the line of
 * an export. */
static ddbexpr_status read_item(struct case_line *line, ddbexpr_str text, ddbexpr_request *ret)
{
    const size_t lead = sizeof ITEM_BEFORE - 1;
    char *body = ddbexpr_arena_alloc(line->arena, lead + text.len + 1);
    if (!body)
        return DDBEXPR_NO_MEMORY;
    memcpy(body, ITEM_BEFORE, lead);
    memcpy(body + lead, text.ptr, text.len);
    body[lead + text.len] = '}';
    return ddbexpr_json_read_request(line->arena, DDBEXPR_PUT_ITEM, (ddbexpr_str){body, lead + text.len + 1},
                                     line->diags, ret);
}

const ddbexpr_value *case_item(struct case_line *line, const struct case_node *node)
{
    ddbexpr_request put;
    if (!case_is(line, node, DDBEXPR_M, "an item is an object of attributes"))
        return NULL;
    ddbexpr_status status = read_item(line, node->text, &put);
    if (status == DDBEXPR_OK && !ddbexpr_item_is_faulty(put.item)) {
        check_members(line, node);
        return put.item;
    }
    if (status == DDBEXPR_OK)
        case_fault(line, node, "no table can hold this item: the service refuses a value in it");
    else if (status == DDBEXPR_INVALID)
        case_tell_refusal(line, offset_of(line, node) - (sizeof ITEM_BEFORE - 1), "");
    else
        line->no_memory = true;
    return NULL;
}
