/* SPDX-License-Identifier: Apache-2.0 */
/* Fixes in the text of requests (json/fix.c, json/edits.c): what is written, in whose manner, and that it ends. */
#include "found.h"
#include "prng.h"

#include "diagnostic/diagnostic.h"

#define MOST_ROUNDS 16

/* Mends the requests of a text once; the new text is in the buffer. How many fixes were made. */
static size_t mend_once(str text, bool unsafe, ddbexpr_buffer *out)
{
    struct found f;
    const ddbexpr_json_search search = {.size = sizeof search};
    size_t at = 0, fixed = 0;
    found_open(&f, "{}", NULL);
    free((void *)(uintptr_t)f.text.ptr);
    assert_int_equal(found_search(&f, text, &search), DDBEXPR_OK);
    ddbexpr_buffer_clear(out);
    for (size_t i = 0; i < f.count; i++) {
        size_t count = 0;
        ddbexpr_span span = ddbexpr_json_map_span(f.requests[i].map);
        found_check(&f, i);
        ddbexpr_buffer_append(out, str_slice(f.text, (ddbexpr_span){(uint32_t)at, span.start}));
        assert_int_equal(ddbexpr_json_fix_request(f.requests[i].map, f.kit.diags, unsafe, out, &count), DDBEXPR_OK);
        fixed += count;
        at = span.end;
    }
    ddbexpr_buffer_append(out, str_slice(f.text, (ddbexpr_span){(uint32_t)at, (uint32_t)f.text.len}));
    found_close(&f);
    return fixed;
}

/* Mends until nothing changes; the text is the caller's to free. */
static str mend(str text, bool unsafe)
{
    char *copy = malloc(text.len + 1);
    assert_non_null(copy);
    ddbexpr_buffer *out;
    size_t round = 0;
    memcpy(copy, text.ptr, text.len);
    str now = str_of(copy, text.len);
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    while (mend_once(now, unsafe, out)) {
        str fresh = ddbexpr_buffer_text(out);
        assert_true(++round < MOST_ROUNDS);
        copy = realloc(copy, fresh.len + 1);
        assert_non_null(copy);
        memcpy(copy, fresh.ptr, fresh.len);
        now = str_of(copy, fresh.len);
    }
    assert_str_equal(ddbexpr_buffer_text(out), now); /* a round that mends nothing changes nothing */
    ddbexpr_buffer_free(out);
    return now;
}

static void assert_mends(bool unsafe, const char *text, const char *expected)
{
    str mended = mend(ddbexpr_cstr(text), unsafe);
    assert_str_is(mended, expected);
    free((void *)(uintptr_t)mended.ptr);
}

#define assert_mended(text, expected) assert_mends(false, text, expected)

#define KEY "\"Key\": {\"id\": {\"S\": \"1\"}}"

static void texts_change_inside_their_quotes(void **state)
{
    (void)state;
    assert_mended("{" KEY ", \"ConditionExpression\": \"a \\u0021= :v\\n\", \"ExpressionAttributeValues\": {\":v\": "
                  "{\"S\": \"\\u00e9\"}}}",
                  "{" KEY ", \"ConditionExpression\": \"a <> :v\\n\", \"ExpressionAttributeValues\": {\":v\": "
                  "{\"S\": \"\\u00e9\"}}}");
    assert_mended("{\"Key\":{\"id\":{\"S\":\"1\"}},\"ConditionExpression\":\"\\u0061 == b AND c == d\"}",
                  "{\"Key\":{\"id\":{\"S\":\"1\"}},\"ConditionExpression\":\"\\u0061 = b AND c = d\"}");
}

static void members_come_in_the_manner_of_others(void **state)
{
    (void)state;
    /* no map yet */
    assert_mended("{" KEY ", \"UpdateExpression\": \"REMOVE name\"}",
                  "{" KEY
                  ", \"UpdateExpression\": \"REMOVE #name\", \"ExpressionAttributeNames\": {\"#name\": \"name\"}}");
    assert_mended("{\"Key\":{\"id\":{\"S\":\"1\"}},\"UpdateExpression\":\"REMOVE name\"}",
                  "{\"Key\":{\"id\":{\"S\":\"1\"}},\"UpdateExpression\":\"REMOVE #name\",\"ExpressionAttributeNames\":"
                  "{\"#name\":\"name\"}}");
    assert_mended("{\n  " KEY ",\n  \"UpdateExpression\": \"REMOVE name\"\n}\n",
                  "{\n  " KEY ",\n  \"UpdateExpression\": \"REMOVE #name\",\n  \"ExpressionAttributeNames\": "
                  "{\"#name\": \"name\"}\n}\n");
    /* a map with one member, with several, with none */
    assert_mended("{" KEY ", \"UpdateExpression\": \"REMOVE name, #a\", \"ExpressionAttributeNames\": {\"#a\": \"a\"}}",
                  "{" KEY ", \"UpdateExpression\": \"REMOVE #name, #a\", \"ExpressionAttributeNames\": {\"#a\": \"a\", "
                  "\"#name\": \"name\"}}");
    assert_mended(
        "{" KEY ", \"UpdateExpression\": \"REMOVE name, #a\", \"ExpressionAttributeNames\": { \"#a\" : \"a\" }}",
        "{" KEY ", \"UpdateExpression\": \"REMOVE #name, #a\", \"ExpressionAttributeNames\": { \"#a\" : \"a\", "
        "\"#name\": \"name\" }}");
    assert_mended(
        "{" KEY ", \"UpdateExpression\": \"REMOVE name, year, #a\",\n\"ExpressionAttributeNames\": {\n\t\"#a\": "
        "\"a\"\n}}",
        "{" KEY ", \"UpdateExpression\": \"REMOVE #name, #year, #a\",\n\"ExpressionAttributeNames\": {\n\t\"#a\": "
        "\"a\",\n\t\"#name\": \"name\",\n\t\"#year\": \"year\"\n}}");
    assert_mended("{" KEY ", \"UpdateExpression\": \"REMOVE name\", \"ExpressionAttributeNames\": {}}",
                  "{" KEY
                  ", \"UpdateExpression\": \"REMOVE #name\", \"ExpressionAttributeNames\": {\"#name\": \"name\"}}");
}

/* A text with more changes than there is room for at first. */
static void many_words_change_at_once(void **state)
{
    (void)state;
    static const char *const words[] = {"status", "name", "year",   "count", "data",  "date", "hash",
                                        "key",    "role", "region", "size",  "state", "time", "type",
                                        "user",   "uuid", "value",  "zone",  "view",  "where"};
    char text[2048], expected[2048], names[1024] = "";
    sprintf(text, "{" KEY ", \"UpdateExpression\": \"REMOVE a");
    sprintf(expected, "%s", text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        sprintf(text + strlen(text), ", %s", words[i]);
        sprintf(expected + strlen(expected), ", #%s", words[i]);
        sprintf(names + strlen(names), "%s\"#%s\": \"%s\"", i ? ", " : "", words[i], words[i]);
    }
    sprintf(text + strlen(text), "\"}");
    sprintf(expected + strlen(expected), "\", \"ExpressionAttributeNames\": {%s}}", names);
    assert_mended(text, expected);
}

#define VALUES(members)                                                                                                \
    "{" KEY ", \"ConditionExpression\": \"a = :b OR a = :d\", \"ExpressionAttributeValues\": {" members "}}"
#define B "\":b\": {\"N\": \"1\"}"
#define D "\":d\": {\"N\": \"1\"}"

static void members_go_with_one_comma(void **state)
{
    (void)state;
    assert_mended(VALUES(B ", " D ", \":e\": {\"N\": \"1\"}"), VALUES(B ", " D));
    assert_mended(VALUES("\":a\": {\"N\": \"1\"}, " B ", " D), VALUES(B ", " D));
    assert_mended(VALUES(B ", \":c\": {\"N\": \"1\"}, \":cc\": {\"N\": \"1\"}, " D), VALUES(B ", " D));
    assert_mended(VALUES("\n  \":a\": {\"N\": \"1\"},\n  " B ",\n  \":c\": {\"N\": \"1\"} ,\n  " D
                         ",\n  \":e\": {\"N\": \"1\"},\n  \":f\": {\"N\": \"1\"}\n"),
                  VALUES("\n  " B ",\n  " D "\n"));
}

static void maps_go_when_nothing_is_left(void **state)
{
    (void)state;
    assert_mended("{" KEY ", \"UpdateExpression\": \"REMOVE a\", \"ExpressionAttributeNames\": {\"#a\": \"a\"}}",
                  "{" KEY ", \"UpdateExpression\": \"REMOVE a\"}");
    assert_mended("{\"ExpressionAttributeNames\": {\"#a\": \"a\"}, \"ExpressionAttributeValues\": {}, " KEY
                  ", \"UpdateExpression\": \"REMOVE a\"}",
                  "{" KEY ", \"UpdateExpression\": \"REMOVE a\"}");
    assert_mended("{\"ExpressionAttributeValues\": {}, " KEY ", \"UpdateExpression\": \"REMOVE a\", "
                  "\"ExpressionAttributeNames\": {}}",
                  "{" KEY ", \"UpdateExpression\": \"REMOVE a\"}");
    assert_mended("{\"ExpressionAttributeNames\": {}, " KEY ", \"UpdateExpression\": \"REMOVE a\", "
                  "\"ExpressionAttributeValues\": {}}",
                  "{" KEY ", \"UpdateExpression\": \"REMOVE a\"}");
    assert_mended("{" KEY ", \"UpdateExpression\": \"REMOVE a\", \"ExpressionAttributeNames\": {\"#a\": null}}",
                  "{" KEY ", \"UpdateExpression\": \"REMOVE a\"}");
    assert_mended("{" KEY ", \"UpdateExpression\": \"REMOVE name\", \"ExpressionAttributeNames\": {\"#a\": \"a\"}}",
                  "{" KEY
                  ", \"UpdateExpression\": \"REMOVE #name\", \"ExpressionAttributeNames\": {\"#name\": \"name\"}}");
}

static void values_are_wrapped_and_added(void **state)
{
    (void)state;
    assert_mends(
        true,
        "{" KEY ", \"UpdateExpression\": \"SET a = list_append(a, :v)\", \"ExpressionAttributeValues\": {\":v\": "
        "{\"S\": \"x\"}}}",
        "{" KEY ", \"UpdateExpression\": \"SET a = list_append(a, :v)\", \"ExpressionAttributeValues\": {\":v\": "
        "{\"L\": [{\"S\": \"x\"}]}}}");
    assert_mends(
        true,
        "{" KEY
        ",\"UpdateExpression\":\"SET a = list_append(a, :v)\",\"ExpressionAttributeValues\":{\":v\":{\"S\":\"x\"}}}",
        "{" KEY ",\"UpdateExpression\":\"SET a = list_append(a, "
        ":v)\",\"ExpressionAttributeValues\":{\":v\":{\"L\":[{\"S\":\"x\"}]}}}");
    /* a placeholder that is null is none: the empty map goes first */
    assert_mends(true, "{" KEY ", \"UpdateExpression\": \"SET a = 5\", \"ExpressionAttributeValues\": {\":v\": null}}",
                 "{" KEY ", \"UpdateExpression\": \"SET a = :v\", \"ExpressionAttributeValues\": {\":v\": "
                 "{\"N\": \"5\"}}}");
    /* a map that is null is none either, but stands in the way of one */
    static const char null[] = "{" KEY ", \"UpdateExpression\": \"REMOVE name\", \"ExpressionAttributeNames\": null}";
    assert_mends(true, null, null);
    str mended = mend(STR("{" KEY ", \"UpdateExpression\": \"SET a = 'it\\u0027s', b = 5\"}"), true);
    struct found f;
    found_open(&f, "{}", NULL);
    free((void *)(uintptr_t)f.text.ptr);
    const ddbexpr_json_search search = {.size = sizeof search};
    assert_int_equal(found_search(&f, mended, &search), DDBEXPR_OK);
    found_check(&f, 0);
    free((void *)(uintptr_t)mended.ptr);
    found_close(&f);
}

static void actions_are_mended_each_for_itself(void **state)
{
    (void)state;
    assert_mended(
        "{\"TransactItems\": [{\"Delete\": {" KEY ", \"ConditionExpression\": \"name == a\"}},\n"
        "{\"Delete\": {\"Key\": {\"id\": {\"S\": \"2\"}}}}, {\"Delete\": {\"Key\": {\"id\": {\"S\": \"3\"}}, "
        "\"ConditionExpression\": \"a = #b\", \"ExpressionAttributeNames\": {\"#b\": \"b\", \"#c\": \"c\"}}}]}",
        "{\"TransactItems\": [{\"Delete\": {" KEY ", \"ConditionExpression\": \"#name = a\", "
        "\"ExpressionAttributeNames\": {\"#name\": \"name\"}}},\n"
        "{\"Delete\": {\"Key\": {\"id\": {\"S\": \"2\"}}}}, {\"Delete\": {\"Key\": {\"id\": {\"S\": \"3\"}}, "
        "\"ConditionExpression\": \"a = #b\", \"ExpressionAttributeNames\": {\"#b\": \"b\"}}}]}");
}

static void what_is_filled_in_stays(void **state)
{
    (void)state;
#define MACHINE(arguments)                                                                                             \
    "{\"States\": {\"A\": {\"Resource\": \"arn:aws:states:::dynamodb:updateItem\", \"Parameters\": {" arguments "}}}}"
    assert_mended(
        MACHINE("\"Key.$\": \"$.key\", \"UpdateExpression\": \"SET name = :v\", \"ExpressionAttributeValues\": "
                "{\":w\": {\"S.$\": \"$.w\"}, \":v\": {\"N.$\": \"$.v\"}}"),
        MACHINE("\"Key.$\": \"$.key\", \"UpdateExpression\": \"SET #name = :v\", \"ExpressionAttributeValues\": "
                "{\":v\": {\"N.$\": \"$.v\"}}, \"ExpressionAttributeNames\": {\"#name\": \"name\"}"));
    /* what only an expression uses that is filled in */
    assert_mended(
        MACHINE("\"Key.$\": \"$.key\", \"UpdateExpression.$\": \"$.u\", \"ConditionExpression\": \"name = :v\", "
                "\"ExpressionAttributeNames\": {\"#x\": \"x\"}, \"ExpressionAttributeValues\": "
                "{\":w\": {\"S.$\": \"$.w\"}, \":v\": {\"N.$\": \"$.v\"}}"),
        MACHINE("\"Key.$\": \"$.key\", \"UpdateExpression.$\": \"$.u\", \"ConditionExpression\": \"#name = :v\", "
                "\"ExpressionAttributeNames\": {\"#x\": \"x\", \"#name\": \"name\"}, "
                "\"ExpressionAttributeValues\": {\":w\": {\"S.$\": \"$.w\"}, \":v\": {\"N.$\": \"$.v\"}}"));
    /* the new name is there already, though nobody known uses it */
    assert_mended(
        MACHINE("\"Key.$\": \"$.key\", \"UpdateExpression.$\": \"$.u\", \"ConditionExpression\": \"name = :v\", "
                "\"ExpressionAttributeNames\": {\"#name\": \"name\"}, \"ExpressionAttributeValues\": {\":v\": {\"N\": "
                "\"1\"}}"),
        MACHINE("\"Key.$\": \"$.key\", \"UpdateExpression.$\": \"$.u\", \"ConditionExpression\": \"#name = :v\", "
                "\"ExpressionAttributeNames\": {\"#name\": \"name\"}, \"ExpressionAttributeValues\": {\":v\": {\"N\": "
                "\"1\"}}"));
    /* the new name is taken, for who knows what */
    static const char taken[] =
        MACHINE("\"Key.$\": \"$.key\", \"UpdateExpression.$\": \"$.u\", \"ConditionExpression\": \"name = :v\", "
                "\"ExpressionAttributeNames\": {\"#name\": \"other\"}, \"ExpressionAttributeValues\": {\":v\": {\"N\": "
                "\"1\"}}");
    assert_mended(taken, taken);
}

/* --- diagnostics that are not of the text --- */

static void add_foreign(struct found *f, int action, ddbexpr_source source, ddbexpr_edit edit)
{
    diags_set_action(f->kit.diags, action);
    diags_add(f->kit.diags, &(struct diag_draft){.id = DIAG_LEGACY_UNSUPPORTED,
                                                 .source = source,
                                                 .text = STR("REMOVE a"),
                                                 .fix = {.safety = DDBEXPR_FIX_SAFE, .edits = &edit, .edit_count = 1}});
}

/* Nothing of what they say can be done, so nothing is. */
static void foreign_diagnostics_change_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{" KEY ", \"ConditionExpression\": \"a = :v\", \"ExpressionAttributeValues\": {\":v\": {\"N\": \"1\"}}}",
        "{" KEY ", \"op\": \"DeleteItem\", \"ConditionExpression\": 5, \"UpdateExpression\": {}}",
        "{\"op\": \"TransactWriteItems\", \"TransactItems\": {}}",
        "{\"TransactItems\": [{\"Delete\": {" KEY ", \"UpdateExpression\": 5}}, 7, {\"Put\": 5}, {}]}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct found f;
        size_t count;
        bool fixed;
        found_open(&f, texts[i], NULL);
        assert_int_equal(f.count, 1);
        const ddbexpr_json_map *map = f.requests[0].map;
        ddbexpr_diags_clear(f.kit.diags);
        for (int action = -1; action < 5; action++) {
            const ddbexpr_source update = DDBEXPR_SOURCE_UPDATE, values = DDBEXPR_SOURCE_VALUES;
            add_foreign(&f, action, update, edit_replace(update, (ddbexpr_span){0, 1}, STR("X")));
            add_foreign(&f, action, values, edit_member(DDBEXPR_EDIT_REMOVE_MEMBER, values, STR(":w"), STR("")));
            add_foreign(&f, action, values, edit_member(DDBEXPR_EDIT_WRAP_MEMBER, values, STR(":w"), STR("")));
            add_foreign(&f, action, update,
                        edit_member(DDBEXPR_EDIT_REMOVE_MEMBER, DDBEXPR_SOURCE_NAMES, STR(""), STR("")));
        }
        diags_add(f.kit.diags, &(struct diag_draft){.id = DIAG_LEGACY_UNSUPPORTED}); /* without a fix */
        assert_int_equal(ddbexpr_json_fix_request(map, f.kit.diags, false, f.kit.text, &count), DDBEXPR_OK);
        assert_str_equal(ddbexpr_buffer_text(f.kit.text), f.text);
        for (size_t n = 0; n < ddbexpr_diags_count(f.kit.diags) + 1; n++) {
            ddbexpr_buffer_clear(f.kit.text);
            assert_int_equal(ddbexpr_json_fix_one(map, f.kit.diags, n, f.kit.text, &fixed), DDBEXPR_OK);
            assert_str_equal(ddbexpr_buffer_text(f.kit.text), f.text);
            assert_true(!fixed || n + 1 < ddbexpr_diags_count(f.kit.diags));
        }
        found_close(&f);
    }
}

/* --- whatever is wrong --- */

struct writer {
    struct prng p;
    char text[4096];
    size_t length;
    unsigned manner; /* 0: minified, 1: in one line, 2: in lines */
};

static void put(struct writer *w, const char *text)
{
    size_t length = strlen(text);
    assert_true(w->length + length < sizeof w->text);
    memcpy(w->text + w->length, text, length);
    w->length += length;
}

static const char *pick(struct writer *w, const char *const *from, size_t count)
{
    return from[prng_below(&w->p, (uint32_t)count)];
}

#define PICK(w, array) pick((w), (array), sizeof(array) / sizeof *(array))

static void put_gap(struct writer *w, unsigned depth, bool first)
{
    if (!first)
        put(w, ",");
    if (w->manner == 1 && !first)
        put(w, " ");
    if (w->manner == 2)
        put(w, depth ? "\n\t\t" : "\n\t");
}

static void put_name(struct writer *w, const char *name)
{
    put(w, "\"");
    put(w, name);
    put(w, w->manner ? "\": " : "\":");
}

static void put_condition(struct writer *w)
{
    static const char *const clauses[] = {"a = :a",
                                          "status = :b",
                                          "a == :a",
                                          "b != :b",
                                          "#s = :a",
                                          "name <> :c",
                                          "size(a) > :a",
                                          "a BETWEEN :a AND :b",
                                          "a IN (:a, :b)",
                                          "#t = :d",
                                          "contains(a, :b)",
                                          "count > 5",
                                          "a = \\\"x\\\"",
                                          "a = 'y'",
                                          "my-name = :a",
                                          "a && :a",
                                          "attribute_exists(year)",
                                          "a\\u0020=\\u0020:a",
                                          "not_a_function(a)",
                                          "a = :A",
                                          "data.value = :a",
                                          "a = true"};
    for (uint32_t i = prng_below(&w->p, 3) + 1; i > 0; i--) {
        put(w, PICK(w, clauses));
        if (i > 1)
            put(w, prng_once_in(&w->p, 4) ? " && " : " AND ");
    }
}

static void put_update(struct writer *w)
{
    static const char *const actions[] = {"SET a = :a",
                                          "SET status = :b, name = :c",
                                          "SET a = list_append(a, :a)",
                                          "ADD counter :a",
                                          "REMOVE name, year",
                                          "SET a = a + 1",
                                          "SET #s = :a, #t = :b",
                                          "SET a == :a",
                                          "SET a = :a SET b = :b",
                                          "ADD a = :a",
                                          "SET a = :a AND b = :b",
                                          "SET items[0].value = if_not_exists(:d, :a)",
                                          "DELETE tags :e"};
    put(w, PICK(w, actions));
}

static void put_map(struct writer *w, const char *const *members, size_t count)
{
    bool first = true;
    put(w, "{");
    for (size_t i = 0; i < count; i++) {
        if (prng_once_in(&w->p, 2))
            continue;
        put_gap(w, 1, first);
        put(w, members[i]);
        first = false;
    }
    if (w->manner == 2 && !first)
        put(w, "\n\t");
    put(w, "}");
}

/* The members that no fix touches, as nobody writes them. */
static const char untouched[] = "\"Key\" :{ \"id\":\t{\"S\" : \"\\u00e9\"} } ,\"TableName\" :\"t\"";

static void put_request(struct writer *w)
{
    static const char *const names[] = {"\"#s\": \"status\"", "\"#t\":\"total\"", "\"#name\": \"name\"",
                                        "\"#u\": \"u\"", "\"#status\": \"other\""};
    static const char *const values[] = {
        "\":a\": {\"N\": \"1\"}",    "\":b\": {\"S\": \"x\"}",   "\":c\":{\"S\":\"y\"}",   "\":d\": {\"L\": []}",
        "\":e\": {\"SS\": [\"a\"]}", "\":f\": {\"NULL\": true}", "\":v\": {\"N\": \"12\"}"};
    put(w, "{");
    put_gap(w, 0, true);
    put(w, untouched);
    put_gap(w, 0, false);
    put_name(w, "UpdateExpression");
    put(w, "\"");
    put_update(w);
    put(w, "\"");
    if (!prng_once_in(&w->p, 3)) {
        put_gap(w, 0, false);
        put_name(w, "ConditionExpression");
        put(w, "\"");
        put_condition(w);
        put(w, "\"");
    }
    if (!prng_once_in(&w->p, 4)) {
        put_gap(w, 0, false);
        put_name(w, "ExpressionAttributeValues");
        put_map(w, values, sizeof values / sizeof *values);
    }
    if (prng_once_in(&w->p, 2)) {
        put_gap(w, 0, false);
        put_name(w, "ExpressionAttributeNames");
        put_map(w, names, sizeof names / sizeof *names);
    }
    put(w, w->manner == 2 ? "\n}\n" : "}");
}

/* Mended, a request has no fault left that could be mended, what nobody had to touch is as it was, and mending it again
 * changes nothing. */
static void assert_ends_well(const struct writer *w, bool unsafe)
{
    str mended = mend(str_of(w->text, w->length), unsafe);
    struct found f;
    const ddbexpr_json_search search = {.size = sizeof search};
    found_open(&f, "{}", NULL);
    free((void *)(uintptr_t)f.text.ptr);
    assert_int_equal(found_search(&f, mended, &search), DDBEXPR_OK);
    assert_int_equal(f.count, 1);
    found_check(&f, 0);
    for (size_t i = 0; i < ddbexpr_diags_count(f.kit.diags); i++) {
        ddbexpr_fix_safety safety = ddbexpr_diag_fix_safety(ddbexpr_diags_at(f.kit.diags, i));
        if (safety == DDBEXPR_FIX_SAFE || (unsafe && safety == DDBEXPR_FIX_UNSAFE)) {
            test_print_str("from", str_of(w->text, w->length));
            test_print_str("to", mended);
            kit_print_diags(f.kit.diags);
            fail();
        }
    }
    char *copy = malloc(mended.len + 1);
    assert_non_null(copy);
    memcpy(copy, mended.ptr, mended.len);
    copy[mended.len] = '\0';
    assert_non_null(strstr(copy, untouched));
    free(copy);
    free((void *)(uintptr_t)mended.ptr);
    found_close(&f);
}

static void whatever_is_wrong_mending_ends(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 3000; seed++) {
        struct writer w = {.p = {seed}, .manner = (unsigned)(seed % 3)};
        put_request(&w);
        assert_ends_well(&w, seed % 2);
    }
}

static void fixing_may_lack_memory(void **state)
{
    (void)state;
    static const char text[] =
        "{" KEY ", \"UpdateExpression\": \"SET name = list_append(:v, :v), year = :y\", \"ExpressionAttributeValues\": "
        "{\":v\": {\"N\": \"1\"}, \":y\": {\"N\": \"1\"}, \":u\": {\"N\": \"1\"}, \":u0\": {\"N\": \"1\"}, \":u1\": "
        "{\"N\": \"1\"}, \":u2\": {\"N\": \"1\"}, \":u3\": {\"N\": \"1\"}, \":u4\": {\"N\": \"1\"}, \":u5\": {\"N\": "
        "\"1\"}, \":u6\": {\"N\": \"1\"}, \":u7\": {\"N\": \"1\"}, \":u8\": {\"N\": \"1\"}, \":u9\": {\"N\": \"1\"}, "
        "\":u10\": {\"N\": \"1\"}, \":u11\": {\"N\": \"1\"}, \":u12\": {\"N\": \"1\"}, \":u13\": {\"N\": \"1\"}, "
        "\":u14\": {\"N\": \"1\"}, \":u15\": {\"N\": \"1\"}, \":u16\": {\"N\": \"1\"}, \":u17\": {\"N\": \"1\"}, "
        "\":u18\": {\"N\": \"1\"}, \":u19\": {\"N\": \"1\"}, \":u20\": {\"N\": \"1\"}, \":u21\": {\"N\": \"1\"}, "
        "\":u22\": {\"N\": \"1\"}, \":u23\": {\"N\": \"1\"}}}";
    struct found f;
    struct test_alloc t;
    found_open(&f, text, NULL);
    found_check(&f, 0);
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_buffer *out = NULL;
        size_t count = 77;
        ddbexpr_arena *place = NULL;
        const ddbexpr_found_request *found;
        size_t found_count;
        const ddbexpr_json_search search = {.size = sizeof search};
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &place);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_new(&t.alloc, &out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_find_requests(place, f.text, &search, NULL, &found, &found_count, NULL);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_fix_request(found[0].map, f.kit.diags, true, out, &count);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_int_equal(count == 77, t.failed);
        ddbexpr_buffer_free(out);
        ddbexpr_arena_free(place);
    }
    found_close(&f);
}

/* --- one by one --- */

/* The first request of the text with the fix of one diagnostic. */
static void assert_one(const char *text, const char *code, const char *expected)
{
    struct found f;
    struct test_alloc t;
    found_open(&f, text, NULL);
    found_check(&f, 0);
    size_t index = 0;
    while (strcmp(ddbexpr_diag_code(ddbexpr_diags_at(f.kit.diags, index)), code) != 0)
        index++;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_buffer *out = NULL;
        ddbexpr_arena *place = NULL;
        bool fixed = false;
        const ddbexpr_found_request *found;
        size_t found_count;
        const ddbexpr_json_search search = {.size = sizeof search};
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &place);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_new(&t.alloc, &out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_find_requests(place, f.text, &search, NULL, &found, &found_count, NULL);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_fix_one(found[0].map, f.kit.diags, index, out, &fixed);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        if (!t.failed) {
            assert_int_equal(fixed, strcmp(text, expected) != 0);
            assert_str_is(ddbexpr_buffer_text(out), expected);
        }
        ddbexpr_buffer_free(out);
        ddbexpr_arena_free(place);
    }
    found_close(&f);
}

/* More of them than are looked for one by one, in an order that is not that of their names. */
static void many_members_go(void **state)
{
    (void)state;
    char text[8192], expected[256];
    size_t n = (size_t)sprintf(
        text, "{" KEY ", \"ConditionExpression\": \"a = :v77 OR a = :v5\", \"ExpressionAttributeValues\": {");
    for (unsigned i = 0; i < 100; i++)
        n += (size_t)sprintf(text + n, "%s\":v%u\": {\"N\": \"%u\"}", i ? ", " : "", i * 37 % 100, i);
    sprintf(text + n, "}}");
    /* 21 * 37 = 777, 65 * 37 = 2405 */
    sprintf(expected, "{" KEY ", \"ConditionExpression\": \"a = :v77 OR a = :v5\", \"ExpressionAttributeValues\": "
                      "{\":v77\": {\"N\": \"21\"}, \":v5\": {\"N\": \"65\"}}}");
    assert_mended(text, expected);
}

#define BOTH(update, values, names)                                                                                    \
    "{" KEY ", \"UpdateExpression\": \"SET " update "\", \"ExpressionAttributeValues\": {" values "}" names "}"
#define V "\":v\": {\"N\": \"1\"}"
#define W ", \":w\": {\"N\": \"1\"}"

static void fixes_are_made_one_by_one(void **state)
{
    (void)state;
    assert_one(BOTH("status = :v", V W, ""), "DX107",
               BOTH("#status = :v", V W, ", \"ExpressionAttributeNames\": {\"#status\": \"status\"}"));
    assert_one(BOTH("status = :v", V W, ""), "DX112", BOTH("status = :v", V, ""));
    assert_one(BOTH("a = :v, a = :v", V, ""), "DX301", BOTH("a = :v, a = :v", V, "")); /* suggests none */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_change_inside_their_quotes),
        cmocka_unit_test(members_come_in_the_manner_of_others),
        cmocka_unit_test(members_go_with_one_comma),
        cmocka_unit_test(maps_go_when_nothing_is_left),
        cmocka_unit_test(values_are_wrapped_and_added),
        cmocka_unit_test(actions_are_mended_each_for_itself),
        cmocka_unit_test(what_is_filled_in_stays),
        cmocka_unit_test(many_words_change_at_once),
        cmocka_unit_test(foreign_diagnostics_change_nothing),
        cmocka_unit_test(whatever_is_wrong_mending_ends),
        cmocka_unit_test(fixing_may_lack_memory),
        cmocka_unit_test(fixes_are_made_one_by_one),
        cmocka_unit_test(many_members_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
