/* SPDX-License-Identifier: Apache-2.0 */
/* The items of a file, of whatever size, given to whoever wants them: in pieces, by several threads at once, and
 * gathered in the order of the file. What comes out is the same with any number of threads. */
#ifndef DDBEXPR_CLI_ITEMS_RUN_H
#define DDBEXPR_CLI_ITEMS_RUN_H

#include "cli/arguments.h"

/* An item; gone when the next one comes. */
struct items_item {
    const ddbexpr_value *value; /* the attributes that are wanted, or all */
    ddbexpr_str text;           /* as it stands in the file */
    ddbexpr_arena *arena;       /* for what is needed until then */
    uint64_t number;            /* in its part, from 1 */
};

/* Those who want them. Parts are made, filled and freed by one thread each, which may be any; then they are merged by
 * the one that has called. Of one job all is done by that one. */
struct items_use {
    void *context;
    void *(*begin)(void *context); /* a part; NULL: no memory */
    ddbexpr_status (*take)(void *part, const struct items_item *item);
    int (*merge)(void *context, void *part); /* in order, also of a part that a fault has ended; EXIT_TRUE: go on */
    void (*end)(void *part);
};

struct items_options {
    const ddbexpr_json_wanted *wanted; /* NULL: all attributes */
    size_t jobs;                       /* threads */
    bool silent;                       /* no progress */
};

/* Reads the items of a file ("-" and file:// as everywhere). EXIT_TRUE, or what merge said, or EXIT_UNUSABLE or
 * EXIT_INTERNAL, told: what was put out before is flushed before a complaint. */
int items_run(struct session *session, const char *path, const struct items_options *options,
              const struct items_use *use);

/* --jobs: how many threads; by default the cores that there are. EXIT_TRUE, or told. */
int items_jobs(const struct session *session, size_t *ret);

#define OPTION_SPEC_JOBS                                                                                               \
    {                                                                                                                  \
        "jobs", "N", "threads that read --items (default: as many as there are cores)", OPTION_JOBS                    \
    }

#endif
