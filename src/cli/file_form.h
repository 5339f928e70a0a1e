/* SPDX-License-Identifier: Apache-2.0 */
/* The form that a file of items has, so that --write does not change it. */
#ifndef DDBEXPR_CLI_FILE_FORM_H
#define DDBEXPR_CLI_FILE_FORM_H

#include "cli/arguments.h"

/* The form that a file has, which is that of its first item. A table that becomes empty leaves the frame only: an array
 * or an answer of Scan stays one; lines, exported or not, become an empty file, which has no form but lines. */
struct file_form {
    ddbexpr_json_layout layout;
    bool lined;       /* array: each item begins a line of its own */
    bool indented;    /* an item spreads over lines */
    bool exported;    /* {"Item": {…}} */
    ddbexpr_str lead; /* array: the blanks before an item */
};

/* The form of a file's text. Errors: those of the reader. */
ddbexpr_status find_form(struct session *session, ddbexpr_str text, struct file_form *ret);

/* Appends what a table holds after a request, in the form. Errors: NO_MEMORY. */
ddbexpr_status put_table(struct session *session, struct file_form form, const ddbexpr_outcome *outcome, size_t table,
                         ddbexpr_buffer *out);

#endif
