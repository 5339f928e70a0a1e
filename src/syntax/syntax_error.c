/* SPDX-License-Identifier: Apache-2.0 */
/* A syntax error as a diagnostic: which of them it is to us, the token, the near window, what was found. To the service
 * they are all one. What should have stood there is hint.c's to say. */
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

/* What the texts are made of. */
struct report {
    struct scene scene;
    const struct slip *slip; /* NULL: none of the frequent ones */
    span place;              /* where to point: at the end of the text, behind the last token */
};

static bool at_end(const struct report *r) { return r->scene.p->offender == r->scene.p->tokens.count; }

static void put_token(buffer *out, const struct report *r)
{
    if (at_end(r))
        buffer_text_literal(out, "<EOF>");
    else
        syntax_error_show(out, scene_text(&r->scene, 0));
}

static void put_near(buffer *out, const struct report *r)
{
    syntax_error_show(out, str_slice(r->scene.p->text, near_window(r->scene.p)));
}

static void put_hint(buffer *out, const struct report *r) { hint_put(out, &r->scene, r->slip, r->place); }

static void put_found(buffer *out, const struct report *r)
{
    if (at_end(r)) {
        buffer_text_literal(out, "end of the expression");
    } else {
        buffer_char(out, '`');
        put_token(out, r);
        buffer_char(out, '`');
    }
}

static void put_whole(buffer *out, const struct report *r)
{
    syntax_error_show(out, str_slice(r->scene.p->text, r->place));
}

static void put_section(buffer *out, const struct report *r) { buffer_put(out, hint_section(&r->scene)); }

/* The writers of the diagnostic's arguments, in their order. */
static void (*const writers[])(buffer *out, const struct report *r) = {put_token, put_near,  put_hint,
                                                                       put_found, put_whole, put_section};
#define WRITERS (sizeof writers / sizeof *writers)

/* Makes the arguments and adds the diagnostic. */
static ddbexpr_status add(const struct report *r, buffer *texts, const struct diag_fix *fix)
{
    const struct parser *p = r->scene.p;
    size_t ends[WRITERS];
    for (size_t i = 0; i < WRITERS; i++) {
        writers[i](texts, r); /* all arguments, one behind the other */
        ends[i] = ddbexpr_buffer_text(texts).len;
    }
    if (buffer_status(texts) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct diag_draft draft = {.id = r->slip ? r->slip->id : DIAG_SYNTAX_ERROR,
                               .source = source_of_kind(p->kind),
                               .kind = p->kind,
                               .text = p->text,
                               .has_span = true,
                               .span = r->place,
                               .fix = *fix};
    str all = ddbexpr_buffer_text(texts);
    for (size_t i = 0, start = 0; i < WRITERS; start = ends[i++])
        draft.args[i] = str_of(all.ptr + start, ends[i] - start);
    diags_add(p->diags, &draft);
    return DDBEXPR_OK;
}

ddbexpr_status syntax_error_report(const struct parser *p)
{
    if (!p->diags)
        return DDBEXPR_OK;
    struct report report = {.scene = scene_of(p)};
    struct mending mending = {.fix.safety = DDBEXPR_FIX_NONE};
    report.slip = slip_find(&report.scene);
    report.place = report.slip ? report.slip->extent(&report.scene) : scene_span(&report.scene, 0);
    if (report.slip && !report.slip->mend(&report.scene, report.place, &mending))
        return DDBEXPR_NO_MEMORY;
    buffer *texts;
    if (ddbexpr_buffer_new(arena_allocator(p->arena), &texts) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = add(&report, texts, &mending.fix);
    ddbexpr_buffer_free(texts);
    return status;
}
