/* SPDX-License-Identifier: Apache-2.0 */
/* Names in words: `lockVersion`, `lock_version` and `LOCK-VERSION` all hold the words lock and version. */
#include "lint/names.h"

str path_last_name(const struct document_path *path)
{
    uint32_t last = path->count - 1;
    while (path->steps[last].is_index) /* the first step is a name */
        last--;
    return path->steps[last].name;
}

/* --- words --- */

static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_letter(char c) { return is_lower(c) || is_upper(c); }

/* The next word from *at on, which moves past it; empty at the end. A word ends where no letter is, and before a
 * capital after a small letter. */
static str next_word(str name, size_t *at)
{
    while (*at < name.len && !is_letter(name.ptr[*at]))
        ++*at;
    size_t start = *at;
    while (*at < name.len && is_letter(name.ptr[*at]) &&
           !(*at > start && is_upper(name.ptr[*at]) && is_lower(name.ptr[*at - 1])))
        ++*at;
    return str_of(name.ptr + start, *at - start);
}

static bool is_one_of(str word, const char *const *words)
{
    for (; *words; words++)
        if (str_equal_ignoring_case(word, ddbexpr_cstr(*words)))
            return true;
    return false;
}

static bool has_word(str name, const char *const *words)
{
    size_t at = 0;
    for (str word = next_word(name, &at); word.len; word = next_word(name, &at))
        if (is_one_of(word, words))
            return true;
    return false;
}

/* --- guesses --- */

bool names_a_version(str name)
{
    static const char *const versions[] = {"version", "ver", "vsn", "rev", "revision", "etag", "optlock", NULL};
    /* versions of what the item is written in, or of other things: they stay the same for many writers */
    static const char *const others[] = {"schema", "api",    "format", "model",    "app",    "client",   "software",
                                         "data",   "engine", "max",    "min",      "latest", "previous", "target",
                                         "base",   "first",  "last",   "firmware", "os",     "protocol", NULL};
    return has_word(name, versions) && !has_word(name, others);
}

bool names_the_past(str name)
{
    static const char *const words[] = {"prev",     "previous", "old",     "last",     "before", "prior",    "former",
                                        "backup",   "history",  "archive", "archived", "orig",   "original", "from",
                                        "snapshot", "saved",    "copy",    "undo",     NULL};
    return has_word(name, words);
}

bool names_a_limit(str name)
{
    static const char *const words[] = {"limit", "max", "maximum", "min", "minimum", "cap", "quota", "threshold", NULL};
    return has_word(name, words);
}
