/* SPDX-License-Identifier: Apache-2.0 */
/* Suggested fixes, applied to whole requests round by round as a tool would, until nothing changes: what comes out,
 * that it ends, that what is right stays as it is. fix.c, alias.c, and the fixes of src/check. */
#include "kit.h"
#include "prng.h"

#include "diagnostic/diagnostic.h"

#include <ddbexpr/json.h>
#include <ddbexpr/request.h>

#define MOST_MEMBERS 64
#define MOST_ROUNDS  10

struct mended {
    struct kit kit;
    str texts[2]; /* update, condition; .ptr NULL: not given */
    bool names_given, values_given;
    ddbexpr_name_binding names[MOST_MEMBERS];
    ddbexpr_value_binding values[MOST_MEMBERS];
    size_t name_count, value_count;
};

static const ddbexpr_source sources[] = {DDBEXPR_SOURCE_UPDATE, DDBEXPR_SOURCE_CONDITION};

static void open_request(struct mended *m, const char *update, const char *condition, const char *names,
                         const char *values)
{
    *m = (struct mended){.names_given = names, .values_given = values};
    kit_open(&m->kit);
    m->texts[0] = update ? ddbexpr_cstr(update) : str_of(NULL, 0);
    m->texts[1] = condition ? ddbexpr_cstr(condition) : str_of(NULL, 0);
    const ddbexpr_bindings *b = bindings_of(m->kit.arena, names, values);
    m->name_count = b->name_count;
    m->value_count = b->value_count;
    for (size_t i = 0; i < b->name_count; i++)
        m->names[i] = b->names[i];
    for (size_t i = 0; i < b->value_count; i++)
        m->values[i] = b->values[i];
}

static ddbexpr_status check_request(struct mended *m)
{
    const ddbexpr_request request = {.size = sizeof request,
                                     .operation = DDBEXPR_UPDATE_ITEM,
                                     .update_expression = m->texts[0],
                                     .condition_expression = m->texts[1],
                                     .names_given = m->names_given,
                                     .values_given = m->values_given,
                                     .names = m->names,
                                     .name_count = m->name_count,
                                     .values = m->values,
                                     .value_count = m->value_count};
    const ddbexpr_execute_options options = {sizeof options, DDBEXPR_MESSAGES_CURRENT, true};
    ddbexpr_diags_clear(m->kit.diags);
    return ddbexpr_request_check(&request, NULL, 0, &options, &m->kit.memory.alloc, m->kit.diags);
}

/* --- members --- */

static size_t find_member(const struct mended *m, const ddbexpr_edit *edit)
{
    bool names = edit->source == DDBEXPR_SOURCE_NAMES;
    size_t count = names ? m->name_count : m->value_count, i = 0;
    while (i < count && !str_equal(names ? m->names[i].placeholder : m->values[i].placeholder, edit->member))
        i++;
    return i;
}

static const ddbexpr_value *read_value(struct mended *m, str json)
{
    ddbexpr_buffer *text;
    const ddbexpr_value_binding *values;
    size_t count;
    assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
    ddbexpr_buffer_append(text, STR("{\":v\": "));
    ddbexpr_buffer_append(text, json);
    ddbexpr_buffer_append(text, STR("}"));
    str copy = arena_copy(m->kit.arena, ddbexpr_buffer_text(text));
    ddbexpr_buffer_free(text);
    assert_int_equal(ddbexpr_json_read_values(m->kit.arena, copy, DDBEXPR_JSON_TYPED, NULL, &values, &count),
                     DDBEXPR_OK);
    return values[0].value;
}

static void add_member(struct mended *m, const ddbexpr_edit *edit)
{
    size_t i = find_member(m, edit);
    str key = arena_copy(m->kit.arena, edit->member), text = arena_copy(m->kit.arena, edit->text);
    assert_true(i < MOST_MEMBERS);
    if (edit->source == DDBEXPR_SOURCE_NAMES) {
        assert_true(i == m->name_count || str_equal(m->names[i].name, text)); /* never two meanings */
        m->names[i] = (ddbexpr_name_binding){key, text};
        m->name_count += i == m->name_count;
        m->names_given = true;
    } else {
        m->values[i] = (ddbexpr_value_binding){key, read_value(m, text)};
        m->value_count += i == m->value_count;
        m->values_given = true;
    }
}

static void remove_member(struct mended *m, const ddbexpr_edit *edit)
{
    bool names = edit->source == DDBEXPR_SOURCE_NAMES;
    size_t *count = names ? &m->name_count : &m->value_count, i = find_member(m, edit);
    if (edit->member.len == 0) {
        *(names ? &m->names_given : &m->values_given) = false;
        *count = 0;
        return;
    }
    assert_true(i < *count);
    --*count;
    if (names)
        m->names[i] = m->names[*count];
    else
        m->values[i] = m->values[*count];
}

static void edit_members(struct mended *m, const ddbexpr_diag *diag)
{
    for (size_t i = 0; i < ddbexpr_diag_edit_count(diag); i++) {
        ddbexpr_edit edit = ddbexpr_diag_edit_at(diag, i);
        size_t at = find_member(m, &edit);
        switch (edit.kind) {
        case DDBEXPR_EDIT_REPLACE:
            break;
        case DDBEXPR_EDIT_ADD_MEMBER:
            add_member(m, &edit);
            break;
        case DDBEXPR_EDIT_REMOVE_MEMBER:
            remove_member(m, &edit);
            break;
        case DDBEXPR_EDIT_WRAP_MEMBER:
            m->values[at].value = ddbexpr_value_list(m->kit.arena, &m->values[at].value, 1);
            break;
        }
    }
}

/* --- rounds --- */

static bool changes_text(const ddbexpr_diag *diag)
{
    for (size_t i = 0; i < ddbexpr_diag_edit_count(diag); i++)
        if (ddbexpr_diag_edit_at(diag, i).kind == DDBEXPR_EDIT_REPLACE)
            return true;
    return false;
}

/* One round; returns how many fixes were applied. */
static size_t mend_once(struct mended *m, bool unsafe)
{
    bool applied[256] = {false};
    size_t total = 0, count = 0;
    check_request(m);
    for (size_t t = 0; t < 2; t++) {
        if (!m->texts[t].ptr)
            continue;
        ddbexpr_buffer_clear(m->kit.text);
        assert_int_equal(
            ddbexpr_fix_text(m->kit.diags, -1, sources[t], m->texts[t], unsafe, m->kit.text, applied, &count),
            DDBEXPR_OK);
        assert_int_equal(count == 0, str_equal(m->texts[t], ddbexpr_buffer_text(m->kit.text)));
        m->texts[t] = arena_copy(m->kit.arena, ddbexpr_buffer_text(m->kit.text));
        total += count;
    }
    for (size_t i = 0; i < ddbexpr_diags_count(m->kit.diags); i++) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(m->kit.diags, i);
        ddbexpr_fix_safety safety = ddbexpr_diag_fix_safety(diag);
        bool wanted = safety == DDBEXPR_FIX_SAFE || (unsafe && safety == DDBEXPR_FIX_UNSAFE);
        if (applied[i] || (wanted && !changes_text(diag))) {
            edit_members(m, diag);
            total += !applied[i];
        }
    }
    return total;
}

static size_t mend(struct mended *m, bool unsafe, size_t most_rounds)
{
    size_t rounds = 0;
    while (rounds < most_rounds && mend_once(m, unsafe) > 0)
        rounds++;
    check_request(m);
    return rounds;
}

/* "#a=x #b=y" in the map's order. */
static void print_names(struct mended *m)
{
    ddbexpr_buffer_clear(m->kit.text);
    for (size_t i = 0; i < m->name_count; i++) {
        notation_put(m->kit.text, i ? " " : "");
        ddbexpr_buffer_append(m->kit.text, m->names[i].placeholder);
        notation_put(m->kit.text, "=");
        ddbexpr_buffer_append(m->kit.text, m->names[i].name);
    }
}

static void print_values(struct mended *m)
{
    ddbexpr_buffer_clear(m->kit.text);
    for (size_t i = 0; i < m->value_count; i++) {
        notation_put(m->kit.text, i ? " " : "");
        ddbexpr_buffer_append(m->kit.text, m->values[i].placeholder);
        notation_put(m->kit.text, "=");
        assert_int_equal(ddbexpr_value_print(m->values[i].value, 0, m->kit.text), DDBEXPR_OK);
    }
}

struct expected {
    const char *update, *condition; /* afterwards */
    const char *names;              /* "#a=x"; NULL: the map is gone */
    const char *values;
    const char *codes; /* what is left */
};

static void expect(struct mended *m, bool unsafe, struct expected e)
{
    mend(m, unsafe, MOST_ROUNDS);
    assert_codes(&m->kit, e.codes);
    if (e.update)
        assert_str_is(m->texts[0], e.update);
    if (e.condition)
        assert_str_is(m->texts[1], e.condition);
    print_names(m);
    assert_str_is(ddbexpr_buffer_text(m->kit.text), e.names ? e.names : "");
    assert_int_equal(m->names_given, e.names != NULL);
    print_values(m);
    assert_str_is(ddbexpr_buffer_text(m->kit.text), e.values ? e.values : "");
    assert_int_equal(m->values_given, e.values != NULL);
    kit_close(&m->kit);
}

/* --- fixes of whole requests --- */

static void reserved_words_get_aliases(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, "SET status = :v, a.status = :v", "name = :v AND status = :v", NULL, "{':v': 1}");
    expect(&m, false,
           (struct expected){"SET #status = :v, a.#status = :v", "#name = :v AND #status = :v",
                             "#status=status #name=name", ":v=N 1", ""});
    /* the case of letters makes another name */
    open_request(&m, "SET status = :v, Status = :v", NULL, NULL, "{':v': 1}");
    expect(&m, false,
           (struct expected){"SET #status = :v, #Status = :v", NULL, "#status=status #Status=Status", ":v=N 1", ""});
    /* a key that stands for something else, and a text that holds a placeholder without a definition */
    open_request(&m, "SET status = :v, #status = :v", "name = :v AND #name2 = #name", "{'#status': 'a', '#name': 'b'}",
                 "{':v': 1}");
    expect(&m, false,
           (struct expected){"SET #status2 = :v, #status = :v", "#name3 = :v AND #name2 = #name",
                             "#status=a #name=b #status2=status #name3=name", ":v=N 1", "DX109"});
    /* a key that stands for it already is no longer unused */
    open_request(&m, "SET status = :v", NULL, "{'#s': 'status', '#t': 'x'}", "{':v': 1}");
    expect(&m, false, (struct expected){"SET #s = :v", NULL, "#s=status", ":v=N 1", ""});
    /* keywords */
    open_request(&m, "SET a.delete = :v", NULL, NULL, "{':v': 1}");
    expect(&m, false, (struct expected){"SET a.#delete = :v", NULL, "#delete=delete", ":v=N 1", ""});
}

static void hints_name_the_alias(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, "SET status = :v, name = :v", NULL, "{'#status': 'a', '#n': 'name'}", "{':v': 1}");
    check_request(&m);
    assert_true(ddbexpr_diags_count(m.kit.diags) > 0);
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(m.kit.diags, 0)),
                  "write `#status2` and add \"#status2\": \"status\" to ExpressionAttributeNames");
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(m.kit.diags, 1)),
                  "write `#n`, which stands for it in ExpressionAttributeNames already");
    kit_close(&m.kit);
}

static void names_that_need_an_alias(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, "SET movie-id = :v", "attribute_exists(movie-id) AND _rev = :v", NULL, "{':v': 1}");
    expect(&m, false, (struct expected){"SET movie-id = :v", NULL, NULL, ":v=N 1", "DX108 DX108"});
    open_request(&m, "SET movie-id = :v", "attribute_exists(movie-id) AND _rev = :v", NULL, "{':v': 1}");
    expect(&m, true,
           (struct expected){"SET #movie_id = :v", "attribute_exists(#movie_id) AND #_rev = :v",
                             "#movie_id=movie-id #_rev=_rev", ":v=N 1", ""});
    /* two names that would have the same placeholder */
    open_request(&m, "SET a-b = :v", "a$b = :v", NULL, "{':v': 1}");
    expect(&m, true, (struct expected){"SET #a_b = :v", "#a_b2 = :v", "#a_b=a-b #a_b2=a$b", ":v=N 1", ""});
}

static void literals_become_values(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, "SET a = 5", "b > 5 OR c = -1.5e3", NULL, NULL);
    expect(&m, false, (struct expected){"SET a = :v", "b > :v OR c = :v2", NULL, ":v=N 5 :v2=N -1500", ""});
    open_request(&m, "SET a = true, b = :v", "c = 'x' AND NOT d IN (null, FALSE)", NULL, "{':v': 1}");
    expect(&m, true,
           (struct expected){"SET a = :v2, b = :v", "c = :v3 AND NOT d IN (:v4, :v5)", NULL,
                             ":v=N 1 :v2=BOOL true :v3=S \"x\" :v4=NULL true :v5=BOOL false", ""});
    /* in the first place it is a name */
    open_request(&m, "SET null = :v", "attribute_exists(true) AND a.false = :v", NULL, "{':v': 1}");
    check_request(&m);
    assert_codes(&m.kit, "DX107 DX107 DX107");
    kit_close(&m.kit);
}

static void placeholders_that_are_not_used(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, "SET #a = :v", NULL, "{'#a': 'x', '#b': 'y', '#c': 'z'}", "{':v': 1, ':w': 2}");
    expect(&m, false, (struct expected){"SET #a = :v", NULL, "#a=x", ":v=N 1", ""});
    open_request(&m, "REMOVE a", NULL, "{'#b': 'y'}", "{':w': 2}");
    expect(&m, false, (struct expected){"REMOVE a", NULL, NULL, NULL, ""});
    open_request(&m, "REMOVE a", NULL, "{}", "{}");
    expect(&m, false, (struct expected){"REMOVE a", NULL, NULL, NULL, ""});
}

static void nothing_is_dropped_that_was_meant(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, "SET a = :zero, #nmae = :v", NULL, "{'#name': 'x'}", "{':v': 1, ':zer': 0, ':w': 2}");
    check_request(&m);
    assert_codes(&m.kit, "DX109 DX110 DX111 DX112");
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(m.kit.diags, 1)),
                  "add \":zero\" to ExpressionAttributeValues, or did you mean `:zer`?");
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(m.kit.diags, 2)),
                  "drop it from ExpressionAttributeNames, or use it; or is `#name` what is meant by `#nmae`, which is "
                  "not defined?");
    expect(
        &m, false,
        (struct expected){"SET a = :zero, #nmae = :v", NULL, "#name=x", ":v=N 1 :zer=N 0", "DX109 DX110 DX111 DX112"});
    open_request(&m, "SET a = :zero, #nmae = :v", NULL, "{'#name': 'x'}", "{':v': 1, ':zer': 0, ':w': 2}");
    expect(&m, true, (struct expected){"SET a = :zer, #name = :v", NULL, "#name=x", ":v=N 1 :zer=N 0", ""});
}

/* The nearest, the case of letters aside; of two as near the one that nothing uses; nothing that is too far. */
static void what_is_suggested(void **state)
{
    (void)state;
    static const struct {
        const char *update, *values, *suggestion;
    } rows[] = {
        {"SET a = :Zero", "{':zero': 1, ':zer': 1}", ":zero"},
        {"SET a = :V", "{':v': 1}", ":v"},
        {"SET a = :w", "{':v': 1}", ""},
        {"SET a = :ab", "{':xy': 1, ':b': 1}", ":b"},
        {"SET a = :old", "{':odd': 1, ':new': 1}", ":odd"},
        {"SET a = :value3, b = :value1", "{':value1': 1, ':value2': 1}", ":value2"},
        {"SET a = :value3, b = :value2", "{':value1': 1, ':value2': 1}", ":value1"},
        {"SET a = :val-ue", "{':val-ue': 1}", ""},
        {"SET a = :count", "{':count-': 1, ':total': 1}", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mended m;
        open_request(&m, rows[i].update, NULL, NULL, rows[i].values);
        check_request(&m);
        str suggestion = STR("");
        for (size_t d = 0; d < ddbexpr_diags_count(m.kit.diags); d++) {
            const ddbexpr_diag *diag = ddbexpr_diags_at(m.kit.diags, d);
            if (strcmp(ddbexpr_diag_code(diag), "DX110") == 0)
                suggestion = ddbexpr_diag_edit_at(diag, 0).text;
        }
        assert_str_is(suggestion, rows[i].suggestion);
        kit_close(&m.kit);
    }
}

static void functions_sections_bounds_lists(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, NULL, "Contains(a, :v) AND begin_with(b, :v)", NULL, "{':v': 'x'}");
    expect(&m, false, (struct expected){NULL, "contains(a, :v) AND begin_with(b, :v)", NULL, ":v=S \"x\"", "DX118"});
    open_request(&m, NULL, "Contains(a, :v) AND begin_with(b, :v)", NULL, "{':v': 'x'}");
    expect(&m, true, (struct expected){NULL, "contains(a, :v) AND begins_with(b, :v)", NULL, ":v=S \"x\"", ""});
    open_request(&m, "SET a = :v SET b = :v REMOVE c SET d = :v, e = :v REMOVE f", NULL, NULL, "{':v': 1}");
    expect(&m, true, (struct expected){"SET a = :v, b = :v, d = :v, e = :v REMOVE c, f", NULL, NULL, ":v=N 1", ""});
    open_request(&m, NULL, "a BETWEEN :high AND (:low)", NULL, "{':low': 1, ':high': 2}");
    expect(&m, true, (struct expected){NULL, "a BETWEEN (:low) AND :high", NULL, ":low=N 1 :high=N 2", ""});
    open_request(&m, "SET a = list_append(a, :v)", NULL, NULL, "{':v': 'x'}");
    expect(&m, true, (struct expected){"SET a = list_append(a, :v)", NULL, NULL, ":v=L [S \"x\"]", ""});
}

static void slips_one_behind_the_other(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, "SET a == :v AND status = :v; ADD n = :v,", "((a != :v && !contains(b, :v))) || (((c))) === :v",
                 NULL, "{':v': 1}");
    expect(&m, false,
           (struct expected){"SET a = :v, #status = :v ADD n :v", "(a <> :v AND NOT contains(b, :v)) OR (c) = :v",
                             "#status=status", ":v=N 1", ""});
}

/* --- what holds for all texts --- */

static const char *const pieces[] = {
    "a",    "status",  "movie-id",  "#n",    "#x",       ":v",  ":w",   "SET ", " AND ", " OR ", "NOT ",
    " = ",  " == ",    " != ",      " && ",  "||",       "!",   ";",    ",",    ", ",    "(",    ")",
    "((",   "))",      "[0]",       "[*]",   ".",        " + ", "5",    "'s'",  " IN (", " ",    "_id",
    "ADD ", "REMOVE ", "contains(", "Size(", " IS NULL", "+=",  "true", "\xff"};

static str random_text(struct prng *p, ddbexpr_arena *a)
{
    char text[512] = "";
    for (uint32_t i = 2 + prng_below(p, 12); i > 0; i--)
        strcat(text, pieces[prng_below(p, sizeof pieces / sizeof *pieces)]);
    return arena_copy(a, ddbexpr_cstr(text));
}

/* Mending ends, whatever it is given, and what it leaves alone stays as it is. */
static void mending_ends(void **state)
{
    (void)state;
    struct prng p = {7};
    for (int i = 0; i < 20000; i++) {
        struct mended m;
        bool unsafe = prng_once_in(&p, 2);
        open_request(&m, NULL, NULL, "{'#n': 'status', '#m': 'a'}", "{':v': 1}");
        m.texts[0] = random_text(&p, m.kit.arena);
        m.texts[1] = random_text(&p, m.kit.arena);
        size_t rounds = mend(&m, unsafe, 60);
        if (rounds == 60)
            test_print_str("does not end: ", m.texts[0]);
        assert_true(rounds < 60);
        for (size_t d = 0; d < ddbexpr_diags_count(m.kit.diags); d++)
            assert_true(ddbexpr_diag_fix_safety(ddbexpr_diags_at(m.kit.diags, d)) !=
                        (unsafe ? DDBEXPR_FIX_UNSAFE : DDBEXPR_FIX_SAFE));
        kit_close(&m.kit);
    }
}

static void what_is_right_stays(void **state)
{
    (void)state;
    struct mended m;
    open_request(&m, "SET a = :v, #n = b - c REMOVE d[0]", "(a = :v OR NOT contains(b, :v)) AND #n < a", "{'#n': 'x'}",
                 "{':v': 1}");
    assert_int_equal(check_request(&m), DDBEXPR_OK);
    assert_int_equal(mend_once(&m, true), 0);
    kit_close(&m.kit);
}

/* --- one text by itself --- */

static void add_replacement(struct kit *k, const char *text, int action, ddbexpr_fix_safety safety,
                            const ddbexpr_edit *edits, size_t count)
{
    diags_set_action(k->diags, action);
    diags_add(
        k->diags,
        &(struct diag_draft){
            .id = DIAG_RESERVED_WORD,
            .source = DDBEXPR_SOURCE_FILTER,
            .text = ddbexpr_cstr(text),
            .fix = {
                .safety = safety, .title = TEXT_FIX_WRITE, .args = {STR("x")}, .edits = edits, .edit_count = count}});
}

static ddbexpr_edit put(uint32_t start, uint32_t end, const char *text)
{
    return edit_replace(DDBEXPR_SOURCE_FILTER, (ddbexpr_span){start, end}, ddbexpr_cstr(text));
}

/* In text order, the first of those that clash, each whole or not at all. */
static void edits_are_applied_in_text_order(void **state)
{
    (void)state;
    struct kit k;
    bool applied[8] = {false};
    size_t count;
    kit_open(&k);
    const ddbexpr_edit both[] = {put(8, 9, "I"), put(0, 1, "A")}, inside[] = {put(1, 3, "x"), put(5, 6, "F")},
                       late = put(2, 4, "y"), insert = put(4, 4, "+"), here = put(4, 5, "E"), end = put(10, 10, "!"),
                       other = put(6, 7, "?");
    add_replacement(&k, "abcdefghij", -1, DDBEXPR_FIX_SAFE, &late, 1);    /* clashes with `inside` */
    add_replacement(&k, "abcdefghij", -1, DDBEXPR_FIX_SAFE, both, 2);     /* taken */
    add_replacement(&k, "abcdefghij", -1, DDBEXPR_FIX_UNSAFE, inside, 2); /* taken if unsafe ones are */
    add_replacement(&k, "abcdefghij", -1, DDBEXPR_FIX_SAFE, &insert, 1);  /* taken */
    add_replacement(&k, "abcdefghij", -1, DDBEXPR_FIX_SAFE, &here, 1);    /* clashes with `insert` */
    add_replacement(&k, "abcdefghij", -1, DDBEXPR_FIX_SAFE, &end, 1);     /* taken */
    add_replacement(&k, "another one", -1, DDBEXPR_FIX_SAFE, &other, 1);  /* of another text */
    add_replacement(&k, "abcdefghij", 1, DDBEXPR_FIX_SAFE, &other, 1);    /* of another action */
    const str text = STR("abcdefghij");
    assert_int_equal(ddbexpr_fix_text(k.diags, -1, DDBEXPR_SOURCE_FILTER, text, true, k.text, applied, &count),
                     DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), "Axd+eFghIj!");
    assert_int_equal(count, 4);
    static const bool taken[] = {false, true, true, true, false, true, false, false};
    assert_memory_equal(applied, taken, sizeof taken);
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_fix_text(k.diags, -1, DDBEXPR_SOURCE_FILTER, text, false, k.text, NULL, NULL), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), "Aby+efghIj!");
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_fix_text(k.diags, -1, DDBEXPR_SOURCE_UPDATE, text, true, k.text, NULL, &count),
                     DDBEXPR_OK);
    assert_int_equal(count, 0);
    assert_str_is(ddbexpr_buffer_text(k.text), "abcdefghij");
    kit_close(&k);
}

/* Edits are copied: those who made them may go. */
static void fixes_are_kept(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[] = "x";
    ddbexpr_edit edit = edit_member(DDBEXPR_EDIT_ADD_MEMBER, DDBEXPR_SOURCE_NAMES, str_of(text, 1), str_of(text, 1));
    add_replacement(&k, "a", -1, DDBEXPR_FIX_UNSAFE, &edit, 1);
    text[0] = 'y';
    edit.kind = DDBEXPR_EDIT_REPLACE;
    const ddbexpr_diag *diag = ddbexpr_diags_at(k.diags, 0);
    assert_non_null(diag);
    assert_int_equal(ddbexpr_diag_fix_safety(diag), DDBEXPR_FIX_UNSAFE);
    assert_str_is(ddbexpr_diag_fix_title(diag), "write `x`");
    assert_int_equal(ddbexpr_diag_edit_count(diag), 1);
    assert_int_equal(ddbexpr_diag_edit_at(diag, 0).kind, DDBEXPR_EDIT_ADD_MEMBER);
    assert_str_is(ddbexpr_diag_edit_at(diag, 0).member, "x");
    assert_str_is(ddbexpr_diag_edit_at(diag, 0).text, "x");
    assert_int_equal(ddbexpr_diag_edit_at(diag, 1).text.len, 0);
    kit_close(&k);
}

static void fixing_may_run_out_of_memory(void **state)
{
    (void)state;
    static const struct {
        const char *condition, *names, *values;
    } rows[] = {
        {"status = :vv AND #a = :v", "{'#b': 'x', '#status': 'y', '#c': 'z'}", "{':v': 1, ':w': 1}"},
        {"movie-id = :v", NULL, "{':v': 1}"},
        {"a > 5", NULL, NULL},
        {"a NOT IN (:v)", NULL, "{':v': 1}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit k;
        struct test_alloc t;
        kit_open(&k);
        const ddbexpr_bindings *b = bindings_of(k.arena, rows[i].names, rows[i].values);
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_diags *diags = NULL;
            ddbexpr_buffer *out = NULL;
            ddbexpr_program *program = NULL;
            ddbexpr_status status = ddbexpr_diags_new(&t.alloc, &diags);
            if (status == DDBEXPR_OK)
                status = ddbexpr_buffer_new(&t.alloc, &out);
            if (status == DDBEXPR_OK)
                status =
                    ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr(rows[i].condition), b, &t.alloc, diags, &program);
            if (status == DDBEXPR_INVALID)
                status = ddbexpr_fix_text(diags, -1, DDBEXPR_SOURCE_CONDITION, ddbexpr_cstr(rows[i].condition), true,
                                          out, NULL, NULL);
            bool failed = t.failed;
            assert_int_equal(status, failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            ddbexpr_buffer_free(out);
            ddbexpr_diags_free(diags);
        }
        kit_close(&k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reserved_words_get_aliases),
        cmocka_unit_test(hints_name_the_alias),
        cmocka_unit_test(names_that_need_an_alias),
        cmocka_unit_test(literals_become_values),
        cmocka_unit_test(placeholders_that_are_not_used),
        cmocka_unit_test(nothing_is_dropped_that_was_meant),
        cmocka_unit_test(what_is_suggested),
        cmocka_unit_test(functions_sections_bounds_lists),
        cmocka_unit_test(slips_one_behind_the_other),
        cmocka_unit_test(mending_ends),
        cmocka_unit_test(what_is_right_stays),
        cmocka_unit_test(edits_are_applied_in_text_order),
        cmocka_unit_test(fixes_are_kept),
        cmocka_unit_test(fixing_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
