/* SPDX-License-Identifier: Apache-2.0 */
/* Counting some of the items. Of each kind one is kept as it stands in the file: most are not needed in the end. */
#include "cli/explain/histogram.h"

#include <string.h>

/* --- samples --- */

static bool keep_sample(struct histogram_part *part, const struct items_item *item, struct part_sample *ret)
{
    char *copy = ddbexpr_arena_alloc(part->kept, item->text.len);
    if (!copy)
        return false;
    memcpy(copy, item->text.ptr, item->text.len);
    *ret = (struct part_sample){part->total, {copy, item->text.len}};
    return true;
}

/* Room for the sample of the set with this number, which is the next one. */
static bool make_room(struct histogram_part *part, size_t set)
{
    if (set < part->sample_room)
        return true;
    size_t room = part->sample_room ? 2 * part->sample_room : 16;
    struct part_sample *samples = ddbexpr_arena_alloc(part->kept, room * sizeof *samples);
    if (!samples)
        return false;
    if (part->sample_room)
        memcpy(samples, part->samples, part->sample_room * sizeof *samples);
    part->samples = samples;
    part->sample_room = room;
    return true;
}

/* --- counting --- */

static ddbexpr_status count_condition(struct histogram_part *part, const struct items_item *item, bool *ret_matched)
{
    *ret_matched = true;
    if (!part->survey)
        return DDBEXPR_OK;
    size_t sets = ddbexpr_survey_set_count(part->survey), set;
    ddbexpr_status status = ddbexpr_survey_add(part->survey, item->value, &set);
    if (status != DDBEXPR_OK)
        return status;
    *ret_matched = set == SIZE_MAX;
    if (set == sets && !(make_room(part, set) && keep_sample(part, item, &part->samples[set])))
        return DDBEXPR_NO_MEMORY;
    return DDBEXPR_OK;
}

static ddbexpr_status count_refusal(struct histogram_part *part, const struct items_item *item, const char *code)
{
    size_t i = 0;
    while (i < part->refusal_count && strcmp(part->refusals[i].code, code) != 0)
        i++;
    if (i == HISTOGRAM_REFUSALS)
        return DDBEXPR_MISUSE; /* UNREACHABLE: an update fails in fewer ways */
    struct part_refusal *r = &part->refusals[i];
    if (i == part->refusal_count) {
        *r = (struct part_refusal){.code = code};
        if (!keep_sample(part, item, &r->sample))
            return DDBEXPR_NO_MEMORY;
        part->refusal_count++;
    }
    r->count++;
    return DDBEXPR_OK;
}

static ddbexpr_status count_update(struct histogram_part *part, const struct items_item *item)
{
    ddbexpr_explain_options options = {.size = sizeof options};
    ddbexpr_update_explanation *e;
    /* a histogram has no given key, which could be another item's */
    ddbexpr_status status = item_key(&part->whole->keys, item->arena, item->value, &options.key);
    if (status == DDBEXPR_OK)
        status = ddbexpr_explain_update(part->whole->expressions->update, item->value, &options, NULL, &e);
    if (status != DDBEXPR_OK)
        return status;
    if (ddbexpr_update_explanation_applies(e))
        part->applied++;
    else
        status =
            count_refusal(part, item, ddbexpr_diag_code(ddbexpr_diags_verdict(ddbexpr_update_explanation_diags(e))));
    ddbexpr_update_explanation_free(e);
    return status;
}

ddbexpr_status histogram_part_count(struct histogram_part *part, const struct items_item *item)
{
    bool matched;
    part->total++;
    ddbexpr_status status = count_condition(part, item, &matched);
    return status == DDBEXPR_OK && matched && part->whole->expressions->update ? count_update(part, item) : status;
}

/* --- beginning and ending --- */

ddbexpr_status histogram_part_begin(struct histogram_part *ret, const struct histogram *whole)
{
    *ret = (struct histogram_part){.whole = whole};
    ddbexpr_status status = ddbexpr_arena_new(NULL, &ret->kept);
    return status == DDBEXPR_OK && whole->expressions->condition
               ? ddbexpr_survey_new(whole->expressions->condition, NULL, &ret->survey)
               : status;
}

void histogram_part_end(struct histogram_part *part)
{
    ddbexpr_survey_free(part->survey);
    ddbexpr_arena_free(part->kept);
}
