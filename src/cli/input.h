/* SPDX-License-Identifier: Apache-2.0 */
/* What the tool reads: values given inline or as file://PATH, files, standard input. */
#ifndef DDBEXPR_CLI_INPUT_H
#define DDBEXPR_CLI_INPUT_H

#include <ddbexpr/ddbexpr.h>
#include <string.h>

static inline bool same_text(ddbexpr_str a, ddbexpr_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Whether a text has another one in it. */
static inline bool has_text(ddbexpr_str text, ddbexpr_str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (part.len == 0 || memcmp(text.ptr + i, part.ptr, part.len) == 0)
            return true;
    return false;
}

/* A path as the AWS CLI may have it: without the file:// in front. */
static inline const char *without_scheme(const char *path)
{
    return strncmp(path, "file://", 7) == 0 ? path + 7 : path;
}

/* A file's content, or standard input for "-", kept in the arena with a NUL after it. False: told on stderr. */
bool read_file(ddbexpr_arena *arena, const char *path, ddbexpr_str *ret);

/* An option's value as the AWS CLI has it: text, or the content of file://PATH (`-` as well: standard input). The last
 * line end of a file is dropped where the value is an expression, as an editor puts it there. */
bool read_value(ddbexpr_arena *arena, const char *value, ddbexpr_str *ret);

/* After stat or realpath of a path: EXIT_TRUE where it leads to nothing, or to what we may not see, which whoever opens
 * it will say; any other error is a fault, told: EXIT_UNUSABLE, or EXIT_INTERNAL for want of memory. */
int tell_path_error(const char *path, int error);

#endif
