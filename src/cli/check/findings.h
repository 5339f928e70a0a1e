/* SPDX-License-Identifier: Apache-2.0 */
/* What check found, in all of its inputs: the form that inputs are turned into and that every report is made of. */
#ifndef DDBEXPR_CLI_CHECK_FINDINGS_H
#define DDBEXPR_CLI_CHECK_FINDINGS_H

#include "cli/config/config.h"

#include <ddbexpr/located.h>

/* A place in a file. Lines and columns count from 1, columns in characters; offsets in bytes from 0. */
struct place {
    size_t offset, end_offset;
    size_t line, column;
    size_t end_line, end_column; /* of the first character after it */
};

/* A file that was checked. Lives in the session's arena. */
struct input_file {
    const char *path; /* as given or found; "-" with --stdin-filename: that name; NULL: the command line itself */
    ddbexpr_str text;
    bool named; /* on the command line, not found in a folder */
    bool is_stdin;
};

/* One request of a file, or that of the command line. */
struct unit {
    const struct input_file *file;
    const char
        *label;     /* which of several requests of the file it is: "state ReserveStock", "[3]"; NULL: the only one */
    bool filled_in; /* a state machine's: see ddbexpr_found_request */
    ddbexpr_request request;         /* size 0: it could not be read, the diagnostics say why */
    bool partial;                    /* no whole request: expressions by themselves */
    ddbexpr_diags *diags;            /* faults and lints of it, in the service's order, lints last */
    struct config_settings settings; /* of its file */
    const ddbexpr_json_map *map;     /* where its members stand in the file; NULL: the command line, or no JSON */
};

/* What keeps a finding from being shown. */
enum suppression {
    SUPPRESSED_NOT = 0, /* so that it can be asked as a truth value */
    SUPPRESSED_IN_SOURCE,
    SUPPRESSED_BY_CONFIGURATION,
    SUPPRESSED_BY_BASELINE
};

/* One diagnostic of a unit. */
struct finding {
    const struct unit *unit;
    const ddbexpr_diag *diag;
    bool has_place;     /* in the unit's file */
    struct place place; /* of the diagnostic's span: of the characters inside the JSON string, or of the member */
    bool shows_part;    /* the diagnostic's text is only a part of the file: its span is that of the place */
    enum suppression suppressed; /* counted apart, and shown only by formats that can say that it is suppressed */
};

struct findings {
    const struct unit *units;
    size_t unit_count;
    size_t file_count;         /* with at least one request, or that are no JSON */
    const struct finding *all; /* by file, then unit, then as the unit's diagnostics stand */
    size_t count;
    size_t faults;                  /* the service refuses them; without the suppressed ones, as the next */
    size_t errors, warnings, infos; /* lints */
    size_t suppressed;
    size_t notes_left_out; /* that were not asked for */
    bool unusable; /* some inputs could not be read, or hold no request (told): EXIT_UNUSABLE, whatever was found */
};

/* Finds the place of a finding in its unit's file; findings of a file in the order of their places are the fastest. */
struct place_walk;
void finding_find_place(struct place_walk *walk, struct finding *finding);

/* Lets the configuration decide how much a finding matters: `index` is that of its diagnostic in the unit. */
void finding_apply_level(struct finding *finding, size_t index);

/* Reads the inputs that the session's options and arguments name, mends the files with --fix, and checks what stands in
 * them. EXIT_TRUE, or told; in both cases to be freed. */
int findings_collect(struct session *session, struct findings *ret);
void findings_free(struct findings *findings);

#endif
