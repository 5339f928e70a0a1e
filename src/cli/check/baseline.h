/* SPDX-License-Identifier: Apache-2.0 */
/* Baselines: files of findings that are known and are not shown until they are mended. Keyed by code, file and
 * canonical expression, with counts, so that a file that is reformatted or grows brings none of them up again. */
#ifndef DDBEXPR_CLI_CHECK_BASELINE_H
#define DDBEXPR_CLI_CHECK_BASELINE_H

#include "cli/check/select.h"

/* What was found. */
struct baseline_input {
    const struct selection *selection;
    const struct findings *findings; /* for its units */
    struct finding *all;             /* that are shown, unless they are suppressed */
    size_t count;
    const struct finding *others; /* that are not selected, or notes that were not asked for */
    size_t other_count;
};

/* Marks the findings that --baseline knows as suppressed. What it knows and nobody found any more is told on standard
 * error, for files that were checked and codes that are selected. Then writes the findings that are shown or in the old
 * baseline to --write-baseline, and marks them as suppressed; what the old one knows and this run did not look at stays
 * in it. EXIT_TRUE, or told. */
int baseline_use(struct session *session, const struct baseline_input *input);

#endif
