/* SPDX-License-Identifier: Apache-2.0 */
/* Reading files whole. Short reads and interrupted ones go on. */
#include "cli/input.h"

#include "cli/limits.h"
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Up to `size` bytes; fewer at the end only. False: errno. */
static bool read_some(int fd, char *to, size_t size, size_t *ret)
{
    *ret = 0;
    while (*ret < size) {
        ssize_t got = read(fd, to + *ret, size - *ret);
        if (got == 0)
            return true;
        if (got > 0)
            *ret += (size_t)got;
        else if (errno != EINTR)
            return false;
    }
    return true;
}

/* A file whose size is known goes to its place at once: two copies of a large table would be one too many. What is
 * appended to it meanwhile is not read. */
static ddbexpr_status read_regular(ddbexpr_arena *arena, int fd, size_t size, ddbexpr_str *ret)
{
    size_t length;
    char *text = ddbexpr_arena_alloc(arena, size + 1);
    if (!text)
        return DDBEXPR_NO_MEMORY;
    if (!read_some(fd, text, size, &length))
        return DDBEXPR_INVALID;
    text[length] = '\0';
    *ret = (ddbexpr_str){text, length};
    return DDBEXPR_OK;
}

static ddbexpr_status keep(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_str *ret)
{
    char *copy = ddbexpr_arena_alloc(arena, text.len + 1);
    if (!copy)
        return DDBEXPR_NO_MEMORY;
    memcpy(copy, text.ptr, text.len + 1);
    *ret = (ddbexpr_str){copy, text.len};
    return DDBEXPR_OK;
}

/* Anything else is read until it ends. */
static ddbexpr_status read_stream(ddbexpr_arena *arena, int fd, ddbexpr_buffer *content, ddbexpr_str *ret)
{
    char block[65536];
    size_t got;
    do {
        if (!read_some(fd, block, sizeof block, &got))
            return DDBEXPR_INVALID;
        if (ddbexpr_buffer_append(content, (ddbexpr_str){block, got}) != DDBEXPR_OK)
            return DDBEXPR_NO_MEMORY;
    } while (got == sizeof block && ddbexpr_buffer_text(content).len <= LIMIT_INPUT_BYTES);
    return ddbexpr_buffer_text(content).len <= LIMIT_INPUT_BYTES ? keep(arena, ddbexpr_buffer_text(content), ret)
                                                                 : DDBEXPR_LIMIT;
}

static ddbexpr_status read_all(ddbexpr_arena *arena, int fd, ddbexpr_str *ret)
{
    struct stat file;
    if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode) && file.st_size > 0)
        return (size_t)file.st_size > LIMIT_INPUT_BYTES ? DDBEXPR_LIMIT
                                                        : read_regular(arena, fd, (size_t)file.st_size, ret);
    ddbexpr_buffer *content;
    if (ddbexpr_buffer_new(NULL, &content) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = read_stream(arena, fd, content, ret);
    int error = errno;
    ddbexpr_buffer_free(content);
    errno = error;
    return status;
}

static bool read_descriptor(ddbexpr_arena *arena, int fd, const char *path, ddbexpr_str *ret)
{
    ddbexpr_status status = read_all(arena, fd, ret);
    if (status == DDBEXPR_INVALID)
        complain("%s: %s", path, strerror(errno));
    else if (status == DDBEXPR_LIMIT)
        complain("%s: larger than 2 GB", path);
    else if (status != DDBEXPR_OK)
        complain_no_memory(path);
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

int tell_path_error(const char *path, int error)
{
    if (error == ENOENT || error == ENOTDIR || error == EACCES || error == ENAMETOOLONG || error == ELOOP)
        return EXIT_TRUE;
    if (error == ENOMEM)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    complain("%s: %s", path, strerror(error));
    return EXIT_UNUSABLE;
}
