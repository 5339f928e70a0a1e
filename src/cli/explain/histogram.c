/* SPDX-License-Identifier: Apache-2.0 */
/* Parts put together, in the order of their items. Of the items that went by only a sample of each kind is kept. */
#include "cli/explain/histogram.h"

#include <stdlib.h>
#include <string.h>

/* --- samples --- */

/* A copy that outlives the item. */
static const ddbexpr_value *copy_value(struct histogram *h, const ddbexpr_value *value)
{
    const ddbexpr_value *copy = NULL;
    ddbexpr_buffer *text = h->session->out;
    ddbexpr_buffer_clear(text);
    if (ddbexpr_json_write_item(value, DDBEXPR_JSON_TYPED, 0, text) != DDBEXPR_OK)
        return NULL;
    ddbexpr_str json = ddbexpr_buffer_text(text);
    char *kept = ddbexpr_arena_alloc(h->kept, json.len);
    if (!kept)
        return NULL;
    memcpy(kept, json.ptr, json.len);
    json.ptr = kept;
    ddbexpr_status status = ddbexpr_json_read_item(h->kept, json, DDBEXPR_JSON_TYPED, NULL, &copy);
    return status == DDBEXPR_OK ? copy : NULL;
}

/* The key of the item, or all of it: also what the condition does not look at, so it is read now. */
static bool make_sample(struct histogram *h, const struct part_sample *of_part, ddbexpr_survey_sample *ret)
{
    const ddbexpr_value *item, *key;
    ddbexpr_arena_reset(h->scratch);
    if (ddbexpr_json_read_item(h->scratch, of_part->text, h->session->form, NULL, &item) != DDBEXPR_OK ||
        item_key(&h->keys, h->scratch, item, &key) != DDBEXPR_OK)
        return false;
    *ret = (ddbexpr_survey_sample){.number = h->total + of_part->number, .item = copy_value(h, key ? key : item)};
    return ret->item != NULL;
}

static bool make_room(struct histogram *h, size_t sets)
{
    if (sets <= h->sample_room)
        return true;
    size_t room = sets < 8 ? 16 : 2 * sets;
    ddbexpr_survey_sample *samples = ddbexpr_arena_alloc(h->kept, room * sizeof *samples);
    if (!samples)
        return false;
    if (h->sample_room)
        memcpy(samples, h->samples, h->sample_room * sizeof *samples);
    h->samples = samples;
    h->sample_room = room;
    return true;
}

/* --- merging --- */

static ddbexpr_status merge_sets(struct histogram *h, const struct histogram_part *part)
{
    size_t before = ddbexpr_survey_set_count(h->survey), count = ddbexpr_survey_set_count(part->survey);
    size_t *numbers = calloc(count + 1, sizeof *numbers);
    ddbexpr_status status = numbers ? ddbexpr_survey_merge(h->survey, part->survey, numbers) : DDBEXPR_NO_MEMORY;
    if (status == DDBEXPR_OK && !make_room(h, ddbexpr_survey_set_count(h->survey)))
        status = DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++)
        if (numbers[i] >= before && !make_sample(h, &part->samples[i], &h->samples[numbers[i]]))
            status = DDBEXPR_NO_MEMORY;
    free(numbers);
    return status;
}

static ddbexpr_status merge_refusal(struct histogram *h, const struct part_refusal *from)
{
    size_t i = 0;
    while (i < h->refusal_count && strcmp(h->refusals[i].code, from->code) != 0)
        i++;
    if (i == HISTOGRAM_REFUSALS)
        return DDBEXPR_MISUSE; /* UNREACHABLE: an update fails in fewer ways */
    if (i == h->refusal_count) {
        h->refusals[i] = (ddbexpr_survey_refusal){.code = from->code};
        if (!make_sample(h, &from->sample, &h->refusals[i].sample))
            return DDBEXPR_NO_MEMORY;
        h->refusal_count++;
    }
    h->refusals[i].count += from->count;
    return DDBEXPR_OK;
}

ddbexpr_status histogram_merge(struct histogram *h, const struct histogram_part *part)
{
    ddbexpr_status status = h->survey ? merge_sets(h, part) : DDBEXPR_OK;
    for (size_t i = 0; i < part->refusal_count && status == DDBEXPR_OK; i++)
        status = merge_refusal(h, &part->refusals[i]);
    h->total += part->total;
    h->applied += part->applied;
    return status;
}
