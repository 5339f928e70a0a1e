/* SPDX-License-Identifier: Apache-2.0 */
/* Which objects of a text are requests, and of which operation. Whoever captures or writes requests has forms of his
 * own for what is around them; what is in them is the service's, and decides where it can. */
#include "json/dynamic.h"
#include "json/found.h"
#include "json/naming.h"
#include "json/request.h"

#include <string.h>

struct finding {
    const ddbexpr_json_search *search;
    struct found_list list;
    ddbexpr_arena *line; /* of the value at hand, where there are many */
    size_t others;
};

ddbexpr_status json_add_found(struct found_list *list, const struct ddbexpr_json_map *map, str label)
{
    if (list->count == list->size) {
        size_t size = list->size ? list->size * 2 : 8;
        ddbexpr_found_request *grown = ddbexpr_arena_alloc(list->arena, size * sizeof *grown);
        if (!grown)
            return DDBEXPR_NO_MEMORY;
        if (list->count)
            memcpy(grown, list->found, list->count * sizeof *grown);
        list->found = grown;
        list->size = size;
    }
    struct ddbexpr_json_map *kept = ddbexpr_arena_alloc(list->arena, sizeof *kept);
    if (!kept)
        return DDBEXPR_NO_MEMORY;
    *kept = *map;
    kept->d.diags = NULL;
    list->found[list->count++] = (ddbexpr_found_request){map->operation, label, map->resolved, kept};
    return DDBEXPR_OK;
}

/* --- what an object is --- */

static uint32_t member_of_kind(const struct json_document *d, uint32_t object, str name, enum json_kind kind)
{
    uint32_t member = json_member(d, object, name);
    return member && d->nodes[member].kind == kind ? member : 0;
}

static bool has_text(const struct json_document *d, uint32_t object, str name)
{
    return member_of_kind(d, object, name, JSON_KIND_STRING) != 0;
}

static bool has_map(const struct json_document *d, uint32_t object, str name)
{
    return member_of_kind(d, object, name, JSON_KIND_OBJECT) != 0;
}

/* Whether a member says which operation it is, and which. One that it names but is not known is no request. */
static bool find_named(const struct json_document *d, uint32_t object, bool *ret_known, ddbexpr_operation *ret)
{
    static const str names[] = {{"op", 2}, {"operation", 9}, {"Operation", 9}, {"eventName", 9}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t member = member_of_kind(d, object, names[i], JSON_KIND_STRING);
        if (!member)
            continue;
        *ret_known = json_names_operation(d->nodes[member].text, ret);
        return true;
    }
    return false;
}

/* A transaction that writes; TransactGetItems has a member of the same name. */
static bool is_transaction(const struct json_document *d, uint32_t body)
{
    uint32_t actions = member_of_kind(d, body, STR("TransactItems"), JSON_KIND_ARRAY);
    uint32_t first = actions + 1, count;
    ddbexpr_operation operation;
    return actions && d->nodes[actions].count && d->nodes[first].kind == JSON_KIND_OBJECT &&
           json_find_action(d, first, &operation, &count);
}

static bool has_expression(const struct json_document *d, uint32_t body)
{
    for (int source = DDBEXPR_SOURCE_CONDITION; source <= DDBEXPR_SOURCE_PROJECTION; source++)
        if (has_text(d, body, ddbexpr_cstr(ddbexpr_source_name((ddbexpr_source)source))))
            return true;
    return false;
}

/* Members that one operation has and no other. */
static bool find_by_own_members(const struct json_document *d, uint32_t body, ddbexpr_operation *ret)
{
    if (is_transaction(d, body))
        *ret = DDBEXPR_TRANSACT_WRITE_ITEMS;
    else if (has_text(d, body, STR("UpdateExpression")))
        *ret = DDBEXPR_UPDATE_ITEM;
    else if (has_text(d, body, STR("KeyConditionExpression")))
        *ret = DDBEXPR_QUERY;
    else if (has_map(d, body, STR("Item")) && (has_expression(d, body) || has_text(d, body, STR("TableName"))))
        *ret = DDBEXPR_PUT_ITEM;
    else
        return false;
    return true;
}

/* What a request most likely is that could be several. */
static bool guess(const struct json_document *d, uint32_t body, ddbexpr_operation *ret)
{
    if (has_text(d, body, STR("FilterExpression")))
        *ret = DDBEXPR_SCAN;
    else if (has_text(d, body, STR("ConditionExpression")))
        *ret = DDBEXPR_DELETE_ITEM;
    else if (has_text(d, body, STR("ProjectionExpression")))
        *ret = has_map(d, body, STR("Key")) ? DDBEXPR_GET_ITEM : DDBEXPR_SCAN;
    else
        return false;
    return true;
}

/* Whether there is anything of a request in an object that somebody says is one. */
static bool looks_like_body(const struct json_document *d, uint32_t body)
{
    return has_expression(d, body) || has_text(d, body, STR("TableName")) || has_map(d, body, STR("Key")) ||
           has_map(d, body, STR("Item")) || has_map(d, body, STR("ExpressionAttributeNames")) ||
           has_map(d, body, STR("ExpressionAttributeValues")) || json_member(d, body, STR("TransactItems"));
}

static bool find_request(const struct finding *f, const struct json_document *d, uint32_t object,
                         struct ddbexpr_json_map *ret)
{
    bool known = false;
    bool named = find_named(d, object, &known, &ret->operation);
    uint32_t inner = member_of_kind(d, object, STR("request"), JSON_KIND_OBJECT);
    if (!inner)
        inner = member_of_kind(d, object, STR("requestParameters"), JSON_KIND_OBJECT);
    ret->d = *d;
    ret->node = inner ? inner : object;
    if (named)
        return known && looks_like_body(d, ret->node);
    if (f->search->operation_given) {
        ret->operation = f->search->operation;
        return looks_like_body(d, ret->node);
    }
    if (find_by_own_members(d, ret->node, &ret->operation))
        return true;
    if (json_file_names_operation(f->search->file_name, &ret->operation) && looks_like_body(d, ret->node))
        return true;
    return guess(d, ret->node, &ret->operation);
}

/* --- one of many values: of those that are no requests nothing is kept, of the others no more than need be --- */

/* Whether a node's text is its place in the whole, behind the quote if it has one. */
static bool is_in_text(const struct json_document *d, const struct json_node *node)
{
    return node->text.ptr == d->text.ptr + node->span.start + (node->kind == JSON_KIND_STRING);
}

/* A copy of the nodes. Strings with escapes are not those of the text, and copied as well. */
static ddbexpr_status keep_document(ddbexpr_arena *arena, struct json_document *d)
{
    struct json_node *nodes = ddbexpr_arena_alloc(arena, d->count * sizeof *nodes);
    if (!nodes)
        return DDBEXPR_NO_MEMORY;
    memcpy(nodes, d->nodes, d->count * sizeof *nodes);
    for (uint32_t i = 0; i < d->count; i++) {
        str text = nodes[i].text;
        if (text.len == 0 || is_in_text(d, &nodes[i]))
            continue;
        char *copy = ddbexpr_arena_alloc(arena, text.len);
        if (!copy)
            return DDBEXPR_NO_MEMORY;
        memcpy(copy, text.ptr, text.len);
        nodes[i].text.ptr = copy;
    }
    d->nodes = nodes;
    d->arena = arena;
    return DDBEXPR_OK;
}

/* --- all of a text --- */

/* "[3]". */
static ddbexpr_status make_label(ddbexpr_arena *arena, size_t number, str *ret)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    size_t count = sizeof digits - at;
    char *label = ddbexpr_arena_alloc(arena, count + 3);
    if (!label)
        return DDBEXPR_NO_MEMORY;
    label[0] = '[';
    memcpy(label + 1, digits + at, count);
    label[count + 1] = ']';
    label[count + 2] = '\0';
    *ret = (str){label, count + 2};
    return DDBEXPR_OK;
}

/* One of several values; its number is its label. */
static ddbexpr_status find_in_one(struct finding *f, const struct json_document *d, uint32_t node, size_t number)
{
    struct ddbexpr_json_map map = {.node = node};
    ddbexpr_status status = DDBEXPR_OK;
    str label;
    if (d->nodes[node].kind != JSON_KIND_OBJECT || !find_request(f, d, node, &map)) {
        f->others++;
        return DDBEXPR_OK;
    }
    if (map.d.arena != f->list.arena)
        status = keep_document(f->list.arena, &map.d);
    if (status == DDBEXPR_OK)
        status = make_label(f->list.arena, number, &label);
    return status == DDBEXPR_OK ? json_add_found(&f->list, &map, label) : status;
}

static ddbexpr_status find_in_array(struct finding *f, const struct json_document *d)
{
    ddbexpr_status status = DDBEXPR_OK;
    size_t number = 0;
    for (uint32_t at = 1; at < d->nodes[0].next && status == DDBEXPR_OK; at = d->nodes[at].next)
        status = find_in_one(f, d, at, number++);
    return status;
}

static ddbexpr_status add_filled_in(struct finding *f, const struct json_document *d)
{
    struct ddbexpr_json_map map;
    bool any;
    ddbexpr_status status = json_resolve(f->list.arena, d, 0, f->search->operation, &map, &any);
    return status == DDBEXPR_OK && any ? json_add_found(&f->list, &map, STR("")) : status;
}

/* The only value of a text. */
static ddbexpr_status find_in_whole(struct finding *f, const struct json_document *d)
{
    struct ddbexpr_json_map map = {.node = 0};
    if (f->search->filled_in && d->nodes[0].kind == JSON_KIND_OBJECT)
        return add_filled_in(f, d);
    if (d->nodes[0].kind == JSON_KIND_ARRAY)
        return find_in_array(f, d);
    if (d->nodes[0].kind != JSON_KIND_OBJECT)
        return DDBEXPR_OK;
    return find_request(f, d, 0, &map) ? json_add_found(&f->list, &map, STR("")) : json_find_tasks(d, &f->list);
}

static size_t skip_blanks(str text, size_t at)
{
    while (at < text.len && memchr(" \t\r\n", text.ptr[at], 4))
        at++;
    return at;
}

/* One value after another, with blanks between them. */
static ddbexpr_status find_in_lines(struct finding *f, str text, ddbexpr_diags *diags)
{
    size_t at = skip_blanks(text, 0);
    struct json_document d;
    for (size_t number = 0; at < text.len; number++) {
        ddbexpr_arena_reset(f->line);
        ddbexpr_status status = json_parse_at(f->line, text, at, diags, &d);
        size_t end = status == DDBEXPR_OK ? d.nodes[0].span.end : 0;
        if (status == DDBEXPR_OK)
            status = find_in_one(f, &d, 0, number);
        at = skip_blanks(text, end);
        if (status == DDBEXPR_OK && at == end && at < text.len)
            status = json_expect_end(&d, end);
        if (status != DDBEXPR_OK)
            return status;
    }
    return DDBEXPR_OK;
}

/* One value, or several. */
static ddbexpr_status find_in_text(struct finding *f, str text, ddbexpr_diags *diags)
{
    size_t at = skip_blanks(text, 0);
    struct json_document d;
    if (at == text.len)
        return DDBEXPR_OK;
    ddbexpr_status status = json_parse_at(f->list.arena, text, at, diags, &d);
    if (status != DDBEXPR_OK)
        return status;
    if (skip_blanks(text, d.nodes[0].span.end) == text.len)
        return find_in_whole(f, &d);
    status = ddbexpr_arena_new(ddbexpr_arena_allocator(f->list.arena), &f->line);
    if (status == DDBEXPR_OK)
        status = find_in_lines(f, text, diags);
    ddbexpr_arena_free(f->line);
    return status;
}

ddbexpr_status ddbexpr_json_find_requests(ddbexpr_arena *arena, ddbexpr_str text, const ddbexpr_json_search *search,
                                          ddbexpr_diags *diags, const ddbexpr_found_request **ret_found,
                                          size_t *ret_count, size_t *ret_others)
{
    struct finding f = {.search = search, .list = {.arena = arena}};
    if (search->size != sizeof *search || (search->filled_in && !search->operation_given))
        return DDBEXPR_MISUSE;
    if (text.len > LIMIT_TEXT_BYTES)
        return DDBEXPR_LIMIT;
    ddbexpr_status status = find_in_text(&f, text, diags);
    if (status != DDBEXPR_OK)
        return status;
    *ret_found = f.list.found;
    *ret_count = f.list.count;
    if (ret_others)
        *ret_others = f.others;
    return DDBEXPR_OK;
}

/* --- reading --- */

/* Reads a request once more, from a text of its own, for a diagnostic keeps the text that it is about, and many
 * requests may stand in a large one. */
static ddbexpr_status tell_faults(ddbexpr_arena *arena, const struct ddbexpr_json_map *map, ddbexpr_diags *diags)
{
    ddbexpr_span span = ddbexpr_json_map_span(map);
    str text = {map->d.text.ptr + span.start, span.end - span.start};
    struct json_document d;
    struct ddbexpr_json_map resolved;
    ddbexpr_request ignored;
    bool any;
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    if (status == DDBEXPR_OK && map->resolved) {
        status = json_resolve(arena, &d, 0, map->operation, &resolved, &any);
        d = resolved.d;
    }
    return status == DDBEXPR_OK ? json_read_request(&d, 0, map->operation, &ignored) : status;
}

static void set_unknown(const struct ddbexpr_json_map *map, ddbexpr_request *r)
{
    r->unknown_values = map->unknown_values;
    r->unknown_value_count = map->unknown_value_count;
    r->incomplete = map->incomplete;
}

/* What is not known of one action is known of none. */
static ddbexpr_status set_all_unknown(ddbexpr_arena *arena, const struct ddbexpr_json_map *map, ddbexpr_request *r)
{
    set_unknown(map, r);
    if (r->action_count == 0 || !map->resolved)
        return DDBEXPR_OK;
    ddbexpr_request *actions = ddbexpr_arena_alloc(arena, r->action_count * sizeof *actions);
    if (!actions)
        return DDBEXPR_NO_MEMORY;
    memcpy(actions, r->actions, r->action_count * sizeof *actions);
    for (size_t i = 0; i < r->action_count; i++)
        set_unknown(map, &actions[i]);
    r->actions = actions;
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_json_read_found(ddbexpr_arena *arena, const ddbexpr_found_request *found, ddbexpr_diags *diags,
                                       ddbexpr_request *ret_request)
{
    const struct ddbexpr_json_map *map = found->map;
    struct json_document d = map->d;
    ddbexpr_request r;
    d.arena = arena;
    ddbexpr_status status = json_read_request(&d, map->node, map->operation, &r);
    if (status == DDBEXPR_INVALID && diags)
        return tell_faults(arena, map, diags);
    if (status == DDBEXPR_OK)
        status = set_all_unknown(arena, map, &r);
    if (status == DDBEXPR_OK)
        *ret_request = r;
    return status;
}
