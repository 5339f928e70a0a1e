/* SPDX-License-Identifier: Apache-2.0 */
/* Running text for a terminal, broken into lines at blanks. */
#ifndef DDBEXPR_BASE_WRAP_H
#define DDBEXPR_BASE_WRAP_H

#include "base/buffer.h"

/* Appends user data made visible (base/visible.h), starting in column `column`; where a word would go beyond `width`
 * (0: no limit) it starts a new line, indented by `indent`. Returns the column after the last character. */
size_t wrap_put(buffer *out, str text, size_t column, size_t indent, size_t width);

#endif
