/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of many items as text, Markdown or JSON. */
#include "cli/explain/histogram.h"

#include "cli/limits.h"

#include <stdio.h>

#define SAMPLE_WIDTH 60

static ddbexpr_status put(struct session *s, const char *text)
{
    return ddbexpr_buffer_append(s->out, ddbexpr_cstr(text));
}

static ddbexpr_status put_count(struct histogram *h, uint64_t count, const char *what)
{
    char text[96];
    snprintf(text, sizeof text, "%10llu  %5.1f %%  %s", (unsigned long long)count,
             h->total ? 100.0 * (double)count / (double)h->total : 0.0, what);
    return put(h->session, text);
}

static ddbexpr_status put_sample(struct histogram *h, const ddbexpr_survey_sample *sample)
{
    char text[64];
    snprintf(text, sizeof text, "\n                      such as item %llu: ", (unsigned long long)sample->number);
    ddbexpr_status status = put(h->session, text);
    if (status == DDBEXPR_OK)
        status = ddbexpr_value_print(sample->item, SAMPLE_WIDTH, h->session->out);
    return status == DDBEXPR_OK ? put(h->session, "\n") : status;
}

static ddbexpr_status put_clauses(struct histogram *h, ddbexpr_survey_set set)
{
    struct session *s = h->session;
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < set.clause_count && status == DDBEXPR_OK; i++) {
        if (i)
            status = put(s, ", and ");
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append_visible(s->out, ddbexpr_survey_clause_text(h->survey, set.clauses[i]), NULL);
        if (status == DDBEXPR_OK)
            status = put(s, set.outcomes[i] ? " is true" : " is false");
    }
    return status;
}

/* Set numbers by count, the most frequent first; sets that appeared earlier first among equals. */
static size_t *sorted_sets(struct histogram *h, size_t count)
{
    size_t *order = ddbexpr_arena_alloc(h->kept, (count + 1) * sizeof *order);
    for (size_t i = 0; order && i < count; i++)
        order[i] = i;
    for (size_t gap = count / 2; order && gap > 0; gap /= 2)
        for (size_t i = gap; i < count; i++)
            for (size_t j = i; j >= gap; j -= gap) {
                uint64_t a = ddbexpr_survey_set_at(h->survey, order[j - gap]).count;
                uint64_t b = ddbexpr_survey_set_at(h->survey, order[j]).count;
                if (a > b || (a == b && order[j - gap] < order[j]))
                    break;
                size_t swap = order[j];
                order[j] = order[j - gap];
                order[j - gap] = swap;
            }
    return order;
}

static ddbexpr_status put_sets(struct histogram *h)
{
    size_t count = ddbexpr_survey_set_count(h->survey);
    bool quiet = options_has(h->session->options, OPTION_QUIET);
    const size_t *order = sorted_sets(h, count);
    ddbexpr_status status = order ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < count && i < LIMIT_SETS_SHOWN && status == DDBEXPR_OK; i++) {
        ddbexpr_survey_set set = ddbexpr_survey_set_at(h->survey, order[i]);
        status = put_count(h, set.count, "");
        if (status == DDBEXPR_OK)
            status = put_clauses(h, set);
        if (status == DDBEXPR_OK)
            status = quiet ? put(h->session, "\n") : put_sample(h, &h->samples[order[i]]);
    }
    char text[80];
    snprintf(text, sizeof text, "%zu more sets of clauses, with fewer items each\n", count - LIMIT_SETS_SHOWN);
    return status == DDBEXPR_OK && count > LIMIT_SETS_SHOWN ? put(h->session, text) : status;
}

static ddbexpr_status put_refusals(struct histogram *h)
{
    bool quiet = options_has(h->session->options, OPTION_QUIET);
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < h->refusal_count && status == DDBEXPR_OK; i++) {
        char text[64];
        snprintf(text, sizeof text, "the update cannot be applied: %s", h->refusals[i].code);
        status = put_count(h, h->refusals[i].count, text);
        if (status == DDBEXPR_OK)
            status = quiet ? put(h->session, "\n") : put_sample(h, &h->refusals[i].sample);
    }
    return status;
}

static ddbexpr_status put_totals(struct histogram *h)
{
    uint64_t matched = h->survey ? ddbexpr_survey_matched_count(h->survey) : h->total;
    ddbexpr_status status = DDBEXPR_OK;
    if (h->survey)
        status = put_count(h, matched, "true\n");
    if (status == DDBEXPR_OK && h->expressions->update)
        status = put_count(h, h->applied, h->survey ? "and the update applies\n" : "the update applies\n");
    if (status == DDBEXPR_OK && h->survey)
        status = put_count(h, h->total - matched, h->total > matched ? "false; to blame:\n" : "false\n");
    return status;
}

static ddbexpr_status put_text(struct histogram *h)
{
    struct session *s = h->session;
    bool quiet = options_has(s->options, OPTION_QUIET);
    char text[64];
    snprintf(text, sizeof text, h->total == 1 ? "1 item" : "%llu items", (unsigned long long)h->total);
    ddbexpr_status status = put(s, s->markdown ? "**" : "");
    if (status == DDBEXPR_OK && !quiet)
        status = put(s, text);
    if (status == DDBEXPR_OK && h->incomplete && !quiet)
        status = put(s, " before the input broke off");
    if (status == DDBEXPR_OK)
        status = put(s, s->markdown ? "**\n\n~~~text\n" : quiet ? "" : "\n");
    if (status == DDBEXPR_OK && !quiet)
        status = put_totals(h);
    if (status == DDBEXPR_OK && h->survey)
        status = put_sets(h);
    if (status == DDBEXPR_OK)
        status = put_refusals(h);
    return status == DDBEXPR_OK && s->markdown ? put(s, "~~~\n") : status;
}

ddbexpr_status histogram_put(struct histogram *h)
{
    if (!h->session->json)
        return put_text(h);
    const ddbexpr_survey_updates updates = {h->applied, h->refusals, h->refusal_count};
    ddbexpr_status status = ddbexpr_json_write_survey(h->survey, h->samples, h->expressions->update ? &updates : NULL,
                                                      h->total, !h->incomplete, 2, h->session->out);
    return status == DDBEXPR_OK ? put(h->session, "\n") : status;
}
