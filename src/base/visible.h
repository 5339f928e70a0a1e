/* SPDX-License-Identifier: Apache-2.0 */
/* User data as a terminal may see it: nothing in it can move the cursor, change colours or turn the text around. */
#ifndef DDBEXPR_BASE_VISIBLE_H
#define DDBEXPR_BASE_VISIBLE_H

#include "base/buffer.h"

/* Appends the text with control characters, direction marks and bytes that are not UTF-8 written as \n, \x1b, \u{202e};
 * returns the columns it takes (a character is one). `out` NULL: only measures. */
size_t visible_put(buffer *out, str text);

#endif
