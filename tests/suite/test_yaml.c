/* SPDX-License-Identifier: Apache-2.0 */
/* Trees of YAML and JSON: that places are those of the text, in bytes and in characters, whatever stands before them;
 * that JSON is read by its own grammar; and that the same document is the same tree in both. */
#include "cli/report/yaml_text.h"
#include "cli/yaml/yaml_tree.h"

#include "session.h"

struct tree {
    ddbexpr_arena *arena;
    struct yaml_reader reader;
    const struct yaml_node *root;
    ddbexpr_str text;
};

static void open_tree(struct tree *t, ddbexpr_str text, bool is_json)
{
    memset(t, 0, sizeof *t);
    assert_int_equal(ddbexpr_arena_new(NULL, &t->arena), DDBEXPR_OK);
    t->text = text;
    t->reader = (struct yaml_reader){.arena = t->arena,
                                     .name = "t",
                                     .what = "a tree",
                                     .largest = 1000000,
                                     .levels = 16,
                                     .is_json = is_json,
                                     .nul_is_text = true};
    t->root = yaml_read(&t->reader, text);
}

static void close_tree(struct tree *t) { ddbexpr_arena_free(t->arena); }

/* The value of a name somewhere in the tree: names are different. */
static const struct yaml_node *named(const struct yaml_node *node, const char *name)
{
    const struct yaml_node *found = NULL;
    if (node->key && strcmp(node->key->text.ptr, name) == 0)
        return node;
    for (const struct yaml_node *e = node->first; e && !found; e = e->next)
        found = named(e, name);
    return found;
}

static void assert_bytes(const struct tree *t, const char *name, const char *bytes)
{
    const struct yaml_node *node = named(t->root, name);
    assert_non_null(node);
    assert_str_is(((ddbexpr_str){t->text.ptr + node->begin, node->end - node->begin}), bytes);
}

static void check_places(const char *text)
{
    struct tree t;
    open_tree(&t, ddbexpr_cstr(text), false);
    assert_non_null(t.root);
    assert_bytes(&t, "plain", "p\xc3\xa4 \xf0\x9f\x98\x80");
    assert_bytes(&t, "quoted", "\"\xc3\xa4\\n\"");
    assert_bytes(&t, "single", "'it''s'");
    assert_bytes(&t, "flow", "{a: [1, 2], b: }");
    assert_bytes(&t, "a", "[1, 2]");
    assert_bytes(&t, "b", "");
    assert_bytes(&t, "pair", "z");
    assert_bytes(&t, "empty", "");
    assert_bytes(&t, "last", "1");
    assert_true(named(t.root, "empty")->is_null);
    assert_true(named(t.root, "flow")->is_flow);
    assert_false(named(t.root, "block")->is_flow);
    assert_int_equal(named(t.root, "last")->line, 14);
    assert_int_equal(named(t.root, "last")->column, 10);
    close_tree(&t);
}

static const char places[] = "# \xc3\xa4\n"
                             "plain: p\xc3\xa4 \xf0\x9f\x98\x80  # \xf0\x9f\x98\x80\n"
                             "quoted: \"\xc3\xa4\\n\"\n"
                             "single: 'it''s'\n"
                             "flow: {a: [1, 2], b: }\n"
                             "pairs: [pair: z , x]\n"
                             "block:\n"
                             "  - one\n"
                             "  - empty:\n"
                             "# far away\n"
                             "text: |\n"
                             "  \xc3\xa4 one\n"
                             "  two\n"
                             "last:    1\n";

static void values_know_their_bytes(void **state)
{
    (void)state;
    char text[1024] = "", marked[1024] = "\xef\xbb\xbf";
    check_places(places);
    size_t length = 0;
    for (const char *p = places; *p; p++) { /* with line ends of two characters */
        if (*p == '\n')
            text[length++] = '\r';
        text[length++] = *p;
    }
    check_places(text);
    strcat(marked, places);
    check_places(marked);
}

static void blocks_end_with_what_is_in_them(void **state)
{
    (void)state;
    struct tree t;
    open_tree(&t,
              ddbexpr_cstr("block:\n  - one\n  - two  # c\n\n# c\n"
                           "text: |+\n  a\n  b\n\n\n"
                           "folded: >-\r\n  a\r\n  b\r\n"
                           "map:\n  k:\n    v: 'x'   \n\n"
                           "end: >\n  \xc3\xa4\n\n"),
              false);
    assert_non_null(t.root);
    assert_bytes(&t, "block", "- one\n  - two");
    assert_bytes(&t, "text", "|+\n  a\n  b");
    assert_str_is(named(t.root, "text")->text, "a\nb\n\n\n");
    assert_bytes(&t, "folded", ">-\r\n  a\r\n  b");
    assert_bytes(&t, "map", "k:\n    v: 'x'");
    assert_bytes(&t, "end", ">\n  \xc3\xa4");
    close_tree(&t);
}

static void utf16_has_no_bytes(void **state)
{
    (void)state;
    struct tree t;
    static const char text[] = "\xff\xfe"
                               "a\0:\0 \0\xe4\0\n\0";
    open_tree(&t, (ddbexpr_str){text, sizeof text - 1}, false);
    assert_non_null(t.root);
    assert_true(t.reader.has_no_offsets);
    assert_str_is(t.root->first->text, "\xc3\xa4");
    close_tree(&t);
}

static void assert_same_tree(const struct yaml_node *a, const struct yaml_node *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->is_plain, b->is_plain);
    assert_int_equal(a->is_null, b->is_null);
    assert_int_equal(a->is_flow, b->is_flow);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->column, b->column);
    assert_int_equal(a->begin, b->begin);
    assert_int_equal(a->end, b->end);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->text.len, b->text.len);
    if (a->text.len)
        assert_memory_equal(a->text.ptr, b->text.ptr, a->text.len);
    assert_int_equal(a->key != NULL, b->key != NULL);
    if (a->key)
        assert_same_tree(a->key, b->key);
    const struct yaml_node *y = b->first;
    for (const struct yaml_node *x = a->first; x; x = x->next, y = y->next)
        assert_same_tree(x, y);
}

static void json_is_the_same_tree(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"a\": [1, -2.5e+3, 0, true, false, null], \"b\": {}, \"c\": []}",
        "[]",
        "\"x\"",
        "{\r\n  \"\xc3\xa4\": \"\xf0\x9f\x98\x80\",\r\n  \"b\" : { \"c\":\"\\u00e4\\n\\\"\\\\\\u0000\" }\r\n}\r\n",
        "\xef\xbb\xbf{\"a\": 1}",
        "[[[[{\"a\": [{\"b\": \"\"}]}]]]]\n\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct tree json, yaml;
        open_tree(&json, ddbexpr_cstr(texts[i]), true);
        open_tree(&yaml, ddbexpr_cstr(texts[i]), false);
        assert_non_null(json.root);
        assert_non_null(yaml.root);
        assert_same_tree(json.root, yaml.root);
        close_tree(&json);
        close_tree(&yaml);
    }
}

static void json_has_what_yaml_refuses(void **state)
{
    (void)state;
    struct tree t;
    open_tree(&t, ddbexpr_cstr("\t{\t\"a\":\"\\ud83d\\ude00\\/\",\n\t\"b\":\"x\xe2\x80\xa8y\x7f\"\t}\n\t"), true);
    assert_non_null(t.root);
    assert_bytes(&t, "b", "\"x\xe2\x80\xa8y\x7f\"");
    assert_str_is(named(t.root, "a")->text, "\xf0\x9f\x98\x80/");
    assert_str_is(named(t.root, "b")->text, "x\xe2\x80\xa8y\x7f");
    assert_int_equal(named(t.root, "b")->line, 2);
    assert_int_equal(named(t.root, "b")->column, 6);
    close_tree(&t);
    char text[10000];
    snprintf(text, sizeof text, "{\"%04000d\"\n\n: \"%05000d\"}", 1, 2);
    open_tree(&t, ddbexpr_cstr(text), true);
    assert_non_null(t.root);
    assert_int_equal(t.root->first->key->text.len, 4000);
    assert_int_equal(t.root->first->text.len, 5000);
    assert_int_equal(t.root->first->line, 3);
    close_tree(&t);
}

struct bad {
    const char *text;
    const char *told;
};

static int open_bad(struct fixture *f, const void *argument)
{
    const struct bad *bad = argument;
    struct tree t;
    char *exact = malloc(strlen(bad->text) + 1);
    assert_non_null(exact);
    size_t length = strlen(bad->text);
    char *end = realloc(exact, length ? length : 1);
    assert_non_null(end);
    memcpy(end, bad->text, length);
    (void)f;
    open_tree(&t, (ddbexpr_str){end, length}, true);
    assert_null(t.root);
    close_tree(&t);
    free(end);
    return 0;
}

static void what_is_no_json_is_told(void **state)
{
    (void)state;
    static const struct bad all[] = {
        {"", "1:1: no JSON: a value is missing"},
        {"{", "1:2: no JSON: a name in quotes belongs here"},
        {"{\"a\"}", "1:5: no JSON: a colon belongs here"},
        {"{\"a\":}", "1:6: no JSON: this is no value"},
        {"{\"a\":1,}", "1:8: no JSON: a name in quotes belongs here"},
        {"[1,]", "1:4: no JSON: this is no value"},
        {"[1 2]", "1:4: no JSON: a comma or ] belongs here"},
        {"{\"a\":1]", "1:7: no JSON: a comma or } belongs here"},
        {"[1}", "1:3: no JSON: a comma or ] belongs here"},
        {"[]\n []", "2:2: no JSON: nothing may follow the value"},
        {"[01]", "1:3: no JSON: a comma or ] belongs here"},
        {"[1.]", "1:2: no JSON: this is no value"},
        {"[.5]", "1:2: no JSON: this is no value"},
        {"[+5]", "1:2: no JSON: this is no value"},
        {"[1e]", "1:2: no JSON: this is no value"},
        {"['a']", "1:2: no JSON: this is no value"},
        {"# c\n{}", "1:1: no JSON: this is no value"},
        {"[\"a", "1:2: no JSON: this string has no end"},
        {"[\"a\\", "1:2: no JSON: this string has no end"},
        {"[\"a\\\"", "1:2: no JSON: this string has no end"},
        {"[\"\xc3\xa4\n\"]", "1:4: no JSON: control characters of a string are written as escapes"},
        {"[\"\\x\"]", "1:3: no JSON: no escape begins like that"},
        {"[\"\\u12\"]", "1:3: no JSON: \\u needs four digits, and pairs where pairs belong"},
        {"[\"\\ud83d\"]", "1:3: no JSON: \\u needs four digits, and pairs where pairs belong"},
        {"[\"\\ude00\"]", "1:3: no JSON: \\u needs four digits, and pairs where pairs belong"},
        {"[\"\xff\"]", "1:3: no JSON: these bytes are not UTF-8"},
        {"[\"\xed\xa0\x80\"]", "1:3: no JSON: these bytes are not UTF-8"},
        {"[\"\xc0\xaf\"]", "1:3: no JSON: these bytes are not UTF-8"},
        {"[\"\xf4\x90\x80\x80\"]", "1:3: no JSON: these bytes are not UTF-8"},
        {"[\"\xe2\x80", "1:3: no JSON: these bytes are not UTF-8"},
        {"[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", "1:17: more than 16 levels"},
        {"nul", "1:1: no JSON: this is no value"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct fixture f;
        char expected[200];
        open_session(&f);
        listen(&f, open_bad, &all[i]);
        snprintf(expected, sizeof expected, "ddbexpr: t:%s\n", all[i].told);
        assert_string_equal(f.told, expected);
        close_session(&f);
    }
}

/* --- written --- */

/* A block would lose the second of two line ends at its end, and has no escapes: quotes do. */
static void blocks_are_for_plain_lines(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } rows[] = {{"a\nb\n", "|\n  a\n  b\n"},
                {"a\n\n", "\"a\\n\\n\"\n"},
                {"a\tb\n", "\"a\\tb\\n\"\n"},
                {"a", "\"a\"\n"},
                {" a\n", "\" a\\n\"\n"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct words words;
        words_begin(&words);
        yaml_lines(&words, ddbexpr_cstr(rows[i].text), "  ");
        assert_int_equal(words.status, DDBEXPR_OK);
        assert_string_equal(words_text(&words).ptr, rows[i].written);
        words_end(&words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_know_their_bytes),    cmocka_unit_test(blocks_end_with_what_is_in_them),
        cmocka_unit_test(utf16_has_no_bytes),         cmocka_unit_test(json_is_the_same_tree),
        cmocka_unit_test(blocks_are_for_plain_lines), cmocka_unit_test(json_has_what_yaml_refuses),
        cmocka_unit_test(what_is_no_json_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
