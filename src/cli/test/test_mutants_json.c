/* SPDX-License-Identifier: Apache-2.0 */
/* The mutants of all conditions as JSON: a frame around what the library writes of each condition. */
#include "cli/test/test_mutants_entry.h"

#include <stdio.h>

static ddbexpr_status put(ddbexpr_buffer *out, const char *text)
{
    return ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

/* A string of JSON. */
static ddbexpr_status put_string(struct test_mutants *m, ddbexpr_str text, ddbexpr_buffer *out)
{
    const ddbexpr_value *value = ddbexpr_value_string(m->arena, text);
    return value ? ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 0, out) : DDBEXPR_NO_MEMORY;
}

static ddbexpr_status put_entry(struct test_mutants *m, const struct mutants_entry *entry, ddbexpr_buffer *out)
{
    char counts[160];
    snprintf(counts, sizeof counts,
             ",\"evaluations\":%zu,\"pinned\":%zu,\"left_out\":%zu,\"mutation\":", entry->evaluations, entry->pinned,
             entry->left_out);
    ddbexpr_status status = put(out, "{\"label\":");
    if (status == DDBEXPR_OK)
        status = put_string(m, entry->label, out);
    if (status == DDBEXPR_OK)
        status = put(out, counts);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_mutants(entry->mutants, entry->examples, 0, out);
    return status == DDBEXPR_OK ? put(out, "}") : status;
}

ddbexpr_status test_mutants_json(struct test_mutants *m, ddbexpr_buffer *out)
{
    char totals[256], score[32] = "null";
    struct test_mutants_counts counts = test_mutants_count(m);
    if (counts.mutants)
        snprintf(score, sizeof score, "%.2f", counts.score);
    snprintf(totals, sizeof totals,
             "{\"mutants\":%zu,\"killed\":%zu,\"survived\":%zu,\"undecided\":%zu,\"score\":%s,\"conditions\":[",
             counts.mutants, counts.killed, counts.survived, counts.undecided, score);
    ddbexpr_status status = mutants_find_examples(m);
    if (status == DDBEXPR_OK)
        status = put(out, totals);
    for (size_t i = 0; i < m->count && status == DDBEXPR_OK; i++) {
        status = put(out, i ? "," : "");
        if (status == DDBEXPR_OK)
            status = put_entry(m, &m->entries[i], out);
    }
    return status == DDBEXPR_OK ? put(out, "]}") : status;
}
