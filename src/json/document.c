/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON reader: tokens to nodes, with a stack of its own instead of the C stack. Knows nothing of DynamoDB. */
#include "json/document.h"

#include "json/lexer.h"

#include <string.h>

#define DEEPEST 1024      /* nesting; keys 100 maps deep occur in requests, each costs two levels */
#define LONGEST INT32_MAX /* bytes of a text: spans are 32-bit */

struct reader {
    struct json_document *document;
    struct json_lexer lexer;
    ddbexpr_buffer *nodes; /* struct json_node after struct json_node, until their number is known */
    uint32_t count;
    uint32_t stack[DEEPEST];
    uint32_t depth;
    enum json_token token;
};

/* --- faults --- */

static ddbexpr_span token_span(const struct reader *r)
{
    const unsigned char *start = (const unsigned char *)r->document->text.ptr;
    return (ddbexpr_span){(uint32_t)(r->lexer.token - start), (uint32_t)(r->lexer.cursor - start)};
}

static ddbexpr_status report(struct reader *r, ddbexpr_input_fault fault, ddbexpr_span span, str argument)
{
    ddbexpr_status status =
        ddbexpr_diags_report_input(r->document->diags, fault, r->document->text, span, argument, STR(""));
    return status == DDBEXPR_OK ? DDBEXPR_INVALID : status;
}

/* A string that broke off: at bytes that are not UTF-8, or at something else that cannot stand in it. */
static ddbexpr_status bad_string(struct reader *r)
{
    ddbexpr_span span = token_span(r);
    span.start = span.end;
    if (span.end < r->document->text.len)
        span.end++;
    bool encoding = span.start < r->document->text.len && (unsigned char)r->document->text.ptr[span.start] >= 0x80;
    return report(r, encoding ? DDBEXPR_INPUT_ENCODING : DDBEXPR_INPUT_STRING, span, STR(""));
}

static ddbexpr_status unexpected(struct reader *r, str expected)
{
    if (r->token == JSON_TOKEN_BAD_STRING)
        return bad_string(r);
    return report(r, DDBEXPR_INPUT_SYNTAX, token_span(r), expected);
}

/* --- nodes --- */

static struct json_node *node_at(const struct reader *r, uint32_t index)
{
    /* The buffer's memory comes from the allocator, which aligns for any type. */
    return (struct json_node *)(void *)(uintptr_t)(const void *)(ddbexpr_buffer_text(r->nodes).ptr) + index;
}

static ddbexpr_status add_node(struct reader *r, const struct json_node *node)
{
    r->count++;
    return ddbexpr_buffer_append(r->nodes, (str){(const char *)(const void *)node, sizeof *node});
}

/* --- strings --- */

static uint32_t hex_digit(char c) { return (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); }

static uint32_t hex4(const char *p)
{
    return hex_digit(p[0]) << 12 | hex_digit(p[1]) << 8 | hex_digit(p[2]) << 4 | hex_digit(p[3]);
}

static char *put_utf8(char *out, uint32_t code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xc0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        *out++ = (char)(0xe0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
        *out++ = (char)(0x80 | (code & 0x3f));
    } else {
        *out++ = (char)(0xf0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 0x3f));
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
        *out++ = (char)(0x80 | (code & 0x3f));
    }
    return out;
}

/* One escape after its backslash; the lexer has seen that it is a good one. */
static const char *unescape_one(const char *p, char **out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (*p != 'u') {
        *(*out)++ = to[strchr(from, *p) - from];
        return p + 1;
    }
    uint32_t code = hex4(p + 1);
    p += 5;
    if (code >= 0xd800 && code < 0xdc00) {
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(p + 2) - 0xdc00);
        p += 6;
    }
    *out = put_utf8(*out, code);
    return p;
}

/* The content of a string token. Escapes never make a text longer. */
static ddbexpr_status string_text(struct reader *r, str *ret)
{
    const char *start = (const char *)r->lexer.token + 1, *end = (const char *)r->lexer.cursor - 1;
    *ret = (str){start, (size_t)(end - start)};
    if (r->token == JSON_TOKEN_STRING)
        return DDBEXPR_OK;
    char *copy = ddbexpr_arena_alloc(r->document->arena, ret->len + 1), *out = copy;
    if (!copy)
        return DDBEXPR_NO_MEMORY;
    for (const char *p = start; p < end;) {
        if (*p == '\\')
            p = unescape_one(p + 1, &out);
        else
            *out++ = *p++;
    }
    *ret = (str){copy, (size_t)(out - copy)};
    return DDBEXPR_OK;
}

/* --- members twice --- */

struct member {
    uint32_t hash;
    uint32_t node;
};

static uint32_t hash_of(str s)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 16777619u;
    return h;
}

/* By hash, then by text, then by place, so that names made to collide cost no more than others. */
static int compare_members(const struct json_node *nodes, const struct member *a, const struct member *b)
{
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    str x = nodes[a->node].text, y = nodes[b->node].text;
    size_t n = x.len < y.len ? x.len : y.len;
    int order = n ? memcmp(x.ptr, y.ptr, n) : 0;
    if (order)
        return order;
    return (x.len > y.len) - (x.len < y.len);
}

static void sift_down(const struct json_node *nodes, struct member *m, size_t root, size_t count)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compare_members(nodes, &m[child], &m[child + 1]) < 0)
            child++;
        if (compare_members(nodes, &m[root], &m[child]) >= 0)
            return;
        struct member swap = m[root];
        m[root] = m[child];
        m[child] = swap;
    }
}

static void sort_members(const struct json_node *nodes, struct member *m, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_down(nodes, m, i, count);
    for (size_t end = count; end-- > 1;) {
        struct member swap = m[0];
        m[0] = m[end];
        m[end] = swap;
        sift_down(nodes, m, 0, end);
    }
}

#define FEW 8 /* up to here each pair is looked at */

/* The later one of two members with one name; 0: none. */
static ddbexpr_status find_duplicate(struct reader *r, uint32_t object, uint32_t *ret)
{
    const struct json_node *nodes = node_at(r, 0);
    uint32_t count = nodes[object].count, found = 0;
    struct member few[FEW], *members = few;
    *ret = 0;
    if (count > FEW && !(members = ddbexpr_arena_alloc(r->document->arena, count * sizeof *members)))
        return DDBEXPR_NO_MEMORY;
    uint32_t n = 0;
    for (uint32_t at = object + 1; n < count; at = nodes[at + 1].next)
        members[n++] = (struct member){hash_of(nodes[at].text), at};
    if (count > FEW)
        sort_members(nodes, members, count);
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t j = count > FEW ? i - 1 : 0; j < i; j++)
            if (compare_members(nodes, &members[i], &members[j]) == 0) {
                uint32_t later = members[i].node > members[j].node ? members[i].node : members[j].node;
                if (!found || later < found)
                    found = later;
            }
    *ret = found;
    return DDBEXPR_OK;
}

/* --- the grammar --- */

static void next_token(struct reader *r) { r->token = json_lexer_next(&r->lexer); }

static ddbexpr_status close_container(struct reader *r)
{
    uint32_t node = r->stack[--r->depth];
    node_at(r, node)->next = r->count;
    node_at(r, node)->span.end = token_span(r).end;
    next_token(r);
    if (node_at(r, node)->kind != JSON_KIND_OBJECT)
        return DDBEXPR_OK;
    uint32_t duplicate;
    ddbexpr_status status = find_duplicate(r, node, &duplicate);
    if (status != DDBEXPR_OK || !duplicate)
        return status;
    const struct json_node *name = node_at(r, duplicate);
    return report(r, DDBEXPR_INPUT_DUPLICATE_MEMBER, name->span, name->text);
}

static ddbexpr_status read_string(struct reader *r, struct json_node *node)
{
    node->kind = JSON_KIND_STRING;
    return string_text(r, &node->text);
}

/* A member's name and colon. */
static ddbexpr_status read_name(struct reader *r)
{
    if (r->token != JSON_TOKEN_STRING && r->token != JSON_TOKEN_ESCAPED_STRING)
        return unexpected(r, STR("expected a member's name in quotes"));
    struct json_node node = {.span = token_span(r), .next = r->count + 1};
    ddbexpr_status status = read_string(r, &node);
    if (status == DDBEXPR_OK)
        status = add_node(r, &node);
    if (status != DDBEXPR_OK)
        return status;
    next_token(r);
    if (r->token != JSON_TOKEN_COLON)
        return unexpected(r, STR("expected `:` after the member's name"));
    next_token(r);
    return DDBEXPR_OK;
}

/* A scalar, or the opening of a container, which goes onto the stack. */
static ddbexpr_status read_value(struct reader *r)
{
    struct json_node node = {.span = token_span(r), .next = r->count + 1};
    ddbexpr_status status = DDBEXPR_OK;
    switch (r->token) {
    case JSON_TOKEN_OBJECT:
    case JSON_TOKEN_ARRAY:
        node.kind = r->token == JSON_TOKEN_OBJECT ? JSON_KIND_OBJECT : JSON_KIND_ARRAY;
        if (r->depth == DEEPEST)
            return report(r, DDBEXPR_INPUT_DEPTH, node.span, STR(""));
        r->stack[r->depth++] = r->count;
        break;
    case JSON_TOKEN_STRING:
    case JSON_TOKEN_ESCAPED_STRING:
        status = read_string(r, &node);
        break;
    case JSON_TOKEN_NUMBER:
        node.kind = JSON_KIND_NUMBER;
        node.text = (str){(const char *)r->lexer.token, (size_t)(r->lexer.cursor - r->lexer.token)};
        break;
    case JSON_TOKEN_TRUE:
        node.kind = JSON_KIND_TRUE;
        break;
    case JSON_TOKEN_FALSE:
        node.kind = JSON_KIND_FALSE;
        break;
    case JSON_TOKEN_NULL:
        node.kind = JSON_KIND_NULL;
        break;
    case JSON_TOKEN_OBJECT_END:
    case JSON_TOKEN_ARRAY_END:
    case JSON_TOKEN_COLON:
    case JSON_TOKEN_COMMA:
    case JSON_TOKEN_END:
    case JSON_TOKEN_BAD_STRING:
    case JSON_TOKEN_BAD:
        return unexpected(r, STR("expected a value"));
    }
    if (status == DDBEXPR_OK)
        status = add_node(r, &node);
    next_token(r);
    return status;
}

/* The next member or element of the innermost container, or its end. */
static ddbexpr_status read_next(struct reader *r)
{
    uint32_t container = r->stack[r->depth - 1];
    bool object = node_at(r, container)->kind == JSON_KIND_OBJECT;
    bool first = node_at(r, container)->count == 0;
    if (r->token == (object ? JSON_TOKEN_OBJECT_END : JSON_TOKEN_ARRAY_END))
        return close_container(r);
    if (!first) {
        if (r->token != JSON_TOKEN_COMMA)
            return unexpected(r, object ? STR("expected `,` or `}`") : STR("expected `,` or `]`"));
        next_token(r);
    }
    node_at(r, container)->count++;
    ddbexpr_status status = object ? read_name(r) : DDBEXPR_OK;
    return status == DDBEXPR_OK ? read_value(r) : status;
}

static ddbexpr_status read_document(struct reader *r)
{
    next_token(r);
    ddbexpr_status status = read_value(r);
    while (status == DDBEXPR_OK && r->depth > 0)
        status = read_next(r);
    if (status == DDBEXPR_OK && r->token != JSON_TOKEN_END)
        return r->token == JSON_TOKEN_BAD_STRING ? bad_string(r)
                                                 : report(r, DDBEXPR_INPUT_TRAILING, token_span(r), STR(""));
    return status;
}

ddbexpr_status json_parse(ddbexpr_arena *arena, str text, ddbexpr_diags *diags, struct json_document *ret)
{
    if (text.len > LONGEST)
        return DDBEXPR_LIMIT;
    *ret = (struct json_document){.text = text.ptr ? text : STR(""), .arena = arena, .diags = diags};
    struct reader r = {.document = ret};
    r.lexer.cursor = r.lexer.token = (const unsigned char *)ret->text.ptr;
    r.lexer.limit = r.lexer.cursor + text.len;
    if (ddbexpr_buffer_new(ddbexpr_arena_allocator(arena), &r.nodes) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = read_document(&r);
    if (status == DDBEXPR_OK) {
        str bytes = ddbexpr_buffer_text(r.nodes);
        void *nodes = ddbexpr_arena_alloc(arena, bytes.len);
        if (nodes)
            memcpy(nodes, bytes.ptr, bytes.len);
        else
            status = DDBEXPR_NO_MEMORY;
        ret->nodes = nodes;
        ret->count = r.count;
    }
    ddbexpr_buffer_free(r.nodes);
    return status;
}

/* --- looking --- */

uint32_t json_member(const struct json_document *d, uint32_t object, str name)
{
    for (uint32_t at = object + 1; at < d->nodes[object].next; at = json_next_member(d, at))
        if (str_is(d->nodes[at].text, name))
            return d->nodes[at + 1].kind == JSON_KIND_NULL ? 0 : at + 1;
    return 0;
}

ddbexpr_status json_fault(const struct json_document *d, uint32_t node, ddbexpr_input_fault fault, str a, str b)
{
    ddbexpr_status status = ddbexpr_diags_report_input(d->diags, fault, d->text, d->nodes[node].span, a, b);
    return status == DDBEXPR_OK ? DDBEXPR_INVALID : status;
}

/* The service's words for what a scalar is. */
static str scalar_word(enum json_kind kind)
{
    return kind == JSON_KIND_NUMBER  ? STR("NUMBER_VALUE")
           : kind == JSON_KIND_TRUE  ? STR("TRUE_VALUE")
           : kind == JSON_KIND_FALSE ? STR("FALSE_VALUE")
           : kind == JSON_KIND_NULL  ? STR("NULL_VALUE")
                                     : STR("STRING_VALUE");
}

ddbexpr_status json_expect_string(const struct json_document *d, uint32_t node)
{
    enum json_kind kind = d->nodes[node].kind;
    if (kind == JSON_KIND_STRING)
        return DDBEXPR_OK;
    if (kind == JSON_KIND_OBJECT || kind == JSON_KIND_ARRAY)
        return json_fault(d, node, DDBEXPR_INPUT_UNEXPECTED_START, STR(""), STR(""));
    return json_fault(d, node, DDBEXPR_INPUT_NOT_STRING, scalar_word(kind), STR("String"));
}

ddbexpr_status json_expect(const struct json_document *d, uint32_t node, enum json_kind kind)
{
    enum json_kind found = d->nodes[node].kind;
    if (found == kind)
        return DDBEXPR_OK;
    if (found == JSON_KIND_OBJECT || found == JSON_KIND_ARRAY)
        return json_fault(d, node, DDBEXPR_INPUT_UNEXPECTED_START, STR(""), STR(""));
    return json_fault(d, node, DDBEXPR_INPUT_NOT_CONTAINER, STR(""), STR(""));
}

ddbexpr_status json_string_member(const struct json_document *d, uint32_t object, str name, str *ret)
{
    uint32_t node = json_member(d, object, name);
    if (!node)
        return DDBEXPR_OK;
    ddbexpr_status status = json_expect_string(d, node);
    if (status == DDBEXPR_OK)
        *ret = d->nodes[node].text;
    return status;
}
