/* SPDX-License-Identifier: Apache-2.0 */
/* A new text for a file: all or nothing, whenever the process is killed, and never over what another process has
 * written. */
#define _GNU_SOURCE 1
#include "cli/replace_file.h"

#include "cli/limits.h"
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
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

static bool is_same(ddbexpr_str a, ddbexpr_str b) { return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0; }

/* --- the file that is there --- */

struct old_file {
    struct stat entry;
    const ddbexpr_str *text; /* that it must hold still; NULL: anything */
};

/* Whoever else replaces the file by this code has locked it from before it looks whether the file has changed until it
 * is another one: of two processes one is told. Where there are no locks, we do without. */
static bool lock(int fd) { return flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK; }

/* Whether the file has not been replaced or written to since it was read. */
static bool is_as_read(const struct old_file *old, const char *path)
{
    struct stat now;
    return stat(path, &now) == 0 && now.st_dev == old->entry.st_dev && now.st_ino == old->entry.st_ino &&
           holds(path, *old->text);
}

/* Who owns the file stays, if that may be: of the two the group is the one that people may often give. */
static bool keep_owner(int fd, const struct stat *old)
{
    struct stat entry;
    if (fstat(fd, &entry) != 0)
        return false;
    if (entry.st_uid != old->st_uid && fchown(fd, old->st_uid, (gid_t)-1) == 0)
        entry.st_uid = old->st_uid;
    return entry.st_gid == old->st_gid || fchown(fd, (uid_t)-1, old->st_gid) == 0 || errno == EPERM;
}

/* --- the new one --- */

/* What becomes the file until it is whole: "path.k3x8Qa", the name cut where it would be too long. */
static char *name_fresh(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t most = ROOM_FILE_NAME - strlen(".XXXXXX"), length = strlen(name);
    int kept = (int)(name - path) + (int)(length < most ? length : most);
    char *fresh;
    return asprintf(&fresh, "%.*s.XXXXXX", kept, path) < 0 ? NULL : fresh;
}

/* Puts a text where a path without links leads. `told` is what the path is called; `old`: NULL if there is none. */
static int put_beside(const char *told, const char *path, mode_t mode, const struct old_file *old, ddbexpr_str text)
{
    char *fresh = name_fresh(path);
    if (!fresh)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int fd = mkostemp(fresh, O_CLOEXEC);
    bool done = fd >= 0 && (!old || keep_owner(fd, &old->entry)) && fchmod(fd, mode) == 0 && write_whole(fd, text) &&
                fsync(fd) == 0,
         changed = false;
    int error = errno;
    if (fd >= 0 && close(fd) != 0 && done) {
        error = errno;
        done = false;
    }
    if (done && old && old->text && !is_as_read(old, path)) {
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

/* The same, while signals have to wait: they would leave the fresh file behind. */
static int put_undisturbed(const char *told, const char *path, mode_t mode, const struct old_file *old,
                           ddbexpr_str text)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    int exit = put_beside(told, path, mode, old, text);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return exit;
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

static int put_locked(const char *told, const char *path, struct old_file *old, ddbexpr_str text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC), exit = EXIT_UNUSABLE;
    if (fd < 0)
        return cannot(told, errno);
    if (fstat(fd, &old->entry) != 0)
        exit = cannot(told, errno);
    else if (lock(fd))
        exit = put_undisturbed(told, path, old->entry.st_mode & 07777, old, text);
    else
        complain("%s: another process is writing it; nothing was written", told);
    close(fd);
    return exit;
}

static int put_over(const char *path, struct old_file *old, ddbexpr_str text)
{
    char *real = realpath(path, NULL); /* a link stays a link */
    if (!real)
        return cannot(path, errno);
    int exit = old->text ? put_locked(path, real, old, text)
                         : put_undisturbed(path, real, old->entry.st_mode & 07777, old, text);
    free(real);
    return exit;
}

int replace_file(const char *path, ddbexpr_str old, ddbexpr_str text)
{
    struct old_file file = {.text = &old};
    if (stat(path, &file.entry) != 0)
        return cannot(path, errno);
    if (!S_ISREG(file.entry.st_mode))
        return cannot(path, EINVAL);
    return is_same(old, text) ? EXIT_TRUE : put_over(path, &file, text);
}

int mend_file(const char *path, ddbexpr_str old, ddbexpr_str text)
{
    return holds(path, text) ? EXIT_TRUE : replace_file(path, old, text);
}

int put_file(const char *path, ddbexpr_str text)
{
    struct old_file file = {.text = NULL};
    if (stat(path, &file.entry) == 0)
        return S_ISREG(file.entry.st_mode) ? put_over(path, &file, text) : put_into(path, text);
    int error = errno;
    if (error != ENOENT || lstat(path, &file.entry) == 0) /* a link to nothing */
        return cannot(path, error);
    return put_undisturbed(path, path, mode_of_new_files(), NULL, text);
}
