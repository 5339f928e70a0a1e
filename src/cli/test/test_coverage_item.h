/* SPDX-License-Identifier: Apache-2.0 */
/* Items in the notation of suites: YAML on one line, plain values where they say the type. */
#ifndef DDBEXPR_CLI_TEST_TEST_COVERAGE_ITEM_H
#define DDBEXPR_CLI_TEST_TEST_COVERAGE_ITEM_H

#include <ddbexpr/json.h>

/* Appends a name as a key or an element: bare where it can be. Errors: NO_MEMORY. */
ddbexpr_status suite_put_name(ddbexpr_str name, ddbexpr_arena *arena, ddbexpr_buffer *out);

/* Appends a value. Errors: NO_MEMORY. */
ddbexpr_status suite_put_value(const ddbexpr_value *value, ddbexpr_arena *arena, ddbexpr_buffer *out);

#endif
