/* SPDX-License-Identifier: Apache-2.0 */
/* Items as JSON: a byte for the form, one for the attributes that are wanted, one for where a text in pieces is cut,
 * then the text. The reader that builds what is wanted, the reader of pieces, and the reader of everything at once must
 * say the same; and what is written is read back as it was. */
#include "fuzz.h"

static const str wanted_names[] = {{"a", 1}, {"pk", 2}, {"status", 6}, {"n\n", 2}, {"", 0}, {"Item", 4}, {"S", 1}};

/* One reader going through the text. */
struct reader {
    ddbexpr_json_items items;
    arena *arena;
    ddbexpr_diags *diags;
    const ddbexpr_value *item;
    ddbexpr_status status;
};

static struct reader new_reader(str text, ddbexpr_json_form form)
{
    return (struct reader){.items = {.size = sizeof(ddbexpr_json_items), .text = text, .form = form},
                           .arena = fuzz_arena(),
                           .diags = fuzz_diags()};
}

static void free_reader(struct reader *r)
{
    ddbexpr_arena_free(r->arena);
    ddbexpr_diags_free(r->diags);
}

static void next(struct reader *r)
{
    ddbexpr_arena_reset(r->arena);
    ddbexpr_diags_clear(r->diags);
    r->item = NULL;
    r->status = ddbexpr_json_next_item(&r->items, r->arena, r->diags, &r->item);
}

static void check_same_diags(const ddbexpr_diags *a, const ddbexpr_diags *b, size_t moved)
{
    REQUIRE(ddbexpr_diags_count(a) == ddbexpr_diags_count(b));
    for (size_t i = 0; i < ddbexpr_diags_count(a); i++) {
        const ddbexpr_diag *x = ddbexpr_diags_at(a, i), *y = ddbexpr_diags_at(b, i);
        REQUIRE(strcmp(ddbexpr_diag_code(x), ddbexpr_diag_code(y)) == 0);
        REQUIRE(str_equal(ddbexpr_diag_message(x), ddbexpr_diag_message(y)));
        REQUIRE(ddbexpr_diag_has_span(x) == ddbexpr_diag_has_span(y));
        if (ddbexpr_diag_has_span(x) && ddbexpr_diag_source(x) == DDBEXPR_SOURCE_JSON) {
            REQUIRE(ddbexpr_diag_span(x).start == ddbexpr_diag_span(y).start + moved);
            REQUIRE(ddbexpr_diag_span(x).end == ddbexpr_diag_span(y).end + moved);
        }
    }
}

/* --- what is written is read --- */

static bool looks_enveloped(const ddbexpr_value *item)
{
    return ddbexpr_value_count(item) == 1 && str_equal(ddbexpr_value_name_at(item, 0), STR("Item"));
}

static void check_round_trip(const ddbexpr_value *item)
{
    arena *a = fuzz_arena();
    const ddbexpr_value *back;
    str text = fuzz_json_of(a, item);
    if (!ddbexpr_item_is_faulty(item) && !looks_enveloped(item)) {
        REQUIRE(ddbexpr_json_read_item(a, text, DDBEXPR_JSON_TYPED, NULL, &back) == DDBEXPR_OK);
        REQUIRE(ddbexpr_value_equal(item, back));
        REQUIRE(ddbexpr_item_size(item) == ddbexpr_item_size(back));
        REQUIRE(str_equal(text, fuzz_json_of(a, back)));
    }
    ddbexpr_arena_free(a);
}

static void check_printed(const ddbexpr_value *item)
{
    ddbexpr_buffer *out = fuzz_buffer();
    REQUIRE(ddbexpr_value_print(item, 60, out) == DDBEXPR_OK);
    fuzz_check_visible(ddbexpr_buffer_text(out));
    ddbexpr_buffer_clear(out);
    REQUIRE(ddbexpr_json_write_item(item, DDBEXPR_JSON_PLAIN, 2, out) == DDBEXPR_OK);
    REQUIRE(ddbexpr_item_is_faulty(item) || fuzz_is_json(ddbexpr_buffer_text(out)));
    ddbexpr_buffer_free(out);
}

/* --- the readers side by side --- */

/* The attributes that are wanted, and no others. */
static void check_part(const ddbexpr_value *whole, const ddbexpr_value *part, size_t count)
{
    size_t there = 0;
    for (size_t i = 0; i < count; i++) {
        const ddbexpr_value *a = ddbexpr_value_get(whole, wanted_names[i]);
        const ddbexpr_value *b = ddbexpr_value_get(part, wanted_names[i]);
        REQUIRE((a != NULL) == (b != NULL));
        REQUIRE(!a || ddbexpr_value_equal(a, b));
        there += a != NULL;
    }
    REQUIRE(ddbexpr_value_count(part) == there);
}

static void check_wanted(str text, ddbexpr_json_form form, size_t count)
{
    arena *a = fuzz_arena();
    struct reader whole = new_reader(text, form), part = new_reader(text, form);
    REQUIRE(ddbexpr_json_wanted_new(a, wanted_names, count, &part.items.wanted) == DDBEXPR_OK);
    do {
        next(&whole);
        next(&part);
        REQUIRE(whole.status == part.status);
        check_same_diags(whole.diags, part.diags, 0);
        REQUIRE(whole.items.offset == part.items.offset && whole.items.ended == part.items.ended);
        REQUIRE(whole.items.span.start == part.items.span.start && whole.items.span.end == part.items.span.end);
        REQUIRE(whole.items.exported == part.items.exported && whole.items.layout == part.items.layout);
        REQUIRE((whole.item != NULL) == (part.item != NULL));
        if (whole.item)
            check_part(whole.item, part.item, count);
    } while (whole.item);
    free_reader(&whole);
    free_reader(&part);
    ddbexpr_arena_free(a);
}

static void check_pieces(str text, ddbexpr_json_form form, size_t cut)
{
    struct reader whole = new_reader(text, form), pieces = new_reader(str_of(text.ptr, cut), form);
    size_t gone = 0;
    pieces.items.partial = true;
    for (;;) {
        next(&pieces);
        if (pieces.status == DDBEXPR_OK && pieces.items.breaks_off) {
            REQUIRE(pieces.items.partial && !pieces.item);
            gone = pieces.items.offset;
            pieces.items.text = str_of(text.ptr + gone, text.len - gone);
            pieces.items.offset = 0;
            pieces.items.partial = false;
            continue;
        }
        next(&whole);
        REQUIRE(whole.status == pieces.status);
        check_same_diags(whole.diags, pieces.diags, gone);
        REQUIRE((whole.item != NULL) == (pieces.item != NULL));
        if (!whole.item)
            break;
        REQUIRE(whole.items.span.start == pieces.items.span.start + gone);
        REQUIRE(whole.items.span.end == pieces.items.span.end + gone);
        REQUIRE(ddbexpr_value_equal(whole.item, pieces.item));
    }
    free_reader(&whole);
    free_reader(&pieces);
}

/* All at once, against one by one. */
static void check_all(str text, ddbexpr_json_form form)
{
    struct reader one = new_reader(text, form);
    arena *a = fuzz_arena();
    ddbexpr_diags *diags = fuzz_diags();
    const ddbexpr_value *const *items = NULL;
    size_t count = 0;
    ddbexpr_status status = ddbexpr_json_read_items(a, text, form, diags, &items, &count);
    fuzz_check_told(diags, status);
    size_t i = 0;
    for (next(&one); one.item; i++, next(&one)) {
        REQUIRE(!ddbexpr_item_is_faulty(one.item));
        check_round_trip(one.item);
        check_printed(one.item);
        REQUIRE(status != DDBEXPR_OK || (i < count && ddbexpr_value_equal(one.item, items[i])));
    }
    REQUIRE(one.status == status);
    REQUIRE(status != DDBEXPR_OK || i == count);
    check_same_diags(one.diags, diags, 0);
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(a);
    free_reader(&one);
}

/* One item, which may hold what no table can. */
static void check_one(str text, ddbexpr_json_form form)
{
    arena *a = fuzz_arena();
    ddbexpr_diags *diags = fuzz_diags();
    const ddbexpr_value *item;
    ddbexpr_status status = ddbexpr_json_read_item(a, text, form, diags, &item);
    fuzz_check_told(diags, status);
    if (status == DDBEXPR_OK) {
        check_round_trip(item);
        check_printed(item);
    }
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    ddbexpr_json_form form = fuzz_choice(&input, 2) ? DDBEXPR_JSON_PLAIN : DDBEXPR_JSON_TYPED;
    size_t wanted = fuzz_choice(&input, 1 + sizeof wanted_names / sizeof *wanted_names);
    size_t cut = fuzz_choice(&input, 256);
    str text = fuzz_rest(&input);
    check_one(text, form);
    check_all(text, form);
    check_wanted(text, form, wanted);
    check_pieces(text, form, text.len * cut / 256);
    fuzz_close(&input);
    return 0;
}
