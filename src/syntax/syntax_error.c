/* SPDX-License-Identifier: Apache-2.0 */
/* A syntax error as a diagnostic: the token, the near window, what was found. What should have stood there is hint.c's
 * to say. */
#include "syntax/syntax_error.h"

#include "base/utf8.h"
#include "syntax/hint.h"

/* The text from the start of the token before the offender to the end of the one behind it; what is not there is left
 * out, and at the end of the text the last token stands alone (spec: conformance-suite 2). */
static span near_window(const struct parser *p)
{
    const struct token *tokens = p->tokens.tokens;
    uint32_t count = p->tokens.count, at = p->offender;
    if (count == 0)
        return (span){0, 0};
    uint32_t first = at > 0 ? at - 1 : 0;
    uint32_t last = at + 1 < count ? at + 1 : count - 1;
    return (span){tokens[first].span.start, tokens[last].span.end};
}

/* Where to point: at the end of the text, behind the last token. */
static span place(const struct parser *p)
{
    const struct token *tokens = p->tokens.tokens;
    if (p->offender < p->tokens.count)
        return tokens[p->offender].span;
    uint32_t end = p->tokens.count ? tokens[p->tokens.count - 1].span.end : 0;
    return (span){end, end};
}

void syntax_error_show(buffer *out, str text)
{
    for (size_t i = 0; i < text.len;) {
        size_t length = utf8_length(str_of(text.ptr + i, text.len - i));
        if (length)
            buffer_put(out, str_of(text.ptr + i, length));
        else
            buffer_text_literal(out, "\xef\xbf\xbd");
        i += length ? length : 1;
    }
}

static void put_token(buffer *out, const struct parser *p)
{
    if (p->offender == p->tokens.count)
        buffer_text_literal(out, "<EOF>");
    else
        syntax_error_show(out, str_slice(p->text, place(p)));
}

static void put_near(buffer *out, const struct parser *p)
{
    syntax_error_show(out, str_slice(p->text, near_window(p)));
}

static void put_found(buffer *out, const struct parser *p)
{
    if (p->offender == p->tokens.count) {
        buffer_text_literal(out, "end of the expression");
    } else {
        buffer_char(out, '`');
        put_token(out, p);
        buffer_char(out, '`');
    }
}

/* The writers of the diagnostic's arguments, in their order. */
static void (*const writers[])(buffer *out, const struct parser *p) = {put_token, put_near, hint_put, put_found};
#define WRITERS (sizeof writers / sizeof *writers)

ddbexpr_status syntax_error_report(const struct parser *p)
{
    if (!p->diags)
        return DDBEXPR_OK;
    buffer *texts; /* all arguments, one behind the other */
    if (ddbexpr_buffer_new(arena_allocator(p->arena), &texts) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    size_t ends[WRITERS];
    for (size_t i = 0; i < WRITERS; i++) {
        writers[i](texts, p);
        ends[i] = ddbexpr_buffer_text(texts).len;
    }
    ddbexpr_status status = buffer_status(texts);
    if (status == DDBEXPR_OK) {
        struct diag_draft draft = {.id = DIAG_SYNTAX_ERROR,
                                   .source = source_of_kind(p->kind),
                                   .kind = p->kind,
                                   .text = p->text,
                                   .has_span = true,
                                   .span = place(p)};
        str all = ddbexpr_buffer_text(texts);
        for (size_t i = 0, start = 0; i < WRITERS; start = ends[i++])
            draft.args[i] = str_of(all.ptr + start, ends[i] - start);
        diags_add(p->diags, &draft);
    }
    ddbexpr_buffer_free(texts);
    return status;
}
