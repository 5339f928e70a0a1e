/* SPDX-License-Identifier: Apache-2.0 */
/* The benchmark of the libraries: every stage with every expression and item of the workload that it goes with. Times
 * are shown and compared, never judged; that an evaluation allocates nothing is. */
#include "allocations.h"
#include "growth.h"
#include "results.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: bench [OPTION ...] WORKLOAD [PART ...]\n"
    "       bench --growth [OPTION ...] [PART ...]\n"
    "\n"
    "Measures the stages with the workload. With PARTs only what has one of them in its name.\n"
    "\n"
    "  --growth          how the cost grows with the size of inputs that are made for it; no workload\n"
    "  --samples N       samples of each figure (11)\n"
    "  --sample-ms N     how long a sample takes, about (5)\n"
    "  --json FILE       writes the results to a file\n"
    "  --compare FILE    shows the results beside those of an earlier run, from its file\n"
    "  --help            this text\n";

struct settings {
    struct effort effort;
    bool growth;
    const char *json, *baseline, *workload;
    char *const *parts; /* up to a NULL */
};

static bool is_wanted(const void *data, const char *name)
{
    const struct settings *settings = data;
    bool wanted = !*settings->parts;
    for (char *const *part = settings->parts; *part; part++)
        wanted = wanted || strstr(name, *part);
    return wanted;
}

/* --- one figure --- */

struct name {
    char text[128];
};

static struct name name_of(const struct stage *stage, const struct operation *operation, const struct stored_item *item)
{
    struct name name;
    snprintf(name.text, sizeof name.text, "%s%s%s%s%s", stage->name, operation ? "/" : "",
             operation ? operation->id : "", item ? "/" : "", item ? item->id : "");
    return name;
}

static const char *note_of(const struct stage *stage, const struct subject *s)
{
    if (s->status != DDBEXPR_OK)
        return s->status == DDBEXPR_INVALID ? "refused" : ddbexpr_status_name(s->status);
    if (stage->subjects == STAGE_OF_CONDITIONS)
        return s->outcome ? "true" : "false";
    return strcmp(stage->name, "request") != 0 ? "" : s->outcome ? "success" : "error";
}

static size_t bytes_of(const struct operation *operation, const struct stored_item *item)
{
    return operation && item ? 0 : operation ? operation->text.len : item->text.len;
}

static bool run(const struct settings *settings, struct results *results, const struct stage *stage,
                const struct operation *operation, const struct stored_item *item)
{
    struct name name = name_of(stage, operation, item);
    struct subject subject;
    if (!is_wanted(settings, name.text))
        return true;
    if (!subject_begin(operation, item, NULL, &subject)) {
        fprintf(stderr, "%s: cannot be made ready\n", name.text);
        return false;
    }
    struct result result = {.name = name.text, .bytes = bytes_of(operation, item)};
    const struct work work = {stage->repeat, &subject};
    measure(&work, 1, &settings->effort, &result.figure);
    result.allocations = allocations_of(stage, operation, item);
    result.note = note_of(stage, &subject);
    bool sound = results_add(results, &result);
    subject_end(&subject);
    if (stage->never_allocates && result.allocations > 0) {
        fprintf(stderr, "%s: must not allocate\n", name.text);
        sound = false;
    }
    return sound;
}

/* --- all of them --- */

static bool takes_operation(const struct stage *stage, const struct operation *operation)
{
    bool update = operation->kind == DDBEXPR_UPDATE;
    return stage->subjects == STAGE_OF_CONDITIONS ? !update : stage->subjects == STAGE_OF_UPDATES ? update : true;
}

static bool run_with_items(const struct settings *settings, struct results *results, const struct stage *stage,
                           const struct operation *operation, const struct workload *w)
{
    bool sound = true;
    for (size_t i = 0; i < w->item_count; i++)
        sound &= run(settings, results, stage, operation, &w->items[i]);
    return sound;
}

static bool run_stage(const struct settings *settings, struct results *results, const struct stage *stage,
                      const struct workload *w)
{
    if (stage->subjects == STAGE_OF_ITEMS)
        return run_with_items(settings, results, stage, NULL, w);
    bool sound = true;
    for (size_t i = 0; i < w->operation_count; i++) {
        const struct operation *operation = &w->operations[i];
        if (!takes_operation(stage, operation))
            continue;
        if (stage->subjects == STAGE_OF_EXPRESSIONS)
            sound &= run(settings, results, stage, operation, NULL);
        else
            sound &= run_with_items(settings, results, stage, operation, w);
    }
    return sound;
}

/* --- options --- */

static bool read_options(int argc, char **argv, struct settings *settings)
{
    static const struct option options[] = {
        {"samples", required_argument, NULL, 'n'},
        {"sample-ms", required_argument, NULL, 't'},
        {"json", required_argument, NULL, 'j'},
        {"compare", required_argument, NULL, 'c'},
        {"growth", no_argument, NULL, 'g'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    *settings = (struct settings){.effort = {.samples = 11, .sample_ns = 5e6, .counter = counter_open()}};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case 'n':
            settings->effort.samples = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 't':
            settings->effort.sample_ns = strtod(optarg, NULL) * 1e6;
            break;
        case 'j':
            settings->json = optarg;
            break;
        case 'c':
            settings->baseline = optarg;
            break;
        case 'g':
            settings->growth = true;
            break;
        default:
            return false;
        }
    }
    if (settings->effort.samples < 1 || settings->effort.samples > MEASURE_MOST_SAMPLES)
        return false;
    if (!settings->growth && optind == argc)
        return false;
    settings->workload = settings->growth ? NULL : argv[optind++];
    settings->parts = &argv[optind];
    return true;
}

static bool run_growth(const struct settings *settings, struct results *results)
{
    size_t steep;
    bool sound = growth_run(&settings->effort, is_wanted, settings, results, &steep);
    printf("%zu grew by more than %.1f at twice the size\n", steep, GROWTH_WANTED);
    return sound;
}

static bool run_all(const struct settings *settings, struct results *results)
{
    const struct workload *workload = workload_read(settings->workload);
    bool sound = workload;
    for (size_t i = 0; i < stage_count && workload; i++)
        sound &= run_stage(settings, results, &stages[i], workload);
    return sound;
}

int main(int argc, char **argv)
{
    struct settings settings;
    struct results results;
    if (!read_options(argc, argv, &settings)) {
        fputs(usage, stderr);
        return 2;
    }
    if (!results_begin(&results, settings.baseline))
        return 2;
    results_head(&results);
    bool sound = settings.growth ? run_growth(&settings, &results) : run_all(&settings, &results);
    sound &= results_end(&results, &settings.effort, settings.json);
    return sound ? 0 : 1;
}
