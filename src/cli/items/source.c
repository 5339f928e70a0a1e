/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and reading. Short reads and interrupted ones go on. */
#include "cli/items/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool source_fail(struct source *s, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(s->fault, sizeof s->fault, format, arguments);
    va_end(arguments);
    return false;
}

bool source_no_memory(struct source *s)
{
    s->no_memory = true;
    return false;
}

/* --- the bytes of the file --- */

/* Up to `room` bytes; fewer at the end only. */
static bool read_file_bytes(struct source *s, void *to, size_t room, size_t *ret)
{
    *ret = 0;
    while (*ret < room) {
        ssize_t got = read(s->fd, (char *)to + *ret, room - *ret);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return source_fail(s, "%s", strerror(errno));
        if (got == 0)
            break;
        *ret += (size_t)got;
        s->taken += (uint64_t)got;
    }
    return true;
}

bool source_refill(struct source *s)
{
    if (s->used < s->held)
        return true;
    s->used = 0;
    return read_file_bytes(s, s->block, SOURCE_BLOCK, &s->held);
}

/* What was read to see the format, then the rest. */
static bool read_plain(struct source *s, char *to, size_t room, size_t *ret)
{
    size_t kept = s->held - s->used, more;
    kept = kept < room ? kept : room;
    if (kept)
        memcpy(to, s->block + s->used, kept);
    s->used += kept;
    bool good = read_file_bytes(s, to + kept, room - kept, &more);
    *ret = kept + more;
    return good;
}

bool source_read(struct source *s, char *to, size_t room, size_t *ret)
{
    *ret = 0;
    if (!s->format)
        return read_plain(s, to, room, ret);
    while (*ret < room) {
        size_t got = 0;
        bool good = s->format->read(s, to + *ret, room - *ret, &got);
        *ret += got;
        if (!good)
            return false;
        if (got == 0)
            break;
    }
    return true;
}

/* --- opening --- */

static bool begins_with(const struct source *s, const struct source_format *format)
{
    return s->held >= format->mark_length && memcmp(s->block, format->mark, format->mark_length) == 0;
}

#define LACKING "is packed with %s, which this ddbexpr was built without"

static bool find_format(struct source *s)
{
    static const struct source_format *const formats[] = {&source_gzip, &source_zstd};
    if (!read_file_bytes(s, s->block, sizeof formats[0]->mark, &s->held))
        return false;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (begins_with(s, formats[i])) {
            if (!formats[i]->begin)
                return source_fail(s, LACKING, formats[i]->name); /* UNREACHABLE: a build that has all formats */
            s->format = formats[i];
            return s->format->begin(s);
        }
    return true;
}

bool source_open(struct source *ret, const char *path)
{
    struct stat file;
    bool standard = strcmp(path, "-") == 0;
    *ret = (struct source){.fd = -1, .name = standard ? "standard input" : path, .block = malloc(SOURCE_BLOCK)};
    if (!ret->block)
        return source_no_memory(ret);
    ret->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (ret->fd < 0)
        return source_fail(ret, "%s", strerror(errno));
    if (fstat(ret->fd, &file) == 0 && S_ISREG(file.st_mode) && file.st_size > 0)
        ret->size = (uint64_t)file.st_size;
    return find_format(ret);
}

void source_close(struct source *s)
{
    if (s->format && s->unpacker)
        s->format->end(s);
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    free(s->block);
}
