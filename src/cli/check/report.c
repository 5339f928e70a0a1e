/* SPDX-License-Identifier: Apache-2.0 */
/* From everything that was found to what is shown: selection, suppressions, baseline, counts, the format, the exit
 * status. Must not know how a format looks. */
#include "cli/check/report.h"

#include "cli/check/baseline.h"
#include "cli/check/suppressions.h"
#include "cli/report/xml_library.h"

#include <stdio.h>
#include <string.h>

struct report_format {
    const char *name;
    ddbexpr_status (*write)(const struct report_input *input, ddbexpr_buffer *out);
    bool summary_on_stderr; /* a log for people; text has the summary in it, data speaks for itself */
    bool is_xml;
};

static const struct report_format formats[] = {
    {"text", report_text, false, false},    {"json", report_json, false, false},
    {"jsonl", report_jsonl, false, false},  {"sarif", report_sarif, false, false},
    {"github", report_github, true, false}, {"gcc", report_gcc, true, false},
    {"junit", report_junit, false, true},   {"checkstyle", report_checkstyle, false, true},
};

static bool read_format(const struct session *s, const struct report_format **ret)
{
    const char *given = options_value(s->options, OPTION_REPORT_FORMAT);
    *ret = &formats[0];
    for (size_t i = 0; given && i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, given) == 0) {
            *ret = &formats[i];
            return !formats[i].is_xml || xml_library_is_there(given);
        }
    if (given)
        complain("--format is text, json, jsonl, sarif, github, gcc, junit or checkstyle, not '%s'", given);
    return !given;
}

bool report_read_options(struct session *s, struct report_options *options)
{
    if (!read_format(s, &options->format) || !read_fail_on(s, &options->fail_on))
        return false;
    options->notes = options_has(s->options, OPTION_NOTES) || options->fail_on == DDBEXPR_INFO;
    return selection_add_options(s, &options->selection);
}

/* What a request lacks says nothing of one that is not whole, and is told of it only if it is selected. */
static bool is_for_whole_requests(const char *code) { return strcmp(code, "DX610") == 0; }

/* Notes are true of much that is as it should be: they are for those who ask. */
bool report_wants(const struct report_options *options, const struct finding *finding)
{
    const char *code = ddbexpr_diag_code(finding->diag);
    bool is_note = ddbexpr_diag_severity(finding->diag) == DDBEXPR_INFO;
    bool by_default = (!is_note || options->notes) && !(finding->unit->partial && is_for_whole_requests(code));
    return selection_has(&options->selection, code, by_default);
}

/* Keeps the wanted ones, in their order; the others go into a list of their own, which has room for all. */
static size_t keep_selected(const struct report_options *options, struct finding *all, size_t count,
                            struct finding *others, size_t *ret_notes_left_out)
{
    size_t kept = 0;
    *ret_notes_left_out = 0;
    for (size_t i = 0; i < count; i++) {
        const char *code = ddbexpr_diag_code(all[i].diag);
        bool is_note = ddbexpr_diag_severity(all[i].diag) == DDBEXPR_INFO;
        if (report_wants(options, &all[i]))
            all[kept++] = all[i];
        else {
            others[i - kept] = all[i];
            if (selection_has(&options->selection, code, true) && is_note && !options->notes)
                ++*ret_notes_left_out;
        }
    }
    return kept;
}

static void count_findings(struct findings *findings)
{
    findings->faults = findings->errors = findings->warnings = findings->infos = findings->suppressed = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->all[i].suppressed) {
            findings->suppressed++;
            continue;
        }
        if (is_fault(&findings->all[i])) {
            findings->faults++;
            continue;
        }
        switch (ddbexpr_diag_severity(findings->all[i].diag)) {
        case DDBEXPR_ERROR:
            findings->errors++;
            break;
        case DDBEXPR_WARNING:
            findings->warnings++;
            break;
        case DDBEXPR_INFO:
            findings->infos++;
            break;
        }
    }
}

static int write_report(struct session *s, const struct report_options *options, const struct findings *findings)
{
    const struct report_input input = {s, findings, options->fail_on};
    ddbexpr_buffer_clear(s->out);
    ddbexpr_status status = options->format->write(&input, s->out);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    if (!put_out(ddbexpr_buffer_text(s->out)))
        return EXIT_INTERNAL;
    if (!options->format->summary_on_stderr)
        return EXIT_TRUE;
    ddbexpr_buffer_clear(s->out);
    status = report_summary(findings, s->out);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    if (!flush_out()) /* the count comes last also where both go into one log */
        return EXIT_INTERNAL;
    put_err(ddbexpr_buffer_text(s->out));
    return EXIT_TRUE;
}

/* A file that is no JSON makes the run fail, so it must be told also where nobody is shown why. */
static void tell_hidden(const struct findings *findings)
{
    size_t at = 0;
    for (size_t i = 0; i < findings->unit_count; i++) {
        const struct unit *unit = &findings->units[i];
        bool shown = false;
        for (; at < findings->count && findings->all[at].unit == unit; at++)
            shown |= !findings->all[at].suppressed;
        if (!shown && unit->file->path && !unit->map)
            complain("%s: is no JSON, and why is not shown: it is suppressed, or not selected", unit->file->path);
    }
}

int report(struct session *s, const struct report_options *options, const struct findings *given)
{
    struct findings findings = *given;
    struct finding *all;
    ddbexpr_status status = mark_suppressed_in_source(s->arena, given, &all, &findings.count);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    size_t found = findings.count;
    struct finding *others = ddbexpr_arena_alloc(s->arena, (found + 1) * sizeof *others);
    if (!others)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    findings.count = keep_selected(options, all, found, others, &findings.notes_left_out);
    findings.all = all;
    const struct baseline_input input = {&options->selection, &findings, all,
                                         findings.count,      others,    found - findings.count};
    int exit = baseline_use(s, &input);
    if (exit != EXIT_TRUE)
        return exit;
    count_findings(&findings);
    exit = write_report(s, options, &findings);
    if (exit != EXIT_TRUE)
        return exit;
    if (findings.unusable) {
        tell_hidden(&findings);
        return EXIT_UNUSABLE;
    }
    return options_has(s->options, OPTION_EXIT_ZERO) ? EXIT_TRUE : exit_for_findings(&findings, options->fail_on);
}
