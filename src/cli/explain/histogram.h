/* SPDX-License-Identifier: Apache-2.0 */
/* Many items against a condition, an update, or both: how many pass, and what is to blame for the others, by count. */
#ifndef DDBEXPR_CLI_EXPLAIN_HISTOGRAM_H
#define DDBEXPR_CLI_EXPLAIN_HISTOGRAM_H

#include "cli/condition.h"
#include "cli/explain/item_keys.h"
#include "cli/items/run.h"

#define HISTOGRAM_REFUSALS 16 /* codes by which an update can fail: there are fewer */

/* An item that stands for a set or a refusal, in a part: its number there, from 1, and a copy of its text. */
struct part_sample {
    uint64_t number;
    ddbexpr_str text;
};

/* What was counted of some of the items, in one thread. */
struct histogram_part {
    const struct histogram *whole; /* only what does not change in it is looked at */
    ddbexpr_arena *kept;           /* samples */
    ddbexpr_survey *survey;        /* NULL: there is no condition */
    struct part_sample *samples;   /* of its sets */
    size_t sample_room;
    uint64_t total, applied;
    struct part_refusal {
        const char *code;
        uint64_t count;
        struct part_sample sample;
    } refusals[HISTOGRAM_REFUSALS]; /* of the update */
    size_t refusal_count;
};

/* All parts so far, put together. */
struct histogram {
    struct session *session;
    const struct expressions *expressions;
    struct item_keys keys;
    ddbexpr_arena *kept;    /* samples */
    ddbexpr_arena *scratch; /* for one of them */
    ddbexpr_survey *survey; /* NULL: there is no condition */
    ddbexpr_survey_sample *samples;
    size_t sample_room;
    uint64_t total, applied;
    ddbexpr_survey_refusal refusals[HISTOGRAM_REFUSALS];
    size_t refusal_count;
    bool incomplete; /* the input broke off */
};

/* An empty part. Errors: NO_MEMORY, MISUSE; to be ended all the same. */
ddbexpr_status histogram_part_begin(struct histogram_part *ret, const struct histogram *whole);
void histogram_part_end(struct histogram_part *part);

/* Counts one item. Errors: NO_MEMORY, MISUSE, LIMIT. */
ddbexpr_status histogram_part_count(struct histogram_part *part, const struct items_item *item);

/* Adds what was counted of the items that follow. Errors: NO_MEMORY, MISUSE. */
ddbexpr_status histogram_merge(struct histogram *h, const struct histogram_part *part);

/* Reads the items of --items one after another, counts, prints. An exit status as explain's. */
int explain_many(struct session *s, const struct expressions *expressions);

/* Appends the counts to the session's text, in the form that was asked for. */
ddbexpr_status histogram_put(struct histogram *h);

#endif
