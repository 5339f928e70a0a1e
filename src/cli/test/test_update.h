/* SPDX-License-Identifier: Apache-2.0 */
/* --update: what was expected and is not so, written anew into the suite; all other bytes stay as they are. */
#ifndef DDBEXPR_CLI_TEST_TEST_UPDATE_H
#define DDBEXPR_CLI_TEST_TEST_UPDATE_H

#include "cli/test/test.h"

/* Changes of one file, collected. */
struct test_update;

/* Begins with a file whose text is borrowed until the end, as are the nodes of the results; a NULL pointer as text: one
 * that cannot be changed. EXIT_TRUE, or told, as all that follows. */
int test_update_begin(struct session *session, const char *path, ddbexpr_str text, struct test_update **ret);

/* Takes what is to change from a result. Those of tests that passed are wanted as well: rows share expectations, and
 * what holds for one of them is not changed for another. */
int test_update_add(struct test_update *update, const struct test_result *result);

/* Shows the change as a patch on standard error, and writes the file. What cannot be changed is told: an expectation
 * that tests want to have changed in different ways, and differences without a place. *ret_changed: how many values
 * were. If the text would not be read as meant, or the file has changed meanwhile, nothing is written: EXIT_UNUSABLE.
 * To be called once. */
int test_update_end(struct test_update *update, size_t *ret_changed);

/* NULL is fine. */
void test_update_free(struct test_update *update);

#endif
