/* SPDX-License-Identifier: Apache-2.0 */
/* Many items against a condition, an update, or both: how many pass, and what is to blame for the others, by count. */
#ifndef DDBEXPR_CLI_EXPLAIN_HISTOGRAM_H
#define DDBEXPR_CLI_EXPLAIN_HISTOGRAM_H

#include "cli/condition.h"
#include "cli/explain/item_keys.h"
#include "cli/items/run.h"

#define HISTOGRAM_REFUSALS 16 /* codes by which an update can fail: there are fewer */

struct histogram {
    struct session *session;
    const struct expressions *expressions;
    struct item_keys keys;
    ddbexpr_arena *kept;    /* samples */
    ddbexpr_buffer *text;   /* to copy them by */
    ddbexpr_survey *survey; /* NULL: there is no condition */
    ddbexpr_survey_sample *samples;
    size_t sample_room;
    uint64_t total, applied;
    ddbexpr_survey_refusal refusals[HISTOGRAM_REFUSALS]; /* of the update */
    size_t refusal_count;
    bool incomplete; /* the input broke off */
};

/* An empty one beside another, for a part of its items. Errors: NO_MEMORY, MISUSE; to be ended all the same. */
ddbexpr_status histogram_begin(struct histogram *ret, const struct histogram *like);
void histogram_end(struct histogram *h);

/* Counts one item. Errors: NO_MEMORY, MISUSE, LIMIT. */
ddbexpr_status histogram_count(struct histogram *h, const struct items_item *item);

/* Adds what was counted of the items that follow. Errors: NO_MEMORY, MISUSE. */
ddbexpr_status histogram_merge(struct histogram *h, const struct histogram *part);

/* Reads the items of --items one after another, counts, prints. An exit status as explain's. */
int explain_many(struct session *s, const struct expressions *expressions);

/* Appends the counts to the session's text, in the form that was asked for. */
ddbexpr_status histogram_put(struct histogram *h);

#endif
