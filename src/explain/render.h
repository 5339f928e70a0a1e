/* SPDX-License-Identifier: Apache-2.0 */
/* What the renderings of explanations have in common. */
#ifndef DDBEXPR_EXPLAIN_RENDER_H
#define DDBEXPR_EXPLAIN_RENDER_H

#include "base/buffer.h"
#include "explain/explain_update.h"

#include <ddbexpr/diagnostic.h>

#define ANSI_GREEN "\033[32m"
#define ANSI_RED   "\033[31m"
#define ANSI_BOLD  "\033[1m"
#define ANSI_DIM   "\033[2m"
#define ANSI_PLAIN "\033[0m"

/* Appends a colour where the style has them. */
static inline void put_colour(buffer *out, const ddbexpr_style *style, const char *code)
{
    if (style && style->colour && !style->markdown)
        buffer_put(out, ddbexpr_cstr(code));
}

static inline size_t width_of(const ddbexpr_style *style) { return style ? style->width : 0; }

/* Appends user data in a headline: in Markdown nothing of it is markup. */
void put_in_headline(buffer *out, const ddbexpr_style *style, str text);

/* A row of a table of things and what is to be said of them: the text begins in `column`, or, where too little room is
 * left beside it, on a line of its own. Appends the text, wrapped, a dim remark, and the line's end. */
void put_beside(buffer *out, const ddbexpr_style *style, size_t used, size_t column, str text, str remark);

/* Appends `lead` and `text`, wrapped and indented, as a line of their own under what stands in such a row. */
void put_under(buffer *out, const ddbexpr_style *style, size_t column, str lead, str text);

/* The frame of a rendering: headline and body. In Markdown the body is a code block; no line of it can end the block,
 * as none consists of tildes only without being indented by four blanks. */
static inline bool is_markdown(const ddbexpr_style *style) { return style && style->markdown; }
static inline void begin_headline(buffer *out, const ddbexpr_style *style)
{
    buffer_put(out, is_markdown(style) ? STR("**") : STR(""));
}
static inline void begin_body(buffer *out, const ddbexpr_style *style)
{
    buffer_put(out, is_markdown(style) ? STR("**\n\n~~~text\n") : STR("\n\n"));
}
static inline void end_body(buffer *out, const ddbexpr_style *style)
{
    buffer_put(out, is_markdown(style) ? STR("~~~\n") : STR(""));
}

#endif
