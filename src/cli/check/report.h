/* SPDX-License-Identifier: Apache-2.0 */
/* What check found, told: in one of many formats, and as an exit status. */
#ifndef DDBEXPR_CLI_CHECK_REPORT_H
#define DDBEXPR_CLI_CHECK_REPORT_H

#include "cli/check/select.h"

/* How to report; read from the options before anything is checked. */
struct report_options {
    const struct report_format *format;
    struct selection selection; /* of codes; a configuration may add to it in front of the command line */
    ddbexpr_severity fail_on;
    bool notes; /* lints of severity info are wanted, too */
};

/* Reads --format, --select, --ignore, --fail-on. False: told. Zero-initialise. */
bool report_read_options(struct session *session, struct report_options *options);

/* Whether a finding is one of those that were asked for: by its code, and a note only where notes are wanted. */
bool report_wants(const struct report_options *options, const struct finding *finding);

/* Leaves out what is not wanted, marks what is suppressed, reports the rest. An exit status. */
int report(struct session *session, const struct report_options *options, const struct findings *findings);

/* What a format is made from. */
struct report_input {
    struct session *session;
    const struct findings *findings;
    ddbexpr_severity fail_on; /* the least severity that makes the run fail */
};

/* What reports say that have a place for it where findings->unusable. */
#define REPORT_UNUSABLE "some inputs could not be checked, or there were none"

/* Each appends the whole report. Errors: NO_MEMORY. */
ddbexpr_status report_text(const struct report_input *input, ddbexpr_buffer *out);
ddbexpr_status report_json(const struct report_input *input, ddbexpr_buffer *out);
ddbexpr_status report_jsonl(const struct report_input *input, ddbexpr_buffer *out);
ddbexpr_status report_sarif(const struct report_input *input, ddbexpr_buffer *out);
ddbexpr_status report_github(const struct report_input *input, ddbexpr_buffer *out);
ddbexpr_status report_gcc(const struct report_input *input, ddbexpr_buffer *out);
ddbexpr_status report_junit(const struct report_input *input, ddbexpr_buffer *out);
ddbexpr_status report_checkstyle(const struct report_input *input, ddbexpr_buffer *out);

/* Appends the last line for people: "2 faults, 1 warning in 2 of 14 files, 3 suppressed". Errors: NO_MEMORY. */
ddbexpr_status report_summary(const struct findings *findings, ddbexpr_buffer *out);

/* Appends where a finding is, apart from its file, as texts for people say it: "state Pay, action 2,
 * UpdateExpression, column 5". User data is made visible. Errors: NO_MEMORY. */
ddbexpr_status report_append_part(const struct finding *finding, ddbexpr_buffer *out);

/* Appends message and hint, as one line or with a line end between them. User data is as it is. Errors: NO_MEMORY. */
ddbexpr_status report_append_message(const struct finding *finding, const char *between, ddbexpr_buffer *out);

#define OPTION_SPECS_REPORT                                                                                            \
    {"format", "FORMAT", "text, json, jsonl, sarif, github, gcc, junit or checkstyle", OPTION_REPORT_FORMAT},          \
        {"select", "CODES", "only these: codes or their beginnings, DX107,DX5; also several times",                    \
         OPTION_SELECT_CODES},                                                                                         \
        {"ignore", "CODES", "not these; of --select and --ignore the later one holds", OPTION_IGNORE_CODES},           \
        {"fail-on", "LEVEL", "the least severity of a lint that fails: error (default), warning or info",              \
         OPTION_FAIL_ON},                                                                                              \
        {"notes", NULL, "also what is only worth knowing (info)", OPTION_NOTES},                                       \
        {"exit-zero", NULL, "exit with 0 whatever is found", OPTION_EXIT_ZERO},                                        \
        {"baseline", "FILE", "do not show what is in this file", OPTION_BASELINE},                                     \
    {                                                                                                                  \
        "write-baseline", "FILE", "put what is found into a file for --baseline", OPTION_WRITE_BASELINE                \
    }

#endif
