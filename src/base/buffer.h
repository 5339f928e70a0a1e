/* SPDX-License-Identifier: Apache-2.0 */
/* Growing text. Appending never returns an error by itself: a failure sticks, and the one who made the buffer asks
 * once at the end (buffer_status). */
#ifndef DDBEXPR_BASE_BUFFER_H
#define DDBEXPR_BASE_BUFFER_H

#include "base/str.h"

#include <ddbexpr/memory.h>

typedef ddbexpr_buffer buffer;

void buffer_put(buffer *b, str bytes);
void buffer_char(buffer *b, char c);
void buffer_repeat(buffer *b, char c, size_t count);
void buffer_unsigned(buffer *b, uint64_t n);

#define buffer_text_literal(b, literal) buffer_put((b), STR(literal))

/* DDBEXPR_OK, or NO_MEMORY if anything since the last clear did not fit. */
ddbexpr_status buffer_status(const buffer *b);

#endif
