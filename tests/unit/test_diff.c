/* SPDX-License-Identifier: Apache-2.0 */
/* Diffs: which changes are found, against looking them up and putting them in; and how they are written. diff.c,
 * diff_render.c of src/value. */
#include "kit.h"
#include "prng.h"

#include "value/value.h"

#include <ddbexpr/diff.h>

struct changes {
    const ddbexpr_change *all;
    size_t count;
};

static struct changes diff(struct kit *k, const ddbexpr_value *before, const ddbexpr_value *after)
{
    struct changes c = {NULL, 99};
    assert_int_equal(ddbexpr_diff(before, after, k->arena, &c.all, &c.count), DDBEXPR_OK);
    assert_int_equal(c.count == 0, c.all == NULL);
    return c;
}

static const ddbexpr_value *maybe_value_of(struct kit *k, const char *text)
{
    return text ? value_of(k->arena, text) : NULL;
}

/* The changes in the notation: "a: 1 -> 2; b: - -> 3". NULL for no item. */
static void assert_diff(const char *before, const char *after, const char *expected)
{
    struct kit k;
    kit_open(&k);
    struct changes c = diff(&k, maybe_value_of(&k, before), maybe_value_of(&k, after));
    for (size_t i = 0; i < c.count; i++) {
        notation_put(k.text, i ? "; " : "");
        ddbexpr_buffer_append(k.text, c.all[i].path);
        notation_put(k.text, ": ");
        if (c.all[i].before)
            notation_write(c.all[i].before, k.text);
        notation_put(k.text, c.all[i].before ? " -> " : "-> ");
        if (c.all[i].after)
            notation_write(c.all[i].after, k.text);
    }
    assert_str_is(ddbexpr_buffer_text(k.text), expected);
    kit_close(&k);
}

static void equal_items_have_no_changes(void **state)
{
    (void)state;
    assert_diff("{}", "{}", "");
    assert_diff(NULL, NULL, "");
    assert_diff(NULL, "{}", "");
    assert_diff("{a: 5, b: [1, {c: 2}]}", "{b: [1.0, {c: 0.2e1}], a: 5.0}", "");
    assert_diff("{a: <1, 2>, b: <'x'>}", "{a: <2, 1.0>, b: <'x'>}", "");
}

static void maps_are_compared_by_name(void **state)
{
    (void)state;
    assert_diff("{a: 1, b: 2, c: 3}", "{d: 4, c: 3, b: 'x', e: 5}", "a: 1 -> ; b: 2 -> 'x'; d: -> 4; e: -> 5");
    assert_diff("{p: {city: 'Ulm', q: {r: 1}}}", "{p: {zip: 1, q: {r: 2}}}",
                "p.city: 'Ulm' -> ; p.q.r: 1 -> 2; p.zip: -> 1");
    assert_diff("{a: {}}", "{a: {b: {c: 1}}}", "a.b: -> {c: 1}");
    assert_diff("{a: {b: 1}}", "{a: [1]}", "a: {b: 1} -> [1]");
    assert_diff("{'a.b': 1, 'c d': [1]}", "{'a.b': 2, 'c d': [2]}", "a.b: 1 -> 2; c d[0]: 1 -> 2");
}

static void no_item_is_as_one_without_attributes(void **state)
{
    (void)state;
    assert_diff(NULL, "{a: {b: 1}, c: [2]}", "a: -> {b: 1}; c: -> [2]");
    assert_diff("{a: {b: 1}, c: [2]}", NULL, "a: {b: 1} -> ; c: [2] -> ");
}

static void lists_differ_between_common_ends(void **state)
{
    (void)state;
    assert_diff("{l: [1, 2, 3]}", "{l: [1, 2, 3, 4, 5]}", "l[3]: -> 4; l[4]: -> 5");
    assert_diff("{l: [1, 2, 3]}", "{l: [0, 1, 2, 3]}", "l[0]: -> 0");
    assert_diff("{l: [1, 2, 3, 4]}", "{l: [1, 4]}", "l[1]: 2 -> ; l[2]: 3 -> ");
    assert_diff("{l: [1, 2, 3, 4]}", "{l: [1, 8, 9, 7, 4]}", "l[1]: 2 -> 8; l[2]: 3 -> 9; l[3]: -> 7");
    assert_diff("{l: [1, 1]}", "{l: [1, 1, 1]}", "l[2]: -> 1");
    assert_diff("{l: [1]}", "{l: []}", "l[0]: 1 -> ");
    assert_diff("{l: [0, {a: 1, b: [1]}, 0]}", "{l: [0, {a: 2, b: [1, 2]}, 0]}", "l[1].a: 1 -> 2; l[1].b[1]: -> 2");
    assert_diff("{l: [[1, 2], {a: 1}]}", "{l: [[1, 3], [1]]}", "l[0][1]: 2 -> 3; l[1]: {a: 1} -> [1]");
}

/* Members that begin at one place are the same ones only if they are as many: an empty map and what was made after it,
 * a list and its beginning. */
static void shared_members_are_compared_by_count(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = value_of(k.arena, "{a: 1, b: [2, 3]}");
    value none = *item, less = *item;
    none.count = 0;
    less.count = 1;
    assert_int_equal(diff(&k, item, item).count, 0);
    assert_int_equal(diff(&k, &none, item).count, 2);
    struct changes c = diff(&k, item, &less);
    assert_int_equal(c.count, 1);
    assert_str_is(c.all[0].path, "b");
    const ddbexpr_value *list = ddbexpr_value_get(item, STR("b"));
    value begin = *list;
    begin.count = 1;
    const str name = STR("l");
    const ddbexpr_value *pointer = &begin;
    c = diff(&k, ddbexpr_value_map(k.arena, &name, &list, 1), ddbexpr_value_map(k.arena, &name, &pointer, 1));
    assert_int_equal(c.count, 1);
    assert_str_is(c.all[0].path, "l[1]");
    assert_value_is(c.all[0].before, "3");
    kit_close(&k);
}

static void other_values_are_compared_as_wholes(void **state)
{
    (void)state;
    assert_diff("{s: <'a', 'b'>}", "{s: <'b', 'c'>}", "s: <'a', 'b'> -> <'b', 'c'>");
    assert_diff("{s: <'1'>}", "{s: <1>}", "s: <'1'> -> <1>");
    assert_diff("{a: true, b: null, c: b'x', d: '5'}", "{a: false, b: 0, c: b'y', d: 5}",
                "a: true -> false; b: null -> 0; c: b'x' -> b'y'; d: '5' -> 5");
}

static void what_is_no_item_has_no_diff(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = value_of(k.arena, "{}");
    struct changes c;
    static const char *const bad[] = {"1", "[1]", "{a: SS<>}"};
    for (size_t i = 0; i < 3; i++) {
        const ddbexpr_value *v = value_of(k.arena, bad[i]);
        assert_int_equal(ddbexpr_diff(item, v, k.arena, &c.all, &c.count), DDBEXPR_MISUSE);
        assert_int_equal(ddbexpr_diff(v, NULL, k.arena, &c.all, &c.count), DDBEXPR_MISUSE);
    }
    kit_close(&k);
}

/* A map of one entry, the name of which has this many bytes. */
static const ddbexpr_value *under_name(struct kit *k, size_t length, const ddbexpr_value *v)
{
    char *name = ddbexpr_arena_alloc(k->arena, length);
    assert_non_null(name);
    memset(name, 'n', length);
    const str names[] = {{name, length}};
    return ddbexpr_value_map(k->arena, names, &v, 1);
}

static void long_names_are_not_gone_beyond(void **state)
{
    (void)state;
    for (size_t length = LIMIT_DIFF_NAME_BYTES; length <= LIMIT_DIFF_NAME_BYTES + 1; length++) {
        struct kit k;
        kit_open(&k);
        const ddbexpr_value *before = under_name(&k, length, value_of(k.arena, "{a: 1}"));
        const ddbexpr_value *after = under_name(&k, length, value_of(k.arena, "{a: 2}"));
        struct changes c = diff(&k, before, after);
        assert_int_equal(c.count, 1);
        assert_int_equal(c.all[0].path.len, length == LIMIT_DIFF_NAME_BYTES ? length + 2 : length);
        assert_value_is(c.all[0].before, length == LIMIT_DIFF_NAME_BYTES ? "1" : "{a: 1}");
        assert_int_equal(diff(&k, before, under_name(&k, length, value_of(k.arena, "{a: 1.0}"))).count, 0);
        kit_close(&k);
    }
}

static void a_long_name_is_in_nobody_elses_way(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *pair[] = {value_of(k.arena, "{a: 1}"), value_of(k.arena, "{c: {d: 1}}")};
    const ddbexpr_value *named = under_name(&k, LIMIT_DIFF_NAME_BYTES, pair[0]);
    assert_non_null(named);
    const str names[] = {ddbexpr_value_name_at(named, 0), STR("b")};
    const ddbexpr_value *before = ddbexpr_value_map(k.arena, names, pair, 2);
    pair[0] = value_of(k.arena, "{a: 2}");
    pair[1] = value_of(k.arena, "{c: {d: 2}}");
    struct changes c = diff(&k, before, ddbexpr_value_map(k.arena, names, pair, 2));
    assert_int_equal(c.count, 2);
    assert_str_is(c.all[1].path, "b.c.d");
    kit_close(&k);
}

static void the_deepest_values_have_a_diff(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *before = value_of(k.arena, "1"), *after = value_of(k.arena, "2");
    const str name = STR("m");
    int height = 0;
    for (;; height++) {
        const ddbexpr_value *higher = ddbexpr_value_map(k.arena, &name, &before, 1);
        assert_non_null(higher);
        if (ddbexpr_value_is_faulty(higher))
            break;
        before = higher;
        after = ddbexpr_value_map(k.arena, &name, &after, 1);
        assert_non_null(after);
    }
    assert_int_equal(height, LIMIT_VALUE_HEIGHT_KEPT);
    struct changes c = diff(&k, before, after);
    assert_int_equal(c.count, 1);
    assert_int_equal(c.all[0].path.len, 2 * height - 1);
    assert_value_is(c.all[0].after, "2");
    kit_close(&k);
}

/* --- properties --- */

static const ddbexpr_value *random_value(struct prng *p, ddbexpr_arena *a, unsigned depth);

static const ddbexpr_value *random_scalar(struct prng *p, ddbexpr_arena *a)
{
    static const char *const some[] = {"1", "1.0", "2", "'1'", "b'1'", "true", "null", "<1, 2>", "<2, 3>", "<'x'>"};
    return value_of(a, some[prng_below(p, sizeof some / sizeof *some)]);
}

static const ddbexpr_value *random_map(struct prng *p, ddbexpr_arena *a, unsigned depth)
{
    static const char letters[] = "abcdefghijkl"; /* more than a small map has */
    str names[sizeof letters];
    const ddbexpr_value *values[sizeof letters];
    size_t count = 0, first = prng_below(p, 12), most = prng_below(p, 13);
    for (size_t i = 0; i < most; i++) {
        if (prng_once_in(p, 3))
            continue;
        names[count] = str_of(&letters[(first + i) % 12], 1);
        values[count] = random_value(p, a, depth - 1);
        assert_non_null(values[count++]);
    }
    return ddbexpr_value_map(a, names, values, count);
}

/* Few values, so that lists have common beginnings and ends. */
static const ddbexpr_value *random_list(struct prng *p, ddbexpr_arena *a, unsigned depth)
{
    const ddbexpr_value *elements[6];
    size_t count = prng_below(p, 7);
    for (size_t i = 0; i < count; i++)
        assert_non_null(elements[i] = prng_once_in(p, 2) ? value_of(a, "1") : random_value(p, a, depth - 1));
    return ddbexpr_value_list(a, elements, count);
}

static const ddbexpr_value *random_value(struct prng *p, ddbexpr_arena *a, unsigned depth)
{
    if (depth == 0 || prng_once_in(p, 3))
        return random_scalar(p, a);
    return prng_once_in(p, 2) ? random_map(p, a, depth) : random_list(p, a, depth);
}

/* The value with one thing in it, or two, replaced, dropped or added. */
static const ddbexpr_value *mutated(struct prng *p, ddbexpr_arena *a, const ddbexpr_value *v, unsigned depth)
{
    const ddbexpr_value *values[64];
    str names[64];
    size_t count = 0, members = ddbexpr_value_count(v), at = prng_below(p, (uint32_t)members + 1);
    bool map = ddbexpr_value_type(v) == DDBEXPR_M;
    if (members == 0 || (!map && ddbexpr_value_type(v) != DDBEXPR_L))
        return random_value(p, a, depth);
    for (size_t i = 0; i < members; i++) {
        if (i == at && prng_once_in(p, 3))
            continue;
        names[count] = ddbexpr_value_name_at(v, i);
        values[count] = i == at ? mutated(p, a, ddbexpr_value_at(v, i), depth ? depth - 1 : 0) : ddbexpr_value_at(v, i);
        assert_non_null(values[count++]);
    }
    if (prng_once_in(p, 3)) {
        names[count] = STR("new");
        assert_non_null(values[count] = random_value(p, a, depth));
        count += !map || !ddbexpr_value_get(v, names[count]);
    }
    return map ? ddbexpr_value_map(a, names, values, count) : ddbexpr_value_list(a, values, count);
}

/* What a printed path leads to, for names without points and brackets. */
static const ddbexpr_value *look_up(const ddbexpr_value *item, str path)
{
    const ddbexpr_value *v = item;
    for (size_t i = 0; v && i < path.len;) {
        if (path.ptr[i] == '[') {
            char *end;
            v = ddbexpr_value_type(v) == DDBEXPR_L ? ddbexpr_value_at(v, strtoul(path.ptr + i + 1, &end, 10)) : NULL;
            i = (size_t)(strchr(path.ptr + i, ']') - path.ptr) + 1;
            continue;
        }
        i += path.ptr[i] == '.';
        size_t length = strcspn(path.ptr + i, ".[");
        v = ddbexpr_value_get(v, str_of(path.ptr + i, length));
        i += length;
    }
    return v;
}

static bool same_value(const ddbexpr_value *a, const ddbexpr_value *b)
{
    return a == b || (a && b && ddbexpr_value_equal(a, b));
}

static const ddbexpr_change *change_at(struct changes c, const char *path)
{
    for (size_t i = 0; i < c.count; i++)
        if (str_equal(c.all[i].path, ddbexpr_cstr(path)))
            return &c.all[i];
    return NULL;
}

static const ddbexpr_value *applied(struct kit *k, struct changes c, const ddbexpr_value *v, const char *path);

/* The value at a path with the changes; NULL: it is gone. `v` may be NULL. */
static const ddbexpr_value *changed(struct kit *k, struct changes c, const ddbexpr_value *v, const char *path)
{
    const ddbexpr_change *change = change_at(c, path);
    if (change && !change->before == !v) /* else it is of a new element, and this one only moves */
        return change->after;
    return v ? applied(k, c, v, path) : NULL;
}

static const ddbexpr_value *applied_to_list(struct kit *k, struct changes c, const ddbexpr_value *list,
                                            const char *path)
{
    const ddbexpr_value *elements[64];
    size_t count = 0, at = 0;
    for (;;) {
        char next[256];
        snprintf(next, sizeof next, "%s[%zu]", path, count);
        const ddbexpr_change *change = change_at(c, next);
        if (change && !change->before) {
            elements[count++] = change->after;
            continue;
        }
        if (at == ddbexpr_value_count(list))
            return ddbexpr_value_list(k->arena, elements, count);
        snprintf(next, sizeof next, "%s[%zu]", path, at);
        const ddbexpr_value *element = changed(k, c, ddbexpr_value_at(list, at++), next);
        if (element)
            elements[count++] = element;
    }
}

static const ddbexpr_value *applied(struct kit *k, struct changes c, const ddbexpr_value *v, const char *path)
{
    static const char *const all_names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "new"};
    str names[16];
    const ddbexpr_value *values[16];
    size_t count = 0;
    if (ddbexpr_value_type(v) == DDBEXPR_L)
        return applied_to_list(k, c, v, path);
    if (ddbexpr_value_type(v) != DDBEXPR_M)
        return v;
    for (size_t i = 0; i < sizeof all_names / sizeof *all_names; i++) {
        char next[256];
        snprintf(next, sizeof next, "%s%s%s", path, *path ? "." : "", all_names[i]);
        names[count] = ddbexpr_cstr(all_names[i]);
        values[count] = changed(k, c, ddbexpr_value_get(v, names[count]), next);
        count += values[count] != NULL;
    }
    return ddbexpr_value_map(k->arena, names, values, count);
}

static void assert_right(struct kit *k, const ddbexpr_value *before, const ddbexpr_value *after)
{
    struct changes c = diff(k, before, after);
    assert_int_equal(c.count == 0, ddbexpr_value_equal(before, after));
    for (size_t i = 0; i < c.count; i++) {
        const ddbexpr_change *change = &c.all[i];
        assert_true(change->before || change->after);
        assert_false(same_value(change->before, change->after));
        bool element = change->path.ptr[change->path.len - 1] == ']'; /* something else may have come in its place */
        if (change->before || !element)
            assert_true(same_value(look_up(before, change->path), change->before));
        if (change->after || !element)
            assert_true(same_value(look_up(after, change->path), change->after));
    }
    const ddbexpr_value *made = applied(k, c, before, "");
    assert_true(made && ddbexpr_value_equal(made, after));
}

static void changes_lead_from_one_item_to_the_other(void **state)
{
    (void)state;
    struct prng p = {12};
    for (int round = 0; round < 3000; round++) {
        struct kit k;
        kit_open(&k);
        const ddbexpr_value *a = random_map(&p, k.arena, 4), *b = random_map(&p, k.arena, 4);
        assert_true(a && b);
        assert_right(&k, a, a);
        assert_right(&k, a, b);
        for (int steps = 0; steps < 4; steps++) {
            const ddbexpr_value *next = mutated(&p, k.arena, b, 3);
            assert_non_null(next);
            if (ddbexpr_value_type(next) != DDBEXPR_M)
                break;
            assert_right(&k, b, next);
            b = next;
        }
        kit_close(&k);
    }
}

/* --- for people --- */

static void assert_rendered(const char *before, const char *after, const ddbexpr_style *style, const char *expected)
{
    struct kit k;
    kit_open(&k);
    struct changes c = diff(&k, maybe_value_of(&k, before), maybe_value_of(&k, after));
    assert_int_equal(ddbexpr_diff_render(c.all, c.count, style, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), expected);
    kit_close(&k);
}

static void changes_stand_in_columns(void **state)
{
    (void)state;
    assert_rendered("{version: 4, tags: ['a'], profile: {city: 'Ulm'}}",
                    "{version: 5, tags: ['a', 'new'], profile: {}}", NULL,
                    "~ version       N 4 -> N 5\n"
                    "+ tags[1]       S \"new\"\n"
                    "- profile.city  S \"Ulm\"\n");
    assert_rendered("{a: 1}", "{a: 1}", NULL, "");
    assert_rendered("{a: 1}", "{a: '1', a_name_of_more_than_forty_columns_is_not_aligned: 1}", NULL,
                    "~ a  N 1 -> S \"1\"\n"
                    "+ a_name_of_more_than_forty_columns_is_not_aligned  N 1\n");
}

static void sets_tell_what_came_and_went(void **state)
{
    (void)state;
    assert_rendered("{tags: <'a', 'b'>}", "{tags: <'b', 'c', 'd'>}", NULL, "~ tags  SS: + \"c\", \"d\"  - \"a\"\n");
    assert_rendered("{t: <1, 2>}", "{t: <1>}", NULL, "~ t  NS: - 2\n");
    assert_rendered("{t: <b'1'>}", "{t: <b'1', b'2'>}", NULL, "~ t  BS: + Mg==\n");
    assert_rendered("{t: <1>}", "{t: <'1'>}", NULL, "~ t  NS {1} -> SS {\"1\"}\n");
}

static void long_values_are_shortened(void **state)
{
    (void)state;
    const ddbexpr_style narrow = {.size = sizeof narrow, .width = 40};
    assert_rendered("{a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'}", "{}", &narrow,
                    "- a  S \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" (70 bytes)\n");
    assert_rendered("{a: <1>}", "{a: <1, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009>}", &narrow,
                    "~ a  NS: + 1001, 1002, 1003 and 6 more\n");
    const ddbexpr_style none = {.size = sizeof none, .width = 1}; /* next to none: as if it were 16 */
    assert_rendered("{a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'}", "{}", &none, "- a  S \"xxxxxxxxxxxxxxxx…\" (30 bytes)\n");
    /* the room ends within the comma: a member of one byte is never shortened */
    assert_rendered("{a: <'z'>}", "{a: <'z', 'aaaaaaaaaaaa', 'b', 'c'>}", &none,
                    "~ a  SS: + \"aaaaaaaaaaaa\", \"b\" and 1 more\n");
}

static void colours_are_only_where_they_are_wanted(void **state)
{
    (void)state;
    const ddbexpr_style coloured = {.size = sizeof coloured, .colour = true};
    assert_rendered("{a: 1, b: 1, s: <1>}", "{a: 2, c: 1, s: <2>}", &coloured,
                    "\033[33m~\033[0m \033[33ma\033[0m  N 1 -> N 2\n"
                    "\033[31m-\033[0m \033[31mb\033[0m  N 1\n"
                    "\033[33m~\033[0m \033[33ms\033[0m  NS: \033[32m+\033[0m 2\033[31m  -\033[0m 1\n"
                    "\033[32m+\033[0m \033[32mc\033[0m  N 1\n");
}

static void nothing_drives_the_terminal(void **state)
{
    (void)state;
    assert_rendered("{'\x1b[31m': '\n'}", NULL, NULL, "- \\x1b[31m  S \"\\n\"\n");
    assert_rendered("{s: <'\x1b'>}", "{s: <'\t'>}", NULL, "~ s  SS: + \"\\t\"  - \"\\x1b\"\n");
}

static void diffs_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *before = value_of(k.arena, "{a: 1, b: [1, {c: 2}], s: <1>}");
    const ddbexpr_value *after =
        value_of(k.arena, "{b: [2, {c: 'x'}], s: <2>, n1: 1, n2: 2, n3: 3, n4: 4, n5: 5, n6: 6, n7: 7, n8: 8, n9: 9}");
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        ddbexpr_buffer *out = NULL;
        struct changes c = {NULL, 0};
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = ddbexpr_diff(before, after, a, &c.all, &c.count);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_new(&t.alloc, &out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_diff_render(c.all, c.count, NULL, out);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_true(status != DDBEXPR_OK || c.count == 13);
        ddbexpr_buffer_free(out);
        ddbexpr_arena_free(a);
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_items_have_no_changes),
        cmocka_unit_test(maps_are_compared_by_name),
        cmocka_unit_test(no_item_is_as_one_without_attributes),
        cmocka_unit_test(lists_differ_between_common_ends),
        cmocka_unit_test(shared_members_are_compared_by_count),
        cmocka_unit_test(other_values_are_compared_as_wholes),
        cmocka_unit_test(what_is_no_item_has_no_diff),
        cmocka_unit_test(long_names_are_not_gone_beyond),
        cmocka_unit_test(a_long_name_is_in_nobody_elses_way),
        cmocka_unit_test(the_deepest_values_have_a_diff),
        cmocka_unit_test(changes_lead_from_one_item_to_the_other),
        cmocka_unit_test(changes_stand_in_columns),
        cmocka_unit_test(sets_tell_what_came_and_went),
        cmocka_unit_test(long_values_are_shortened),
        cmocka_unit_test(colours_are_only_where_they_are_wanted),
        cmocka_unit_test(nothing_drives_the_terminal),
        cmocka_unit_test(diffs_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
