/* SPDX-License-Identifier: Apache-2.0 */
/* Texts as YAML that simple readers understand, too: in quotation marks, or several lines as a block. */
#ifndef DDBEXPR_CLI_REPORT_YAML_TEXT_H
#define DDBEXPR_CLI_REPORT_YAML_TEXT_H

#include "cli/report/words.h"

/* In quotation marks, on one line. What a terminal may obey is written as an escape, a byte that is no UTF-8 as
 * U+FFFD. */
void yaml_quoted(struct words *words, ddbexpr_str text);

/* As a block (|) whose lines stand behind the indent, where the text can be one, else in quotation marks. With the end
 * of the line. */
void yaml_lines(struct words *words, ddbexpr_str text, const char *indent);

#endif
