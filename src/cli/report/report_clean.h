/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of users on their way into reports, whose formats take valid UTF-8 and not every character of it. */
#ifndef DDBEXPR_CLI_REPORT_REPORT_CLEAN_H
#define DDBEXPR_CLI_REPORT_REPORT_CLEAN_H

#include <ddbexpr/ddbexpr.h>

enum clean_for {
    CLEAN_FOR_JSON, /* valid UTF-8 */
    CLEAN_FOR_XML   /* besides, no control characters but tab and line ends, as no XML document may hold the others,
                       and none of clean_unsafe_code, as people read these texts where nothing escapes them */
};

/* The code of the character at the start of the text (not empty), if it is one beyond ASCII that a terminal or a reader
 * of lines may obey: a C1 control, a mark that turns text around or hides in it, a line end of Unicode. Else 0. */
unsigned clean_unsafe_code(ddbexpr_str text);

/* The same, or U+FFFE or U+FFFF, which are no characters: what YAML and XML do not take as it is. Else 0. */
unsigned clean_unprintable_code(ddbexpr_str text);

/* Bytes of the character at the start of the text (not empty), or 0 where no UTF-8 is. */
size_t clean_length(ddbexpr_str text);

/* Appends the text with U+FFFD in place of every byte or character that may not be there. Errors: NO_MEMORY. */
ddbexpr_status clean_append(ddbexpr_buffer *buffer, ddbexpr_str text, enum clean_for format);

/* Characters in front of a byte of the text; a byte that is no UTF-8 counts as one. */
size_t clean_characters(ddbexpr_str text, size_t offset);

#endif
