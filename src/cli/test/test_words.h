/* SPDX-License-Identifier: Apache-2.0 */
/* Values as a suite writes them, on one line. Plain where that is the same value, DynamoDB's form where it is not:
 * {SS: ["a"]}. */
#ifndef DDBEXPR_CLI_TEST_TEST_WORDS_H
#define DDBEXPR_CLI_TEST_TEST_WORDS_H

#include <ddbexpr/json.h>

enum test_notation {
    TEST_YAML, /* names are bare where they can be */
    TEST_JSON  /* which is YAML as well: for suites of both kinds */
};

/* Each appends. Errors: NO_MEMORY. */
ddbexpr_status test_put_value(const ddbexpr_value *value, enum test_notation notation, ddbexpr_buffer *out);
ddbexpr_status test_put_item(const ddbexpr_value *item, enum test_notation notation, ddbexpr_buffer *out);
ddbexpr_status test_put_name(ddbexpr_str name, enum test_notation notation, ddbexpr_buffer *out);
ddbexpr_status test_put_text(ddbexpr_str text, ddbexpr_buffer *out);

/* A copy of the buffer's text. NULL pointer: no memory. */
ddbexpr_str test_keep(ddbexpr_arena *arena, const ddbexpr_buffer *text);

#endif
