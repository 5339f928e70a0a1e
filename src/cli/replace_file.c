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

bool replace_file(const char *path, ddbexpr_str text)
{
    char *real = realpath(path, NULL); /* a link stays a link */
    char *fresh = NULL;
    struct stat old;
    int fd = -1;
    bool done = false;
    if (real && stat(real, &old) == 0 && asprintf(&fresh, "%s.XXXXXX", real) > 0)
        fd = mkostemp(fresh, O_CLOEXEC);
    if (fd >= 0)
        done = fchmod(fd, old.st_mode & 07777) == 0 && write_whole(fd, text) && fsync(fd) == 0;
    int error = errno;
    if (fd >= 0 && close(fd) != 0) {
        error = errno;
        done = false;
    }
    if (done && (rename(fresh, real) != 0 || !sync_folder(real))) {
        error = errno;
        done = false;
    }
    if (!done) {
        if (fd >= 0)
            unlink(fresh);
        complain("%s: cannot be written: %s", path, strerror(error));
    }
    free(fresh);
    free(real);
    return done;
}
