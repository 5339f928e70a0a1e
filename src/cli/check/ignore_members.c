/* SPDX-License-Identifier: Apache-2.0 */
/* Finding "ddbexpr-ignore" in a JSON text, with its object's place. Reads brackets and strings only: a file that came
 * so far has been read, or is not going to be shown. Must not know what a finding is. */
#define _GNU_SOURCE 1
#include "cli/check/ignore_members.h"

#include <stdlib.h>
#include <string.h>

#define SHORTEST ((size_t)2) /* bytes of a code: what is shorter would be about everything */

static const char member_name[] = "ddbexpr-ignore";

/* What encloses the place that is looked at. */
struct level {
    struct level *outer;
    size_t start;      /* of the bracket */
    char bracket;      /* { or [ */
    bool is_name_next; /* in an object: a string is the name of a member */
    bool is_ours;      /* inside of the value of our member */
};

struct scanner {
    ddbexpr_arena *arena;
    ddbexpr_str text;
    size_t at;
    struct level *innermost;
    struct level *spare; /* levels that were left, to be used again */
    size_t depth;
    struct ignored_codes found;
    size_t room;
};

static bool open_level(struct scanner *s, char bracket, bool is_ours)
{
    struct level *level = s->spare;
    if (level)
        s->spare = level->outer;
    else if (!(level = ddbexpr_arena_alloc(s->arena, sizeof *level)))
        return false;
    *level = (struct level){s->innermost, s->at, bracket, bracket == '{', is_ours};
    s->innermost = level;
    s->depth++;
    return true;
}

/* The object is complete: its codes are told where it ends. */
static void close_level(struct scanner *s)
{
    struct level *level = s->innermost;
    if (!level)
        return;
    for (size_t i = s->found.count; i-- > 0 && s->found.all[i].start > level->start;)
        if (s->found.all[i].object_start == level->start)
            s->found.all[i].object_end = s->at + 1;
    s->innermost = level->outer;
    level->outer = s->spare;
    s->spare = level;
    s->depth--;
}

/* The end of a string whose opening mark is at `at`: the closing mark, or the end of the text. */
static size_t string_end(ddbexpr_str text, size_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"'; at++)
        if (text.ptr[at] == '\\')
            at++;
    return at < text.len ? at : text.len;
}

/* An object that has codes, and the one around it that has some. */
struct ignored_object {
    size_t start, end;
    struct ignored_object *outer;
};

static bool add(struct scanner *s, const struct level *object, size_t depth, size_t start, size_t end)
{
    if (s->found.count == s->room) {
        size_t room = s->room ? 2 * s->room : 8;
        struct ignored_code *all = ddbexpr_arena_alloc(s->arena, room * sizeof *all);
        if (!all)
            return false;
        if (s->found.count)
            memcpy(all, s->found.all, s->found.count * sizeof *all);
        s->found.all = all;
        s->room = room;
    }
    const ddbexpr_str text = {s->text.ptr + start, end - start};
    s->found.all[s->found.count++] = (struct ignored_code){object->start, 0, depth, start, text, false};
    return true;
}

/* Whether the name whose opening mark is at `at` is ours. */
static bool is_our_name(const struct scanner *s, size_t end)
{
    size_t length = end - s->at - 1;
    return length == sizeof member_name - 1 && memcmp(s->text.ptr + s->at + 1, member_name, length) == 0;
}

static bool take_string(struct scanner *s, bool *is_ours)
{
    size_t end = string_end(s->text, s->at);
    struct level *level = s->innermost;
    bool done = true;
    if (level && level->is_name_next) {
        *is_ours = is_our_name(s, end);
        level->is_name_next = false;
    } else if (level && *is_ours) { /* a single code */
        done = add(s, level, s->depth, s->at + 1, end);
        *is_ours = false;
    } else if (level && level->is_ours && level->outer) { /* one of several */
        done = add(s, level->outer, s->depth - 1, s->at + 1, end);
    }
    s->at = end;
    return done;
}

/* --- finding them again --- */

static int compare_texts(ddbexpr_str a, ddbexpr_str b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.ptr, b.ptr, least) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* The first of equal ones in the text comes first. */
static int compare(const void *a, const void *b)
{
    const struct ignored_code *x = *(struct ignored_code *const *)a, *y = *(struct ignored_code *const *)b;
    int order = (x->object_start > y->object_start) - (x->object_start < y->object_start);
    if (order == 0)
        order = compare_texts(x->text, y->text);
    return order ? order : (x->start > y->start) - (x->start < y->start);
}

/* Objects in the order of the text: which of those before encloses one is on the way out from the last of them. */
static void find_objects(struct ignored_codes *codes)
{
    struct ignored_object *last = NULL;
    for (size_t i = 0; i < codes->count; i++) {
        const struct ignored_code *code = codes->sorted[i];
        if (last && last->start == code->object_start)
            continue;
        struct ignored_object *outer = last;
        while (outer && outer->end <= code->object_start)
            outer = outer->outer;
        last = &codes->objects[codes->object_count++];
        *last = (struct ignored_object){code->object_start, code->object_end, outer};
    }
}

static ddbexpr_status sort_codes(struct scanner *s)
{
    struct ignored_codes *codes = &s->found;
    codes->sorted = ddbexpr_arena_alloc(s->arena, codes->count * sizeof(struct ignored_code *));
    codes->objects = ddbexpr_arena_alloc(s->arena, codes->count * sizeof *codes->objects);
    if (!codes->sorted || !codes->objects)
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < codes->count; i++)
        codes->sorted[i] = &codes->all[i];
    qsort(codes->sorted, codes->count, sizeof(struct ignored_code *), compare);
    find_objects(codes);
    return DDBEXPR_OK;
}

ddbexpr_status ignored_codes_find(ddbexpr_arena *arena, ddbexpr_str text, struct ignored_codes *ret)
{
    struct scanner s = {.arena = arena, .text = text};
    bool is_ours = false, done = true; /* the value that comes next is that of our member */
    *ret = (struct ignored_codes){NULL, 0, NULL, NULL, 0};
    /* Most files have none, and need no second look. */
    if (text.len < sizeof member_name || !memmem(text.ptr, text.len, member_name, sizeof member_name - 1))
        return DDBEXPR_OK;
    for (; done && s.at < text.len; s.at++) {
        char c = text.ptr[s.at];
        if (c == '"') {
            done = take_string(&s, &is_ours);
        } else if (c == '{' || c == '[') {
            done = open_level(&s, c, is_ours && c == '[');
            is_ours = false;
        } else if (c == '}' || c == ']') {
            close_level(&s);
            is_ours = false;
        } else if (c == ',') {
            is_ours = false;
            if (s.innermost)
                s.innermost->is_name_next = s.innermost->bracket == '{';
        }
    }
    ddbexpr_status status = done ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
    if (status == DDBEXPR_OK && s.found.count)
        status = sort_codes(&s);
    if (status == DDBEXPR_OK)
        *ret = s.found;
    return status;
}

bool ignored_code_covers(const struct ignored_code *ignored, const char *code)
{
    ddbexpr_str text = ignored->text;
    return text.len >= SHORTEST && text.len <= strlen(code) && memcmp(text.ptr, code, text.len) == 0;
}

/* The first code of an object that is this text. */
static struct ignored_code *find_exactly(const struct ignored_codes *codes, size_t object_start, ddbexpr_str text)
{
    size_t low = 0, high = codes->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct ignored_code *code = codes->sorted[middle];
        bool before = code->object_start != object_start ? code->object_start < object_start
                                                         : compare_texts(code->text, text) < 0;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    struct ignored_code *found = low < codes->count ? codes->sorted[low] : NULL;
    return found && found->object_start == object_start && compare_texts(found->text, text) == 0 ? found : NULL;
}

/* The first code of an object that is about findings with this code: each of its beginnings is looked for. */
static struct ignored_code *find_in(const struct ignored_codes *codes, size_t object_start, const char *code)
{
    struct ignored_code *first = NULL;
    for (size_t length = SHORTEST; length <= strlen(code); length++) {
        struct ignored_code *one = find_exactly(codes, object_start, (ddbexpr_str){code, length});
        if (one && (!first || one->start < first->start))
            first = one;
    }
    return first;
}

/* The object that begins last before a place; those that enclose the place are it or around it. */
static const struct ignored_object *last_before(const struct ignored_codes *codes, size_t offset)
{
    size_t low = 0, high = codes->object_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (codes->objects[middle].start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &codes->objects[low - 1] : NULL;
}

/* In the whole text: few findings have no place. */
static struct ignored_code *find_outermost(const struct ignored_codes *codes, const char *code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (codes->all[i].depth == 1 && ignored_code_covers(&codes->all[i], code))
            return &codes->all[i];
    return NULL;
}

bool ignored_codes_match(struct ignored_codes *codes, const char *code, bool has_place, size_t offset)
{
    struct ignored_code *best = has_place ? NULL : find_outermost(codes, code);
    const struct ignored_object *object = has_place ? last_before(codes, offset) : NULL;
    for (; object && !best; object = object->outer)
        if (offset < object->end)
            best = find_in(codes, object->start, code);
    if (best)
        best->used = true;
    return best != NULL;
}
