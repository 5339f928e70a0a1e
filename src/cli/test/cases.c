/* SPDX-License-Identifier: Apache-2.0 */
/* Case files cannot be read yet, which is told. */
#include "cli/test/cases.h"

int cases_open(struct session *session, const char *path, struct cases **ret)
{
    (void)session;
    (void)ret;
    complain("%s: case files cannot be read yet", path);
    return EXIT_UNUSABLE;
}

int cases_next(struct cases *cases, const struct test **ret_test)
{
    (void)cases;
    *ret_test = NULL;
    return EXIT_TRUE;
}

void cases_close(struct cases *cases) { (void)cases; }
