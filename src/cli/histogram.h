/* SPDX-License-Identifier: Apache-2.0 */
/* Many items against one condition: how many pass, and what is to blame for the others, by count. */
#ifndef DDBEXPR_CLI_HISTOGRAM_H
#define DDBEXPR_CLI_HISTOGRAM_H

#include "cli/condition.h"

/* Reads the items of --items one at a time, counts, prints. Exit status as explain's. */
int explain_many(struct session *s, const struct expressions *expressions);

#endif
