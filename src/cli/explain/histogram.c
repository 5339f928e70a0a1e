/* SPDX-License-Identifier: Apache-2.0 */
/* Counting what is to blame over many items. Of the items that went by only a sample of each kind is kept. */
#include "cli/explain/histogram.h"

#include "cli/explain/progress.h"
#include "cli/stored.h"

#include <string.h>

/* --- samples --- */

/* The key of the item, or all of it: a copy, as the item goes. */
static const ddbexpr_value *copy_sample(struct histogram *h, const ddbexpr_value *item)
{
    const ddbexpr_value *key, *sample = NULL;
    ddbexpr_buffer *text = h->session->out;
    if (!item_key(&h->keys, h->scratch, item, &key))
        return NULL;
    ddbexpr_buffer_clear(text);
    if (ddbexpr_json_write_item(key ? key : item, DDBEXPR_JSON_TYPED, 0, text) != DDBEXPR_OK)
        return NULL;
    ddbexpr_str json = ddbexpr_buffer_text(text);
    char *copy = ddbexpr_arena_alloc(h->kept, json.len);
    if (!copy)
        return NULL;
    memcpy(copy, json.ptr, json.len);
    json.ptr = copy;
    ddbexpr_status status = ddbexpr_json_read_item(h->kept, json, DDBEXPR_JSON_TYPED, NULL, &sample);
    return status == DDBEXPR_OK ? sample : NULL;
}

static bool make_sample(struct histogram *h, const ddbexpr_value *item, ddbexpr_survey_sample *ret)
{
    *ret = (ddbexpr_survey_sample){.number = h->total, .item = copy_sample(h, item)};
    return ret->item != NULL;
}

static bool keep_sample(struct histogram *h, size_t set, const ddbexpr_value *item)
{
    if (set == h->sample_room) {
        size_t room = h->sample_room ? 2 * h->sample_room : 16;
        ddbexpr_survey_sample *samples = ddbexpr_arena_alloc(h->kept, room * sizeof *samples);
        if (!samples)
            return false;
        if (h->sample_room)
            memcpy(samples, h->samples, h->sample_room * sizeof *samples);
        h->samples = samples;
        h->sample_room = room;
    }
    return make_sample(h, item, &h->samples[set]);
}

/* --- counting --- */

static ddbexpr_status count_condition(struct histogram *h, const ddbexpr_value *item, bool *ret_matched)
{
    *ret_matched = true;
    if (!h->survey)
        return DDBEXPR_OK;
    size_t sets = ddbexpr_survey_set_count(h->survey), set;
    ddbexpr_status status = ddbexpr_survey_add(h->survey, item, &set);
    *ret_matched = set == SIZE_MAX;
    return status == DDBEXPR_OK && set == sets && !keep_sample(h, set, item) ? DDBEXPR_NO_MEMORY : status;
}

static ddbexpr_status count_refusal(struct histogram *h, const ddbexpr_value *item, const char *code)
{
    size_t i = 0;
    while (i < h->refusal_count && strcmp(h->refusals[i].code, code) != 0)
        i++;
    if (i == HISTOGRAM_REFUSALS)
        return DDBEXPR_MISUSE;
    if (i == h->refusal_count) {
        h->refusals[i] = (ddbexpr_survey_refusal){.code = code};
        if (!make_sample(h, item, &h->refusals[i].sample))
            return DDBEXPR_NO_MEMORY;
        h->refusal_count++;
    }
    h->refusals[i].count++;
    return DDBEXPR_OK;
}

static ddbexpr_status count_update(struct histogram *h, const ddbexpr_value *item)
{
    ddbexpr_explain_options options = {.size = sizeof options};
    ddbexpr_update_explanation *e;
    if (!item_key(&h->keys, h->scratch, item, &options.key))
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = ddbexpr_explain_update(h->expressions->update, item, &options, NULL, &e);
    if (status != DDBEXPR_OK)
        return status;
    if (ddbexpr_update_explanation_applies(e))
        h->applied++;
    else
        status = count_refusal(h, item, ddbexpr_diag_code(ddbexpr_diags_verdict(ddbexpr_update_explanation_diags(e))));
    ddbexpr_update_explanation_free(e);
    return status;
}

static int count_item(struct histogram *h, const ddbexpr_value *item)
{
    bool matched;
    h->total++;
    ddbexpr_arena_reset(h->scratch);
    ddbexpr_status status = count_condition(h, item, &matched);
    if (status == DDBEXPR_OK && matched && h->expressions->update)
        status = count_update(h, item);
    return exit_for_status(status);
}

static int count_items(struct histogram *h)
{
    struct stored_walk walk;
    struct progress progress;
    const ddbexpr_value *item;
    int exit = stored_begin(h->session, options_value(h->session->options, OPTION_ITEMS), &walk);
    if (exit != EXIT_TRUE)
        return exit;
    progress_begin(&progress, "items");
    while ((exit = stored_next(h->session, &walk, &item)) == EXIT_TRUE && item) {
        exit = count_item(h, item);
        if (exit != EXIT_TRUE)
            break;
        progress_step(&progress, h->total);
    }
    progress_end(&progress, h->total);
    stored_end(&walk);
    return exit;
}

/* What came before a fault of the input is told all the same. */
static int run_histogram(struct histogram *h)
{
    int exit = count_items(h);
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
