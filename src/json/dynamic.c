/* SPDX-License-Identifier: Apache-2.0 */
/* What a state machine fills in becomes a value of its type, so that a request can be read like any other: the nodes
 * are copied one by one, each with a role that follows from those above it. Members that are filled in are called
 * NAME.$, or hold {% … %}. What nothing can be said of becomes null, which is a member that was not sent. */
#include "json/dynamic.h"

#include "json/decode.h"
#include "json/text.h"

#include <string.h>

enum role {
    ROLE_BODY,       /* a request, or an action's */
    ROLE_ACTIONS,    /* TransactItems */
    ROLE_ACTION,     /* one of them: {"Put": {…}} */
    ROLE_NAMES,      /* ExpressionAttributeNames */
    ROLE_VALUES,     /* ExpressionAttributeValues */
    ROLE_ATTRIBUTES, /* Key, Item */
    ROLE_MAP,        /* the content of an M */
    ROLE_VALUE,      /* {"S": …} */
    ROLE_LIST,       /* the content of an L */
    ROLE_SET,        /* of SS, NS, BS */
    ROLE_OTHER
};

/* A container that is being copied. */
struct frame {
    uint32_t source, copy;
    enum role role;
    ddbexpr_type set_type; /* ROLE_SET */
    str owner;             /* the placeholder or attribute that it belongs to; empty above those */
};

struct copying {
    ddbexpr_arena *arena;
    const struct json_document *d;
    struct json_node *nodes;
    uint32_t count;
    uint32_t depth;
    bool skipped; /* the actions of a transaction are filled in */
    bool incomplete;
    str *unknown; /* room for one a node */
    size_t unknown_count;
    bool no_memory;
    struct frame *stack; /* of the containers that are open: LIMIT_JSON_DEPTH, or as many as there are nodes */
};

/* --- what is filled in --- */

static bool holds(str text, str part)
{
    for (size_t at = 0; at + part.len <= text.len; at++)
        if (memcmp(text.ptr + at, part.ptr, part.len) == 0)
            return true;
    return false;
}

bool json_is_dynamic(str text)
{
    return (text.len >= 4 && memcmp(text.ptr, "{%", 2) == 0 && memcmp(text.ptr + text.len - 2, "%}", 2) == 0) ||
           holds(text, STR("${"));
}

/* Cuts the mark off a member's name. False: it has none. */
static bool cut_mark(str *name)
{
    if (name->len < 2 || memcmp(name->ptr + name->len - 2, ".$", 2) != 0)
        return false;
    name->len -= 2;
    return true;
}

/* A type's tag in any case: the SDK integrations write Bool, Ss and Nul. */
static bool find_tag(str name, ddbexpr_type *ret)
{
    char upper[4];
    if (name.len > sizeof upper)
        return false;
    for (size_t i = 0; i < name.len; i++)
        upper[i] = (char)(name.ptr[i] >= 'a' && name.ptr[i] <= 'z' ? name.ptr[i] - 0x20 : name.ptr[i]);
    if (str_is((str){upper, name.len}, STR("NUL")))
        *ret = DDBEXPR_NULL;
    else if (!json_find_type((str){upper, name.len}, ret))
        return false;
    return true;
}

/* --- nodes --- */

static uint32_t emit(struct copying *c, enum json_kind kind, ddbexpr_span span, str text)
{
    c->nodes[c->count] = (struct json_node){kind, c->count + 1, 0, span, text};
    return c->count++;
}

static void push(struct copying *c, struct frame frame)
{
    frame.copy = emit(c, c->d->nodes[frame.source].kind, c->d->nodes[frame.source].span, STR(""));
    c->stack[c->depth++] = frame;
}

/* A number that is the same for the same text only, so that a key filled in from one place is one key. It is base64 as
 * well. */
static str number_for(struct copying *c, str text)
{
    const size_t digits = 12; /* a multiple of four */
    char *made = ddbexpr_arena_alloc(c->arena, digits);
    uint64_t hash = (uint64_t)json_hash(text) * 0x9e3779b97f4a7c15u;
    if (!made) {
        c->no_memory = true;
        return STR("1");
    }
    for (size_t i = 0; i < digits; i++, hash /= 10)
        made[i] = (char)('0' + hash % 10);
    made[0] = '7';
    return (str){made, digits};
}

/* A scalar of a type in the place of what is filled in. A key's value must not be longer than keys are. */
static void emit_scalar(struct copying *c, ddbexpr_type type, ddbexpr_span span, str text)
{
    bool as_it_is = (type == DDBEXPR_S || type == DDBEXPR_SS) && text.len > 0 && text.len <= LIMIT_STAND_IN_BYTES;
    emit(c, JSON_KIND_STRING, span, as_it_is ? text : number_for(c, text));
}

/* The content of a value whose tag is known. */
static void emit_content(struct copying *c, ddbexpr_type type, ddbexpr_span span, str text)
{
    const str none = STR("");
    switch (type) {
    case DDBEXPR_S:
    case DDBEXPR_N:
    case DDBEXPR_B:
        emit_scalar(c, type, span, text);
        return;
    case DDBEXPR_BOOL:
    case DDBEXPR_NULL:
        emit(c, JSON_KIND_TRUE, span, none);
        return;
    case DDBEXPR_L:
        emit(c, JSON_KIND_ARRAY, span, none);
        return;
    case DDBEXPR_M:
        emit(c, JSON_KIND_OBJECT, span, none);
        return;
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:;
    }
    uint32_t set = emit(c, JSON_KIND_ARRAY, span, none);
    emit_scalar(c, type, span, text);
    c->nodes[set].count = 1;
    c->nodes[set].next = c->count;
}

static void add_unknown(struct copying *c, str owner)
{
    for (size_t i = 0; i < c->unknown_count; i++)
        if (str_is(c->unknown[i], owner))
            return;
    c->unknown[c->unknown_count++] = owner;
}

/* --- roles --- */

static enum role role_in_body(str name)
{
    static const struct {
        str name;
        enum role role;
    } roles[] = {{{"ExpressionAttributeNames", 24}, ROLE_NAMES},
                 {{"ExpressionAttributeValues", 25}, ROLE_VALUES},
                 {{"Key", 3}, ROLE_ATTRIBUTES},
                 {{"Item", 4}, ROLE_ATTRIBUTES},
                 {{"ExclusiveStartKey", 17}, ROLE_ATTRIBUTES},
                 {{"TransactItems", 13}, ROLE_ACTIONS}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_is(name, roles[i].name))
            return roles[i].role;
    return ROLE_OTHER;
}

/* --- members and elements that are filled in --- */

/* False: the member is left out, name and all. */
static bool emit_dynamic(struct copying *c, const struct frame *in, str name, uint32_t value)
{
    const struct json_node *node = &c->d->nodes[value];
    str text = node->text;
    ddbexpr_type type;
    if (in->owner.len)
        add_unknown(c, in->owner);
    switch (in->role) {
    case ROLE_NAMES:
        emit(c, JSON_KIND_STRING, node->span, name); /* some attribute, and no other than this placeholder's */
        return true;
    case ROLE_VALUE:
        if (!find_tag(name, &type))
            break;
        emit_content(c, type, node->span, text);
        return true;
    case ROLE_MAP:
    case ROLE_LIST:
        return false;
    case ROLE_SET:
        if (c->nodes[in->copy].count)
            return false;
        emit_scalar(c, in->set_type, node->span, text);
        return true;
    case ROLE_ATTRIBUTES: /* of an unknown type: then nothing is known of the whole */
        c->nodes[in->copy].kind = JSON_KIND_NULL;
        c->incomplete = true;
        break;
    case ROLE_ACTIONS:
    case ROLE_ACTION:
        c->skipped = true;
        break;
    case ROLE_BODY:
        c->skipped |= role_in_body(name) == ROLE_ACTIONS;
        c->incomplete |= role_in_body(name) == ROLE_ATTRIBUTES;
        break;
    case ROLE_VALUES:
    case ROLE_OTHER:;
    }
    emit(c, JSON_KIND_NULL, node->span, STR(""));
    return true;
}

/* --- all others --- */

static enum role role_in_value(str name, ddbexpr_type *ret_type)
{
    if (!find_tag(name, ret_type))
        return ROLE_OTHER;
    return *ret_type == DDBEXPR_M    ? ROLE_MAP
           : *ret_type == DDBEXPR_L  ? ROLE_LIST
           : *ret_type >= DDBEXPR_SS ? ROLE_SET
                                     : ROLE_OTHER;
}

/* The role of a container in another. */
static struct frame frame_in(const struct frame *in, str name, uint32_t value)
{
    struct frame frame = {.source = value, .role = ROLE_OTHER, .owner = in->owner};
    switch (in->role) {
    case ROLE_BODY:
        frame.role = role_in_body(name);
        break;
    case ROLE_ACTIONS:
        frame.role = ROLE_ACTION;
        break;
    case ROLE_ACTION:
        frame.role = ROLE_BODY;
        break;
    case ROLE_VALUES:
    case ROLE_ATTRIBUTES:
        frame.owner = name;
        frame.role = ROLE_VALUE;
        break;
    case ROLE_MAP:
    case ROLE_LIST:
        frame.role = ROLE_VALUE;
        break;
    case ROLE_VALUE:
        frame.role = role_in_value(name, &frame.set_type);
        break;
    case ROLE_NAMES:
    case ROLE_SET:
    case ROLE_OTHER:;
    }
    return frame;
}

/* The name of a member as the service has it. */
static str own_name(const struct frame *in, str name)
{
    ddbexpr_type type;
    return in->role == ROLE_VALUE && find_tag(name, &type) ? ddbexpr_cstr(ddbexpr_type_name(type)) : name;
}

/* Copies a value with what is in it, or its beginning. Returns the source's node with which it goes on. */
static uint32_t copy_value(struct copying *c, const struct frame *in, str name, uint32_t value)
{
    const struct json_node *node = &c->d->nodes[value];
    if (node->kind == JSON_KIND_OBJECT || node->kind == JSON_KIND_ARRAY) {
        push(c, frame_in(in, name, value));
        return value + 1;
    }
    emit(c, node->kind, node->span, node->text);
    return value + 1;
}

/* The next member or element of the innermost container. */
static uint32_t copy_next(struct copying *c, uint32_t at)
{
    const struct frame in = c->stack[c->depth - 1];
    const struct json_node *node = &c->d->nodes[at];
    bool object = c->d->nodes[in.source].kind == JSON_KIND_OBJECT;
    str name = object ? node->text : STR("");
    bool marked = object && cut_mark(&name);
    uint32_t value = object ? at + 1 : at, before = c->count;
    const struct json_node *content = &c->d->nodes[value];
    if (object)
        emit(c, JSON_KIND_STRING, node->span, own_name(&in, name));
    if (!marked && !(content->kind == JSON_KIND_STRING && json_is_dynamic(content->text))) {
        c->nodes[in.copy].count++;
        return copy_value(c, &in, name, value);
    }
    if (emit_dynamic(c, &in, name, value))
        c->nodes[in.copy].count++;
    else
        c->count = before;
    return content->next;
}

static void copy_all(struct copying *c, uint32_t root)
{
    uint32_t at = root + 1;
    push(c, (struct frame){.source = root, .role = ROLE_BODY});
    while (c->depth > 0) {
        const struct frame *in = &c->stack[c->depth - 1];
        if (at < c->d->nodes[in->source].next) {
            at = copy_next(c, at);
            continue;
        }
        c->nodes[in->copy].next = c->count;
        c->depth--;
    }
}

/* --- expressions that are filled in may use whatever placeholder there is --- */

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool mentions(str text, str placeholder)
{
    for (size_t at = 0; placeholder.len && at + placeholder.len <= text.len; at++) {
        size_t end = at + placeholder.len;
        if (memcmp(text.ptr + at, placeholder.ptr, placeholder.len) == 0 &&
            (end == text.len || !is_word_character(text.ptr[end])))
            return true;
    }
    return false;
}

struct body {
    struct json_node *expressions[2 * DDBEXPR_SOURCE_PROJECTION]; /* each as it is and filled in */
    size_t count;
    struct json_node *maps[2]; /* names, values; or NULL */
};

static void find_parts(struct json_node *nodes, uint32_t object, struct body *ret)
{
    *ret = (struct body){.count = 0};
    for (uint32_t at = object + 1; at < nodes[object].next; at = nodes[at + 1].next) {
        enum json_kind kind = nodes[at + 1].kind;
        if (str_is(nodes[at].text, STR("ExpressionAttributeNames")))
            ret->maps[0] = &nodes[at + 1];
        else if (str_is(nodes[at].text, STR("ExpressionAttributeValues")))
            ret->maps[1] = &nodes[at + 1];
        else if (kind != JSON_KIND_STRING && kind != JSON_KIND_NULL)
            continue;
        for (int source = DDBEXPR_SOURCE_CONDITION; source <= DDBEXPR_SOURCE_PROJECTION; source++)
            if (str_is(nodes[at].text, ddbexpr_cstr(ddbexpr_source_name((ddbexpr_source)source))))
                ret->expressions[ret->count++] = &nodes[at + 1];
    }
}

static bool is_mentioned(const struct body *b, str placeholder)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->expressions[i]->kind == JSON_KIND_STRING && mentions(b->expressions[i]->text, placeholder))
            return true;
    return false;
}

/* Drops the expressions that use a value of an unknown type. */
static void drop_untyped(struct json_node *nodes, struct body *b)
{
    const struct json_node *map = b->maps[1];
    if (!map || map->kind != JSON_KIND_OBJECT)
        return;
    for (uint32_t at = (uint32_t)(map - nodes) + 1; at < map->next; at = nodes[at + 1].next)
        for (size_t i = 0; i < b->count && nodes[at + 1].kind == JSON_KIND_NULL; i++)
            if (mentions(b->expressions[i]->text, nodes[at].text))
                b->expressions[i]->kind = JSON_KIND_NULL;
}

/* Drops what only expressions use that are not there. */
static void drop_unmentioned(struct json_node *nodes, const struct body *b, struct json_node *map)
{
    bool any = false;
    if (!map || map->kind != JSON_KIND_OBJECT)
        return;
    for (uint32_t at = (uint32_t)(map - nodes) + 1; at < map->next; at = nodes[at + 1].next) {
        if (!is_mentioned(b, nodes[at].text))
            nodes[at + 1].kind = JSON_KIND_NULL;
        any |= nodes[at + 1].kind != JSON_KIND_NULL;
    }
    if (!any)
        map->kind = JSON_KIND_NULL;
}

static void settle(struct copying *c, uint32_t object)
{
    struct body b;
    bool dropped = false;
    find_parts(c->nodes, object, &b);
    bool maps_known =
        (!b.maps[0] || b.maps[0]->kind != JSON_KIND_NULL) && (!b.maps[1] || b.maps[1]->kind != JSON_KIND_NULL);
    drop_untyped(c->nodes, &b);
    for (size_t i = 0; i < b.count; i++) {
        if (!maps_known)
            b.expressions[i]->kind = JSON_KIND_NULL;
        dropped |= b.expressions[i]->kind == JSON_KIND_NULL;
    }
    if (!dropped)
        return;
    c->incomplete = true;
    for (size_t i = 0; i < 2; i++)
        drop_unmentioned(c->nodes, &b, b.maps[i]);
}

/* The request's body, and those of its actions: whatever has expressions. */
static void settle_all(struct copying *c)
{
    settle(c, 0);
    for (uint32_t at = 1; at < c->nodes[0].next; at = c->nodes[at + 1].next) {
        const struct json_node *actions = &c->nodes[at + 1];
        if (actions->kind != JSON_KIND_ARRAY || !str_is(c->nodes[at].text, STR("TransactItems")))
            continue;
        for (uint32_t action = at + 2; action < actions->next; action = c->nodes[action].next)
            for (uint32_t m = action + 1; c->nodes[action].kind == JSON_KIND_OBJECT && m < c->nodes[action].next;
                 m = c->nodes[m + 1].next)
                if (c->nodes[m + 1].kind == JSON_KIND_OBJECT)
                    settle(c, m + 1);
    }
}

/* --- all of it --- */

ddbexpr_status json_resolve(ddbexpr_arena *arena, const struct json_document *d, uint32_t node,
                            ddbexpr_operation operation, struct ddbexpr_json_map *ret, bool *ret_any)
{
    size_t size = d->nodes[node].next - node;
    struct copying c = {
        .arena = arena,
        .d = d,
        .nodes = ddbexpr_arena_alloc(arena, 2 * size * sizeof *c.nodes), /* a set in place of a string is two */
        .unknown = ddbexpr_arena_alloc(arena, size * sizeof *c.unknown),
        .stack = ddbexpr_arena_alloc(arena, (size < LIMIT_JSON_DEPTH ? size : LIMIT_JSON_DEPTH) * sizeof *c.stack),
    };
    if (!c.nodes || !c.unknown || !c.stack)
        return DDBEXPR_NO_MEMORY;
    copy_all(&c, node);
    if (c.no_memory)
        return DDBEXPR_NO_MEMORY;
    settle_all(&c);
    *ret = (struct ddbexpr_json_map){.d = *d,
                                     .operation = operation,
                                     .resolved = true,
                                     .incomplete = c.incomplete,
                                     .unknown_values = c.unknown,
                                     .unknown_value_count = c.unknown_count};
    ret->d.nodes = c.nodes;
    ret->d.count = c.count;
    *ret_any = !c.skipped;
    return DDBEXPR_OK;
}
