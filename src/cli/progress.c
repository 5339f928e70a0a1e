/* SPDX-License-Identifier: Apache-2.0 */
/* Progress of long runs. */
#include "cli/progress.h"

#include "cli/output.h"

#include <stdio.h>
#include <unistd.h>

#define STEPS_BETWEEN_LOOKS_AT_THE_CLOCK 256

void progress_begin(struct progress *p, const char *what)
{
    const time_t now = time(NULL);
    *p = (struct progress){.what = what, .terminal = isatty(STDERR_FILENO), .begun = now, .last_told = now};
}

/* `more`: what stands behind the count. */
static void tell(struct progress *p, uint64_t count, const char *more, const char *end)
{
    char text[160];
    snprintf(text, sizeof text, p->terminal ? "\r%llu %s%s\033[K%s" : "%llu %s%s%s", (unsigned long long)count, p->what,
             more, end);
    put_err(ddbexpr_cstr(text));
    p->shown = p->terminal;
}

/* Whether it is time to tell something. */
static bool is_due(struct progress *p)
{
    time_t now = time(NULL);
    if (now - p->last_told < (p->terminal ? 1 : 10))
        return false;
    p->last_told = now;
    return true;
}

void progress_step(struct progress *p, uint64_t count)
{
    if (count % STEPS_BETWEEN_LOOKS_AT_THE_CLOCK == 0)
        progress_look(p, count);
}

void progress_look(struct progress *p, uint64_t count)
{
    if (is_due(p))
        tell(p, count, "", p->terminal ? "" : "\n");
}

void progress_look_at(struct progress *p, uint64_t count, uint64_t bytes, uint64_t done, uint64_t size)
{
    char more[96];
    if (!is_due(p))
        return;
    double seconds = difftime(p->last_told, p->begun);
    int n = snprintf(more, sizeof more, ", %.0f MB/s", (double)bytes / 1e6 / seconds);
    if (size > done && done && n > 0)
        snprintf(more + n, sizeof more - (size_t)n, ", %.0f %%, %.0f s left", 100.0 * (double)done / (double)size,
                 seconds * (double)(size - done) / (double)done);
    tell(p, count, more, p->terminal ? "" : "\n");
}

void progress_hide(struct progress *p)
{
    if (p->shown)
        put_err(ddbexpr_cstr("\r\033[K"));
    p->shown = false;
}

void progress_end(struct progress *p, uint64_t count)
{
    if (p->shown)
        tell(p, count, "", "\n");
    p->shown = false;
}
