/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of a JSON text. What a new member looks like is read off its neighbours: blanks behind colons, what stands
 * between two members. Knows no request. */
#include "json/edits.h"

#include "json/sort.h"
#include "json/writer.h"

#include <string.h>

/* --- texts --- */

str json_edit_join(struct json_edits *e, const str *parts, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].len;
    char *joined = ddbexpr_arena_alloc(e->arena, length + 1), *at = joined;
    if (!joined) {
        e->no_memory = true;
        return STR("");
    }
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len)
            memcpy(at, parts[i].ptr, parts[i].len);
        at += parts[i].len;
    }
    return (str){joined, length};
}

str json_edit_escape(struct json_edits *e, str text)
{
    ddbexpr_buffer *out;
    if (ddbexpr_buffer_new(ddbexpr_arena_allocator(e->arena), &out) != DDBEXPR_OK) {
        e->no_memory = true;
        return STR("");
    }
    struct json_writer w = json_writer_on(out, 0);
    json_put_string(&w, text);
    e->no_memory |= w.status != DDBEXPR_OK;
    str quoted = ddbexpr_buffer_text(out), escaped = STR("");
    if (w.status == DDBEXPR_OK)
        escaped = json_edit_join(e, &(str){quoted.ptr + 1, quoted.len - 2}, 1);
    ddbexpr_buffer_free(out);
    return escaped;
}

/* --- the manner of an object --- */

bool json_edit_has_blanks(const struct json_document *d, uint32_t object)
{
    const struct json_node *node = &d->nodes[object];
    if (node->next == object + 1)
        return true;
    const struct json_node *name = &d->nodes[object + 1], *value = &d->nodes[object + 2];
    return value->span.start > name->span.end + 1; /* more than the colon */
}

/* The blanks before a member's name, behind a brace or a comma. */
static str blanks_before(const struct json_document *d, uint32_t name)
{
    uint32_t end = d->nodes[name].span.start, start = end;
    while (memchr(" \t\r\n", d->text.ptr[start - 1], 4))
        start--;
    return (str){d->text.ptr + start, end - start};
}

/* What stands between two members: of one that has a single member on the bracket's line a blank, if it has others. */
static str gap_of(const struct json_document *d, uint32_t object)
{
    uint32_t last = 0;
    for (uint32_t at = object + 1; at < d->nodes[object].next; at = json_next_member(d, at))
        last = at;
    str blanks = last ? blanks_before(d, last) : STR("");
    if (last > object + 1 || (blanks.len && memchr(blanks.ptr, '\n', blanks.len)))
        return blanks;
    return json_edit_has_blanks(d, object) ? STR(" ") : STR("");
}

/* Members with commas between them. */
static str write_members(struct json_edits *e, const struct json_addition *members, size_t count, str gap, bool blanks)
{
    str written = STR("");
    for (size_t i = 0; i < count; i++) {
        const str parts[] = {written,
                             i ? STR(",") : STR(""),
                             i ? gap : STR(""),
                             STR("\""),
                             json_edit_escape(e, members[i].name),
                             blanks ? STR("\": ") : STR("\":"),
                             members[i].value};
        written = json_edit_join(e, parts, sizeof parts / sizeof *parts);
    }
    return written;
}

str json_edit_object(struct json_edits *e, uint32_t like, const struct json_addition *members, size_t count)
{
    bool blanks = json_edit_has_blanks(e->d, like);
    const str parts[] = {STR("{"), write_members(e, members, count, blanks ? STR(" ") : STR(""), blanks), STR("}")};
    return json_edit_join(e, parts, 3);
}

/* --- changes --- */

void json_edit_replace(struct json_edits *e, ddbexpr_span span, str text)
{
    if (e->count == e->size) {
        size_t size = e->size ? e->size * 2 : 16;
        struct json_edit *grown = ddbexpr_arena_alloc(e->arena, size * sizeof *grown);
        if (!grown) {
            e->no_memory = true;
            return;
        }
        if (e->count)
            memcpy(grown, e->edits, e->count * sizeof *grown);
        e->edits = grown;
        e->size = size;
    }
    e->edits[e->count] = (struct json_edit){span, text, e->count};
    e->count++;
}

/* A member of an object that is being changed. */
struct cursor {
    uint32_t kept_end;  /* where the last one ends that stays; 0: none does */
    uint32_t drop_from; /* what is dropped since then begins here; 0: nothing is */
};

void json_edit_members(struct json_edits *e, uint32_t object, const uint32_t *dropped, size_t dropped_count,
                       const struct json_addition *added, size_t added_count)
{
    const struct json_document *d = e->d;
    const struct json_node *node = &d->nodes[object];
    str gap = gap_of(d, object);
    str written = write_members(e, added, added_count, gap, json_edit_has_blanks(d, object));
    struct cursor c = {0, 0};
    uint32_t end = 0;
    size_t next = 0;
    for (uint32_t at = object + 1; at < node->next; at = json_next_member(d, at)) {
        end = d->nodes[at + 1].span.end;
        if (next < dropped_count && dropped[next] == at) {
            next++;
            c.drop_from = c.drop_from ? c.drop_from : d->nodes[at].span.start;
            continue;
        }
        if (c.drop_from) /* with the comma and the blanks behind it */
            json_edit_replace(e, (ddbexpr_span){c.drop_from, d->nodes[at].span.start}, STR(""));
        c = (struct cursor){end, 0};
    }
    if (!c.kept_end) { /* nothing stays */
        ddbexpr_span inside =
            c.drop_from ? (ddbexpr_span){c.drop_from, end} : (ddbexpr_span){node->span.start + 1, node->span.end - 1};
        json_edit_replace(e, inside, written);
        return;
    }
    if (added_count) {
        const str parts[] = {STR(","), gap, written};
        written = json_edit_join(e, parts, 3);
    }
    if (added_count || c.drop_from)
        json_edit_replace(e, (ddbexpr_span){c.kept_end, c.drop_from ? end : c.kept_end}, written);
}

void json_edit_insert(struct json_edits *e, uint32_t object, uint32_t name, const struct json_addition *added,
                      size_t added_count)
{
    uint32_t end = e->d->nodes[name + 1].span.end;
    str gap = gap_of(e->d, object);
    const str parts[] = {STR(","), gap, write_members(e, added, added_count, gap, json_edit_has_blanks(e->d, object))};
    json_edit_replace(e, (ddbexpr_span){end, end}, json_edit_join(e, parts, 3));
}

/* --- writing --- */

static int by_place(const void *a, const void *b, const void *context)
{
    (void)context;
    const struct json_edit *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

ddbexpr_status json_edits_write(struct json_edits *e, ddbexpr_span span, ddbexpr_buffer *out)
{
    uint32_t at = span.start;
    ddbexpr_status status = e->no_memory ? DDBEXPR_NO_MEMORY : DDBEXPR_OK;
    json_sort(e->edits, e->count, sizeof *e->edits, by_place, NULL);
    for (size_t i = 0; i < e->count && status == DDBEXPR_OK; i++) {
        status = ddbexpr_buffer_append(out, (str){e->d->text.ptr + at, e->edits[i].span.start - at});
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(out, e->edits[i].text);
        at = e->edits[i].span.end;
    }
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, (str){e->d->text.ptr + at, span.end - at}) : status;
}
