/* SPDX-License-Identifier: Apache-2.0 */
/* Many items against a condition, an update, or both: how many pass, and what is to blame for the others, by count. */
#ifndef DDBEXPR_CLI_EXPLAIN_HISTOGRAM_H
#define DDBEXPR_CLI_EXPLAIN_HISTOGRAM_H

#include "cli/condition.h"
#include "cli/explain/item_keys.h"

#define HISTOGRAM_REFUSALS 16 /* codes by which an update can fail: there are fewer */

struct histogram {
    struct session *session;
    const struct expressions *expressions;
    struct item_keys keys;
    ddbexpr_arena *kept;    /* samples */
    ddbexpr_arena *scratch; /* of the item at hand */
    ddbexpr_survey *survey; /* NULL: there is no condition */
    ddbexpr_survey_sample *samples;
    size_t sample_room;
    uint64_t total, applied;
    ddbexpr_survey_refusal refusals[HISTOGRAM_REFUSALS]; /* of the update */
    size_t refusal_count;
    bool incomplete; /* the input broke off */
};

/* Reads the items of --items one after another, counts, prints. An exit status as explain's. */
int explain_many(struct session *s, const struct expressions *expressions);

/* Appends the counts to the session's text, in the form that was asked for. */
ddbexpr_status histogram_put(struct histogram *h);

#endif
