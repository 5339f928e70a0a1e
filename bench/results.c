/* SPDX-License-Identifier: Apache-2.0 */
/* A row a result; the file holds the same. docs/performance.md says what the members mean. */
#include "results.h"

#include <ddbexpr/version.h>

#include <stdint.h>
#include <stdio.h>

bool results_begin(struct results *results, const char *baseline)
{
    *results = (struct results){.list = json_array()};
    if (!baseline)
        return results->list;
    json_error_t error;
    json_t *root = json_load_file(baseline, 0, &error), *list = json_object_get(root, "results"), *result;
    size_t i;
    results->baseline = json_object();
    json_array_foreach(list, i, result)
    {
        const char *name = json_string_value(json_object_get(result, "name"));
        if (name)
            json_object_set(results->baseline, name, json_object_get(result, "median_ns"));
    }
    if (!json_is_array(list))
        fprintf(stderr, "%s: %s\n", baseline, root ? "has no results" : error.text);
    bool found = json_is_array(list);
    json_decref(root);
    return found && results->list;
}

void results_head(const struct results *results)
{
    printf("%-34s %12s %9s %9s %6s %9s %8s %6s", "", "median ns", "min", "max", "±", "instr.", "MB/s", "alloc.");
    if (results->baseline)
        printf(" %12s %6s", "baseline ns", "ratio");
    putchar('\n');
}

static void print_row(const struct results *results, const struct result *r)
{
    const struct figure *f = &r->figure;
    printf("%-34s %12.1f %9.1f %9.1f %5.1f%%", r->name, f->median_ns, f->min_ns, f->max_ns,
           100 * f->deviation_ns / f->median_ns);
    if (f->instructions >= 0)
        printf(" %9.0f", f->instructions);
    else
        printf(" %9s", "");
    if (r->bytes)
        printf(" %8.1f", (double)r->bytes * 1000 / f->median_ns);
    else
        printf(" %8s", "");
    if (r->allocations != SIZE_MAX)
        printf(" %6zu", r->allocations);
    else
        printf(" %6s", "");
    double before = json_number_value(json_object_get(results->baseline, r->name));
    if (before > 0)
        printf(" %12.1f %6.2f", before, f->median_ns / before);
    else if (results->baseline)
        printf(" %12s %6s", "", "new");
    printf("  %s\n", r->note);
    fflush(stdout);
}

bool results_add(struct results *results, const struct result *r)
{
    const struct figure *f = &r->figure;
    print_row(results, r);
    json_t *json =
        json_pack("{s:s, s:f, s:f, s:f, s:f, s:I}", "name", r->name, "median_ns", f->median_ns, "min_ns", f->min_ns,
                  "max_ns", f->max_ns, "deviation_ns", f->deviation_ns, "repetitions", (json_int_t)f->repetitions);
    if (f->instructions >= 0)
        json_object_set_new(json, "instructions", json_real(f->instructions));
    if (r->bytes)
        json_object_set_new(json, "bytes", json_integer((json_int_t)r->bytes));
    if (r->allocations != SIZE_MAX)
        json_object_set_new(json, "allocations", json_integer((json_int_t)r->allocations));
    if (r->growth > 0)
        json_object_set_new(json, "growth", json_real(r->growth));
    if (*r->note)
        json_object_set_new(json, "note", json_string(r->note));
    return json_array_append_new(results->list, json) == 0;
}

bool results_end(struct results *results, const struct effort *effort, const char *path)
{
    json_t *root = json_pack("{s:s, s:s, s:i, s:f, s:o}", "version", DDBEXPR_VERSION, "compiler",
#ifdef __VERSION__
                             __VERSION__,
#else
                             "unknown",
#endif
                             "samples", (int)effort->samples, "sample_ns", effort->sample_ns, "results", results->list);
    bool written = !path || (root && json_dump_file(root, path, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) == 0);
    if (!written)
        fprintf(stderr, "%s: cannot be written\n", path);
    json_decref(root);
    json_decref(results->baseline);
    return written;
}
