/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the suites that it is given, and exits with 0 if all of them are good: what run_suite_schema.py compares the
 * schema with. */
#include "cli/test/suite.h"

int main(int argc, char **argv)
{
    struct option_given none;
    const struct options options = {.given = &none};
    struct session session;
    int exit = session_begin(&session, &options);
    for (int i = 1; i < argc && exit == EXIT_TRUE; i++) {
        struct suite *suite;
        exit = suite_open(&session, argv[i], &suite);
        if (exit == EXIT_TRUE)
            suite_close(suite);
    }
    if (exit != EXIT_INTERNAL)
        session_end(&session);
    return exit;
}
