/* SPDX-License-Identifier: Apache-2.0 */
/* Unified patches. Lines are compared greedily (Myers): what fixes change is little, and the cost grows with that.
 * Where it is much, all lines between the first and the last change are replaced: as right, and longer. */
#include "cli/patch.h"

#include "cli/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONTEXT 3 /* lines around a change */

struct lines {
    ddbexpr_str *lines; /* with their ends */
    size_t count;
};

/* A stretch of lines that are dropped from one text, and what comes in from the other. */
struct change {
    size_t before, before_count, after, after_count;
};

struct patch {
    struct lines before, after;
    struct change *changes;
    size_t change_count;
};

/* --- lines --- */

static bool split(ddbexpr_str text, struct lines *ret)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    ret->lines = malloc((count + 1) * sizeof *ret->lines);
    ret->count = 0;
    if (!ret->lines)
        return false;
    while (text.len) {
        const char *newline = memchr(text.ptr, '\n', text.len);
        size_t length = newline ? (size_t)(newline - text.ptr) + 1 : text.len;
        ret->lines[ret->count++] = (ddbexpr_str){text.ptr, length};
        text.ptr += length;
        text.len -= length;
    }
    return true;
}

static bool same(const struct patch *p, size_t before, size_t after)
{
    ddbexpr_str a = p->before.lines[before], b = p->after.lines[after];
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

/* --- changes --- */

/* Adds a line that is dropped or added, in front of those that were added before. */
static void add_in_front(struct patch *p, size_t before, size_t after, bool dropped)
{
    struct change *first = p->change_count ? &p->changes[p->change_count - 1] : NULL;
    if (!first || first->before != before + dropped || first->after != after + !dropped) {
        p->changes[p->change_count++] = (struct change){before, dropped, after, !dropped};
        return;
    }
    first->before = before;
    first->after = after;
    first->before_count += dropped;
    first->after_count += !dropped;
}

/* How many lines of each text are compared. */
struct size {
    long before, after;
};

/* The farthest that one more line leads to on diagonal `k` (lines of `before` less those of `after`) in round `d`; -1:
 * it cannot be reached. `last` is the round before. */
static long step(const long *last, long k, long d, struct size size, bool *ret_added)
{
    long drop = k > -d && last[k - 1] >= 0 && last[k - 1] < size.before ? last[k - 1] + 1 : -1;
    long add = k < d && last[k + 1] >= 0 && last[k + 1] - (k + 1) < size.after ? last[k + 1] : -1;
    *ret_added = add >= drop;
    return *ret_added ? add : drop;
}

/* The way back through the rounds, from the end to the beginning. */
static void trace(struct patch *p, size_t start, struct size size, long **rounds, long last_round)
{
    long k = size.before - size.after;
    for (long d = last_round; d > 0; d--) {
        const long *last = rounds[d - 1] + d;
        bool added;
        step(last, k, d, size, &added);
        k += added ? 1 : -1;
        add_in_front(p, start + (size_t)last[k], start + (size_t)(last[k] - k), !added);
    }
}

/* One round: how far each diagonal leads. Whether that is the end of both texts. */
static bool go_on(const struct patch *p, size_t start, struct size size, const long *last, long *reached, long d)
{
    bool done = false;
    for (long k = -d; k <= d; k += 2) {
        bool added;
        long x = d ? step(last, k, d, size, &added) : 0;
        while (x >= 0 && x < size.before && x - k < size.after && same(p, start + (size_t)x, start + (size_t)(x - k)))
            x++;
        reached[k] = x;
        done |= x == size.before && x - k == size.after;
    }
    return done;
}

/* Compares the lines from `start` on. False: no memory. *ret_found: it was not too much. */
static bool compare(struct patch *p, size_t start, struct size size, bool *ret_found)
{
    long *rounds[BUDGET_PATCH_EDITS + 1] = {NULL}; /* of round d the diagonals from -d - 1 to d + 1 */
    long most = size.before + size.after < BUDGET_PATCH_EDITS ? size.before + size.after : BUDGET_PATCH_EDITS;
    bool memory = true;
    *ret_found = false;
    for (long d = 0; d <= most && memory && !*ret_found; d++) {
        rounds[d] = calloc((size_t)(2 * d + 3), sizeof **rounds);
        memory = rounds[d] != NULL;
        *ret_found = memory && go_on(p, start, size, d ? rounds[d - 1] + d : NULL, rounds[d] + d + 1, d);
        if (*ret_found)
            trace(p, start, size, rounds, d);
    }
    for (long d = 0; d <= most; d++)
        free(rounds[d]);
    return memory;
}

static bool find_changes(struct patch *p)
{
    size_t start = 0, n = p->before.count, m = p->after.count;
    while (start < n && start < m && same(p, start, start))
        start++;
    while (n > start && m > start && same(p, n - 1, m - 1)) {
        n--;
        m--;
    }
    bool found;
    p->changes = malloc((BUDGET_PATCH_EDITS + 1) * sizeof *p->changes);
    if (!p->changes || !compare(p, start, (struct size){(long)(n - start), (long)(m - start)}, &found))
        return false;
    if (!found) {
        p->changes[0] = (struct change){start, n - start, start, m - start};
        p->change_count = 1;
    }
    return true;
}

/* --- writing; the changes stand from the last to the first --- */

/* A patch is exact where a program reads it. A terminal must not be driven by it: there only tabs and the line end stay
 * what they are. */
static ddbexpr_status put_line(ddbexpr_str line, bool visible, ddbexpr_buffer *out)
{
    ddbexpr_status status = visible ? DDBEXPR_OK : ddbexpr_buffer_append(out, line);
    while (visible && line.len && status == DDBEXPR_OK) {
        size_t length = 0;
        while (length < line.len && line.ptr[length] != '\t' && line.ptr[length] != '\n')
            length++;
        status = ddbexpr_buffer_append_visible(out, (ddbexpr_str){line.ptr, length}, NULL);
        if (status == DDBEXPR_OK && length < line.len)
            status = ddbexpr_buffer_append(out, (ddbexpr_str){line.ptr + length++, 1});
        line = (ddbexpr_str){line.ptr + length, line.len - length};
    }
    return status;
}

static ddbexpr_status put_lines(const struct lines *lines, size_t from, size_t count, const char *mark,
                                ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    bool visible = isatty(STDOUT_FILENO);
    for (size_t i = from; i < from + count && status == DDBEXPR_OK; i++) {
        ddbexpr_str line = lines->lines[i];
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(mark));
        if (status == DDBEXPR_OK)
            status = put_line(line, visible, out);
        if (status == DDBEXPR_OK && line.ptr[line.len - 1] != '\n')
            status = ddbexpr_buffer_append(out, ddbexpr_cstr("\n\\ No newline at end of file\n"));
    }
    return status;
}

/* "3,7"; of no lines the number is that of the line before. */
static void print_range(char *to, size_t size, size_t from, size_t count)
{
    if (count == 1)
        snprintf(to, size, "%zu", from + 1);
    else
        snprintf(to, size, "%zu,%zu", count ? from + 1 : from, count);
}

/* The changes from number `last` down to `first` with the lines around and between them. */
static ddbexpr_status put_hunk(const struct patch *p, size_t last, size_t first, ddbexpr_buffer *out)
{
    const struct change *from = &p->changes[last], *to = &p->changes[first];
    size_t lead = from->before < CONTEXT ? from->before : CONTEXT;
    size_t end = to->before + to->before_count, after_end = to->after + to->after_count;
    size_t tail = p->before.count - end < CONTEXT ? p->before.count - end : CONTEXT;
    size_t at = from->before - lead;
    char ranges[2][48], head[112];
    print_range(ranges[0], sizeof ranges[0], at, end + tail - at);
    print_range(ranges[1], sizeof ranges[1], from->after - lead, after_end + tail - (from->after - lead));
    snprintf(head, sizeof head, "@@ -%s +%s @@\n", ranges[0], ranges[1]);
    ddbexpr_status status = ddbexpr_buffer_append(out, ddbexpr_cstr(head));
    for (size_t i = last + 1; i-- > first && status == DDBEXPR_OK;) {
        const struct change *c = &p->changes[i];
        status = put_lines(&p->before, at, c->before - at, " ", out);
        if (status == DDBEXPR_OK)
            status = put_lines(&p->before, c->before, c->before_count, "-", out);
        if (status == DDBEXPR_OK)
            status = put_lines(&p->after, c->after, c->after_count, "+", out);
        at = c->before + c->before_count;
    }
    return status == DDBEXPR_OK ? put_lines(&p->before, at, tail, " ", out) : status;
}

static ddbexpr_status put_hunks(const struct patch *p, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t next = p->change_count; next > 0 && status == DDBEXPR_OK;) {
        size_t last = next - 1, first = last;
        while (first > 0 && p->changes[first - 1].before - p->changes[first].before - p->changes[first].before_count <=
                                (size_t)2 * CONTEXT)
            first--;
        status = put_hunk(p, last, first, out);
        next = first;
    }
    return status;
}

/* A name of other bytes than ASCII's visible ones goes between quotes, with escapes, as git writes it and patch reads
 * it: a line of it could be a line of the patch, or drive a terminal. */
static bool is_odd(const char *path)
{
    for (const char *p = path; *p; p++)
        if (*p < ' ' || *p > '~' || *p == '"' || *p == '\\')
            return true;
    return false;
}

static ddbexpr_status put_quoted_path(const char *path, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (const char *p = path; *p && status == DDBEXPR_OK; p++) {
        char escape[5];
        if (*p < ' ' || *p > '~')
            snprintf(escape, sizeof escape, "\\%03o", (unsigned)(unsigned char)*p);
        else
            snprintf(escape, sizeof escape, *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(escape));
    }
    return status;
}

/* A line such as --- a/path */
static ddbexpr_status put_head(const char *mark, const char *path, ddbexpr_buffer *out)
{
    bool odd = is_odd(path);
    ddbexpr_status status = ddbexpr_buffer_append(out, ddbexpr_cstr(mark));
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(odd ? "\"" : ""));
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(mark[0] == '-' ? "a/" : "b/"));
    if (status == DDBEXPR_OK)
        status = odd ? put_quoted_path(path, out) : ddbexpr_buffer_append(out, ddbexpr_cstr(path));
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, ddbexpr_cstr(odd ? "\"\n" : "\n")) : status;
}

static ddbexpr_status put_heads(const char *path, ddbexpr_buffer *out)
{
    ddbexpr_status status = put_head("--- ", path, out);
    return status == DDBEXPR_OK ? put_head("+++ ", path, out) : status;
}

ddbexpr_status put_patch(const char *path, ddbexpr_str before, ddbexpr_str after, ddbexpr_buffer *out)
{
    struct patch p = {.change_count = 0};
    ddbexpr_status status = DDBEXPR_NO_MEMORY;
    if (split(before, &p.before) && split(after, &p.after) && find_changes(&p))
        status = p.change_count ? put_heads(path, out) : DDBEXPR_OK;
    if (status == DDBEXPR_OK)
        status = put_hunks(&p, out);
    free(p.changes);
    free(p.before.lines);
    free(p.after.lines);
    return status;
}
