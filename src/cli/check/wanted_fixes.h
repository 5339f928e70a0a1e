/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the suggested fixes are to be made: not those of findings that nobody wants to see. */
#ifndef DDBEXPR_CLI_CHECK_WANTED_FIXES_H
#define DDBEXPR_CLI_CHECK_WANTED_FIXES_H

#include "cli/check/report.h"

/* Takes the fixes from the diagnostics of a unit, whose map is of `text`, that are not selected, are notes that were
 * not asked for, or are suppressed in the text or by the configuration. Works in the arena. EXIT_TRUE, or told. */
int keep_wanted_fixes(ddbexpr_arena *arena, const struct report_options *options, const struct unit *unit,
                      ddbexpr_str text);

#endif
