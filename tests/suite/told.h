/* SPDX-License-Identifier: Apache-2.0 */
/* What the tool tells while a test runs: standard error and output, caught in a file. */
#ifndef DDBEXPR_TESTS_SUITE_TOLD_H
#define DDBEXPR_TESTS_SUITE_TOLD_H

#include "../unit/support.h"

#include <stdio.h>
#include <unistd.h>

struct told {
    FILE *stream; /* stderr or stdout */
    int kept;
    FILE *file;
    char text[8192]; /* once it was ended */
};

static inline void told_begin(struct told *t, FILE *stream)
{
    fflush(stream);
    t->stream = stream;
    t->kept = dup(fileno(stream));
    t->file = tmpfile();
    assert_non_null(t->file);
    assert_true(dup2(fileno(t->file), fileno(stream)) >= 0);
}

static inline void told_end(struct told *t)
{
    fflush(t->stream);
    dup2(t->kept, fileno(t->stream));
    close(t->kept);
    rewind(t->file);
    t->text[fread(t->text, 1, sizeof t->text - 1, t->file)] = '\0';
    fclose(t->file);
}

#endif
