/* SPDX-License-Identifier: Apache-2.0 */
/* Writing, and noticing when it fails. */
#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void put_err(ddbexpr_str text) { fwrite(text.ptr, 1, text.len, stderr); }

void complain(const char *format, ...)
{
    char message[2048];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    size_t used = length < 0 ? 0 : (size_t)length < sizeof message ? (size_t)length : sizeof message - 1;
    ddbexpr_buffer *visible;
    fputs("ddbexpr: ", stderr);
    if (ddbexpr_buffer_new(NULL, &visible) == DDBEXPR_OK) {
        ddbexpr_buffer_append_visible(visible, (ddbexpr_str){message, used}, NULL);
        put_err(ddbexpr_buffer_text(visible));
        ddbexpr_buffer_free(visible);
    }
    fputc('\n', stderr);
}

int exit_for_status(ddbexpr_status status)
{
    switch (status) {
    case DDBEXPR_OK:
        return EXIT_TRUE;
    case DDBEXPR_INVALID:
        return EXIT_REFUSED;
    case DDBEXPR_NO_MEMORY:
        complain("out of memory");
        return EXIT_INTERNAL;
    case DDBEXPR_LIMIT:
        complain("the input is too large");
        return EXIT_UNUSABLE;
    case DDBEXPR_MISUSE:
        complain("the items and the request do not fit together: every stored item needs the key attributes of the key "
                 "schema, with its types");
        return EXIT_UNUSABLE;
    }
    return EXIT_INTERNAL;
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
