/* SPDX-License-Identifier: Apache-2.0 */
/* The wrapped functions, and a table of the blocks that live. What libraries allocate that are linked otherwise is
 * handed through. Functions of the C library that allocate fail as a whole. */
#define _GNU_SOURCE 1
#include "allocations.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <regex.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS ((size_t)1 << 20) /* a power of two; more blocks than half of it are not followed */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *block);
int __real_regcomp(regex_t *regex, const char *pattern, int flags);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *block);
char *__wrap_strdup(const char *text);
int __wrap_asprintf(char **ret, const char *format, ...) __attribute__((format(printf, 2, 3)));
ssize_t __wrap_getline(char **line, size_t *size, FILE *file);
int __wrap_regcomp(regex_t *regex, const char *pattern, int flags);

bool (*allocations_ask)(size_t number);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* the tool's threads allocate as well */
static bool counting, failing_on, failed;
static size_t count, failing;

static struct slot {
    void *block;
    size_t number;
    size_t size;
} slots[SLOTS];
static size_t live;

/* --- the table: open addressing --- */

static size_t home_of(const void *block)
{
    return (size_t)(((uintptr_t)block >> 4) * 0x9e3779b97f4a7c15u) & (SLOTS - 1);
}

static void remember(void *block, size_t number, size_t size)
{
    size_t at = home_of(block);
    if (!block || live >= SLOTS / 2)
        return;
    while (slots[at].block)
        at = (at + 1) & (SLOTS - 1);
    slots[at] = (struct slot){block, number, size};
    live++;
}

/* Takes a block out of the table, and moves up what stood behind it. Returns its size, or 0: it is not in it. */
static size_t forget(const void *block)
{
    size_t at = home_of(block);
    while (slots[at].block && slots[at].block != block)
        at = (at + 1) & (SLOTS - 1);
    if (!slots[at].block)
        return 0;
    size_t size = slots[at].size;
    live--;
    for (size_t next = (at + 1) & (SLOTS - 1); slots[next].block; next = (next + 1) & (SLOTS - 1)) {
        size_t home = home_of(slots[next].block);
        if (((next - home) & (SLOTS - 1)) >= ((next - at) & (SLOTS - 1))) {
            slots[at] = slots[next];
            at = next;
        }
    }
    slots[at].block = NULL;
    return size;
}

/* --- counting --- */

/* Whether the allocation that is about to be made gets no memory. */
static bool is_refused(size_t *ret_number)
{
    pthread_mutex_lock(&lock);
    size_t number = *ret_number = count;
    bool counted = counting;
    count += counted;
    bool refused = counted && (number == failing || (failing_on && number > failing));
    failed |= refused;
    pthread_mutex_unlock(&lock);
    if (counted && allocations_ask)
        refused |= allocations_ask(number);
    if (refused)
        errno = ENOMEM;
    return refused;
}

static void *keep(void *block, size_t number, size_t size)
{
    pthread_mutex_lock(&lock);
    if (counting)
        remember(block, number, size ? size : 1);
    pthread_mutex_unlock(&lock);
    return block;
}

void allocations_begin(size_t fail_at, bool all)
{
    count = 0;
    failing = fail_at;
    failing_on = all && fail_at != ALLOCATIONS_NEVER_FAIL;
    failed = false;
    counting = true;
}

size_t allocations_end(void)
{
    counting = false;
    return count;
}

bool allocations_failed(void) { return failed; }

size_t allocations_live(size_t *ret_number)
{
    *ret_number = ALLOCATIONS_NEVER_FAIL;
    for (size_t i = 0; live && i < SLOTS; i++)
        if (slots[i].block && slots[i].number < *ret_number)
            *ret_number = slots[i].number;
    return live;
}

void allocations_forget(void)
{
    if (live)
        memset(slots, 0, sizeof slots);
    live = 0;
}

void *allocations_disown(void *block)
{
    pthread_mutex_lock(&lock);
    if (block)
        forget(block);
    pthread_mutex_unlock(&lock);
    return block;
}

/* --- what is wrapped --- */

void *__wrap_malloc(size_t size)
{
    size_t number;
    if (is_refused(&number))
        return NULL;
    void *block = __real_malloc(size);
    if (block)
        memset(block, 0xa5, size); /* whoever counts on zeros is found out */
    return keep(block, number, size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    size_t number;
    return is_refused(&number) ? NULL : keep(__real_calloc(n, size), number, n * size);
}

void __wrap_free(void *block)
{
    pthread_mutex_lock(&lock);
    size_t size = block ? forget(block) : 0;
    pthread_mutex_unlock(&lock);
    if (size)
        memset(block, 0x5a, size); /* whoever still reads it, reads nonsense */
    __real_free(block);
}

/* Every growth of a block that is in the table moves, so that pointers into the old one are found out. */
void *__wrap_realloc(void *old, size_t size)
{
    size_t number;
    if (!old)
        return __wrap_malloc(size);
    if (is_refused(&number))
        return NULL;
    pthread_mutex_lock(&lock);
    size_t old_size = forget(old);
    pthread_mutex_unlock(&lock);
    if (!old_size)
        return keep(__real_realloc(old, size), number, size);
    void *block = __real_malloc(size);
    if (!block)
        abort(); /* nothing of what is tested takes that much */
    memcpy(block, old, old_size < size ? old_size : size);
    memset(old, 0x5a, old_size);
    __real_free(old);
    return keep(block, number, size);
}

char *__wrap_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *made = __wrap_malloc(size);
    return made ? memcpy(made, text, size) : NULL;
}

int __wrap_asprintf(char **ret, const char *format, ...)
{
    char *text;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        return -1;
    *ret = __wrap_strdup(text);
    __real_free(text);
    return *ret ? length : -1;
}

ssize_t __wrap_getline(char **line, size_t *size, FILE *file)
{
    size_t length = 0;
    for (int c; (c = getc(file)) != EOF;) {
        if (length + 2 > *size || !*line) {
            size_t wanted = *line ? 2 * *size : 120;
            char *grown = __wrap_realloc(*line, wanted);
            if (!grown)
                return -1; /* errno says why; the stream has no error */
            *line = grown;
            *size = wanted;
        }
        (*line)[length++] = (char)c;
        (*line)[length] = '\0';
        if (c == '\n')
            break;
    }
    return length ? (ssize_t)length : -1;
}

/* What it allocates is its own: regfree is not watched. */
int __wrap_regcomp(regex_t *regex, const char *pattern, int flags)
{
    size_t number;
    return is_refused(&number) ? REG_ESPACE : __real_regcomp(regex, pattern, flags);
}
