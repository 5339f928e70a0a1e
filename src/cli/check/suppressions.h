/* SPDX-License-Identifier: Apache-2.0 */
/* Findings and the "ddbexpr-ignore" members of their files. */
#ifndef DDBEXPR_CLI_CHECK_SUPPRESSIONS_H
#define DDBEXPR_CLI_CHECK_SUPPRESSIONS_H

#include "cli/check/findings.h"

/* A copy of all findings in the arena, with those marked that their file suppresses, and with a finding more (DX708)
 * for every code that suppresses nothing; these are added to the diagnostics of a unit of the file. Errors: NO_MEMORY.
 */
ddbexpr_status mark_suppressed_in_source(ddbexpr_arena *arena, const struct findings *findings, struct finding **ret,
                                         size_t *ret_count);

#endif
