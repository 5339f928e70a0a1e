/* SPDX-License-Identifier: Apache-2.0 */
/* The names that cases are made of: attributes, keys, tables, reserved words. */
#ifndef DDBEXPR_CLI_GENERATE_GENERATE_NAMES_H
#define DDBEXPR_CLI_GENERATE_GENERATE_NAMES_H

#include "cli/generate/generate.h"

/* An attribute that is no key; some need a placeholder. */
ddbexpr_str names_attribute(struct generator *g);

/* A partition key, a sort key. */
ddbexpr_str names_partition(struct generator *g);
ddbexpr_str names_sort(struct generator *g);

ddbexpr_str names_table(struct generator *g);

/* A reserved word, in any spelling. */
ddbexpr_str names_reserved(struct generator *g);

/* Whether a name of these lists can be written as it is. */
bool names_is_plain(ddbexpr_str name);

#endif
