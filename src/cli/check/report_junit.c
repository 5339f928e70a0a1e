/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as JUnit writes test results: a suite a file, a case a finding, and one for a request without any. What
 * makes the run fail is a failure; what does not passes and says why in its output; what is suppressed is skipped. An
 * error says that inputs were unusable. */
#include "cli/check/report.h"
#include "cli/report/report_xml.h"

struct counts {
    size_t tests, failures, errors, skipped;
};

static bool fails(const struct finding *finding, ddbexpr_severity fail_on)
{
    return is_fault(finding) || ddbexpr_diag_severity(finding->diag) <= fail_on;
}

/* A stretch of the units that belongs to one file, with its findings. */
struct suite {
    const struct input_file *file;
    size_t unit, unit_end;
    size_t finding, finding_end;
};

/* The one after the given one; the first after a zero one. False: there is no more. */
static bool next_suite(const struct findings *findings, struct suite *suite)
{
    size_t unit = suite->unit_end, finding = suite->finding_end;
    if (unit == findings->unit_count)
        return false;
    *suite = (struct suite){findings->units[unit].file, unit, unit, finding, finding};
    while (suite->unit_end < findings->unit_count && findings->units[suite->unit_end].file == suite->file)
        suite->unit_end++;
    while (suite->finding_end < findings->count &&
           findings->all[suite->finding_end].unit < findings->units + suite->unit_end)
        suite->finding_end++;
    return true;
}

static void add_counts(const struct report_input *input, const struct suite *suite, struct counts *counts)
{
    const struct findings *findings = input->findings;
    size_t next = suite->finding;
    for (size_t unit = suite->unit; unit < suite->unit_end; unit++) {
        if (next == suite->finding_end || findings->all[next].unit != &findings->units[unit])
            counts->tests++;
        for (; next < suite->finding_end && findings->all[next].unit == &findings->units[unit]; next++) {
            counts->tests++;
            if (findings->all[next].suppressed)
                counts->skipped++;
            else if (fails(&findings->all[next], input->fail_on))
                counts->failures++;
        }
    }
}

static void put_counts(struct xml *xml, struct counts counts)
{
    xml_number(xml, "tests", counts.tests);
    xml_number(xml, "failures", counts.failures);
    xml_number(xml, "errors", counts.errors);
    xml_number(xml, "skipped", counts.skipped);
}

static void append(struct xml *xml, ddbexpr_buffer *out, const char *text)
{
    if (ddbexpr_buffer_append(out, ddbexpr_cstr(text)) != DDBEXPR_OK)
        xml->failed = true;
}

static const char *path_of(const struct unit *unit)
{
    return unit->file && unit->file->path ? unit->file->path : "command line";
}

static void put_case_head(struct xml *xml, const struct unit *unit, ddbexpr_str name)
{
    xml_open(xml, "testcase");
    xml_attribute(xml, "name", name);
    xml_attribute(xml, "classname", ddbexpr_cstr(path_of(unit)));
    if (unit->file && unit->file->path)
        xml_attribute(xml, "file", ddbexpr_cstr(unit->file->path));
}

static void put_clean_unit(struct xml *xml, const struct unit *unit)
{
    const char *name = unit->label ? unit->label : ddbexpr_operation_name(unit->request.operation);
    put_case_head(xml, unit, ddbexpr_cstr(name));
    xml_close(xml);
}

static const char *reason(enum suppression suppressed)
{
    static const char *const reasons[] = {
        [SUPPRESSED_NOT] = "",
        [SUPPRESSED_IN_SOURCE] = "suppressed in the file",
        [SUPPRESSED_BY_CONFIGURATION] = "suppressed by the configuration",
        [SUPPRESSED_BY_BASELINE] = "in the baseline",
    };
    return reasons[suppressed];
}

/* What a failure says: message, hint, the service's words. */
static void append_details(struct xml *xml, const struct finding *finding, ddbexpr_buffer *out)
{
    ddbexpr_str service = ddbexpr_diag_service_message(finding->diag);
    if (report_append_message(finding, "\nhelp: ", out) != DDBEXPR_OK)
        xml->failed = true;
    if (service.len == 0)
        return;
    append(xml, out, "\nthe service: ");
    append(xml, out, ddbexpr_diag_service_type(finding->diag));
    append(xml, out, ": ");
    if (ddbexpr_buffer_append(out, service) != DDBEXPR_OK)
        xml->failed = true;
}

static void put_outcome(struct xml *xml, const struct finding *finding, ddbexpr_severity fail_on,
                        ddbexpr_buffer *scratch)
{
    const char *severity = ddbexpr_severity_name(ddbexpr_diag_severity(finding->diag));
    ddbexpr_buffer_clear(scratch);
    if (finding->suppressed) {
        xml_open(xml, "skipped");
        xml_attribute(xml, "message", ddbexpr_cstr(reason(finding->suppressed)));
    } else if (fails(finding, fail_on)) {
        xml_open(xml, "failure");
        xml_attribute(xml, "message", ddbexpr_diag_message(finding->diag));
        xml_attribute(xml, "type", ddbexpr_cstr(severity));
        append_details(xml, finding, scratch);
        xml_text(xml, ddbexpr_buffer_text(scratch));
    } else {
        xml_open(xml, "system-out");
        append(xml, scratch, severity);
        append(xml, scratch, ": ");
        append_details(xml, finding, scratch);
        xml_text(xml, ddbexpr_buffer_text(scratch));
    }
    xml_close(xml);
}

static void put_finding(struct xml *xml, const struct finding *finding, ddbexpr_severity fail_on,
                        ddbexpr_buffer *scratch)
{
    ddbexpr_buffer_clear(scratch);
    append(xml, scratch, ddbexpr_diag_code(finding->diag));
    append(xml, scratch, " ");
    append(xml, scratch, ddbexpr_diag_name(finding->diag));
    append(xml, scratch, ": ");
    if (report_append_part(finding, scratch) != DDBEXPR_OK)
        xml->failed = true;
    put_case_head(xml, finding->unit, ddbexpr_buffer_text(scratch));
    if (finding->has_place)
        xml_number(xml, "line", finding->place.line);
    put_outcome(xml, finding, fail_on, scratch);
    xml_close(xml);
}

static void put_suite(struct xml *xml, const struct report_input *input, const struct suite *suite,
                      ddbexpr_buffer *scratch)
{
    const struct findings *findings = input->findings;
    struct counts counts = {0, 0, 0, 0};
    size_t next = suite->finding;
    add_counts(input, suite, &counts);
    xml_open(xml, "testsuite");
    xml_attribute(xml, "name", ddbexpr_cstr(path_of(&findings->units[suite->unit])));
    put_counts(xml, counts);
    for (size_t unit = suite->unit; unit < suite->unit_end; unit++) {
        if (next == suite->finding_end || findings->all[next].unit != &findings->units[unit])
            put_clean_unit(xml, &findings->units[unit]);
        for (; next < suite->finding_end && findings->all[next].unit == &findings->units[unit]; next++)
            put_finding(xml, &findings->all[next], input->fail_on, scratch);
    }
    xml_close(xml);
}

static const struct counts counts_of_unusable = {.tests = 1, .errors = 1};

static void put_unusable(struct xml *xml)
{
    xml_open(xml, "testsuite");
    xml_attribute(xml, "name", ddbexpr_cstr("inputs"));
    put_counts(xml, counts_of_unusable);
    xml_open(xml, "testcase");
    xml_attribute(xml, "name", ddbexpr_cstr("all inputs are usable"));
    xml_attribute(xml, "classname", ddbexpr_cstr("inputs"));
    xml_open(xml, "error");
    xml_attribute(xml, "message", ddbexpr_cstr(REPORT_UNUSABLE));
    xml_close(xml);
    xml_close(xml);
    xml_close(xml);
}

ddbexpr_status report_junit(const struct report_input *input, ddbexpr_buffer *out)
{
    struct counts counts = input->findings->unusable ? counts_of_unusable : (struct counts){0, 0, 0, 0};
    struct suite suite = {NULL, 0, 0, 0, 0};
    struct xml xml;
    ddbexpr_buffer *scratch;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &scratch);
    if (status != DDBEXPR_OK)
        return status;
    while (next_suite(input->findings, &suite))
        add_counts(input, &suite, &counts);
    xml_begin(&xml);
    xml_open(&xml, "testsuites");
    xml_attribute(&xml, "name", ddbexpr_cstr("ddbexpr check"));
    put_counts(&xml, counts);
    suite = (struct suite){NULL, 0, 0, 0, 0};
    while (next_suite(input->findings, &suite))
        put_suite(&xml, input, &suite, scratch);
    if (input->findings->unusable)
        put_unusable(&xml);
    xml_close(&xml);
    status = xml_end(&xml, out);
    ddbexpr_buffer_free(scratch);
    return status;
}
