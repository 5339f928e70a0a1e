/* SPDX-License-Identifier: Apache-2.0 */
/* JSON documents: building, changing, printing. Nothing is linked to the one that stands for a lack of memory, so that
 * every document ends. */
#include "cli/generate/generate.h"

static struct doc *make(struct generator *g, enum doc_kind kind)
{
    struct doc *doc = ddbexpr_arena_alloc(g->arena, sizeof *doc);
    if (!doc) {
        g->failed = true;
        doc = &g->nowhere;
    }
    *doc = (struct doc){.kind = kind};
    return doc;
}

struct doc *doc_object(struct generator *g) { return make(g, DOC_OBJECT); }

struct doc *doc_array(struct generator *g) { return make(g, DOC_ARRAY); }

struct doc *doc_string(struct generator *g, ddbexpr_str text)
{
    struct doc *doc = make(g, DOC_STRING);
    doc->text = text;
    return doc;
}

struct doc *doc_word(struct generator *g, const char *word)
{
    struct doc *doc = make(g, DOC_WORD);
    doc->text = ddbexpr_cstr(word);
    return doc;
}

struct doc *doc_copy(struct generator *g, const struct doc *doc)
{
    struct doc *copy = make(g, doc->kind);
    copy->text = doc->text;
    copy->bytes = doc->bytes;
    for (const struct doc *child = doc->first; child; child = child->next) {
        struct doc *added = doc_copy(g, child);
        added->name = child->name;
        doc_add(g, copy, added);
    }
    return copy;
}

struct doc *doc_add(struct generator *g, struct doc *array, struct doc *child)
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

struct doc *doc_put(struct generator *g, struct doc *object, ddbexpr_str name, struct doc *child)
{
    struct doc *old = doc_get(object, name);
    if (old) {
        doc_become(old, child);
        return old;
    }
    child->name = name;
    return doc_add(g, object, child);
}

struct doc *doc_get(const struct doc *object, ddbexpr_str name)
{
    for (struct doc *member = object->first; member; member = member->next)
        if (str_same(member->name, name))
            return member;
    return NULL;
}

struct doc *doc_at(const struct doc *doc, size_t index)
{
    struct doc *child = doc->first;
    while (child && index--)
        child = child->next;
    return child;
}

void doc_drop(struct doc *doc, const struct doc *child)
{
    struct doc *before = NULL;
    for (struct doc *at = doc->first; at; before = at, at = at->next) {
        if (at != child)
            continue;
        if (before)
            before->next = at->next;
        else
            doc->first = at->next;
        if (!at->next)
            doc->last = before;
        doc->count--;
        return;
    }
}

void doc_become(struct doc *doc, const struct doc *other)
{
    const struct doc old = *doc;
    *doc = *other;
    doc->name = old.name;
    doc->next = old.next;
}

bool doc_same(const struct doc *a, const struct doc *b)
{
    if (a->kind != b->kind || a->count != b->count || !str_same(a->text, b->text))
        return false;
    const struct doc *x = a->first, *y = b->first;
    for (; x && y; x = x->next, y = y->next)
        if (!str_same(x->name, y->name) || !doc_same(x, y))
            return false;
    return true;
}

/* --- printing: through a small store of bytes, since documents are of many short texts --- */

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

static void print(struct printer *p, const struct doc *doc)
{
    bool object = doc->kind == DOC_OBJECT;
    if (doc->kind == DOC_STRING) {
        print_string(p, doc->text);
        return;
    }
    if (doc->kind == DOC_WORD) {
        print_bytes(p, doc->text);
        return;
    }
    print_byte(p, object ? '{' : '[');
    for (const struct doc *child = doc->first; child; child = child->next) {
        if (child != doc->first)
            print_byte(p, ',');
        if (object) {
            print_string(p, child->name);
            print_byte(p, ':');
        }
        print(p, child);
    }
    print_byte(p, object ? '}' : ']');
}

void doc_print(const struct doc *doc, ddbexpr_buffer *out)
{
    struct printer printer;
    printer.out = out;
    printer.used = 0;
    print(&printer, doc);
    flush(&printer);
}

void doc_print_string(ddbexpr_str text, ddbexpr_buffer *out)
{
    struct printer printer;
    printer.out = out;
    printer.used = 0;
    print_string(&printer, text);
    flush(&printer);
}
