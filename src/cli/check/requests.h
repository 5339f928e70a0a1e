/* SPDX-License-Identifier: Apache-2.0 */
/* From files and options to the requests that are checked. */
#ifndef DDBEXPR_CLI_CHECK_REQUESTS_H
#define DDBEXPR_CLI_CHECK_REQUESTS_H

#include "cli/check/findings.h"

/* Requests, growing; in the session's arena but for their diagnostics. */
struct unit_list {
    struct unit *units;
    size_t count, size;
};
void unit_list_free(struct unit_list *list);

/* Adds the requests of a file, or of the options written as one (without a path): what is no JSON is a unit with
 * diagnostics, and unusable. A file that was named must hold a request; in one that was found only what looks as if it
 * held some is told. EXIT_TRUE, or told. */
int units_of_file(struct session *session, const struct input_file *file, struct unit_list *list, bool *ret_unusable);

/* Adds the request that the options describe. */
int unit_of_options(struct session *session, struct unit_list *list);

/* What is known beside the requests: the tables that options name (read_schemas), and configurations. */
struct schemas {
    ddbexpr_table *tables;
    size_t count;
    struct knowledge knowledge;
    struct session *session; /* in whose arena configurations are kept: it must live as long */
};

/* Checks a unit: its faults, then its lints. */
int unit_check(struct session *session, struct schemas *schemas, struct unit *unit);

#endif
