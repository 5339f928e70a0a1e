/* SPDX-License-Identifier: Apache-2.0 */
/* An expression's text with marks under some of its parts. */
#ifndef DDBEXPR_EXPLAIN_EXCERPT_H
#define DDBEXPR_EXPLAIN_EXCERPT_H

#include "base/buffer.h"

#include <ddbexpr/diagnostic.h>

/* Appends the text, line by line and broken to the style's width, with `^` under the spans, which are in text order
 * and do not overlap. Lines far from any mark are left out of a long text. */
void put_excerpt(buffer *out, const ddbexpr_style *style, str text, const ddbexpr_span *spans, size_t count);

#endif
