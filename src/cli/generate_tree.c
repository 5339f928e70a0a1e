/* SPDX-License-Identifier: Apache-2.0 */
/* JSON trees: building, changing, printing. Nothing is linked to the tree that stands for a lack of memory, so that
 * every tree ends. */
#include "cli/generate.h"

static struct tree *make(struct generator *g, enum tree_kind kind)
{
    struct tree *tree = ddbexpr_arena_alloc(g->arena, sizeof *tree);
    if (!tree) {
        g->failed = true;
        tree = &g->nowhere;
    }
    *tree = (struct tree){.kind = kind};
    return tree;
}

struct tree *tree_object(struct generator *g) { return make(g, TREE_OBJECT); }

struct tree *tree_array(struct generator *g) { return make(g, TREE_ARRAY); }

struct tree *tree_string(struct generator *g, ddbexpr_str text)
{
    struct tree *tree = make(g, TREE_STRING);
    tree->text = text;
    return tree;
}

struct tree *tree_word(struct generator *g, const char *word)
{
    struct tree *tree = make(g, TREE_WORD);
    tree->text = ddbexpr_cstr(word);
    return tree;
}

struct tree *tree_copy(struct generator *g, const struct tree *tree)
{
    struct tree *copy = make(g, tree->kind);
    copy->text = tree->text;
    copy->bytes = tree->bytes;
    for (const struct tree *child = tree->first; child; child = child->next) {
        struct tree *added = tree_copy(g, child);
        added->name = child->name;
        tree_add(g, copy, added);
    }
    return copy;
}

struct tree *tree_add(struct generator *g, struct tree *array, struct tree *child)
{
    if (array == &g->nowhere || child == &g->nowhere)
        return child;
    child->next = NULL;
    if (array->last)
        array->last->next = child;
    else
        array->first = child;
    array->last = child;
    array->count++;
    return child;
}

struct tree *tree_put(struct generator *g, struct tree *object, ddbexpr_str name, struct tree *child)
{
    struct tree *old = tree_get(object, name);
    if (old) {
        tree_become(old, child);
        return old;
    }
    child->name = name;
    return tree_add(g, object, child);
}

struct tree *tree_get(const struct tree *object, ddbexpr_str name)
{
    for (struct tree *member = object->first; member; member = member->next)
        if (str_same(member->name, name))
            return member;
    return NULL;
}

struct tree *tree_at(const struct tree *tree, size_t index)
{
    struct tree *child = tree->first;
    while (child && index--)
        child = child->next;
    return child;
}

void tree_drop(struct tree *tree, const struct tree *child)
{
    struct tree *before = NULL;
    for (struct tree *at = tree->first; at; before = at, at = at->next) {
        if (at != child)
            continue;
        if (before)
            before->next = at->next;
        else
            tree->first = at->next;
        if (!at->next)
            tree->last = before;
        tree->count--;
        return;
    }
}

void tree_become(struct tree *tree, const struct tree *other)
{
    const struct tree old = *tree;
    *tree = *other;
    tree->name = old.name;
    tree->next = old.next;
}

bool tree_same(const struct tree *a, const struct tree *b)
{
    if (a->kind != b->kind || a->count != b->count || !str_same(a->text, b->text))
        return false;
    const struct tree *x = a->first, *y = b->first;
    for (; x && y; x = x->next, y = y->next)
        if (!str_same(x->name, y->name) || !tree_same(x, y))
            return false;
    return true;
}

/* --- printing: through a small store of bytes, since trees are of many short texts --- */

struct printer {
    ddbexpr_buffer *out;
    size_t used;
    char bytes[1024];
};

static void flush(struct printer *p)
{
    ddbexpr_buffer_append(p->out, (ddbexpr_str){p->bytes, p->used});
    p->used = 0;
}

static inline void print_byte(struct printer *p, char byte)
{
    if (p->used == sizeof p->bytes)
        flush(p);
    p->bytes[p->used++] = byte;
}

static void print_bytes(struct printer *p, ddbexpr_str text)
{
    if (text.len > sizeof p->bytes - p->used)
        flush(p);
    if (text.len > sizeof p->bytes) {
        ddbexpr_buffer_append(p->out, text);
        return;
    }
    if (text.len)
        memcpy(p->bytes + p->used, text.ptr, text.len);
    p->used += text.len;
}

static void print_escaped(struct printer *p, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    print_byte(p, '\\');
    if (c == '"' || c == '\\') {
        print_byte(p, (char)c);
        return;
    }
    print_bytes(p, STR("u00"));
    print_byte(p, digits[c >> 4]);
    print_byte(p, digits[c & 15]);
}

static void print_string(struct printer *p, ddbexpr_str text)
{
    size_t printed = 0;
    print_byte(p, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0x20 && c != 0x7f && c != '"' && c != '\\')
            continue;
        print_bytes(p, (ddbexpr_str){text.ptr + printed, i - printed});
        print_escaped(p, c);
        printed = i + 1;
    }
    print_bytes(p, (ddbexpr_str){text.ptr + printed, text.len - printed});
    print_byte(p, '"');
}

static void print(struct printer *p, const struct tree *tree)
{
    bool object = tree->kind == TREE_OBJECT;
    if (tree->kind == TREE_STRING) {
        print_string(p, tree->text);
        return;
    }
    if (tree->kind == TREE_WORD) {
        print_bytes(p, tree->text);
        return;
    }
    print_byte(p, object ? '{' : '[');
    for (const struct tree *child = tree->first; child; child = child->next) {
        if (child != tree->first)
            print_byte(p, ',');
        if (object) {
            print_string(p, child->name);
            print_byte(p, ':');
        }
        print(p, child);
    }
    print_byte(p, object ? '}' : ']');
}

void tree_print(const struct tree *tree, ddbexpr_buffer *out)
{
    struct printer printer;
    printer.out = out;
    printer.used = 0;
    print(&printer, tree);
    flush(&printer);
}

void tree_print_string(ddbexpr_str text, ddbexpr_buffer *out)
{
    struct printer printer;
    printer.out = out;
    printer.used = 0;
    print_string(&printer, text);
    flush(&printer);
}
