/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes put where they belong, as long as they do not nest without end. */
#include "cli/yaml/yaml_build.h"

#include <string.h>

bool yaml_build_start(struct yaml_builder *b, struct yaml_reader *r)
{
    *b = (struct yaml_builder){.reader = r};
    b->open = yaml_alloc(r, r->levels, sizeof(struct yaml_node *));
    b->keys = yaml_alloc(r, r->levels, sizeof(struct yaml_node *));
    return b->open && b->keys;
}

/* `length` bytes of text and a NUL follow the node. */
static struct yaml_node *new_node(struct yaml_builder *b, enum yaml_kind kind, struct yaml_place place, size_t length)
{
    struct yaml_node *node = yaml_alloc(b->reader, 1, sizeof *node + length);
    if (node) {
        node->kind = kind;
        node->line = place.line;
        node->column = place.column;
        node->begin = place.offset;
    }
    return node;
}

/* Puts a node where it belongs: a name, an entry's value, an element, the root. */
static bool place_node(struct yaml_builder *b, struct yaml_node *node)
{
    if (!node)
        return false;
    if (b->depth == 0) {
        b->root = node;
        return true;
    }
    struct yaml_node *parent = b->open[b->depth - 1];
    const struct yaml_node **key = &b->keys[b->depth - 1];
    if (parent->kind == YAML_KIND_MAP && !*key) {
        if (node->kind != YAML_KIND_SCALAR)
            yaml_fault(b->reader, node, "a name must be a text");
        *key = node;
        return node->kind == YAML_KIND_SCALAR;
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

bool yaml_build_open(struct yaml_builder *b, enum yaml_kind kind, bool is_flow, struct yaml_place begin)
{
    struct yaml_node *node = new_node(b, kind, begin, 0);
    if (!place_node(b, node))
        return false;
    if (b->depth == b->reader->levels) {
        yaml_fault(b->reader, node, "more than %zu levels", b->reader->levels);
        return false;
    }
    node->is_flow = is_flow;
    b->keys[b->depth] = NULL;
    b->open[b->depth++] = node;
    return true;
}

void yaml_build_close(struct yaml_builder *b, size_t end)
{
    struct yaml_node *node = b->open[--b->depth];
    const struct yaml_node *last = node->last;
    node->end = end ? end : node->begin;
    if (!end && last)
        node->end = last->key && last->key->end > last->end ? last->key->end : last->end;
}

bool yaml_build_scalar(struct yaml_builder *b, struct yaml_place begin, size_t end, ddbexpr_str text, bool is_plain)
{
    struct yaml_node *node = new_node(b, YAML_KIND_SCALAR, begin, text.len);
    if (!node)
        return false;
    char *copy = (char *)(node + 1);
    if (!b->reader->nul_is_text && text.len && memchr(text.ptr, '\0', text.len)) {
        yaml_fault(b->reader, node, "a text with a NUL character");
        return false;
    }
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    node->text = (ddbexpr_str){copy, text.len};
    node->end = end;
    node->is_plain = is_plain;
    node->is_null = is_plain && (text.len == 0 || strcmp(copy, "~") == 0 || strcmp(copy, "null") == 0);
    return place_node(b, node);
}
