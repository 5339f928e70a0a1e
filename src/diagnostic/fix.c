/* SPDX-License-Identifier: Apache-2.0 */
/* Applies the fixes that diagnostics suggest to one text. Knows no rule and no map. Nothing is allocated but by the
 * buffer: there are few diagnostics (LIMIT_DIAGNOSTICS), and each changes few places of a text. */
#include "diagnostic/diagnostic.h"

#include "base/limits.h"

/* A diagnostic that changes the text, with the span from its first change to its last: what lies outside of it need not
 * be looked at, else many small fixes of one text would take quadratic time. */
struct candidate {
    const ddbexpr_diag *diag;
    size_t index; /* in the collector */
    ddbexpr_span hull;
    bool taken;
};

struct fixing {
    ddbexpr_source source;
    struct candidate candidates[LIMIT_DIAGNOSTICS]; /* a collector holds no more diagnostics */
    size_t count;
};

/* The next edit of the text at or behind an index of the diagnostic's edits; false: there is none. */
static bool next_edit(const struct fixing *f, const ddbexpr_diag *diag, size_t *index, ddbexpr_edit *ret)
{
    for (; *index < ddbexpr_diag_edit_count(diag); ++*index) {
        *ret = ddbexpr_diag_edit_at(diag, *index);
        if (ret->kind == DDBEXPR_EDIT_REPLACE && ret->source == f->source) {
            ++*index;
            return true;
        }
    }
    return false;
}

/* Keeps the candidates in text order, equal ones in the order of the collector. */
static void add_candidate(struct fixing *f, const ddbexpr_diag *diag, size_t index)
{
    ddbexpr_span hull = {UINT32_MAX, 0};
    ddbexpr_edit edit;
    for (size_t i = 0; next_edit(f, diag, &i, &edit);) {
        hull.start = edit.span.start < hull.start ? edit.span.start : hull.start;
        hull.end = edit.span.end > hull.end ? edit.span.end : hull.end;
    }
    if (hull.start == UINT32_MAX)
        return;
    size_t at = f->count++;
    for (; at > 0 && f->candidates[at - 1].hull.start > hull.start; at--)
        f->candidates[at] = f->candidates[at - 1];
    f->candidates[at] = (struct candidate){diag, index, hull, false};
}

static bool overlap(ddbexpr_span a, ddbexpr_span b)
{
    return a.start == b.start || (a.start < b.end && b.start < a.end);
}

/* `other` is earlier among the candidates, so it does not start behind `one`. */
static bool clashes(const struct fixing *f, const struct candidate *one, const struct candidate *other)
{
    ddbexpr_edit a, b;
    if (other->hull.end < one->hull.start)
        return false;
    for (size_t i = 0; next_edit(f, one->diag, &i, &a);)
        for (size_t j = 0; next_edit(f, other->diag, &j, &b);)
            if (overlap(a.span, b.span))
                return true;
    return false;
}

static size_t take(struct fixing *f)
{
    size_t taken = 0;
    for (size_t i = 0; i < f->count; i++) {
        bool free = true;
        for (size_t j = 0; j < i && free; j++)
            free = !f->candidates[j].taken || !clashes(f, &f->candidates[i], &f->candidates[j]);
        f->candidates[i].taken = free;
        taken += free;
    }
    return taken;
}

/* The first edit that was taken and starts at or behind a byte. No two start at the same one. */
static bool edit_from(const struct fixing *f, uint64_t from, ddbexpr_edit *ret)
{
    bool found = false;
    ddbexpr_edit edit;
    for (size_t c = 0; c < f->count; c++) {
        const struct candidate *candidate = &f->candidates[c];
        if (found && candidate->hull.start > ret->span.start)
            break;
        if (!candidate->taken || candidate->hull.end < from)
            continue;
        for (size_t i = 0; next_edit(f, candidate->diag, &i, &edit);)
            if (edit.span.start >= from && (!found || edit.span.start < ret->span.start)) {
                *ret = edit;
                found = true;
            }
    }
    return found;
}

static void write_text(const struct fixing *f, str text, buffer *out)
{
    if (text.len == 0)
        return;
    size_t copied = 0;
    uint64_t from = 0;
    for (ddbexpr_edit edit = {0}; edit_from(f, from, &edit); from = (uint64_t)edit.span.start + 1) {
        buffer_put(out, str_of(text.ptr + copied, edit.span.start - copied));
        buffer_put(out, edit.text);
        copied = edit.span.end;
    }
    buffer_put(out, str_of(text.ptr + copied, text.len - copied));
}

ddbexpr_status ddbexpr_fix_text(const ddbexpr_diags *diags, int action, ddbexpr_source source, ddbexpr_str text,
                                bool include_unsafe, ddbexpr_buffer *out, bool *ret_applied, size_t *ret_count)
{
    struct fixing f = {.source = source};
    size_t count = ddbexpr_diags_count(diags);
    for (size_t i = 0; i < count; i++) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(diags, i);
        ddbexpr_fix_safety safety = ddbexpr_diag_fix_safety(diag);
        if (ddbexpr_diag_source(diag) == source && ddbexpr_diag_action(diag) == action &&
            str_equal(ddbexpr_diag_text(diag), text) &&
            (safety == DDBEXPR_FIX_SAFE || (safety == DDBEXPR_FIX_UNSAFE && include_unsafe)))
            add_candidate(&f, diag, i);
    }
    size_t taken = take(&f);
    write_text(&f, text, out);
    if (buffer_status(out) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    for (size_t c = 0; c < f.count && ret_applied; c++)
        if (f.candidates[c].taken)
            ret_applied[f.candidates[c].index] = true;
    if (ret_count)
        *ret_count = taken;
    return DDBEXPR_OK;
}
