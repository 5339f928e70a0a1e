/* SPDX-License-Identifier: Apache-2.0 */
/* A new text for a file: all or nothing, whenever the process is killed. */
#define _GNU_SOURCE 1
#include "cli/replace_file.h"

#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_whole(int fd, ddbexpr_str text)
{
    while (text.len > 0) {
        ssize_t written = write(fd, text.ptr, text.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.ptr += written;
        text.len -= (size_t)written;
    }
    return true;
}

/* The folder must be synced as well, or the new name may be lost with the power. */
static bool sync_folder(const char *path)
{
    char *folder = strdup(path);
    if (!folder)
        return false;
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return false;
    bool done = fsync(fd) == 0 || errno == EINVAL;
    close(fd);
    return done;
}

/* Whether a file that was opened holds a text from here on. */
static bool reads_as(int fd, ddbexpr_str text)
{
    char block[16384];
    for (;;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0 && text.len == 0;
        if ((size_t)got > text.len || memcmp(block, text.ptr, (size_t)got) != 0)
            return false;
        text.ptr += got;
        text.len -= (size_t)got;
    }
}

static bool holds(const char *path, ddbexpr_str text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool same = fd >= 0 && reads_as(fd, text);
    if (fd >= 0)
        close(fd);
    return same;
}

static int cannot(const char *path, int error)
{
    complain("%s: cannot be written: %s", path, strerror(error));
    return EXIT_INTERNAL;
}

static mode_t mode_of_new_files(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Puts a text where a path without links leads. `told` is what the path is called; `old`: see replace_file, or NULL. */
static int put_beside(const char *told, const char *path, mode_t mode, const ddbexpr_str *old, ddbexpr_str text)
{
    char *fresh = NULL;
    if (asprintf(&fresh, "%s.XXXXXX", path) < 0)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int fd = mkostemp(fresh, O_CLOEXEC);
    bool done = fd >= 0 && fchmod(fd, mode) == 0 && write_whole(fd, text) && fsync(fd) == 0, changed = false;
    int error = errno;
    if (fd >= 0 && close(fd) != 0 && done) {
        error = errno;
        done = false;
    }
    if (done && old && !holds(path, *old)) {
        changed = true;
        done = false;
    }
    if (done && (rename(fresh, path) != 0 || !sync_folder(path))) {
        error = errno;
        done = false;
    }
    if (!done && fd >= 0)
        unlink(fresh);
    free(fresh);
    if (!changed)
        return done ? EXIT_TRUE : cannot(told, error);
    complain("%s: changed meanwhile; nothing was written", told);
    return EXIT_UNUSABLE;
}

/* A terminal, a pipe: nothing can be put in its place. */
static int put_into(const char *path, ddbexpr_str text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return cannot(path, errno);
    bool done = write_whole(fd, text);
    int error = errno;
    if (close(fd) != 0 && done) {
        error = errno;
        done = false;
    }
    return done ? EXIT_TRUE : cannot(path, error);
}

static int put_over(const char *path, mode_t mode, const ddbexpr_str *old, ddbexpr_str text)
{
    char *real = realpath(path, NULL); /* a link stays a link */
    if (!real)
        return cannot(path, errno);
    int exit = put_beside(path, real, mode & 07777, old, text);
    free(real);
    return exit;
}

int replace_file(const char *path, ddbexpr_str old, ddbexpr_str text)
{
    struct stat entry;
    if (stat(path, &entry) != 0)
        return cannot(path, errno);
    if (!S_ISREG(entry.st_mode))
        return cannot(path, EINVAL);
    return holds(path, text) ? EXIT_TRUE : put_over(path, entry.st_mode, &old, text);
}

int put_file(const char *path, ddbexpr_str text)
{
    struct stat entry;
    if (stat(path, &entry) == 0)
        return S_ISREG(entry.st_mode) ? put_over(path, entry.st_mode, NULL, text) : put_into(path, text);
    int error = errno;
    if (error != ENOENT || lstat(path, &entry) == 0) /* a link to nothing */
        return cannot(path, error);
    return put_beside(path, path, mode_of_new_files(), NULL, text);
}
