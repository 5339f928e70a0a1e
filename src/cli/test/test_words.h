/* SPDX-License-Identifier: Apache-2.0 */
/* Values as a suite writes them, on one line: YAML that is JSON as well. Plain where that is the same value, DynamoDB's
 * form where it is not: {"SS": ["a"]}. */
#ifndef DDBEXPR_CLI_TEST_TEST_WORDS_H
#define DDBEXPR_CLI_TEST_TEST_WORDS_H

#include <ddbexpr/json.h>

/* Each appends. Errors: NO_MEMORY. */
ddbexpr_status test_put_value(const ddbexpr_value *value, ddbexpr_buffer *out);
ddbexpr_status test_put_item(const ddbexpr_value *item, ddbexpr_buffer *out);
ddbexpr_status test_put_text(ddbexpr_str text, ddbexpr_buffer *out);

/* A copy of the buffer's text. NULL pointer: no memory. */
ddbexpr_str test_keep(ddbexpr_arena *arena, const ddbexpr_buffer *text);

#endif
