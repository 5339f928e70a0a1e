/* SPDX-License-Identifier: Apache-2.0 */
/* YAML to a tree, through libyaml's events: these know all places, and a text that nests without end is given up before
 * it takes memory. A configuration needs no anchors, tags or several documents: they are refused, as an alias of an
 * alias of an alias can stand for any number of nodes. */
#include "cli/config/config_node.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

#define LARGEST ((size_t)1 << 20) /* bytes; one that people write has a few thousand */
#define LEVELS  16                /* those that mean something: 7 */

/* --- faults --- */

__attribute__((format(printf, 4, 0))) static void tell(struct config_reader *r, size_t line, size_t column,
                                                       const char *format, va_list arguments)
{
    char message[1024];
    vsnprintf(message, sizeof message, format, arguments);
    if (r->faults++ < CONFIG_FAULTS_TOLD)
        complain("%s:%zu:%zu: %s", r->name, line, column, message);
}

void config_fault_at(struct config_reader *r, size_t line, size_t column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(r, line, column, format, arguments);
    va_end(arguments);
}

void config_fault(struct config_reader *r, const struct config_node *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(r, at->line, at->column, format, arguments);
    va_end(arguments);
}

void *config_alloc(struct config_reader *r, size_t count, size_t size)
{
    /* counts are of nodes, each of which took a byte of the text at least */
    void *memory = ddbexpr_arena_alloc(r->session->arena, count * size + 1);
    if (memory)
        memset(memory, 0, count * size + 1);
    else
        r->no_memory = true;
    return memory;
}

/* --- what the parser complains about --- */

static void fault_at_byte(struct config_reader *r, ddbexpr_str text, size_t offset, const char *problem)
{
    size_t line = 1, column = 1;
    for (size_t i = 0; i < offset && i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            line++;
            column = 1;
        } else {
            column += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
        }
    }
    config_fault_at(r, line, column, "no YAML: %s", problem);
}

static void parser_fault(struct config_reader *r, const yaml_parser_t *p, ddbexpr_str text)
{
    const char *problem = p->problem ? p->problem : "it cannot be read";
    if (p->error == YAML_MEMORY_ERROR)
        r->no_memory = true;
    else if (p->error == YAML_READER_ERROR)
        fault_at_byte(r, text, p->problem_offset, problem);
    else if (p->context && p->context_mark.line != p->problem_mark.line)
        config_fault_at(r, p->problem_mark.line + 1, p->problem_mark.column + 1, "no YAML: %s (%s in line %zu)",
                        problem, p->context, p->context_mark.line + 1);
    else
        config_fault_at(r, p->problem_mark.line + 1, p->problem_mark.column + 1, "no YAML: %s", problem);
}

/* --- the tree --- */

struct builder {
    struct config_reader *reader;
    struct config_node *root;
    struct config_node *open[LEVELS]; /* containers, outermost first */
    struct config_node *keys[LEVELS]; /* of a map: the name whose value comes next */
    size_t depth;
    size_t documents;
};

static struct config_node *new_node(struct builder *b, enum config_kind kind, yaml_mark_t mark)
{
    struct config_node *node = config_alloc(b->reader, 1, sizeof *node);
    if (node) {
        node->kind = kind;
        node->line = mark.line + 1;
        node->column = mark.column + 1;
    }
    return node;
}

/* Puts a node where it belongs: a name, an entry's value, an element, the root. */
static bool place_node(struct builder *b, struct config_node *node)
{
    if (!node)
        return false;
    if (b->depth == 0) {
        b->root = node;
        return true;
    }
    struct config_node *parent = b->open[b->depth - 1], **key = &b->keys[b->depth - 1];
    if (parent->kind == CONFIG_MAP && !*key) {
        if (node->kind != CONFIG_SCALAR)
            config_fault(b->reader, node, "a name must be a text");
        *key = node;
        return node->kind == CONFIG_SCALAR;
    }
    node->key = *key;
    *key = NULL;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    parent->count++;
    return true;
}

static bool begin(struct builder *b, enum config_kind kind, yaml_mark_t mark)
{
    struct config_node *node = new_node(b, kind, mark);
    if (!place_node(b, node))
        return false;
    if (b->depth == LEVELS) {
        config_fault(b->reader, node, "more than %d levels", LEVELS);
        return false;
    }
    b->keys[b->depth] = NULL;
    b->open[b->depth++] = node;
    return true;
}

static bool add_scalar(struct builder *b, const yaml_event_t *e)
{
    struct config_node *node = new_node(b, CONFIG_SCALAR, e->start_mark);
    size_t length = e->data.scalar.length;
    char *text = node ? config_alloc(b->reader, length, 1) : NULL;
    if (!text)
        return false;
    if (memchr(e->data.scalar.value, '\0', length)) {
        config_fault(b->reader, node, "a text with a NUL character");
        return false;
    }
    memcpy(text, e->data.scalar.value, length);
    node->text = (ddbexpr_str){text, length};
    node->is_null = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
                    (length == 0 || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
    return place_node(b, node);
}

/* What YAML has and a configuration does not need. */
static const char *what_is_refused(struct builder *b, const yaml_event_t *e)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (e->type == YAML_ALIAS_EVENT)
        return "aliases are not followed: write out what it stands for";
    if (e->type == YAML_DOCUMENT_START_EVENT && b->documents++ > 0)
        return "a second document: a configuration is one";
    if (e->type == YAML_SCALAR_EVENT) {
        anchor = e->data.scalar.anchor;
        tag = e->data.scalar.tag;
    } else if (e->type == YAML_SEQUENCE_START_EVENT) {
        anchor = e->data.sequence_start.anchor;
        tag = e->data.sequence_start.tag;
    } else if (e->type == YAML_MAPPING_START_EVENT) {
        anchor = e->data.mapping_start.anchor;
        tag = e->data.mapping_start.tag;
    }
    return anchor ? "anchors are not used here" : tag ? "tags are not used here" : NULL;
}

/* False: something was wrong, or nothing more is to be read. */
static bool take_event(struct builder *b, const yaml_event_t *e)
{
    const char *refused = what_is_refused(b, e);
    if (refused) {
        config_fault_at(b->reader, e->start_mark.line + 1, e->start_mark.column + 1, "%s", refused);
        return false;
    }
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        return add_scalar(b, e);
    case YAML_SEQUENCE_START_EVENT:
        return begin(b, CONFIG_LIST, e->start_mark);
    case YAML_MAPPING_START_EVENT:
        return begin(b, CONFIG_MAP, e->start_mark);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        b->depth--;
        return true;
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_ALIAS_EVENT:
        break;
    }
    return false;
}

static void read_events(struct builder *b, yaml_parser_t *p, ddbexpr_str text)
{
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(p, &event)) {
            parser_fault(b->reader, p, text);
            return;
        }
        more = take_event(b, &event);
        yaml_event_delete(&event);
    }
}

const struct config_node *config_read_yaml(struct config_reader *r, ddbexpr_str text)
{
    yaml_parser_t parser;
    struct builder b = {.reader = r};
    if (text.len > LARGEST) {
        config_fault_at(r, 1, 1, "larger than %zu bytes", LARGEST);
        return NULL;
    }
    if (!yaml_parser_initialize(&parser)) {
        r->no_memory = true;
        return NULL;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr, text.len);
    read_events(&b, &parser, text);
    yaml_parser_delete(&parser);
    return r->faults || r->no_memory ? NULL : b.root;
}
