/* SPDX-License-Identifier: Apache-2.0 */
/* The wrapped functions. Of most there are two names: with large files the headers choose the second. */
#define _GNU_SOURCE 1
#include "calls.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRACE_SIZE ((size_t)1 << 20)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool counting, failing_on, failed;
static size_t count, failing;
static enum call_fault fault;
static int error;
static char trace[TRACE_SIZE];
static size_t traced;

void calls_begin(size_t at, bool all, enum call_fault how, int number)
{
    count = traced = 0;
    failing = at;
    failing_on = all && at != CALLS_NEVER_FAIL;
    fault = how;
    error = number;
    failed = false;
    counting = true;
}

const char *calls_end(void)
{
    counting = false;
    trace[traced] = '\0';
    return trace;
}

bool calls_failed(void) { return failed; }

/* Whether the call that is about to be made goes wrong in one of these ways, a bit each. */
static bool goes_wrong(const char *name, unsigned ways)
{
    if (!counting)
        return false;
    pthread_mutex_lock(&lock);
    size_t length = strlen(name), number = count++;
    if (traced + length + 2 < TRACE_SIZE) {
        memcpy(trace + traced, name, length);
        trace[traced + length] = ' ';
        traced += length + 1;
    }
    bool wrong = (number == failing || (failing_on && number > failing)) && (ways & 1u << fault);
    failed |= wrong;
    pthread_mutex_unlock(&lock);
    return wrong;
}

#define FAILS 1u << CALL_FAILS
#define KILLS 1u << CALL_KILLS

/* For calls that are made or fail. */
static bool fails(const char *name)
{
    if (!goes_wrong(name, FAILS | KILLS))
        return false;
    if (fault == CALL_KILLS)
        raise(SIGKILL);
    errno = error;
    return true;
}

/* --- reading and writing --- */

ssize_t __real_read(int fd, void *to, size_t size);
ssize_t __wrap_read(int fd, void *to, size_t size);
ssize_t __real_write(int fd, const void *from, size_t size);
ssize_t __wrap_write(int fd, const void *from, size_t size);

static ssize_t read_as(const char *name, int fd, void *to, size_t size)
{
    if (!goes_wrong(name, FAILS | KILLS | 1u << CALL_SHORT | 1u << CALL_ENDS))
        return __real_read(fd, to, size);
    if (fault == CALL_KILLS)
        raise(SIGKILL);
    if (fault == CALL_SHORT)
        return __real_read(fd, to, size ? 1 : 0);
    errno = error;
    return fault == CALL_ENDS ? 0 : -1;
}

ssize_t __wrap_read(int fd, void *to, size_t size) { return read_as("read", fd, to, size); }

ssize_t __wrap_write(int fd, const void *from, size_t size)
{
    if (!goes_wrong("write", FAILS | KILLS | 1u << CALL_SHORT))
        return __real_write(fd, from, size);
    if (fault == CALL_KILLS) {
        if (__real_write(fd, from, size / 2) >= 0)
            raise(SIGKILL);
        abort();
    }
    if (fault == CALL_SHORT)
        return __real_write(fd, from, size ? 1 : 0);
    errno = error;
    return -1;
}

/* --- standard streams --- */

struct stream {
    int fd;
    FILE *to;
    bool owned; /* the descriptor is closed with it */
};

static ssize_t stream_read(void *cookie, char *to, size_t size)
{
    return read_as("read-stream", ((struct stream *)cookie)->fd, to, size);
}

/* The C library goes on where it could write a part. */
static ssize_t stream_write(void *cookie, const char *from, size_t size)
{
    const struct stream *s = cookie;
    if (s->fd != STDERR_FILENO && fails("write-stream"))
        return 0;
    return (ssize_t)fwrite(from, 1, size, s->to);
}

static int stream_close(void *cookie)
{
    struct stream *s = cookie;
    if (s->owned)
        close(s->fd);
    free(s);
    return 0;
}

FILE *calls_stream(int fd, FILE *to)
{
    const cookie_io_functions_t functions = {.read = stream_read, .write = stream_write, .close = stream_close};
    struct stream *s = malloc(sizeof *s);
    if (!s)
        return NULL;
    *s = (struct stream){fd, to, fd > STDERR_FILENO};
    return fopencookie(s, to ? "w" : "r", functions);
}

/* --- opening --- */

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __real_mkostemp(char *path, int flags);
int __wrap_mkostemp(char *path, int flags);
int __wrap_mkostemp64(char *path, int flags);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fopen64(const char *path, const char *mode);
char *__real_realpath(const char *path, char *resolved);
char *__wrap_realpath(const char *path, char *resolved);
DIR *__real_opendir(const char *path);
DIR *__wrap_opendir(const char *path);
void *__real_dlopen(const char *path, int flags);
void *__wrap_dlopen(const char *path, int flags);
void *__real_dlsym(void *library, const char *name);
void *__wrap_dlsym(void *library, const char *name);

int __wrap_open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    return fails("open") ? -1 : __real_open(path, flags, mode);
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    return __wrap_open(path, flags, mode);
}

int __wrap_mkostemp(char *path, int flags) { return fails("mkostemp") ? -1 : __real_mkostemp(path, flags); }
int __wrap_mkostemp64(char *path, int flags) { return __wrap_mkostemp(path, flags); }

/* A file read through a stream: the tool opens none for writing. */
FILE *__wrap_fopen(const char *path, const char *mode)
{
    int fd = mode[0] != 'r' || fails("fopen") ? -1 : __real_open(path, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? NULL : calls_stream(fd, NULL);
}

FILE *__wrap_fopen64(const char *path, const char *mode) { return __wrap_fopen(path, mode); }

/* What it allocates is an allocation of ours. */
char *__wrap_realpath(const char *path, char *resolved)
{
    char *real = fails("realpath") ? NULL : __real_realpath(path, resolved);
    if (!real || resolved)
        return real;
    char *copy = strdup(real);
    free(real);
    if (!copy)
        errno = ENOMEM;
    return copy;
}

DIR *__wrap_opendir(const char *path) { return fails("opendir") ? NULL : __real_opendir(path); }
void *__wrap_dlopen(const char *path, int flags) { return fails("dlopen") ? NULL : __real_dlopen(path, flags); }
void *__wrap_dlsym(void *library, const char *name) { return fails("dlsym") ? NULL : __real_dlsym(library, name); }

/* --- the rest: calls that are made or fail --- */

struct dirent *__real_readdir(DIR *folder);
struct dirent *__wrap_readdir(DIR *folder);
struct dirent *__wrap_readdir64(DIR *folder);
int __real_close(int fd);
int __wrap_close(int fd);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_fchmod(int fd, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode);
int __real_fchown(int fd, uid_t user, gid_t group);
int __wrap_fchown(int fd, uid_t user, gid_t group);
int __real_flock(int fd, int operation);
int __wrap_flock(int fd, int operation);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __real_stat(const char *path, struct stat *ret);
int __wrap_stat(const char *path, struct stat *ret);
int __wrap_stat64(const char *path, struct stat *ret);
int __real_lstat(const char *path, struct stat *ret);
int __wrap_lstat(const char *path, struct stat *ret);
int __wrap_lstat64(const char *path, struct stat *ret);
int __real_fstat(int fd, struct stat *ret);
int __wrap_fstat(int fd, struct stat *ret);
int __wrap_fstat64(int fd, struct stat *ret);
int __real_pthread_create(pthread_t *ret, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *ret, const pthread_attr_t *attributes, void *(*run)(void *), void *context);

struct dirent *__wrap_readdir(DIR *folder) { return fails("readdir") ? NULL : __real_readdir(folder); }
struct dirent *__wrap_readdir64(DIR *folder) { return __wrap_readdir(folder); }

/* Linux has closed the file, whatever it says. */
int __wrap_close(int fd)
{
    bool wrong = fails("close");
    int done = __real_close(fd);
    if (!wrong)
        return done;
    errno = error;
    return -1;
}

int __wrap_fsync(int fd) { return fails("fsync") ? -1 : __real_fsync(fd); }
int __wrap_fchmod(int fd, mode_t mode) { return fails("fchmod") ? -1 : __real_fchmod(fd, mode); }
int __wrap_fchown(int fd, uid_t user, gid_t group) { return fails("fchown") ? -1 : __real_fchown(fd, user, group); }
int __wrap_flock(int fd, int operation) { return fails("flock") ? -1 : __real_flock(fd, operation); }
int __wrap_rename(const char *from, const char *to) { return fails("rename") ? -1 : __real_rename(from, to); }
int __wrap_unlink(const char *path) { return fails("unlink") ? -1 : __real_unlink(path); }
int __wrap_stat(const char *path, struct stat *ret) { return fails("stat") ? -1 : __real_stat(path, ret); }
int __wrap_stat64(const char *path, struct stat *ret) { return __wrap_stat(path, ret); }
int __wrap_lstat(const char *path, struct stat *ret) { return fails("lstat") ? -1 : __real_lstat(path, ret); }
int __wrap_lstat64(const char *path, struct stat *ret) { return __wrap_lstat(path, ret); }
int __wrap_fstat(int fd, struct stat *ret) { return fails("fstat") ? -1 : __real_fstat(fd, ret); }
int __wrap_fstat64(int fd, struct stat *ret) { return __wrap_fstat(fd, ret); }

int __wrap_pthread_create(pthread_t *ret, const pthread_attr_t *attributes, void *(*run)(void *), void *context)
{
    return fails("pthread_create") ? error : __real_pthread_create(ret, attributes, run, context);
}
