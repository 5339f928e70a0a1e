/* SPDX-License-Identifier: Apache-2.0 */
/* JSON text to nodes. Brackets, commas, colons and strings without escapes, of which texts mostly consist, are
 * recognised here; everything else, and everything wrong, is the lexer's. Knows nothing of DynamoDB. No recursion: open
 * containers are on a stack of its own. All memory is the arena's. */
#include "json/document.h"

#include "json/duplicates.h"
#include "json/lexer.h"
#include "json/text.h"

#define FIRST_NODES 128 /* room for an item of some 1000 bytes */

struct parser {
    struct json_document *document;
    const unsigned char *start, *limit;
    struct json_node *nodes;
    uint32_t count, size;
    uint32_t depth;
    uint32_t stack[LIMIT_JSON_DEPTH];     /* open containers */
    const unsigned char *hole, *hole_end; /* what is taken for an empty array, or NULL */
    ddbexpr_status status;                /* why a function returned NULL */
};

/* Where reading goes on, or NULL with a status. */
typedef const unsigned char *cursor;

/* --- faults --- */

static cursor fail(struct parser *r, ddbexpr_status status)
{
    r->status = status;
    return NULL;
}

static cursor report(struct parser *r, ddbexpr_input_fault fault, cursor start, cursor end, str argument)
{
    ddbexpr_span span = {(uint32_t)(start - r->start), (uint32_t)(end - r->start)};
    const struct json_document *d = r->document;
    if (d->fault) {
        *d->fault = span;
        return fail(r, DDBEXPR_INVALID);
    }
    ddbexpr_status status = ddbexpr_diags_report_input(d->diags, fault, d->text, span, argument, STR(""));
    return fail(r, status == DDBEXPR_OK ? DDBEXPR_INVALID : status);
}

static enum json_token lex(const struct parser *r, cursor p, struct json_lexer *ret)
{
    *ret = (struct json_lexer){p, r->limit, p};
    return json_lexer_next(ret);
}

/* What stands at `p` cannot stand there. A string that breaks off is told at the byte where it does. */
static cursor unexpected(struct parser *r, cursor p, ddbexpr_input_fault fault, str expected)
{
    struct json_lexer lexer;
    if (lex(r, p, &lexer) != JSON_TOKEN_BAD_STRING)
        return report(r, fault, lexer.token, lexer.cursor, expected);
    cursor at = lexer.cursor;
    bool encoding = at < r->limit && *at >= 0x80;
    return report(r, encoding ? DDBEXPR_INPUT_ENCODING : DDBEXPR_INPUT_STRING, at, at + (at < r->limit), STR(""));
}

static cursor expected(struct parser *r, cursor p, str what) { return unexpected(r, p, DDBEXPR_INPUT_SYNTAX, what); }

/* --- nodes --- */

static bool grow(struct parser *r)
{
    /* Fits into 32 bits: a value takes two bytes of a text of LONGEST at least, itself and a comma or a bracket. */
    uint32_t size = r->size ? r->size * 2 : FIRST_NODES;
    struct json_node *nodes = ddbexpr_arena_alloc(r->document->arena, size * sizeof *nodes);
    if (!nodes) {
        r->status = DDBEXPR_NO_MEMORY;
        return false;
    }
    if (r->count)
        memcpy(nodes, r->nodes, r->count * sizeof *nodes);
    r->nodes = nodes;
    r->size = size;
    return true;
}

/* Adds a node that has [start, end) and says where reading goes on. */
static inline cursor add_node(struct parser *r, enum json_kind kind, cursor start, cursor end, str text)
{
    if (r->count == r->size && !grow(r))
        return NULL;
    struct json_node *node = &r->nodes[r->count++];
    node->kind = kind;
    node->next = r->count;
    node->count = 0;
    node->span = (ddbexpr_span){(uint32_t)(start - r->start), (uint32_t)(end - r->start)};
    node->text = text;
    return end;
}

static inline str between(cursor start, cursor end) { return (str){(const char *)start, (size_t)(end - start)}; }

/* --- scalars --- */

/* A string with escapes or characters beyond ASCII, or one that is none. */
static cursor read_rare_string(struct parser *r, cursor p)
{
    struct json_lexer lexer;
    enum json_token token = lex(r, p, &lexer);
    if (token == JSON_TOKEN_BAD_STRING)
        return expected(r, p, STR(""));
    str text = between(p + 1, lexer.cursor - 1);
    if (token == JSON_TOKEN_ESCAPED_STRING) {
        ddbexpr_status status = json_unescape(r->document->arena, text, &text);
        if (status != DDBEXPR_OK)
            return fail(r, status);
    }
    return add_node(r, JSON_KIND_STRING, p, lexer.cursor, text);
}

static inline cursor read_string(struct parser *r, cursor p)
{
    cursor end = json_skip_plain(p + 1, r->limit);
    if (end == r->limit || *end != '"')
        return read_rare_string(r, p);
    return add_node(r, JSON_KIND_STRING, p, end + 1, between(p + 1, end));
}

/* A number, true, false or null. */
static cursor read_word(struct parser *r, cursor p)
{
    struct json_lexer lexer;
    enum json_token token = lex(r, p, &lexer);
    const str none = STR("");
    switch (token) {
    case JSON_TOKEN_NUMBER:
        return add_node(r, JSON_KIND_NUMBER, p, lexer.cursor, between(p, lexer.cursor));
    case JSON_TOKEN_TRUE:
        return add_node(r, JSON_KIND_TRUE, p, lexer.cursor, none);
    case JSON_TOKEN_FALSE:
        return add_node(r, JSON_KIND_FALSE, p, lexer.cursor, none);
    case JSON_TOKEN_NULL:
        return add_node(r, JSON_KIND_NULL, p, lexer.cursor, none);
    case JSON_TOKEN_OBJECT:
    case JSON_TOKEN_ARRAY:
    case JSON_TOKEN_STRING:
    case JSON_TOKEN_ESCAPED_STRING: /* these four were recognised before */
    case JSON_TOKEN_OBJECT_END:
    case JSON_TOKEN_ARRAY_END:
    case JSON_TOKEN_COLON:
    case JSON_TOKEN_COMMA:
    case JSON_TOKEN_END:
    case JSON_TOKEN_BAD_STRING:
    case JSON_TOKEN_BAD:;
    }
    return expected(r, p, STR("expected a value"));
}

/* --- the grammar --- */

static inline bool is_blank(unsigned char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static inline cursor skip_blanks(const struct parser *r, cursor p)
{
    while (p < r->limit && is_blank(*p))
        p++;
    return p;
}

static inline bool stands_at(const struct parser *r, cursor p, char c)
{
    return p < r->limit && *p == (unsigned char)c;
}

static inline cursor open_container(struct parser *r, cursor p)
{
    if (r->depth == LIMIT_JSON_DEPTH)
        return report(r, DDBEXPR_INPUT_DEPTH, p, p + 1, STR(""));
    r->stack[r->depth++] = r->count;
    return add_node(r, *p == '{' ? JSON_KIND_OBJECT : JSON_KIND_ARRAY, p, p + 1, STR(""));
}

static inline cursor close_container(struct parser *r, cursor p)
{
    uint32_t container = r->stack[--r->depth], duplicate;
    struct json_node *node = &r->nodes[container];
    node->next = r->count;
    node->span.end = (uint32_t)(p + 1 - r->start);
    if (node->kind != JSON_KIND_OBJECT || node->count < 2)
        return p + 1;
    ddbexpr_status status = json_find_duplicate(r->document->arena, r->nodes, container, &duplicate);
    if (status != DDBEXPR_OK)
        return fail(r, status);
    if (!duplicate)
        return p + 1;
    const struct json_node *name = &r->nodes[duplicate];
    return report(r, DDBEXPR_INPUT_DUPLICATE_MEMBER, r->start + name->span.start, r->start + name->span.end,
                  name->text);
}

/* A scalar, or the opening of a container. */
static inline cursor read_value(struct parser *r, cursor p)
{
    p = skip_blanks(r, p);
    if (stands_at(r, p, '"'))
        return read_string(r, p);
    if (p == r->hole)
        return add_node(r, JSON_KIND_ARRAY, p, r->hole_end, STR(""));
    if (stands_at(r, p, '{') || stands_at(r, p, '['))
        return open_container(r, p);
    return read_word(r, p);
}

/* A member's name and colon. */
static inline cursor read_name(struct parser *r, cursor p)
{
    p = skip_blanks(r, p);
    if (!stands_at(r, p, '"'))
        return expected(r, p, STR("expected a member's name in quotes"));
    p = read_string(r, p);
    if (!p)
        return NULL;
    p = skip_blanks(r, p);
    return stands_at(r, p, ':') ? p + 1 : expected(r, p, STR("expected `:` after the member's name"));
}

/* The next member or element of the innermost container, or its end. */
static inline cursor read_next(struct parser *r, cursor p)
{
    struct json_node *container = &r->nodes[r->stack[r->depth - 1]];
    bool object = container->kind == JSON_KIND_OBJECT;
    p = skip_blanks(r, p);
    if (stands_at(r, p, object ? '}' : ']'))
        return close_container(r, p);
    if (container->count++ > 0) {
        if (!stands_at(r, p, ','))
            return expected(r, p, object ? STR("expected `,` or `}`") : STR("expected `,` or `]`"));
        p++;
    }
    if (object && !(p = read_name(r, p)))
        return NULL;
    return read_value(r, p);
}

/* `like`: with the text, the arena, and where faults go. */
static ddbexpr_status parse(const struct json_document *like, size_t offset, const ddbexpr_span *hole,
                            struct json_document *ret)
{
    str text = like->text.ptr ? like->text : STR("");
    if (text.len > LIMIT_TEXT_BYTES)
        return DDBEXPR_LIMIT;
    *ret = (struct json_document){.text = text, .arena = like->arena, .diags = like->diags, .fault = like->fault};
    struct parser r;
    r.document = ret;
    r.start = (const unsigned char *)ret->text.ptr;
    r.limit = r.start + text.len;
    r.nodes = NULL;
    r.count = r.size = r.depth = 0;
    r.hole = hole ? r.start + hole->start : NULL;
    r.hole_end = hole ? r.start + hole->end : NULL;
    cursor p = read_value(&r, r.start + offset);
    while (p && r.depth > 0)
        p = read_next(&r, p);
    if (!p)
        return r.status;
    ret->nodes = r.nodes;
    ret->count = r.count;
    return DDBEXPR_OK;
}

ddbexpr_status json_parse_like(const struct json_document *like, size_t offset, struct json_document *ret)
{
    return parse(like, offset, NULL, ret);
}

ddbexpr_status json_parse_at(ddbexpr_arena *arena, str text, size_t offset, ddbexpr_diags *diags,
                             struct json_document *ret)
{
    return parse(&(struct json_document){.text = text, .arena = arena, .diags = diags}, offset, NULL, ret);
}

ddbexpr_status json_parse_around(ddbexpr_arena *arena, str text, ddbexpr_span hole, struct json_document *ret)
{
    return parse(&(struct json_document){.text = text, .arena = arena}, 0, &hole, ret);
}

ddbexpr_status json_parse(ddbexpr_arena *arena, str text, ddbexpr_diags *diags, struct json_document *ret)
{
    ddbexpr_status status = json_parse_at(arena, text, 0, diags, ret);
    return status == DDBEXPR_OK ? json_expect_end(ret, ret->nodes[0].span.end) : status;
}

/* --- beside the nodes --- */

ddbexpr_status json_fault_at(const struct json_document *d, size_t offset, ddbexpr_input_fault fault, str argument)
{
    struct json_document copy = *d;
    struct parser r;
    r.document = &copy;
    r.start = (const unsigned char *)d->text.ptr;
    r.limit = r.start + d->text.len;
    unexpected(&r, r.start + offset, fault, argument);
    return r.status;
}

ddbexpr_status json_expect_end(const struct json_document *d, size_t offset)
{
    while (offset < d->text.len && is_blank((unsigned char)d->text.ptr[offset]))
        offset++;
    return offset == d->text.len ? DDBEXPR_OK : json_fault_at(d, offset, DDBEXPR_INPUT_TRAILING, STR(""));
}
