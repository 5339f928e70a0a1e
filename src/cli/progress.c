/* SPDX-License-Identifier: Apache-2.0 */
/* Progress of long runs. */
#include "cli/progress.h"

#include "cli/output.h"

#include <stdio.h>
#include <unistd.h>

#define STEPS_BETWEEN_LOOKS_AT_THE_CLOCK 256

void progress_begin(struct progress *p, const char *what)
{
    *p = (struct progress){.what = what, .terminal = isatty(STDERR_FILENO), .last_told = time(NULL)};
}

static void tell(struct progress *p, uint64_t count, const char *end)
{
    char text[64];
    snprintf(text, sizeof text, p->terminal ? "\r%llu %s\033[K%s" : "%llu %s%s", (unsigned long long)count, p->what,
             end);
    put_err(ddbexpr_cstr(text));
    p->shown = p->terminal;
}

void progress_step(struct progress *p, uint64_t count)
{
    if (count % STEPS_BETWEEN_LOOKS_AT_THE_CLOCK == 0)
        progress_look(p, count);
}

void progress_look(struct progress *p, uint64_t count)
{
    time_t now = time(NULL);
    if (now - p->last_told < (p->terminal ? 1 : 10))
        return;
    p->last_told = now;
    tell(p, count, p->terminal ? "" : "\n");
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
        tell(p, count, "\n");
    p->shown = false;
}
