/* SPDX-License-Identifier: Apache-2.0 */
/* The items of --items, counted: each part of them in a histogram of its own. */
#include "cli/explain/histogram.h"

#include <stdlib.h>

static void end_part(void *part)
{
    histogram_part_end(part);
    free(part);
}

static void *begin_part(void *whole)
{
    struct histogram_part *part = calloc(1, sizeof *part);
    if (part && histogram_part_begin(part, whole) != DDBEXPR_OK) {
        end_part(part);
        return NULL;
    }
    return part;
}

static ddbexpr_status take_item(void *part, const struct items_item *item) { return histogram_part_count(part, item); }

static int merge_part(void *whole, void *part) { return exit_for_status(histogram_merge(whole, part)); }

/* An update looks at the whole item. */
static int find_wanted(struct histogram *h, struct items_options *options)
{
    int exit = items_jobs(h->session, &options->jobs);
    return exit == EXIT_TRUE && h->expressions->condition && !h->expressions->update
               ? condition_attributes(h->session, h->expressions->condition, &options->wanted)
               : exit;
}

/* What came before a fault of the input is told all the same. */
static int run_histogram(struct histogram *h)
{
    const struct items_use use = {h, begin_part, take_item, merge_part, end_part};
    struct items_options options = {.jobs = 1};
    int exit = find_wanted(h, &options);
    if (exit == EXIT_TRUE)
        exit = items_run(h->session, options_value(h->session->options, OPTION_ITEMS), &options, &use);
    h->incomplete = exit == EXIT_UNUSABLE;
    if (exit != EXIT_TRUE && !(h->incomplete && h->total))
        return exit;
    ddbexpr_buffer_clear(h->session->out);
    ddbexpr_status status = histogram_put(h);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    if (!put_out(ddbexpr_buffer_text(h->session->out)))
        return EXIT_INTERNAL;
    if (h->incomplete)
        return exit;
    if (h->survey && ddbexpr_survey_matched_count(h->survey) < h->total)
        return EXIT_FALSE;
    return h->refusal_count ? EXIT_REFUSED : EXIT_TRUE;
}

int explain_many(struct session *s, const struct expressions *expressions)
{
    struct histogram h = {.session = s, .expressions = expressions};
    if (expressions->key_condition) {
        complain("of many items one condition is counted: give the filter or the key condition");
        return EXIT_UNUSABLE;
    }
    int exit = item_keys_of(s, NULL, &h.keys);
    if (exit != EXIT_TRUE)
        return exit;
    ddbexpr_status status = ddbexpr_arena_new(NULL, &h.kept);
    if (status == DDBEXPR_OK)
        status = ddbexpr_arena_new(NULL, &h.scratch);
    if (status == DDBEXPR_OK && expressions->condition)
        status = ddbexpr_survey_new(expressions->condition, NULL, &h.survey);
    exit = status == DDBEXPR_OK ? run_histogram(&h) : exit_for_status(status);
    ddbexpr_survey_free(h.survey);
    ddbexpr_arena_free(h.scratch);
    ddbexpr_arena_free(h.kept);
    return exit;
}
