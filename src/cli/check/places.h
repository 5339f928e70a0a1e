/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and columns of a file. */
#ifndef DDBEXPR_CLI_CHECK_PLACES_H
#define DDBEXPR_CLI_CHECK_PLACES_H

#include "cli/check/findings.h"

/* Where counting has come to. Going on from there, or back, costs what is between. */
struct place_walk {
    ddbexpr_str text;
    size_t offset, line, column;
};

static inline struct place_walk place_walk_of(ddbexpr_str text) { return (struct place_walk){text, 0, 1, 1}; }

/* The place of a span. */
struct place place_at(struct place_walk *walk, ddbexpr_span span);

#endif
