/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a test coverage: what those who print it read. */
#ifndef DDBEXPR_CLI_TEST_TEST_COVERAGE_ENTRY_H
#define DDBEXPR_CLI_TEST_TEST_COVERAGE_ENTRY_H

#include "cli/test/test_coverage.h"

/* An evaluation that is kept so that witnesses can be made of its item: everything as JSON, which is a copy. */
struct coverage_base {
    ddbexpr_str item, key; /* empty: there is none; not known */
    ddbexpr_str names, values;
    bool matched;
};

#define COVERAGE_BASES 3 /* the first true one, the first false one, and another false one */

/* A goal of a condition that is not reached, as far as something was found. */
struct coverage_example {
    const ddbexpr_value *before; /* the item that it is made of; NULL: there was none */
    const ddbexpr_value *key;    /* of that; NULL: not known */
    const ddbexpr_value *values; /* of the placeholders, an M */
};

/* A condition or an update. */
struct coverage_entry {
    ddbexpr_str label, identity;
    uint64_t hash; /* of the identity */
    ddbexpr_coverage *condition;
    ddbexpr_update_coverage *update; /* one of these two is there */
    struct coverage_base bases[COVERAGE_BASES];
    size_t base_count;
    ddbexpr_coverage_example *found; /* by goal, 2 * clause + outcome; made by coverage_find_examples */
    struct coverage_example *examples;
};

struct test_coverage {
    struct session *session;
    ddbexpr_arena *kept;
    ddbexpr_arena *scratch;         /* of the evaluation at hand */
    ddbexpr_buffer *text;           /* likewise */
    struct coverage_entry *entries; /* in the order in which they first came */
    size_t count, room;
    size_t *slots; /* 2 * room, a power of two: numbers of entries from 1, in the next free slot after their hash */
};

size_t coverage_entry_goals(const struct coverage_entry *entry);
size_t coverage_entry_reached(const struct coverage_entry *entry);

/* Looks for items that reach the goals of a condition that are not reached, once. */
ddbexpr_status coverage_find_examples(struct test_coverage *coverage, struct coverage_entry *entry);

#endif
