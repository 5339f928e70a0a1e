/* SPDX-License-Identifier: Apache-2.0 */
/* Counting what is to blame over many items, in parts that are put together. Of the items that went by only a sample of
 * each kind is kept. */
#include "cli/explain/histogram.h"

#include <stdlib.h>
#include <string.h>

/* --- samples --- */

/* A copy that outlives the item. */
static const ddbexpr_value *copy_value(struct histogram *h, const ddbexpr_value *value)
{
    const ddbexpr_value *copy = NULL;
    ddbexpr_buffer_clear(h->text);
    if (ddbexpr_json_write_item(value, DDBEXPR_JSON_TYPED, 0, h->text) != DDBEXPR_OK)
        return NULL;
    ddbexpr_str json = ddbexpr_buffer_text(h->text);
    char *kept = ddbexpr_arena_alloc(h->kept, json.len);
    if (!kept)
        return NULL;
    memcpy(kept, json.ptr, json.len);
    json.ptr = kept;
    ddbexpr_status status = ddbexpr_json_read_item(h->kept, json, DDBEXPR_JSON_TYPED, NULL, &copy);
    return status == DDBEXPR_OK ? copy : NULL;
}

/* The key of the item, or all of it: also what the condition does not look at, so it is read again. */
static bool make_sample(struct histogram *h, const struct items_item *item, ddbexpr_survey_sample *ret)
{
    const ddbexpr_value *whole, *key;
    if (ddbexpr_json_read_item(item->arena, item->text, h->session->form, NULL, &whole) != DDBEXPR_OK ||
        !item_key(&h->keys, item->arena, whole, &key))
        return false;
    *ret = (ddbexpr_survey_sample){.number = h->total, .item = copy_value(h, key ? key : whole)};
    return ret->item != NULL;
}

/* Room for the sample of the set with this number, which is the next one. */
static bool make_room(struct histogram *h, size_t set)
{
    if (set < h->sample_room)
        return true;
    size_t room = h->sample_room ? 2 * h->sample_room : 16;
    ddbexpr_survey_sample *samples = ddbexpr_arena_alloc(h->kept, room * sizeof *samples);
    if (!samples)
        return false;
    if (h->sample_room)
        memcpy(samples, h->samples, h->sample_room * sizeof *samples);
    h->samples = samples;
    h->sample_room = room;
    return true;
}

/* --- counting --- */

static ddbexpr_status count_condition(struct histogram *h, const struct items_item *item, bool *ret_matched)
{
    *ret_matched = true;
    if (!h->survey)
        return DDBEXPR_OK;
    size_t sets = ddbexpr_survey_set_count(h->survey), set;
    ddbexpr_status status = ddbexpr_survey_add(h->survey, item->value, &set);
    if (status != DDBEXPR_OK)
        return status;
    *ret_matched = set == SIZE_MAX;
    if (set == sets && !(make_room(h, set) && make_sample(h, item, &h->samples[set])))
        return DDBEXPR_NO_MEMORY;
    return DDBEXPR_OK;
}

/* The entry of a code, which may be new. NULL: there are more codes than there should be. */
static ddbexpr_survey_refusal *find_refusal(struct histogram *h, const char *code)
{
    for (size_t i = 0; i < h->refusal_count; i++)
        if (strcmp(h->refusals[i].code, code) == 0)
            return &h->refusals[i];
    if (h->refusal_count == HISTOGRAM_REFUSALS)
        return NULL;
    ddbexpr_survey_refusal *r = &h->refusals[h->refusal_count++];
    *r = (ddbexpr_survey_refusal){.code = code};
    return r;
}

static ddbexpr_status count_refusal(struct histogram *h, const struct items_item *item, const char *code)
{
    ddbexpr_survey_refusal *r = find_refusal(h, code);
    if (!r)
        return DDBEXPR_MISUSE;
    if (r->count == 0 && !make_sample(h, item, &r->sample))
        return DDBEXPR_NO_MEMORY;
    r->count++;
    return DDBEXPR_OK;
}

static ddbexpr_status count_update(struct histogram *h, const struct items_item *item)
{
    ddbexpr_explain_options options = {.size = sizeof options};
    ddbexpr_update_explanation *e;
    if (!item_key(&h->keys, item->arena, item->value, &options.key))
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = ddbexpr_explain_update(h->expressions->update, item->value, &options, NULL, &e);
    if (status != DDBEXPR_OK)
        return status;
    if (ddbexpr_update_explanation_applies(e))
        h->applied++;
    else
        status = count_refusal(h, item, ddbexpr_diag_code(ddbexpr_diags_verdict(ddbexpr_update_explanation_diags(e))));
    ddbexpr_update_explanation_free(e);
    return status;
}

ddbexpr_status histogram_count(struct histogram *h, const struct items_item *item)
{
    bool matched;
    h->total++;
    ddbexpr_status status = count_condition(h, item, &matched);
    return status == DDBEXPR_OK && matched && h->expressions->update ? count_update(h, item) : status;
}

/* --- putting together --- */

static bool copy_sample(struct histogram *h, const ddbexpr_survey_sample *sample, ddbexpr_survey_sample *ret)
{
    *ret = (ddbexpr_survey_sample){.number = h->total + sample->number, .item = copy_value(h, sample->item)};
    return ret->item != NULL;
}

static ddbexpr_status merge_sets(struct histogram *h, const struct histogram *part)
{
    size_t before = ddbexpr_survey_set_count(h->survey), count = ddbexpr_survey_set_count(part->survey);
    size_t *numbers = calloc(count + 1, sizeof *numbers);
    ddbexpr_status status = numbers ? ddbexpr_survey_merge(h->survey, part->survey, numbers) : DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++)
        if (numbers[i] >= before &&
            !(make_room(h, numbers[i]) && copy_sample(h, &part->samples[i], &h->samples[numbers[i]])))
            status = DDBEXPR_NO_MEMORY;
    free(numbers);
    return status;
}

static ddbexpr_status merge_refusals(struct histogram *h, const struct histogram *part)
{
    for (size_t i = 0; i < part->refusal_count; i++) {
        const ddbexpr_survey_refusal *from = &part->refusals[i];
        ddbexpr_survey_refusal *to = find_refusal(h, from->code);
        if (!to)
            return DDBEXPR_MISUSE;
        if (to->count == 0 && !copy_sample(h, &from->sample, &to->sample))
            return DDBEXPR_NO_MEMORY;
        to->count += from->count;
    }
    return DDBEXPR_OK;
}

ddbexpr_status histogram_merge(struct histogram *h, const struct histogram *part)
{
    ddbexpr_status status = h->survey ? merge_sets(h, part) : DDBEXPR_OK;
    if (status == DDBEXPR_OK)
        status = merge_refusals(h, part);
    h->total += part->total;
    h->applied += part->applied;
    return status;
}

/* --- beginning and ending --- */

ddbexpr_status histogram_begin(struct histogram *ret, const struct histogram *like)
{
    const ddbexpr_program *condition = like->expressions->condition;
    *ret = (struct histogram){.session = like->session, .expressions = like->expressions, .keys = like->keys};
    ddbexpr_status status = ddbexpr_arena_new(NULL, &ret->kept);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_new(NULL, &ret->text);
    return status == DDBEXPR_OK && condition ? ddbexpr_survey_new(condition, NULL, &ret->survey) : status;
}

void histogram_end(struct histogram *h)
{
    ddbexpr_survey_free(h->survey);
    ddbexpr_buffer_free(h->text);
    ddbexpr_arena_free(h->kept);
}
