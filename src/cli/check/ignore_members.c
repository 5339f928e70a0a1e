/* SPDX-License-Identifier: Apache-2.0 */
/* Finding "ddbexpr-ignore" in a JSON text, with its object's place. Reads brackets and strings only: a file that came
 * so far has been read, or is not going to be shown. Must not know what a finding is. */
#define _GNU_SOURCE 1
#include "cli/check/ignore_members.h"

#include <string.h>

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
    s->found.all[s->found.count++] = (struct ignored_code){object->start, 0, depth, start, end, false};
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

ddbexpr_status ignored_codes_find(ddbexpr_arena *arena, ddbexpr_str text, struct ignored_codes *ret)
{
    struct scanner s = {.arena = arena, .text = text};
    bool is_ours = false, done = true; /* the value that comes next is that of our member */
    *ret = (struct ignored_codes){NULL, 0};
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
    if (!done)
        return DDBEXPR_NO_MEMORY;
    *ret = s.found;
    return DDBEXPR_OK;
}

bool ignored_code_covers(const struct ignored_code *ignored, ddbexpr_str text, const char *code)
{
    size_t length = ignored->end - ignored->start;
    return length >= 2 && length <= strlen(code) && memcmp(text.ptr + ignored->start, code, length) == 0;
}

bool ignored_codes_match(struct ignored_codes *codes, ddbexpr_str text, const char *code, bool has_place, size_t offset)
{
    struct ignored_code *best = NULL;
    for (size_t i = 0; i < codes->count; i++) {
        struct ignored_code *one = &codes->all[i];
        bool holds = has_place ? one->object_start <= offset && offset < one->object_end : one->depth == 1;
        if (holds && ignored_code_covers(one, text, code) && (!best || one->depth > best->depth))
            best = one;
    }
    if (best)
        best->used = true;
    return best != NULL;
}
