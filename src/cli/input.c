/* SPDX-License-Identifier: Apache-2.0 */
/* Reading files whole. Short reads and interrupted ones go on. */
#include "cli/input.h"

#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Reads to the end of a descriptor. */
static ddbexpr_status read_all(int fd, ddbexpr_buffer *content)
{
    static const size_t step = 65536;
    char block[65536];
    for (;;) {
        ssize_t got = read(fd, block, step);
        if (got == 0)
            return DDBEXPR_OK;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return DDBEXPR_INVALID;
        if (ddbexpr_buffer_append(content, (ddbexpr_str){block, (size_t)got}) != DDBEXPR_OK)
            return DDBEXPR_NO_MEMORY;
        if (ddbexpr_buffer_text(content).len > INT32_MAX)
            return DDBEXPR_LIMIT;
    }
}

static bool read_descriptor(ddbexpr_arena *arena, int fd, const char *path, ddbexpr_str *ret)
{
    ddbexpr_buffer *content;
    if (ddbexpr_buffer_new(NULL, &content) != DDBEXPR_OK) {
        complain("out of memory");
        return false;
    }
    ddbexpr_status status = read_all(fd, content);
    int error = errno;
    if (status == DDBEXPR_OK) {
        ddbexpr_str text = ddbexpr_buffer_text(content);
        char *copy = ddbexpr_arena_alloc(arena, text.len + 1);
        if (copy) {
            memcpy(copy, text.ptr, text.len);
            copy[text.len] = '\0';
            *ret = (ddbexpr_str){copy, text.len};
        } else {
            status = DDBEXPR_NO_MEMORY;
        }
    }
    ddbexpr_buffer_free(content);
    if (status == DDBEXPR_INVALID)
        complain("%s: %s", path, strerror(error));
    else if (status == DDBEXPR_LIMIT)
        complain("%s: larger than 2 GB", path);
    else if (status != DDBEXPR_OK)
        complain("%s: out of memory", path);
    return status == DDBEXPR_OK;
}

bool read_file(ddbexpr_arena *arena, const char *path, ddbexpr_str *ret)
{
    if (strcmp(path, "-") == 0)
        return read_descriptor(arena, STDIN_FILENO, "standard input", ret);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        complain("%s: %s", path, strerror(errno));
        return false;
    }
    bool done = read_descriptor(arena, fd, path, ret);
    close(fd);
    return done;
}

bool read_value(ddbexpr_arena *arena, const char *value, ddbexpr_str *ret)
{
    if (strncmp(value, "file://", 7) == 0) {
        if (!read_file(arena, value + 7, ret))
            return false;
        while (ret->len && (ret->ptr[ret->len - 1] == '\n' || ret->ptr[ret->len - 1] == '\r'))
            ret->len--;
        return true;
    }
    if (strcmp(value, "-") == 0)
        return read_file(arena, value, ret);
    *ret = ddbexpr_cstr(value);
    return true;
}
