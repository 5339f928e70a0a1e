/* SPDX-License-Identifier: Apache-2.0 */
/* Reading over items (scan.c, names.h, pick.c, wanted.c) held against the full reader: of well-formed and of broken
 * texts both say the same, told at the same places, and conditions are as true. Which texts are read over at all is
 * tested by itself: without that, all would pass. Texts in pieces are held against the same texts as a whole. */
#include "json/scan.h"
#include "json/text.h"

#include "collide.h"
#include "kit.h"
#include "prng.h"

#include <ddbexpr/json.h>

/* --- two readers side by side --- */

static const char *const conditions[] = {
    "#s = :s AND version > :n AND #t < :t",
    "attribute_exists(tags) OR size(address) > :n",
    "contains(tags, :s) OR contains(#l, :s) OR address.city = :s",
    "attribute_type(#b, :b) OR active = :yes",
    "attribute_not_exists(nowhere)",
};
#define CONDITIONS (sizeof conditions / sizeof *conditions)

struct readers {
    struct kit k;
    ddbexpr_arena *other; /* of the reader that builds what is wanted */
    ddbexpr_diags *told;
    ddbexpr_program *programs[CONDITIONS];
    const ddbexpr_json_wanted *wanted[CONDITIONS];
    ddbexpr_arena *names;
};

static void readers_open(struct readers *r)
{
    kit_open(&r->k);
    assert_int_equal(ddbexpr_arena_new(&r->k.memory.alloc, &r->other), DDBEXPR_OK);
    assert_int_equal(ddbexpr_arena_new(&r->k.memory.alloc, &r->names), DDBEXPR_OK);
    assert_int_equal(ddbexpr_diags_new(&r->k.memory.alloc, &r->told), DDBEXPR_OK);
    ddbexpr_bindings bindings = *bindings_of(r->names, "{'#s': 'status', '#l': 'lines', '#t': 'total', '#b': 'blob'}",
                                             "{':s': 'paid', ':n': 3, ':t': 99.5, ':b': 'B', ':yes': true}");
    bindings.allow_unused = true;
    for (size_t i = 0; i < CONDITIONS; i++) {
        const str *names;
        size_t count;
        ddbexpr_status status = ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr(conditions[i]), &bindings,
                                                &r->k.memory.alloc, r->k.diags, &r->programs[i]);
        kit_print_diags(r->k.diags);
        assert_int_equal(status, DDBEXPR_OK);
        assert_int_equal(ddbexpr_program_attributes(r->programs[i], r->names, &names, &count), DDBEXPR_OK);
        assert_int_equal(ddbexpr_json_wanted_new(r->names, names, count, &r->wanted[i]), DDBEXPR_OK);
    }
}

static void readers_close(struct readers *r)
{
    for (size_t i = 0; i < CONDITIONS; i++)
        ddbexpr_program_free(r->programs[i]);
    ddbexpr_diags_free(r->told);
    ddbexpr_arena_free(r->names);
    ddbexpr_arena_free(r->other);
    kit_close(&r->k);
}

static void assert_same_diags(const ddbexpr_diags *a, const ddbexpr_diags *b, uint32_t moved)
{
    assert_int_equal(ddbexpr_diags_count(a), ddbexpr_diags_count(b));
    for (size_t i = 0; i < ddbexpr_diags_count(a); i++) {
        const ddbexpr_diag *x = ddbexpr_diags_at(a, i), *y = ddbexpr_diags_at(b, i);
        assert_string_equal(ddbexpr_diag_code(x), ddbexpr_diag_code(y));
        assert_str_equal(ddbexpr_diag_message(x), ddbexpr_diag_message(y));
        assert_str_equal(ddbexpr_diag_service_message(x), ddbexpr_diag_service_message(y));
        assert_int_equal(ddbexpr_diag_has_span(x), ddbexpr_diag_has_span(y));
        if (ddbexpr_diag_has_span(x) && ddbexpr_diag_source(x) == DDBEXPR_SOURCE_JSON) {
            assert_int_equal(ddbexpr_diag_span(x).start, ddbexpr_diag_span(y).start + moved);
            assert_int_equal(ddbexpr_diag_span(x).end, ddbexpr_diag_span(y).end + moved);
        }
    }
}

/* The wanted attributes of `whole` are in `part`, and nothing else is. */
static void assert_part(const ddbexpr_value *whole, const ddbexpr_value *part, const ddbexpr_program *program,
                        ddbexpr_arena *scratch)
{
    const str *names;
    size_t count, there = 0;
    bool of_whole = false, of_part = true;
    assert_int_equal(ddbexpr_program_attributes(program, scratch, &names, &count), DDBEXPR_OK);
    for (size_t i = 0; i < count; i++) {
        const ddbexpr_value *a = ddbexpr_value_get(whole, names[i]), *b = ddbexpr_value_get(part, names[i]);
        assert_int_equal(a != NULL, b != NULL);
        there += a != NULL;
        if (a)
            assert_true(ddbexpr_value_equal(a, b));
    }
    assert_int_equal(ddbexpr_value_count(part), there);
    assert_int_equal(ddbexpr_evaluate(program, whole, &of_whole), DDBEXPR_OK);
    assert_int_equal(ddbexpr_evaluate(program, part, &of_part), DDBEXPR_OK);
    assert_int_equal(of_whole, of_part);
}

/* Both readers go through the text, to its end or to the same fault. */
static void assert_same(struct readers *r, str text, ddbexpr_json_form form, size_t condition)
{
    ddbexpr_json_items whole = {.size = sizeof whole, .text = text, .form = form}, part = whole;
    part.wanted = r->wanted[condition];
    for (;;) {
        const ddbexpr_value *a = NULL, *b = NULL;
        ddbexpr_arena_reset(r->k.arena);
        ddbexpr_arena_reset(r->other);
        ddbexpr_diags_clear(r->k.diags);
        ddbexpr_diags_clear(r->told);
        ddbexpr_status status = ddbexpr_json_next_item(&whole, r->k.arena, r->k.diags, &a);
        assert_int_equal(ddbexpr_json_next_item(&part, r->other, r->told, &b), status);
        assert_same_diags(r->k.diags, r->told, 0);
        assert_int_equal(whole.offset, part.offset);
        assert_int_equal(whole.span.start, part.span.start);
        assert_int_equal(whole.span.end, part.span.end);
        assert_int_equal(whole.exported, part.exported);
        assert_int_equal(whole.ended, part.ended);
        assert_int_equal(a != NULL, b != NULL);
        if (status != DDBEXPR_OK || !a)
            return;
        assert_part(a, b, r->programs[condition], r->k.arena);
    }
}

/* --- texts --- */

static const char *const typed_texts[] = {
    "{\"pk\":{\"S\":\"a\"},\"status\":{\"S\":\"paid\"},\"version\":{\"N\":\"7\"},\"total\":{\"N\":\"99.25\"},"
    "\"active\":"
    "{\"BOOL\":true},\"gone\":{\"NULL\":true},\"tags\":{\"SS\":[\"paid\",\"x\"]},\"numbers\":{\"NS\":[\"1\",\"2.5\"]},"
    "\"blobs\":{\"BS\":[\"AA==\",\"AAA=\"]},\"blob\":{\"B\":\"3q2+7w==\"},\"address\":{\"M\":{\"city\":{\"S\":\"paid\"}"
    ","
    "\"zip\":{\"S\":\"1\"}}},\"lines\":{\"L\":[{\"S\":\"paid\"},{\"M\":{\"a\":{\"L\":[]},\"b\":{\"M\":{}}}}]}}\n"
    "{\"pk\":{\"S\":\"b\"},\"status\":{\"S\":\"new\"}}\n",
    "{\"Item\":{\"pk\":{\"S\":\"a\"},\"status\":{\"S\":\"p\\u0061id\"},\"version\":{\"N\":\"-0\"},\"total\":{\"N\":"
    "\"1e-7\"}}}\n{\"Item\":{}}\n{\"Item\":{\"S\":{\"S\":\"x\"}}}\n{\"Item\":{\"version\":{\"N\":\"007\"}}}\n"
    "{\"Item\":{\"M\":{\"a\":{\"S\":\"x\"}}}}\n{\"Item\":{\"S\":\"x\"},\"b\":{\"S\":\"y\"}}\n",
    "[\n  {\n    \"status\": {\n      \"S\": \"pa\xc3\xaf"
    "d \xe2\x82\xac \xf0\x9f\x98\x80\"\n    },\n    \"version\" : "
    "{ \"N\" : \"12\" } ,\n    \"tags\": { \"SS\": [ \"a\" , \"paid\" ] }\n  } , {\n    \"lines\": {\"L\": [ {\"S\": "
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00\"} , {\"NULL\": true}, {\"BOOL\": false} ]}\n  }\n]\n",
    "{\"Count\":2,\"Items\":[{\"status\":{\"S\":\"paid\"}},{\"version\":{\"N\":\"4\"},\"total\":{\"N\":\"0.5\"}}],"
    "\"ScannedCount\":2}",
    "{\"a\":null,\"status\":{\"S\":\"x\",\"note\":5}}\n{\"status\":{\"S\":\"paid\",\"N\":null}} {\"\\u0061\":{\"S\":"
    "\"\"},\"b\\n\":{\"N\":\"1\"}}",
};

static const char *const plain_texts[] = {
    "{\"pk\": \"a\", \"status\": \"paid\", \"version\": 7, \"total\": 99.25, \"active\": true, \"gone\": null, "
    "\"tags\": "
    "[\"paid\", 1, -0.5e3], \"address\": {\"city\": \"paid\", \"zip\": [[], {}]}, \"lines\": [\"paid\", {\"a\": -1}]}\n"
    "{\"status\": \"p\\u0061id\"}\n{\"version\": 1E400}\n",
    ("[{\"status\":\"new\",\"version\":0},{\"active\":false,\"version\":-1.50},\n{\"a\":\"\xc3\xbc\",\"total\":"
     "12345678901}]"),
    "{\"Items\":[{\"status\":\"paid\"},{}],\"Count\":2,\"ScannedCount\":2}",
    "{\"Item\":{\"status\":\"paid\"}}\n{\"Items\":[1]}\n",
};

/* Exact-length copies, so that a look behind the end is found out. */
static void assert_same_of_copy(struct readers *r, const char *text, size_t length, ddbexpr_json_form form,
                                size_t condition)
{
    char *exact = malloc(length ? length : 1);
    assert_non_null(exact);
    if (length)
        memcpy(exact, text, length);
    assert_same(r, str_of(exact, length), form, condition);
    free(exact);
}

typedef void (*text_check)(struct readers *r, const char *text, ddbexpr_json_form form);

static void for_all_texts(text_check run)
{
    struct readers r;
    readers_open(&r);
    for (size_t i = 0; i < sizeof typed_texts / sizeof *typed_texts; i++)
        run(&r, typed_texts[i], DDBEXPR_JSON_TYPED);
    for (size_t i = 0; i < sizeof plain_texts / sizeof *plain_texts; i++)
        run(&r, plain_texts[i], DDBEXPR_JSON_PLAIN);
    readers_close(&r);
}

static void check_whole(struct readers *r, const char *text, ddbexpr_json_form form)
{
    for (size_t c = 0; c < CONDITIONS; c++)
        assert_same_of_copy(r, text, strlen(text), form, c);
}

static void texts_are_read_alike(void **state)
{
    (void)state;
    for_all_texts(check_whole);
}

static void check_beginnings(struct readers *r, const char *text, ddbexpr_json_form form)
{
    for (size_t length = 0; length < strlen(text); length++)
        assert_same_of_copy(r, text, length, form, length % CONDITIONS);
}

static void texts_that_break_off_are_read_alike(void **state)
{
    (void)state;
    for_all_texts(check_beginnings);
}

/* One to three bytes changed, dropped, doubled or put in; mostly such as have a meaning. */
static size_t spoil(struct prng *random, char *text, size_t length)
{
    static const char meaningful[] = "\"\\{}[],: \n\r\t0159-+.eEuSNBLMtfn\x00\x1f\x7f\x80\xbf\xc3\xe0\xed\xf4\xff=/";
    for (uint32_t changes = 1 + prng_below(random, 3); changes > 0 && length > 1; changes--) {
        size_t at = prng_below(random, (uint32_t)length);
        char byte = meaningful[prng_below(random, sizeof meaningful - 1)];
        switch (prng_below(random, 5)) {
        case 0:
            text[at] = (char)(text[at] ^ 1 << prng_below(random, 8));
            break;
        case 1:
            memmove(text + at, text + at + 1, --length - at);
            break;
        case 2:
            memmove(text + at + 1, text + at, length++ - at);
            text[at] = byte;
            break;
        case 3:
            memmove(text + at + 1, text + at, length++ - at);
            break;
        default:
            text[at] = byte;
        }
    }
    return length;
}

static void check_spoilt(struct readers *r, const char *text, ddbexpr_json_form form)
{
    struct prng random = {11};
    char spoilt[2048];
    assert_true(strlen(text) + 8 < sizeof spoilt);
    for (int round = 0; round < 6000; round++) {
        size_t length = strlen(text);
        memcpy(spoilt, text, length);
        length = spoil(&random, spoilt, length);
        assert_same_of_copy(r, spoilt, length, form, (size_t)round % CONDITIONS);
    }
}

static void broken_texts_are_read_alike(void **state)
{
    (void)state;
    for_all_texts(check_spoilt);
}

/* --- pieces --- */

/* Reads what comes in two pieces, cut at `cut`, with what was read thrown away between; the whole text beside it. */
static void assert_same_in_pieces(struct readers *r, str text, size_t cut, ddbexpr_json_form form, size_t condition)
{
    ddbexpr_json_items whole = {.size = sizeof whole, .text = text, .form = form}, pieces = whole;
    uint32_t gone = 0;
    pieces.wanted = condition % 2 ? r->wanted[condition] : NULL;
    pieces.text.len = cut;
    pieces.partial = true;
    for (;;) {
        const ddbexpr_value *a = NULL, *b = NULL;
        ddbexpr_arena_reset(r->k.arena);
        ddbexpr_arena_reset(r->other);
        ddbexpr_diags_clear(r->k.diags);
        ddbexpr_diags_clear(r->told);
        ddbexpr_status status = ddbexpr_json_next_item(&pieces, r->other, r->told, &b);
        if (status == DDBEXPR_OK && pieces.breaks_off) {
            assert_true(pieces.partial);
            assert_null(b);
            gone = (uint32_t)pieces.offset;
            pieces.text = str_of(text.ptr + gone, text.len - gone);
            pieces.offset = 0;
            pieces.partial = false;
            continue;
        }
        assert_int_equal(ddbexpr_json_next_item(&whole, r->k.arena, r->k.diags, &a), status);
        assert_same_diags(r->k.diags, r->told, gone);
        assert_int_equal(a != NULL, b != NULL);
        if (status != DDBEXPR_OK || !a)
            return;
        assert_int_equal(whole.span.start, pieces.span.start + gone);
        assert_int_equal(whole.span.end, pieces.span.end + gone);
        assert_int_equal(whole.exported, pieces.exported);
        assert_int_equal(whole.layout, pieces.layout);
        if (pieces.wanted)
            assert_part(a, b, r->programs[condition], r->k.arena);
        else
            assert_true(ddbexpr_value_equal(a, b));
    }
}

static void check_pieces(struct readers *r, const char *text, ddbexpr_json_form form)
{
    for (size_t cut = 0; cut <= strlen(text); cut++)
        assert_same_in_pieces(r, ddbexpr_cstr(text), cut, form, cut % CONDITIONS);
}

static void texts_in_pieces_are_read_as_whole_ones(void **state)
{
    (void)state;
    for_all_texts(check_pieces);
}

static void check_spoilt_pieces(struct readers *r, const char *text, ddbexpr_json_form form)
{
    struct prng random = {13};
    char spoilt[2048];
    for (int round = 0; round < 6000; round++) {
        size_t length = strlen(text);
        memcpy(spoilt, text, length);
        length = spoil(&random, spoilt, length);
        assert_same_in_pieces(r, str_of(spoilt, length), prng_below(&random, (uint32_t)length + 1), form,
                              (size_t)round % CONDITIONS);
    }
}

static void broken_texts_in_pieces_are_told_as_whole_ones(void **state)
{
    (void)state;
    for_all_texts(check_spoilt_pieces);
}

/* A fault is told as soon as nothing that follows can mend it: nobody has to hold the rest for it. */
static void a_fault_is_told_before_the_rest_is_there(void **state)
{
    (void)state;
    static const char rest[] = "{\"b\":{\"S\":\"0123456789012345678901234567890123456789\"}}\n";
    static const char *const wrong[] = {"{\"a\":5}\n",
                                        "{\"a\":[1}\n",
                                        "{\"a\":{\"S\":\"\\x\"}}\n",
                                        "{} {\"a\"}\n",
                                        "[{},{\"a\":{\"N\":\"1\"}}}\n",
                                        "7\n",
                                        "{\"a\":{\"S\":\"x\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct kit k;
        char text[160];
        kit_open(&k);
        snprintf(text, sizeof text, "%s%s", wrong[i], rest);
        ddbexpr_json_items items = {
            .size = sizeof items, .text = ddbexpr_cstr(text), .form = DDBEXPR_JSON_TYPED, .partial = true};
        const ddbexpr_value *item = NULL;
        ddbexpr_status status = DDBEXPR_OK;
        for (int count = 0; count < 3 && status == DDBEXPR_OK; count++) {
            status = ddbexpr_json_next_item(&items, k.arena, k.diags, &item);
            assert_false(items.breaks_off);
        }
        assert_int_equal(status, DDBEXPR_INVALID);
        assert_int_equal(ddbexpr_diags_count(k.diags), 1);
        kit_close(&k);
    }
}

/* --- what is read over --- */

static bool scans(const char *text, ddbexpr_json_form form, struct json_scan *ret)
{
    static struct json_attribute attributes[2];
    struct kit k;
    const str wanted[] = {STR("a"), STR("b")};
    const ddbexpr_json_wanted *w = NULL;
    kit_open(&k);
    assert_int_equal(ddbexpr_json_wanted_new(k.arena, wanted, 2, &w), DDBEXPR_OK);
    size_t length = strlen(text);
    char *exact = malloc(length);
    assert_non_null(exact);
    memcpy(exact, text, length);
    *ret = (struct json_scan){.attributes = attributes};
    bool done = json_scan_item(str_of(exact, length), 0, form, w, ret);
    free(exact);
    kit_close(&k);
    return done;
}

static void assert_scanned(const char *text, ddbexpr_json_form form, size_t attributes, bool exported)
{
    struct json_scan scan;
    if (!scans(text, form, &scan))
        fail_msg("not read over: %s", text);
    assert_int_equal(scan.end, strlen(text));
    assert_int_equal(scan.attribute_count, attributes);
    assert_int_equal(scan.exported, exported);
}

static void what_is_common_is_read_over(void **state)
{
    (void)state;
    const ddbexpr_json_form typed = DDBEXPR_JSON_TYPED, plain = DDBEXPR_JSON_PLAIN;
    assert_scanned("{}", typed, 0, false);
    assert_scanned("{\"a\":{\"S\":\"\"}}", typed, 1, false);
    assert_scanned("{ \"x\" : { \"N\" : \"-12.50\" } , \"b\" : { \"BOOL\" : false } }", typed, 1, false);
    assert_scanned("{\"Item\":{\"b\":{\"NULL\":true},\"a\":{\"B\":\"AA==\"}}}", typed, 2, true);
    assert_scanned("{\"Item\":{}}", typed, 0, true);
    assert_scanned("{\"Item\" : { } }", typed, 0, true);
    assert_scanned("{\"x\":{\"L\":[{\"M\":{\"a\":{\"S\":\"\xc3\xa4\\n\\ud83d\\ude00\"}}},{\"L\":[]}]}}", typed, 0,
                   false);
    assert_scanned("{\"x\":{\"SS\":[\"a\",\"b\"]},\"y\":{\"NS\":[\"1\",\"2.5\"]},\"a\":{\"BS\":[\"AAA=\"]}}", typed, 1,
                   false);
    assert_scanned("{\"a\":1,\"b\":[true,null,{\"a\":\"x\"}],\"c\":-0.5}", plain, 2, false);
    assert_scanned("{\"Item\":{\"a\":1}}", plain, 0, false);
}

static void what_is_wrong_or_rare_is_left_to_the_full_reader(void **state)
{
    (void)state;
    static const char *const typed[] = {"{\"x\":{\"SS\":[]}}",
                                        "{\"x\":{\"SS\":[\"a\",\"a\"]}}",
                                        "{\"x\":{\"NS\":[\"1\",\"1.0\"]}}",
                                        "{\"x\":null}",
                                        "{\"x\":{\"NS\":[\"0\",\"-0\"]}}",
                                        "{\"x\":{\"NULL\":false}}",
                                        "{\"x\":{\"S\":\"\",\"N\":\"1\"}}",
                                        "{\"x\":{\"N\":\"\"}}",
                                        "{\"x\":{\"N\":\"1e5\"}}",
                                        "{\"x\":{\"N\":\"123456789012345678901234567890123456789\"}}",
                                        "{\"\":{\"S\":\"\"}}",
                                        "{\"x\":{\"S\":\"\"},\"x\":{\"S\":\"\"}}",
                                        "{\"x\":{\"B\":\"AB==\"}}",
                                        "{\"x\":{}}",
                                        "{\"x\":{\"\"S\":[]}}",
                                        "{\"x\":{\"MS\":[\"a\"]}}",
                                        "{\"x\":{\"S\":\"\\ud800\"}}",
                                        "{\"x\":{\"S\":\"\xed\xa0\x80\"}}",
                                        "{\"Item\":{\"S\":\"x\"}}",
                                        "{\"Item\":{\"a\":{\"S\":\"x\"}},\"b\":{\"S\":\"\"}}",
                                        "{\"x\":{\"BOOL\":truex}}",
                                        "{\"x\":{\"S\":\"\"},}",
                                        "{\"x\":{\"L\":[{\"S\":\"\"},]}}",
                                        "{\"x\":{\"M\":{\"\":{\"S\":\"\"}}}}",
                                        "{\"x\":{\"M\":{\"k\":{\"S\":\"\"},\"k\":{\"S\":\"\"}}}}",
                                        "{\"x\":{\"S\":\"\t\"}}"};
    static const char *const plain[] = {"{\"x\":01}",  "{\"x\":.5}",   "{\"x\":5.}",
                                        "{\"x\":1x}",  "{\"x\":+1}",   "{\"\":1}",
                                        "{\"x\":tru}", "{\"x\":[1,]}", "{\"x\":{\"k\":1,\"k\":2}}",
                                        "{\"x\":1 2}"};
    struct json_scan scan;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        if (scans(typed[i], DDBEXPR_JSON_TYPED, &scan))
            fail_msg("read over: %s", typed[i]);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (scans(plain[i], DDBEXPR_JSON_PLAIN, &scan))
            fail_msg("read over: %s", plain[i]);
}

/* Levels up to what is allowed are read over, and one more is not; the same with names, and with members of sets. */
static void limits_are_those_of_the_full_reader(void **state)
{
    (void)state;
    struct readers r;
    readers_open(&r);
    for (int levels = 1; levels < 40; levels++) {
        ddbexpr_buffer *text = NULL;
        struct json_scan scan;
        assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
        notation_put(text, "{\"x\":");
        for (int i = 0; i < levels; i++)
            notation_put(text, i % 2 ? "{\"L\":[" : "{\"M\":{\"y\":");
        notation_put(text, "{\"S\":\"\"}");
        for (int i = levels; i-- > 0;)
            notation_put(text, i % 2 ? "]}" : "}}");
        notation_put(text, "}");
        assert_int_equal(scans(ddbexpr_buffer_text(text).ptr, DDBEXPR_JSON_TYPED, &scan), levels <= 31);
        assert_same(&r, ddbexpr_buffer_text(text), DDBEXPR_JSON_TYPED, 0);
        ddbexpr_buffer_free(text);
    }
    readers_close(&r);
}

/* Many names, the last of them once more or not, in an item, in a map, and as members of sets. */
/* Levels of maps alone, and of lists alone. */
static void levels_of_one_kind_are_limited(void **state)
{
    (void)state;
    static const char *const shapes[][2] = {{"{\"M\":{\"y\":", "}}"}, {"{\"L\":[", "]}"}};
    for (size_t shape = 0; shape < 2; shape++)
        for (int levels = 30; levels < 36; levels++) {
            ddbexpr_buffer *text = NULL;
            struct json_scan scan;
            assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
            notation_put(text, "{\"x\":");
            for (int i = 0; i < levels; i++)
                notation_put(text, shapes[shape][0]);
            notation_put(text, "{\"S\":\"\"}");
            for (int i = 0; i < levels; i++)
                notation_put(text, shapes[shape][1]);
            notation_put(text, "}");
            assert_int_equal(scans(ddbexpr_buffer_text(text).ptr, DDBEXPR_JSON_TYPED, &scan), levels <= 31);
            ddbexpr_buffer_free(text);
        }
}

/* There is room for 512 names of all maps that are open, and for 128 of each. */
static void names_of_maps_in_maps_have_room(void **state)
{
    (void)state;
    struct readers r;
    readers_open(&r);
    for (int maps = 1; maps <= 6; maps++) {
        ddbexpr_buffer *text = NULL;
        struct json_scan scan;
        assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
        notation_put(text, "{");
        for (int map = 0; map < maps; map++) {
            for (int i = 0; i < 100; i++) {
                char member[32];
                snprintf(member, sizeof member, "\"m%d\":{\"NULL\":true},", i);
                notation_put(text, member);
            }
            notation_put(text, map + 1 < maps ? "\"last\":{\"M\":{" : "\"last\":{\"NULL\":true}");
        }
        for (int map = 1; map < maps; map++)
            notation_put(text, "}}");
        notation_put(text, "}");
        assert_int_equal(scans(ddbexpr_buffer_text(text).ptr, DDBEXPR_JSON_TYPED, &scan), maps * 101 <= 512);
        assert_same(&r, ddbexpr_buffer_text(text), DDBEXPR_JSON_TYPED, 0);
        ddbexpr_buffer_free(text);
    }
    readers_close(&r);
}

/* Names with one hash are two names; once more, one of them is told. */
static void equal_hashes_are_not_enough(void **state)
{
    (void)state;
    for (int same_length = 0; same_length < 2; same_length++) {
        struct colliding pair;
        struct json_scan scan;
        char text[128];
        find_colliding(json_hash, same_length, &pair);
        sprintf(text, "{\"%s\":1,\"%s\":2}", pair.texts[0], pair.texts[1]);
        assert_true(scans(text, DDBEXPR_JSON_PLAIN, &scan));
        sprintf(text, "{\"%s\":1,\"%s\":2,\"%s\":2}", pair.texts[0], pair.texts[1], pair.texts[1]);
        assert_false(scans(text, DDBEXPR_JSON_PLAIN, &scan));
    }
}

static void many_names_are_told_apart(void **state)
{
    (void)state;
    static const char *const shapes[][4] = {
        {"{", "\"name", "\":{\"S\":\"\"}", "}"},
        {"{\"x\":{\"M\":{", "\"name", "\":{\"NULL\":true}", "}}}"},
        {"{\"tags\":{\"SS\":[", "\"name", "\"", "]}}"},
    };
    struct readers r;
    readers_open(&r);
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++)
        for (unsigned count = 1; count < 700; count += 1 + count / 4)
            for (unsigned twice = 0; twice < 2; twice++) {
                ddbexpr_buffer *text = NULL;
                assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
                notation_put(text, shapes[shape][0]);
                for (unsigned i = 0; i < count + twice; i++) {
                    char number[16];
                    snprintf(number, sizeof number, "%u", i < count ? i : count / 2);
                    notation_put(text, i ? "," : "");
                    notation_put(text, shapes[shape][1]);
                    notation_put(text, number);
                    notation_put(text, shapes[shape][2]);
                }
                notation_put(text, shapes[shape][3]);
                assert_same(&r, ddbexpr_buffer_text(text), DDBEXPR_JSON_TYPED, 1);
                ddbexpr_buffer_free(text);
            }
    readers_close(&r);
}

/* --- what is wanted --- */

static void names_are_wanted_or_not(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (unsigned count = 0; count < 400; count = 2 * count + 1) {
        const ddbexpr_json_wanted *w = NULL;
        str *names = ddbexpr_arena_alloc(k.arena, (count + 1) * sizeof *names);
        assert_non_null(names);
        char *texts = ddbexpr_arena_alloc(k.arena, (count + 1) * (size_t)16);
        assert_non_null(texts);
        for (unsigned i = 0; i < count; i++) {
            snprintf(texts + (size_t)i * 16, 16, "n%u", i);
            names[i] = ddbexpr_cstr(texts + (size_t)i * 16);
        }
        assert_int_equal(ddbexpr_json_wanted_new(k.arena, names, count, &w), DDBEXPR_OK);
        if (count)
            memset(texts, 'x', 16); /* they were copied */
        for (unsigned i = 0; i < 800; i++) {
            char name[16];
            snprintf(name, sizeof name, "n%u", i);
            assert_int_equal(json_is_wanted(w, ddbexpr_cstr(name), json_hash(ddbexpr_cstr(name))), i < count);
        }
    }
    const ddbexpr_json_wanted *w = NULL;
    const str names[] = {STR(""), STR("a")};
    assert_int_equal(ddbexpr_json_wanted_new(k.arena, names, 2, &w), DDBEXPR_OK);
    assert_true(json_is_wanted(w, STR(""), json_hash(STR(""))));
    assert_true(json_is_wanted(w, STR("a"), json_hash(STR("a"))));
    assert_false(json_is_wanted(w, STR("b"), json_hash(STR("b"))));
    w = NULL;
    assert_int_equal(ddbexpr_json_wanted_new(k.arena, names, UINT32_MAX, &w), DDBEXPR_NO_MEMORY);
    assert_null(w);
    kit_close(&k);
}

static void the_attributes_of_a_condition_are_told_once(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const str *names = NULL;
    size_t count = 9;
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION,
                                     "#a.b[1] = :v AND size(c) < d AND NOT attribute_exists(#a) AND e IN (:v, f, c.x)",
                                     "{'#a': 'a.b'}", "{':v': 1}");
    assert_int_equal(ddbexpr_program_attributes(p, k.arena, &names, &count), DDBEXPR_OK);
    assert_int_equal(count, 5);
    assert_str_is(names[0], "a.b");
    assert_str_is(names[1], "c");
    assert_str_is(names[2], "d");
    assert_str_is(names[3], "e");
    assert_str_is(names[4], "f");
    p = kit_compile(&k, DDBEXPR_UPDATE, "SET a = :v", NULL, "{':v': 1}");
    assert_int_equal(ddbexpr_program_attributes(p, k.arena, &names, &count), DDBEXPR_MISUSE);
    kit_close(&k);
}

static void a_lack_of_memory_is_told(void **state)
{
    (void)state;
    struct test_alloc t;
    static const char text[] =
        "{\"a\":{\"S\":\"x\"},\"b\":{\"L\":[{\"S\":\"\\n\"}]},\"c\":null}\n{\"a\":{\"N\":\"1\"}}\n"
        "{\"b\":{\"M\":{\"x\":{\"NULL\":true}}}}\n{\"a\":{\"N\":";
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        const ddbexpr_json_wanted *w = NULL;
        const str names[] = {STR("a"), STR("b")};
        const ddbexpr_value *item = NULL;
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_wanted_new(a, names, 2, &w);
        ddbexpr_json_items items = {
            .size = sizeof items, .text = ddbexpr_cstr(text), .form = DDBEXPR_JSON_TYPED, .wanted = w, .partial = true};
        int count = 0;
        while (status == DDBEXPR_OK && !items.breaks_off) {
            status = ddbexpr_json_next_item(&items, a, NULL, &item);
            count += status == DDBEXPR_OK && item;
        }
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_true(t.failed || count == 3);
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read_alike),
        cmocka_unit_test(texts_that_break_off_are_read_alike),
        cmocka_unit_test(broken_texts_are_read_alike),
        cmocka_unit_test(texts_in_pieces_are_read_as_whole_ones),
        cmocka_unit_test(broken_texts_in_pieces_are_told_as_whole_ones),
        cmocka_unit_test(a_fault_is_told_before_the_rest_is_there),
        cmocka_unit_test(what_is_common_is_read_over),
        cmocka_unit_test(what_is_wrong_or_rare_is_left_to_the_full_reader),
        cmocka_unit_test(limits_are_those_of_the_full_reader),
        cmocka_unit_test(levels_of_one_kind_are_limited),
        cmocka_unit_test(names_of_maps_in_maps_have_room),
        cmocka_unit_test(equal_hashes_are_not_enough),
        cmocka_unit_test(many_names_are_told_apart),
        cmocka_unit_test(names_are_wanted_or_not),
        cmocka_unit_test(the_attributes_of_a_condition_are_told_once),
        cmocka_unit_test(a_lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
