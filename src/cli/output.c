/* SPDX-License-Identifier: Apache-2.0 */
/* Writing, and noticing when it fails. */
#include "cli/output.h"

#include "cli/limits.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void put_err(ddbexpr_str text) { fwrite(text.ptr, 1, text.len, stderr); }

/* --- complaints --- */

/* Room for a buffer that grows by doubling until it holds the longest complaint, each byte of it written as \x1b. */
struct room {
    _Alignas(16) char bytes[24 * ROOM_COMPLAINT];
    size_t used;
};

/* Complaints need no memory: that there is none is one of them. */
static void *resize_in_room(void *ctx, void *old, size_t old_size, size_t new_size)
{
    struct room *room = ctx;
    size_t size = (new_size + 15) & ~(size_t)15;
    if (size == 0 || size > sizeof room->bytes - room->used)
        return NULL; /* UNREACHABLE: the room is as large as the longest complaint needs */
    void *new = room->bytes + room->used;
    room->used += size;
    return old ? memcpy(new, old, old_size < new_size ? old_size : new_size) : new;
}

void complain(const char *format, ...)
{
    char message[ROOM_COMPLAINT];
    struct room room;
    const ddbexpr_alloc in_room = {&room, resize_in_room};
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    size_t used = length < 0 ? 0 : (size_t)length < sizeof message ? (size_t)length : sizeof message - 1;
    ddbexpr_buffer *visible = NULL;
    room.used = 0;
    ddbexpr_buffer_new(&in_room, &visible);
    ddbexpr_buffer_append(visible, ddbexpr_cstr("ddbexpr: "));
    ddbexpr_buffer_append_visible(visible, (ddbexpr_str){message, used}, NULL);
    ddbexpr_buffer_append(visible, ddbexpr_cstr("\n"));
    put_err(ddbexpr_buffer_text(visible));
}

/* The only thing that the tool keeps beside its options: many functions that read answer yes or no, and what becomes of
 * the rest must not depend on each of them. */
static bool ran_out;

void memory_begin(void) { ran_out = false; }

bool memory_ran_out(void) { return ran_out; }

int complain_no_memory(const char *what)
{
    if (!ran_out)
        complain("%s%sout of memory", what ? what : "", what ? ": " : "");
    ran_out = true;
    return EXIT_INTERNAL;
}

int cannot_read(const char *path)
{
    if (errno == ENOMEM)
        return complain_no_memory(path);
    complain("%s: %s", path, strerror(errno));
    return EXIT_UNUSABLE;
}

void put_err_whole(ddbexpr_buffer *text)
{
    put_err(ddbexpr_buffer_text(text));
    if (ddbexpr_buffer_status(text) != DDBEXPR_OK) {
        put_err(ddbexpr_cstr("\n"));
        complain_no_memory(NULL);
    }
    ddbexpr_buffer_free(text);
}

int exit_for_status(ddbexpr_status status)
{
    if (status == DDBEXPR_OK)
        return EXIT_TRUE;
    if (status == DDBEXPR_INVALID)
        return EXIT_REFUSED;
    if (status == DDBEXPR_NO_MEMORY)
        return complain_no_memory(NULL);
    complain("the input is too large"); /* UNREACHABLE: no test has 2 GB in a line */
    return EXIT_UNUSABLE;               /* UNREACHABLE: likewise */
}

static bool write_failed(void)
{
    complain("cannot write to standard output: %s", strerror(errno));
    return false;
}

bool put_out(ddbexpr_str text) { return fwrite(text.ptr, 1, text.len, stdout) == text.len || write_failed(); }

bool flush_out(void) { return (fflush(stdout) == 0 && !ferror(stdout)) || write_failed(); }

bool wants_colour(int fd, const char *wanted)
{
    if (wanted && strcmp(wanted, "auto") != 0)
        return strcmp(wanted, "always") == 0;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(no_color && *no_color) && term && strcmp(term, "dumb") != 0 && isatty(fd);
}

unsigned terminal_width(int fd)
{
    struct winsize size;
    return isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
