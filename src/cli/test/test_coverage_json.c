/* SPDX-License-Identifier: Apache-2.0 */
/* The coverage of all tests as JSON: a frame around what the library writes of each condition and update. */
#include "cli/test/test_coverage_entry.h"

#include <stdio.h>

static ddbexpr_status put(ddbexpr_buffer *out, const char *text)
{
    return ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

/* A string of JSON. */
static ddbexpr_status put_string(struct test_coverage *c, ddbexpr_str text, ddbexpr_buffer *out)
{
    const ddbexpr_value *value = ddbexpr_value_string(c->arena, text);
    return value ? ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 0, out) : DDBEXPR_NO_MEMORY;
}

static ddbexpr_status put_entry(struct test_coverage *c, struct coverage_entry *entry, ddbexpr_buffer *out)
{
    ddbexpr_status status = coverage_find_examples(c, entry);
    if (status == DDBEXPR_OK)
        status = put(out, "{\"label\":");
    if (status == DDBEXPR_OK)
        status = put_string(c, entry->label, out);
    if (status == DDBEXPR_OK)
        status = put(out, ",\"coverage\":");
    if (status == DDBEXPR_OK)
        status = entry->condition ? ddbexpr_json_write_coverage(entry->condition, entry->found, 0, out)
                                  : ddbexpr_json_write_update_coverage(entry->update, 0, out);
    return status == DDBEXPR_OK ? put(out, "}") : status;
}

static ddbexpr_status put_entries(struct test_coverage *c, bool updates, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    size_t told = 0;
    for (size_t i = 0; i < c->count && status == DDBEXPR_OK; i++) {
        struct coverage_entry *entry = &c->entries[i];
        if (!(updates ? entry->update != NULL : entry->condition != NULL))
            continue;
        if (told++)
            status = put(out, ",");
        if (status == DDBEXPR_OK)
            status = put_entry(c, entry, out);
    }
    return status;
}

ddbexpr_status test_coverage_json(struct test_coverage *c, ddbexpr_buffer *out)
{
    char totals[128], percent[32] = "null";
    if (test_coverage_goals(c))
        snprintf(percent, sizeof percent, "%.2f", test_coverage_percent(c));
    snprintf(totals, sizeof totals, "{\"goals\":%zu,\"reached\":%zu,\"percent\":%s,\"conditions\":[",
             test_coverage_goals(c), test_coverage_reached(c), percent);
    ddbexpr_status status = put(out, totals);
    if (status == DDBEXPR_OK)
        status = put_entries(c, false, out);
    if (status == DDBEXPR_OK)
        status = put(out, "],\"updates\":[");
    if (status == DDBEXPR_OK)
        status = put_entries(c, true, out);
    return status == DDBEXPR_OK ? put(out, "]}") : status;
}
