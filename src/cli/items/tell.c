/* SPDX-License-Identifier: Apache-2.0 */
/* Faults with their places. */
#include "cli/items/tell.h"

#include "cli/limits.h"

#include <stdio.h>
#include <unistd.h>

int tell_source(const struct source *source)
{
    if (!flush_out())
        return EXIT_INTERNAL;
    if (source->no_memory)
        return complain_no_memory(source->name);
    complain("%s: %s", source->name, source->fault);
    return EXIT_UNUSABLE;
}

/* More of the text behind the chunk, as much as its line may show. */
static bool read_on(struct source *source, struct chunk *c)
{
    char more[CHUNK_PAST];
    size_t got;
    if (c->last)
        return true;
    c->last = source_read(source, more, sizeof more, &got) && got < sizeof more;
    return chunk_append(c, more, got);
}

/* Whether the text has more than one line: a place in one of a single line has no number of it. The rest is looked at
 * for as long as a line may be, for it may never end. */
static bool has_lines(struct source *source, const struct chunk *c, const struct place *place)
{
    char more[4096];
    if (place->lines || memchr(c->bytes, '\n', c->length))
        return true;
    bool good = !c->last;
    for (size_t seen = 0, got; good && seen < BUDGET_LINE_END; seen += got) {
        good = source_read(source, more, sizeof more, &got) && got;
        if (memchr(more, '\n', got))
            return true;
    }
    return false;
}

static void put_diag(const struct session *s, struct source *source, const struct chunk *c, const struct place *place,
                     const ddbexpr_diag *diag, ddbexpr_buffer *out)
{
    const ddbexpr_style style = style_for(s, STDERR_FILENO);
    if (ddbexpr_diag_source(diag) != DDBEXPR_SOURCE_JSON || !ddbexpr_diag_has_span(diag)) {
        ddbexpr_diag_render(diag, &style, out);
        return;
    }
    char text[80];
    struct place there = *place;
    size_t start = ddbexpr_diag_span(diag).start;
    if (start > c->end)
        place_move(&there, place_measure(c->bytes + c->end, start - c->end));
    unsigned long long line = there.lines + 1, column = there.characters + 1;
    if (has_lines(source, c, place))
        snprintf(text, sizeof text, "%s, line %llu, column %llu", ddbexpr_source_name(DDBEXPR_SOURCE_JSON), line,
                 column);
    else
        snprintf(text, sizeof text, "%s, column %llu", ddbexpr_source_name(DDBEXPR_SOURCE_JSON), column);
    ddbexpr_diag_render_at(diag, ddbexpr_cstr(text), &style, out);
}

int tell_fault(struct session *s, struct source *source, struct chunk *c, const struct place *place)
{
    ddbexpr_arena *arena = NULL;
    ddbexpr_buffer *out = NULL;
    const ddbexpr_value *item;
    ddbexpr_status status = read_on(source, c) ? ddbexpr_arena_new(NULL, &arena) : DDBEXPR_NO_MEMORY;
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_new(NULL, &out);
    ddbexpr_json_items items = {.size = sizeof items,
                                .text = {c->bytes, c->length},
                                .form = s->form,
                                .layout = c->layout,
                                .begun = c->begun,
                                .offset = c->end};
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_next_item(&items, arena, s->diags, &item);
    bool flushed = flush_out();
    if (status == DDBEXPR_INVALID && flushed) {
        for (size_t i = 0; i < ddbexpr_diags_count(s->diags); i++)
            put_diag(s, source, c, place, ddbexpr_diags_at(s->diags, i), out);
        complain("%s cannot be read", source->name);
        put_err_whole(out);
    } else {
        ddbexpr_buffer_free(out);
    }
    ddbexpr_arena_free(arena);
    if (!flushed)
        return EXIT_INTERNAL;
    return status == DDBEXPR_INVALID ? EXIT_UNUSABLE : exit_for_status(status);
}
