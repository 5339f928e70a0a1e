/* SPDX-License-Identifier: Apache-2.0 */
/* Counting what is to blame over many items. Items are read one at a time: of those that went by only a sample of each
 * blame set is kept. */
#include "cli/histogram.h"

#include "cli/stored.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SAMPLE_WIDTH 60

struct histogram {
    struct session *session;
    ddbexpr_survey *survey;
    const ddbexpr_key_attribute *key; /* NULL: not known */
    size_t key_count;
    ddbexpr_arena *kept; /* samples */
    ddbexpr_survey_sample *samples;
    size_t room;
    time_t last_told;
};

/* --- samples --- */

/* The key of the item, or all of it: a copy, as the item goes. */
static const ddbexpr_value *copy_sample(struct histogram *h, const ddbexpr_value *item)
{
    ddbexpr_status status = DDBEXPR_OK;
    ddbexpr_buffer_clear(h->session->out);
    if (h->key_count) {
        const ddbexpr_value *values[2];
        ddbexpr_str names[2];
        size_t count = 0;
        for (size_t i = 0; i < h->key_count; i++) {
            values[count] = ddbexpr_value_get(item, h->key[i].name);
            names[count] = h->key[i].name;
            count += values[count] != NULL;
        }
        item = ddbexpr_value_map(h->kept, names, values, count);
    }
    if (item)
        status = ddbexpr_json_write_item(item, DDBEXPR_JSON_TYPED, 0, h->session->out);
    ddbexpr_str text = ddbexpr_buffer_text(h->session->out);
    char *copy = item && status == DDBEXPR_OK ? ddbexpr_arena_alloc(h->kept, text.len ? text.len : 1) : NULL;
    const ddbexpr_value *sample = NULL;
    if (!copy)
        return NULL;
    memcpy(copy, text.ptr, text.len);
    return ddbexpr_json_read_item(h->kept, (ddbexpr_str){copy, text.len}, DDBEXPR_JSON_TYPED, NULL, &sample) ==
                   DDBEXPR_OK
               ? sample
               : NULL;
}

static bool keep_sample(struct histogram *h, size_t set, const ddbexpr_value *item)
{
    if (set == h->room) {
        size_t room = h->room ? 2 * h->room : 16;
        ddbexpr_survey_sample *samples = ddbexpr_arena_alloc(h->kept, room * sizeof *samples);
        if (!samples)
            return false;
        if (h->room)
            memcpy(samples, h->samples, h->room * sizeof *samples);
        h->samples = samples;
        h->room = room;
    }
    h->samples[set].number = ddbexpr_survey_total_count(h->survey);
    h->samples[set].item = copy_sample(h, item);
    return h->samples[set].item != NULL;
}

/* --- counting --- */

#define ITEMS_BETWEEN_LOOKS_AT_THE_CLOCK 4096

/* On a terminal every second, elsewhere every ten. */
static void tell_progress(struct histogram *h, bool at_end)
{
    uint64_t count = ddbexpr_survey_total_count(h->survey);
    bool terminal = isatty(STDERR_FILENO);
    if (!at_end && count % ITEMS_BETWEEN_LOOKS_AT_THE_CLOCK != 0)
        return;
    time_t now = time(NULL);
    if (at_end ? !terminal || h->last_told == 0 : now - h->last_told < (terminal ? 1 : 10))
        return;
    char text[64];
    snprintf(text, sizeof text, terminal ? "\r%llu items\033[K%s" : "%llu items%s", (unsigned long long)count,
             terminal && !at_end ? "" : "\n");
    put_err(ddbexpr_cstr(text));
    h->last_told = now;
}

static int count_items(struct histogram *h)
{
    struct stored_walk walk;
    struct session *s = h->session;
    int exit = stored_begin(s, options_value(s->options, OPTION_ITEMS), &walk);
    if (exit != EXIT_TRUE)
        return exit;
    h->last_told = time(NULL);
    const time_t begun = h->last_told;
    const ddbexpr_value *item;
    while ((exit = stored_next(s, &walk, &item)) == EXIT_TRUE && item) {
        size_t sets = ddbexpr_survey_set_count(h->survey), set;
        ddbexpr_status status = ddbexpr_survey_add(h->survey, item, &set);
        if (status == DDBEXPR_OK && set == sets && !keep_sample(h, set, item))
            status = DDBEXPR_NO_MEMORY;
        if (status != DDBEXPR_OK) {
            exit = exit_for_status(status);
            break;
        }
        tell_progress(h, false);
    }
    if (h->last_told != begun)
        tell_progress(h, true);
    stored_end(&walk);
    return exit;
}

/* --- printing --- */

static ddbexpr_status put_count(struct session *s, uint64_t count, uint64_t total, const char *what)
{
    char text[96];
    snprintf(text, sizeof text, "%10llu  %5.1f %%  %s", (unsigned long long)count,
             total ? 100.0 * (double)count / (double)total : 0.0, what);
    return ddbexpr_buffer_append(s->out, ddbexpr_cstr(text));
}

static ddbexpr_status put_set(struct histogram *h, size_t index)
{
    struct session *s = h->session;
    ddbexpr_survey_set set = ddbexpr_survey_set_at(h->survey, index);
    ddbexpr_status status = put_count(s, set.count, ddbexpr_survey_total_count(h->survey), "");
    for (size_t i = 0; i < set.clause_count && status == DDBEXPR_OK; i++) {
        if (i)
            status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(", and "));
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append_visible(s->out, ddbexpr_survey_clause_text(h->survey, set.clauses[i]), NULL);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(set.outcomes[i] ? " is true" : " is false"));
    }
    char text[64];
    snprintf(text, sizeof text,
             "\n                      such as item %llu: ", (unsigned long long)h->samples[index].number);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(text));
    if (status == DDBEXPR_OK)
        status = ddbexpr_value_print(h->samples[index].item, SAMPLE_WIDTH, s->out);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
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

static ddbexpr_status put_text(struct histogram *h)
{
    struct session *s = h->session;
    uint64_t total = ddbexpr_survey_total_count(h->survey), matched = ddbexpr_survey_matched_count(h->survey);
    size_t count = ddbexpr_survey_set_count(h->survey);
    char text[64];
    snprintf(text, sizeof text, total == 1 ? "1 item\n" : "%llu items\n", (unsigned long long)total);
    const size_t *order = sorted_sets(h, count);
    ddbexpr_status status = order ? ddbexpr_buffer_append(s->out, ddbexpr_cstr(text)) : DDBEXPR_NO_MEMORY;
    if (status == DDBEXPR_OK)
        status = put_count(s, matched, total, "true\n");
    if (status == DDBEXPR_OK)
        status = put_count(s, total - matched, total, count ? "false; to blame:\n" : "false\n");
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++)
        status = put_set(h, order[i]);
    return status;
}

static ddbexpr_status put_all(struct histogram *h)
{
    struct session *s = h->session;
    ddbexpr_buffer_clear(s->out);
    if (!s->json)
        return put_text(h);
    ddbexpr_status status = ddbexpr_json_write_survey(h->survey, h->samples, 2, s->out);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}

static int run_histogram(struct histogram *h)
{
    int exit = count_items(h);
    if (exit != EXIT_TRUE)
        return exit;
    ddbexpr_status status = put_all(h);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    if (!put_out(ddbexpr_buffer_text(h->session->out)))
        return EXIT_INTERNAL;
    bool all = ddbexpr_survey_matched_count(h->survey) == ddbexpr_survey_total_count(h->survey);
    return all ? EXIT_TRUE : EXIT_FALSE;
}

int explain_many(struct session *s, const struct expressions *expressions)
{
    struct histogram h = {.session = s};
    ddbexpr_table *tables;
    size_t table_count;
    int exit = read_schemas(s, &tables, &table_count);
    if (exit != EXIT_TRUE)
        return exit;
    if (table_count) {
        h.key = tables[0].key;
        h.key_count = tables[0].key_count;
    }
    ddbexpr_status status = ddbexpr_survey_new(expressions->condition, NULL, &h.survey);
    if (status == DDBEXPR_OK)
        status = ddbexpr_arena_new(NULL, &h.kept);
    exit = status == DDBEXPR_OK ? run_histogram(&h) : exit_for_status(status);
    ddbexpr_arena_free(h.kept);
    ddbexpr_survey_free(h.survey);
    return exit;
}
