/* SPDX-License-Identifier: Apache-2.0 */
/* What a finding is about, told so that it stays the same when its file is reformatted or grows: what baselines and
 * the fingerprints of reports are made of. */
#ifndef DDBEXPR_CLI_CHECK_FINDING_KEY_H
#define DDBEXPR_CLI_CHECK_FINDING_KEY_H

#include "cli/check/findings.h"

/* Appends the expression in canonical form and on one line (what cannot be parsed: with single blanks), or the part of
 * the request and its member. Without control characters. Errors: NO_MEMORY. */
ddbexpr_status finding_append_subject(const struct finding *finding, ddbexpr_buffer *buffer);

/* Appends the file as it was named, without a leading "./"; nothing for the command line. Without control characters.
 * Errors: NO_MEMORY. */
ddbexpr_status finding_append_file(const struct finding *finding, ddbexpr_buffer *buffer);

/* A hash of code and subject: 16 hexadecimal digits and a NUL. `scratch` is emptied. Errors: NO_MEMORY. */
ddbexpr_status finding_hash(const struct finding *finding, ddbexpr_buffer *scratch, char ret[17]);

#endif
