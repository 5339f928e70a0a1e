/* SPDX-License-Identifier: Apache-2.0 */
/* The types of sample items, printed: as a configuration, and as JSON. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_TYPES_H
#define DDBEXPR_CLI_CONFIG_CONFIG_TYPES_H

#include "cli/config/config_sample.h"

struct types_report {
    struct session *session;
    struct sample sample;
    ddbexpr_table table; /* that the items are of */
};

/* What a place is in the table's key; NULL: nothing. */
const ddbexpr_key_attribute *types_key_attribute(const struct types_report *report, const struct sample_place *place);

/* Append to the session's text. Errors: NO_MEMORY. */
ddbexpr_status types_put_yaml(const struct types_report *report);
ddbexpr_status types_put_json(const struct types_report *report);

#endif
