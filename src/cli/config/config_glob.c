/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns as the automaton that they are: a set of places in the pattern goes along with the path. No pattern can make
 * it try again. */
#include "cli/config/config_glob.h"

#include "cli/limits.h"

#include <string.h>

struct places {
    bool at[LIMIT_CONFIG_PATTERN + 1];
};

static bool is_star(ddbexpr_str p, size_t i) { return i < p.len && p.ptr[i] == '*'; }

static bool is_two_stars(ddbexpr_str p, size_t i) { return is_star(p, i) && is_star(p, i + 1); }

/* A double star with a slash after it that begins where a folder does. */
static bool is_folders(ddbexpr_str p, size_t i)
{
    return is_two_stars(p, i) && i + 2 < p.len && p.ptr[i + 2] == '/' && (i == 0 || p.ptr[i - 1] == '/');
}

/* Enters a place and all that can be reached from it without a character. */
static void enter(ddbexpr_str p, struct places *places, size_t i)
{
    for (;;) {
        places->at[i] = true;
        if (is_folders(p, i))
            i += 3; /* no folder; one or more are counted when their slash is read */
        else if (is_two_stars(p, i))
            i += 2;
        else if (is_star(p, i))
            i += 1;
        else
            return;
    }
}

/* Where a character leads from one place. */
static void step(ddbexpr_str p, size_t i, char c, struct places *next)
{
    if (i == p.len)
        return;
    if (is_folders(p, i)) {
        next->at[i] = true;
        if (c == '/')
            enter(p, next, i + 3);
    } else if (is_two_stars(p, i)) {
        enter(p, next, i);
    } else if (is_star(p, i)) {
        if (c != '/')
            enter(p, next, i);
    } else if (p.ptr[i] == c) {
        enter(p, next, i + 1);
    }
}

static ddbexpr_str last_name(ddbexpr_str path)
{
    size_t start = path.len;
    while (start > 0 && path.ptr[start - 1] != '/')
        start--;
    return (ddbexpr_str){path.ptr + start, path.len - start};
}

bool glob_matches(ddbexpr_str pattern, ddbexpr_str path)
{
    struct places now = {{false}}, next;
    if (pattern.len > LIMIT_CONFIG_PATTERN)
        return false;
    if (pattern.len && !memchr(pattern.ptr, '/', pattern.len))
        path = last_name(path);
    enter(pattern, &now, 0);
    for (size_t n = 0; n < path.len; n++) {
        memset(&next, 0, sizeof next);
        for (size_t i = 0; i <= pattern.len; i++)
            if (now.at[i])
                step(pattern, i, path.ptr[n], &next);
        now = next;
    }
    return now.at[pattern.len];
}
