/* SPDX-License-Identifier: Apache-2.0 */
/* Baselines: files of findings that are known and are not shown until they are mended. Keyed by code, file and
 * canonical expression, with counts, so that a file that is reformatted or grows brings none of them up again. */
#ifndef DDBEXPR_CLI_CHECK_BASELINE_H
#define DDBEXPR_CLI_CHECK_BASELINE_H

#include "cli/check/select.h"

/* Marks the findings that --baseline knows as suppressed. What it knows and nobody found any more is told on standard
 * error, for files that were checked and codes that are selected. EXIT_TRUE, or told. */
int baseline_apply(struct session *session, const struct selection *selection, struct finding *all, size_t count,
                   const struct findings *findings);

/* Writes the findings that are shown or in the old baseline to --write-baseline, and marks them as suppressed.
 * EXIT_TRUE, or told. */
int baseline_write(struct session *session, struct finding *all, size_t count);

#endif
