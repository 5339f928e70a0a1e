/* SPDX-License-Identifier: Apache-2.0 */
/* The sentence about a syntax error: that of the slip it is, or else what could have stood there. All text is in
 * hints.def. */
#include "syntax/hint.h"

struct expectation {
    uint64_t kinds;
    const char *words;
};

static const struct expectation expectations[] = {
#define SLIP(name, id, extent, mend, sentence)
#define EXPECTED(kinds, words) {kinds, words},
#include "syntax/hints.def"
#undef SLIP
#undef EXPECTED
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* "expected X, Y or Z after `token`" */
static void put_expected(buffer *out, const struct scene *s)
{
    const char *words[COUNT_OF(expectations)];
    size_t count = 0;
    uint64_t left = s->p->expected;
    for (size_t i = 0; i < COUNT_OF(expectations); i++) {
        if (expectations[i].kinds & ~left)
            continue;
        words[count++] = expectations[i].words;
        left &= ~expectations[i].kinds;
    }
    for (size_t i = 0; i < count; i++) {
        str joint = i == 0 ? STR("expected ") : i + 1 == count ? STR(" or ") : STR(", ");
        buffer_put(out, joint);
        buffer_put(out, ddbexpr_cstr(words[i]));
    }
    if (s->p->offender > 0) {
        buffer_text_literal(out, " after `");
        buffer_put(out, scene_text(s, -1));
        buffer_char(out, '`');
    }
}

str hint_section(const struct scene *s)
{
    return token_is_section(s->section) ? ast_section_text((enum section_kind)(s->section - TOKEN_SET)) : STR("");
}

void hint_put(buffer *out, const struct scene *s, const struct slip *slip, span extent)
{
    if (!slip) {
        put_expected(out, s);
        return;
    }
    const str args[DIAG_ARGS] = {scene_text(s, 0), scene_text(s, -1), hint_section(s), str_slice(s->p->text, extent)};
    diag_fill(out, slip->sentence, s->p->kind, args);
}
