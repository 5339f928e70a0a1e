/* SPDX-License-Identifier: Apache-2.0 */
/* What the name of an attribute says of its use. Rules that must guess ask here, so that all guess alike; each guess is
 * a list of words to be read and bettered. */
#ifndef DDBEXPR_LINT_NAMES_H
#define DDBEXPR_LINT_NAMES_H

#include "value/path.h"

/* The last name of a path; empty if there is none. */
str path_last_name(const struct document_path *path);

/* version, lockVersion, rev, …: a number or token that every writer changes. Not schemaVersion and the like. */
bool names_a_version(str name);

/* previousStatus, old_value, …: keeps what was before. */
bool names_the_past(str name);

/* maxPerOrder, credit_limit, …: a bound that is not used up. */
bool names_a_limit(str name);

#endif
