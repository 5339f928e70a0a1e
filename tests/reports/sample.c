/* SPDX-License-Identifier: Apache-2.0 */
/* Prints a report of files that no repository should hold: with names and placeholders full of what formats have to
 * escape, requests with labels, faults over several lines, faults without a place, clean requests.
 *
 * usage: report-sample [OPTION of check's reports …] */
#include "cli/check/report.h"

#include <ddbexpr/lint.h>

#include <stdlib.h>
#include <string.h>

struct sample {
    const char *path;   /* NULL: the command line */
    const char *label;  /* NULL: none */
    const char *update; /* NULL: none */
    const char *condition;
    const char *name; /* a placeholder that is defined, and used by nobody; NULL: none */
};

#define ODD_PATH "odd :,%,\n\"<&>'::.json"
#define BAD_PATH "bad\xff\x1b[31m.json"

static const struct sample samples[] = {
    {NULL, NULL, "SET status = a", NULL, NULL},
    {"dir/plain file.json", "[0]", "SET a.b = a.c", NULL, NULL},
    {"dir/plain file.json", "[1]", NULL, "attribute_exists(a)", NULL},
    {"dir/plain file.json", "[2] <&>\"%\n", "SET status =\n  status", NULL, NULL},
    {ODD_PATH, NULL, "SET total = a", NULL, "#un,used:%\n<&>\"]]>"},
    {BAD_PATH, NULL, "SET \xff\x01 = a", NULL, "#bad\xff\x1b[31m"},
    {"./clean.json", NULL, "SET a.b = a.c", "attribute_exists(a.c) AND attribute_exists(a.b)", NULL},
};
#define SAMPLES (sizeof samples / sizeof *samples)

/* What one sample is made of. */
struct made {
    struct input_file file;
    ddbexpr_name_binding name;
};

static const struct option_spec specs[] = {OPTION_SPECS_REPORT, {NULL, NULL, NULL, 0}};

/* As if the expression stood on the third line of the file, from column 20. */
static struct place place_of(const ddbexpr_diag *diag)
{
    ddbexpr_span span = ddbexpr_diag_span(diag);
    return (struct place){100 + span.start, 100 + span.end, 3, 20 + span.start, 3, 20 + span.end};
}

static ddbexpr_status check_unit(const struct sample *sample, struct made *made, struct unit *unit)
{
    const ddbexpr_execute_options options = {sizeof options, DDBEXPR_MESSAGES_CURRENT, true};
    const struct sample *before = sample == samples ? NULL : sample - 1;
    bool same_file = before && before->path && sample->path && strcmp(before->path, sample->path) == 0;
    made->file = (struct input_file){.path = sample->path};
    *unit = (struct unit){.file = same_file ? unit[-1].file : &made->file, .label = sample->label};
    unit->request = (ddbexpr_request){.size = sizeof unit->request,
                                      .operation = sample->update ? DDBEXPR_UPDATE_ITEM : DDBEXPR_DELETE_ITEM};
    if (sample->update)
        unit->request.update_expression = ddbexpr_cstr(sample->update);
    if (sample->condition)
        unit->request.condition_expression = ddbexpr_cstr(sample->condition);
    if (sample->name) {
        made->name = (ddbexpr_name_binding){ddbexpr_cstr(sample->name), ddbexpr_cstr("x")};
        unit->request.names_given = true;
        unit->request.names = &made->name;
        unit->request.name_count = 1;
    }
    ddbexpr_status status = ddbexpr_diags_new(NULL, &unit->diags);
    if (status != DDBEXPR_OK)
        return status;
    status = ddbexpr_request_check(&unit->request, NULL, 0, &options, NULL, unit->diags);
    return status == DDBEXPR_OK || status == DDBEXPR_INVALID ? ddbexpr_lint(&unit->request, NULL, NULL, unit->diags)
                                                             : status;
}

static ddbexpr_status find(struct session *s, const struct unit *units, struct findings *ret)
{
    size_t count = 0, next = 0;
    for (size_t i = 0; i < SAMPLES; i++)
        count += ddbexpr_diags_count(units[i].diags);
    struct finding *all = ddbexpr_arena_alloc(s->arena, count * sizeof *all);
    if (!all)
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t k = 0; k < ddbexpr_diags_count(units[i].diags); k++) {
            const ddbexpr_diag *diag = ddbexpr_diags_at(units[i].diags, k);
            all[next] = (struct finding){.unit = &units[i], .diag = diag};
            all[next].has_place = samples[i].path && ddbexpr_diag_has_span(diag);
            if (all[next].has_place)
                all[next].place = place_of(diag);
            next++;
        }
    *ret = (struct findings){.units = units, .unit_count = SAMPLES, .all = all, .count = count};
    return DDBEXPR_OK;
}

static int print(struct session *s, struct unit *units, struct made *made)
{
    struct report_options options = {.format = NULL};
    struct findings findings;
    ddbexpr_status status = DDBEXPR_OK;
    if (!report_read_options(s, &options))
        return EXIT_UNUSABLE;
    for (size_t i = 0; status == DDBEXPR_OK && i < SAMPLES; i++)
        status = check_unit(&samples[i], &made[i], &units[i]);
    if (status == DDBEXPR_OK)
        status = find(s, units, &findings);
    return status == DDBEXPR_OK ? report(s, &options, &findings) : exit_for_status(status);
}

int main(int argc, char **argv)
{
    struct options options;
    struct session session;
    struct unit units[SAMPLES] = {{.diags = NULL}};
    struct made made[SAMPLES];
    int exit = options_parse(argc, argv, specs, &options) ? session_begin(&session, &options) : EXIT_UNUSABLE;
    if (exit == EXIT_TRUE) {
        exit = print(&session, units, made);
        for (size_t i = 0; i < SAMPLES; i++)
            ddbexpr_diags_free(units[i].diags);
        session_end(&session);
    }
    free(options.given);
    return exit;
}
