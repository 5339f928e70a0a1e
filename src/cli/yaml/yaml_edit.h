/* SPDX-License-Identifier: Apache-2.0 */
/* Values of a YAML or JSON text changed so that all other bytes, comments included, stay as they are. Knows no member
 * of any file. */
#ifndef DDBEXPR_CLI_YAML_YAML_EDIT_H
#define DDBEXPR_CLI_YAML_YAML_EDIT_H

#include "cli/yaml/yaml_tree.h"

/* What becomes of a value. */
struct yaml_edit {
    size_t begin, end; /* of its node */
    ddbexpr_str text;  /* one line of YAML that can stand in brackets; of a JSON text: JSON. Empty: the entry of the map
                          is taken out, and a map that loses all of them becomes {} */
};

/* Appends the text with its edits, which are sorted by place and lie outside of each other. The text is read before and
 * what came out is read again: if anything else is then not what it was, or a value not what it should be, nothing is
 * appended, and that is told. `reader` says how to read; its tree lives in its arena. EXIT_TRUE, or told. */
int yaml_edit_text(struct yaml_reader *reader, ddbexpr_str text, const struct yaml_edit *edits, size_t count,
                   ddbexpr_buffer *to);

#endif
