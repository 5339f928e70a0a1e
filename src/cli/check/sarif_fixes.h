/* SPDX-License-Identifier: Apache-2.0 */
/* The fixes of a SARIF result. */
#ifndef DDBEXPR_CLI_CHECK_SARIF_FIXES_H
#define DDBEXPR_CLI_CHECK_SARIF_FIXES_H

#include "cli/check/places.h"
#include "cli/report/report_tree.h"

/* Where lines of the file at hand have been counted to; findings come in the order of their files. */
struct sarif_walk {
    const struct input_file *file;
    struct place_walk walk;
};

/* The array of fixes of a finding, for a file with this location (borrowed); *ret is NULL if there are none. Errors:
 * NO_MEMORY. */
ddbexpr_status sarif_fixes(struct tree *tree, struct sarif_walk *walk, const struct finding *finding, json_t *location,
                           json_t **ret);

/* A place as a region object. */
json_t *sarif_region(struct tree *tree, const struct place *place);

#endif
