/* SPDX-License-Identifier: Apache-2.0 */
/* Which findings are wanted, by their codes, and which of them make a run fail. */
#ifndef DDBEXPR_CLI_CHECK_SELECT_H
#define DDBEXPR_CLI_CHECK_SELECT_H

#include "cli/check/findings.h"

/* One code or prefix of --select or --ignore, in the order of the command line. */
struct selection_item {
    struct selection_item *next;
    bool wanted;        /* of --select */
    ddbexpr_str prefix; /* "DX5" */
};

/* The last item that a code begins with decides. Where none does: a selection takes what it names and nothing else. */
struct selection {
    struct selection_item *first, *last;
    bool named; /* there is a --select */
};

/* Adds codes or prefixes, with commas between them. `option` names where they are from. False: told. */
bool selection_add(struct session *session, struct selection *selection, bool wanted, const char *codes,
                   const char *option);

/* Adds those of the command line, in its order. False: told. */
bool selection_add_options(struct session *session, struct selection *selection);

/* `by_default`: what holds where no item says anything and there is no --select. */
bool selection_has(const struct selection *selection, const char *code, bool by_default);

/* The value of --fail-on, or ERROR. False: told. */
bool read_fail_on(const struct session *session, ddbexpr_severity *ret);

/* A finding that the service would refuse, and not only a lint. */
bool is_fault(const struct finding *finding);

/* What the findings come to: refused, or with lints as severe as `fail_on` or more, or clean. The suppressed ones do
 * not count. */
int exit_for_findings(const struct findings *findings, ddbexpr_severity fail_on);

#endif
