/* SPDX-License-Identifier: Apache-2.0 */
/* --update at the level of texts: values changed and taken out in every style of YAML and in JSON, and what is left
 * alone. Whatever is asked for, comments and all other bytes stay. */
#include "cli/test/test_update.h"
#include "cli/yaml/yaml_edit.h"

#include "told.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- a suite in a folder of its own --- */

struct fixture {
    struct options options;
    struct session session;
    char folder[40];
    const char *path;
    ddbexpr_str text;
    const struct yaml_node *root;
    struct test_update *update;
    size_t changed;
    struct told told;
};

static void write_file(const char *path, ddbexpr_str text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static struct yaml_reader reader_of(struct fixture *f)
{
    size_t length = strlen(f->path);
    return (struct yaml_reader){.arena = f->session.arena,
                                .name = f->path,
                                .what = "a suite",
                                .largest = 1 << 20,
                                .levels = 64,
                                .is_json = strcmp(f->path + length - 5, ".json") == 0};
}

static void open_suite(struct fixture *f, const char *path, const char *text)
{
    memset(f, 0, sizeof *f);
    f->path = path;
    f->text = ddbexpr_cstr(text);
    assert_int_equal(session_begin(&f->session, &f->options), EXIT_TRUE);
    strcpy(f->folder, "/tmp/ddbexpr-update-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    assert_int_equal(chdir(f->folder), 0);
    write_file(path, f->text);
    struct yaml_reader reader = reader_of(f);
    f->root = yaml_read(&reader, f->text);
    assert_non_null(f->root);
    assert_int_equal(test_update_begin(&f->session, path, f->text, &f->update), EXIT_TRUE);
}

static void close_suite(struct fixture *f)
{
    test_update_free(f->update);
    session_end(&f->session);
    assert_int_equal(unlink(f->path), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(f->folder), 0);
}

/* "tests/0/expect": names and numbers of elements. */
static const struct yaml_node *node_at(const struct yaml_node *node, const char *path)
{
    while (*path) {
        size_t length = strcspn(path, "/");
        bool is_list = node->kind == YAML_KIND_LIST;
        size_t skip = is_list ? strtoul(path, NULL, 10) : 0;
        node = node->first;
        while (node &&
               (is_list ? skip-- > 0 : node->key->text.len != length || memcmp(node->key->text.ptr, path, length) != 0))
            node = node->next;
        assert_non_null(node);
        path += length + (path[length] == '/');
    }
    return node;
}

static struct difference change_of(const struct fixture *f, const char *path, const char *text)
{
    return (struct difference){
        .what = "outcome", .node = path ? node_at(f->root, path) : NULL, .replacement = ddbexpr_cstr(text)};
}

/* A test of one step with an expectation that says what `holds` (one node; NULL: nothing). */
static void add_result(struct fixture *f, const struct difference *differences, size_t count, const char *holds)
{
    const struct expectation expect = {.node = holds ? node_at(f->root, holds) : NULL};
    const struct test_step step = {.expect = expect};
    const struct test test = {.steps = &step, .step_count = 1};
    const struct test_result result = {.test = &test,
                                       .verdict = count ? TEST_FAILED : TEST_PASSED,
                                       .differences = differences,
                                       .difference_count = count};
    assert_int_equal(test_update_add(f->update, &result), EXIT_TRUE);
}

static void add_change(struct fixture *f, const char *path, const char *text)
{
    const struct difference d = change_of(f, path, text);
    add_result(f, &d, 1, NULL);
}

static int end(struct fixture *f)
{
    told_begin(&f->told, stderr);
    int exit = test_update_end(f->update, &f->changed);
    told_end(&f->told);
    return exit;
}

static void assert_file_is(const struct fixture *f, const char *text)
{
    char content[65536];
    FILE *file = fopen(f->path, "r");
    assert_non_null(file);
    content[fread(content, 1, sizeof content - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(content, text);
}

/* --- one change --- */

static void assert_changed(const char *file, const char *before, const char *path, const char *text, const char *after)
{
    struct fixture f;
    open_suite(&f, file, before);
    add_change(&f, path, text);
    int exit = end(&f);
    assert_file_is(&f, after);
    assert_int_equal(exit, EXIT_TRUE);
    assert_int_equal(f.changed, 1);
    close_suite(&f);
}

static void assert_yaml(const char *before, const char *path, const char *text, const char *after)
{
    assert_changed("s.yaml", before, path, text, after);
}

static void assert_json(const char *before, const char *path, const char *text, const char *after)
{
    assert_changed("s.json", before, path, text, after);
}

static void scalars_are_changed(void **state)
{
    (void)state;
    assert_yaml("# a\na: success # why\nb: 1\n", "a", "\"Error\"", "# a\na: Error # why\nb: 1\n");
    assert_yaml("a: 'success'", "a", "\"Error\"", "a: \"Error\"");
    assert_yaml("a: 12", "a", "\"Error\"", "a: \"Error\"");
    assert_yaml("a: success", "a", "\"true\"", "a: \"true\"");
    assert_yaml("a: success", "a", "\"No\"", "a: \"No\"");
    assert_yaml("a: success", "a", "\"two words\"", "a: \"two words\"");
    assert_yaml("a: success", "a", "null", "a: null");
    assert_yaml("a: ~ # none\n", "a", "\"x\"", "a: \"x\" # none\n");
    assert_yaml("a: \"x\\\n  y\" # q\nb: 1", "a", "5", "a: 5 # q\nb: 1");
    assert_yaml("a: two\n  words\n  # c\nb: 1", "a", "\"x: y\"", "a: \"x: y\"\n  # c\nb: 1");
    assert_yaml("a:\n  below\nb: 1", "a", "{\"c\": 1}", "a:\n  {\"c\": 1}\nb: 1");
    assert_yaml("\"a\" : x\nb: 1", "a", "[1, 2]", "\"a\" : [1, 2]\nb: 1");
    assert_yaml("l:\n- x # one\n- y\n", "l/0", "{\"c\": 1}", "l:\n- {\"c\": 1} # one\n- y\n");
    assert_yaml("\xef\xbb\xbf"
                "\xc3\xa9: \xe2\x82\xac\xe2\x82\xac # \xc3\xa9\nb: \xc3\xa9\n",
                "b", "\"\xe2\x82\xac\"",
                "\xef\xbb\xbf"
                "\xc3\xa9: \xe2\x82\xac\xe2\x82\xac # \xc3\xa9\nb: \"\xe2\x82\xac\"\n");
    assert_yaml("a: x\r\nb: q # c\r\nc: z\r\n", "b", "\"w\"", "a: x\r\nb: w # c\r\nc: z\r\n");
}

static void values_that_are_not_written_are_put_in(void **state)
{
    (void)state;
    assert_yaml("a:\nb: 1\n", "a", "{\"c\": 1}", "a: {\"c\": 1}\nb: 1\n");
    assert_yaml("a: # none\nb: 1\n", "a", "\"x\"", "a: \"x\" # none\nb: 1\n");
    assert_yaml("a:", "a", "\"x\"", "a: \"x\"");
    assert_yaml("{a: , b: 1}", "a", "\"x\"", "{a: \"x\", b: 1}");
    assert_yaml("{a, b: 1}", "a", "\"x\"", "{a: \"x\", b: 1}");
    assert_yaml("- a\n-\n- b\n", "1", "\"x\"", "- a\n- \"x\"\n- b\n");
}

static void block_scalars_are_changed(void **state)
{
    (void)state;
    assert_yaml("a: |\n  one\n  two\n\n# c\nb: 1\n", "a", "\"x\"", "a: \"x\"\n\n# c\nb: 1\n");
    assert_yaml("a: >-  # folded\n  one\n  # no comment\nb: 1\n", "a", "\"x\"", "a: \"x\"  # folded\nb: 1\n");
    assert_yaml("a: |+\n  one\n\n\n", "a", "\"x\"", "a: \"x\"\n\n\n");
    assert_yaml("a: |2\n   one", "a", "\"x\"", "a: \"x\"");
    assert_yaml("a: |\nb: 1\n", "a", "\"x\"", "a: \"x\"\nb: 1\n");
    assert_yaml("a: |\r\n  one # no\r\n  two\r\nb: 1\r\n", "a", "\"x\"", "a: \"x\"\r\nb: 1\r\n");
}

static void blocks_are_changed(void **state)
{
    (void)state;
    assert_yaml("a:\n  b: 1\n  c: 2\n# d\nd: 1\n", "a", "{\"x\": 1}", "a: {\"x\": 1}\n# d\nd: 1\n");
    assert_yaml("a:\n  b: 1\n  c: 2", "a", "success", "a: success\n");
    assert_yaml("a: # what is left\n\n  b: 1\n  c: 2 # last\n\nd: 1\n", "a", "[1]",
                "a: [1] # what is left\n\n  # last\n\nd: 1\n");
    assert_yaml("a:\n- b\n- c\nd: 1\n", "a", "[1]", "a: [1]\nd: 1\n");
    assert_yaml("a: # why\n- b\n- c\nd: 1\n", "a", "[1]", "a: [1] # why\nd: 1\n");
    assert_yaml("a:\n  - b: 1\n    c: 2\n  - d\n", "a/0", "{\"x\": 1}", "a:\n  - {\"x\": 1}\n  - d\n");
    assert_yaml("- - a\n  - b\n- c\n", "0", "[1]", "- [1]\n- c\n");
    assert_yaml("-\n  a: 1\n  b: 2\n- c\n", "0", "[1]", "-\n  [1]\n- c\n");
    assert_yaml("a:\n  b: |\n    text\n\n  # inner\n# outer\nc: 1\n", "a", "1", "a: 1\n\n  # inner\n# outer\nc: 1\n");
    assert_yaml("a:\n  b:\n    c:\nd: 1\n", "a", "1", "a: 1\nd: 1\n");
    assert_yaml("a:\r\n  b: 1\r\n  c: 2\r\nd: 1\r\n", "a", "1", "a: 1\r\nd: 1\r\n");
    assert_yaml("a: 1\nb: 2\n", "", "{\"x\": 1}", "{\"x\": 1}\n");
}

static void flows_are_changed(void **state)
{
    (void)state;
    assert_yaml("a: {b: 1, c: [2, 3]} # f\nd: 1\n", "a/c/1", "\"x\"", "a: {b: 1, c: [2, \"x\"]} # f\nd: 1\n");
    assert_yaml("a: {b: 1, c: [2, 3]} # f\nd: 1\n", "a", "success", "a: success # f\nd: 1\n");
    assert_yaml("a: {\n  b: 1, # one\n  c: two\n    words # two\n}\n", "a/c", "\"x\"",
                "a: {\n  b: 1, # one\n  c: \"x\" # two\n}\n");
    assert_yaml("a: [b: 1, c]", "a/0", "2", "a: [2, c]");
    assert_yaml("a: {\"b\":1}", "a/b", "2", "a: {\"b\":2}");
}

static void json_stays_json(void **state)
{
    (void)state;
    assert_json("{\n\t\"a\": \"success\",\n\t\"b\": [1, {\"c\": null}]\n}\n", "a", "\"Error\"",
                "{\n\t\"a\": \"Error\",\n\t\"b\": [1, {\"c\": null}]\n}\n");
    assert_json("{\"a\":{\"b\":1,\"c\":[1,\n2]},\"d\":true}", "a/c", "{\"x\": 1}",
                "{\"a\":{\"b\":1,\"c\":{\"x\": 1}},\"d\":true}");
    assert_json("{\n  \"a\": 1,\n  \"b\": 2\n}", "b", "", "{\n  \"a\": 1\n}");
    assert_json("{\n  \"a\": 1,\n  \"b\": 2\n}", "a", "", "{\n  \"b\": 2\n}");
    assert_json("{\"a\":1,\"b\":2,\"c\":3}", "b", "", "{\"a\":1,\"c\":3}");
    assert_json("{\"a\": {\"b\": 2}}", "a/b", "", "{\"a\": {}}");
    assert_json("{\"a\": \"\\ud83d\\ude00\\/ \xf0\x9f\x98\x80\", \"b\": 1}", "b", "2",
                "{\"a\": \"\\ud83d\\ude00\\/ \xf0\x9f\x98\x80\", \"b\": 2}");
}

static void entries_are_taken_out_of_blocks(void **state)
{
    (void)state;
    assert_yaml("a:\n  b: 1\n  # about c\n  c: 2\n  d: 3\n", "a/c", "", "a:\n  b: 1\n  # about c\n  d: 3\n");
    assert_yaml("a:\n  b: 1\n  c: 2 # two\n  d: 3\n", "a/c", "", "a:\n  b: 1\n  # two\n  d: 3\n");
    assert_yaml("a:\n  b: 1\n  c: |\n    x\n\n    y\n\n  d: 3\n", "a/c", "", "a:\n  b: 1\n\n  d: 3\n");
    assert_yaml("a:\n  b: 1\n  c:\n    - x # in it\n    - y\n  d: 3\n", "a/c", "", "a:\n  b: 1\n  d: 3\n");
    assert_yaml("a:\n  b: 1\n  c:\n", "a/c", "", "a:\n  b: 1\n");
    assert_yaml("a:\n  b: 1\n  c: 2", "a/c", "", "a:\n  b: 1\n");
    assert_yaml("a:\n  c: 2\nd: 1\n", "a/c", "", "a: {}\nd: 1\n");
    assert_yaml("a: # x\n  c: 2 # y\nd: 1\n", "a/c", "", "a: {} # x\n  # y\nd: 1\n");
    assert_yaml("- b: 1\n  c: 2\n", "0/b", "", "- c: 2\n");
    assert_yaml("- b: 1 # one\n  c: 2\n", "0/b", "", "- # one\n  c: 2\n");
    assert_yaml("- b: 1\n  # two\n  c: 2\n", "0/b", "", "-\n  # two\n  c: 2\n");
    assert_yaml("- b: 1\n  c: 2\n- d\n", "0/c", "", "- b: 1\n- d\n");
    assert_yaml("a:\r\n  b: 1\r\n  c: 2\r\nd: 3\r\n", "a/b", "", "a:\r\n  c: 2\r\nd: 3\r\n");
}

static void entries_are_taken_out_of_flows(void **state)
{
    (void)state;
    assert_yaml("a: {b: 1, c: 2, d: 3}", "a/b", "", "a: {c: 2, d: 3}");
    assert_yaml("a: {b: 1, c: 2, d: 3}", "a/c", "", "a: {b: 1, d: 3}");
    assert_yaml("a: {b: 1, c: 2, d: 3}", "a/d", "", "a: {b: 1, c: 2}");
    assert_yaml("a: {b: 1, c: 2, }", "a/c", "", "a: {b: 1, }");
    assert_yaml("a: {b: 1}", "a/b", "", "a: {}");
    assert_yaml("a: {b, c: 1}", "a/b", "", "a: {c: 1}");
    assert_yaml("a: {\n  b: 1, # one\n  c: 2 # two\n}\n", "a/b", "", "a: {\n  # one\n  c: 2 # two\n}\n");
    assert_yaml("a: {\n  b: 1, # one\n  c: 2 # two\n}\n", "a/c", "", "a: {\n  b: 1 # one\n  # two\n}\n");
    assert_yaml("a: {\n  b: 1 # one\n  , c: 2\n}\n", "a/b", "", "a: {\n  # one\n  c: 2\n}\n");
    assert_yaml("a: {b: 1,# no\n  c: 2}", "a/b", "", "a: {# no\n  c: 2}");
    assert_yaml("a: {b: 1, # one\n  c: 2}", "a/b", "", "a: { # one\n  c: 2}");
    assert_yaml("a: [b: 1, c]", "a/0/b", "", "a: [{}, c]");
}

/* --- several --- */

static void many_changes_are_made_at_once(void **state)
{
    (void)state;
    struct fixture f;
    open_suite(&f, "s.yaml", "a: {b: 1, c: 2, d: 3, e: 4}\nf:\n- g: 1\n  h: 2\n  i: 3\n# end\nj: success\n");
    add_change(&f, "j", "\"Error\"");
    add_change(&f, "a/c", "");
    add_change(&f, "f/0/h", "");
    add_change(&f, "f/0/g", "");
    add_change(&f, "a/d", "\"x\"");
    add_change(&f, "a/e", "");
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 6);
    assert_file_is(&f, "a: {b: 1, d: \"x\"}\nf:\n-\n  i: 3\n# end\nj: Error\n");
    assert_string_equal(f.told.text, "--- a/s.yaml\n"
                                     "+++ b/s.yaml\n"
                                     "@@ -1,7 +1,6 @@\n"
                                     "-a: {b: 1, c: 2, d: 3, e: 4}\n"
                                     "+a: {b: 1, d: \"x\"}\n"
                                     " f:\n"
                                     "-- g: 1\n"
                                     "-  h: 2\n"
                                     "+-\n"
                                     "   i: 3\n"
                                     " # end\n"
                                     "-j: success\n"
                                     "+j: Error\n");
    close_suite(&f);
}

static void the_outer_value_wins(void **state)
{
    (void)state;
    struct fixture f;
    open_suite(&f, "s.yaml", "a:\n  b: {c: 1}\n  d:\ne: 1\n");
    const struct difference all[] = {change_of(&f, "a/d", "1"), change_of(&f, "a/b/c", "2"),
                                     change_of(&f, "a", "\"success\""), change_of(&f, "a/b", "")};
    add_result(&f, all, 4, NULL);
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 1);
    assert_file_is(&f, "a: \"success\"\ne: 1\n");
    close_suite(&f);
    open_suite(&f, "s.yaml", "a:\n  b: {c: 1}\n  d: 5\n");
    add_change(&f, "a/b/c", "2");
    add_change(&f, "a/b", "");
    add_change(&f, "a/d", "6");
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 2);
    assert_file_is(&f, "a:\n  d: 6\n");
    close_suite(&f);
}

/* --- rows that share an expectation --- */

static void wishes_that_are_equal_are_one(void **state)
{
    (void)state;
    struct fixture f;
    open_suite(&f, "s.yaml", "a: success\nb: 1\n");
    add_change(&f, "a", "\"Error\"");
    add_change(&f, "a", "\"Error\"");
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 1);
    assert_file_is(&f, "a: Error\nb: 1\n");
    close_suite(&f);
}

static void wishes_that_differ_are_told(void **state)
{
    (void)state;
    struct fixture f;
    open_suite(&f, "s.yaml", "x: y\na:\n  b: success\n  c: 1\n");
    add_change(&f, "a/b", "\"Error\"");
    add_change(&f, "a/b", "\"Other\"");
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 0);
    assert_file_is(&f, "x: y\na:\n  b: success\n  c: 1\n");
    assert_string_equal(f.told.text, "ddbexpr: s.yaml:3:6: tests that share this expectation want different ones: it "
                                     "was left as it is\n");
    close_suite(&f);
    open_suite(&f, "s.yaml", "a: success\nb: 1\n");
    add_change(&f, "a", "");
    add_change(&f, "b", "2");
    add_change(&f, "a", "\"Other\"");
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 1);
    assert_file_is(&f, "a: success\nb: 2\n");
    close_suite(&f);
}

static void what_holds_for_another_row_stays(void **state)
{
    (void)state;
    struct fixture f;
    open_suite(&f, "s.yaml", "a: success\nb: 1\n");
    add_change(&f, "a", "\"Error\"");
    add_result(&f, NULL, 0, "a"); /* it passed */
    add_change(&f, "b", "2");
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 1);
    assert_file_is(&f, "a: success\nb: 2\n");
    assert_true(strncmp(f.told.text, "ddbexpr: s.yaml:1:4: tests that share", 37) == 0);
    close_suite(&f);
}

/* Of steps: those before the one that failed hold, and of that one what does not differ; of those behind it nothing is
 * known. */
static void what_holds_is_found_in_steps(void **state)
{
    (void)state;
    static const char text[] = "a: 1\nb: {after: 2, message: 3}\nc: 4\n";
    struct fixture f;
    open_suite(&f, "s.yaml", text);
    const struct test_step steps[] = {
        {.expect = {.node = node_at(f.root, "a")}},
        {.expect = {.node = node_at(f.root, "b"),
                    .after = {.given = true, .node = node_at(f.root, "b/after")},
                    .message = {.given = true, .node = node_at(f.root, "b/message")}}},
        {.expect = {.node = node_at(f.root, "c")}},
    };
    struct difference d = change_of(&f, "b/after", "20");
    d.step = 1;
    const struct test test = {.steps = steps, .step_count = 3, .is_sequence = true};
    const struct test_result result = {
        .test = &test, .verdict = TEST_FAILED, .differences = &d, .difference_count = 1, .failed_step = 1};
    assert_int_equal(test_update_add(f.update, &result), EXIT_TRUE);
    add_change(&f, "a", "10");
    add_change(&f, "b/message", "30");
    add_change(&f, "c", "40");
    const struct test_result skipped = {.test = &test, .verdict = TEST_SKIPPED};
    assert_int_equal(test_update_add(f.update, &skipped), EXIT_TRUE);
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 2);
    assert_file_is(&f, "a: 1\nb: {after: 20, message: 3}\nc: 40\n");
    close_suite(&f);
}

/* --- what cannot be written --- */

static void what_has_no_place_is_counted(void **state)
{
    (void)state;
    struct fixture f;
    open_suite(&f, "s.yaml", "a: 1\n");
    add_change(&f, NULL, "2");
    add_change(&f, "a", "2");
    add_change(&f, NULL, "3");
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 1);
    assert_file_is(&f, "a: 2\n");
    assert_non_null(strstr(f.told.text,
                           "ddbexpr: s.yaml: 2 of what differs cannot be written by --update: write what you "
                           "expect\n"));
    close_suite(&f);
}

/* What has no text to change: why. */
static void what_cannot_be_changed_is_told(void **state)
{
    (void)state;
    static const char *const told[][2] = {
        {"c.jsonl", "ddbexpr: c.jsonl: --update changes suites, and no case files\n"},
        {"-", "ddbexpr: standard input cannot be changed by --update: give it a suite in a file\n"},
        {"s.ddbtest.yaml", "ddbexpr: s.ddbtest.yaml: it is UTF-16, which --update cannot change: save it as UTF-8\n"},
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct fixture f;
        open_suite(&f, "s.yaml", "a: 1\n");
        test_update_free(f.update);
        assert_int_equal(test_update_begin(&f.session, told[i][0], (ddbexpr_str){NULL, 0}, &f.update), EXIT_TRUE);
        add_change(&f, NULL, "2");
        assert_int_equal(end(&f), EXIT_TRUE);
        assert_int_equal(f.changed, 0);
        assert_string_equal(f.told.text, told[i][1]);
        close_suite(&f);
    }
}

static void assert_refused(const char *file, const char *text, const char *path, const char *replacement,
                           const char *told)
{
    struct fixture f;
    open_suite(&f, file, text);
    add_change(&f, path, replacement);
    assert_int_equal(end(&f), EXIT_UNUSABLE);
    assert_int_equal(f.changed, 0);
    assert_file_is(&f, text);
    assert_string_equal(f.told.text, told);
    close_suite(&f);
}

#define REFUSED "ddbexpr: s.yaml: cannot be changed without changing something else\n"

static void what_would_change_something_else_is_not_written(void **state)
{
    (void)state;
    assert_refused(
        "s.yaml", "a: 1\nb: 2\n", "a", "{\"x\": 1", /* no value */
        "ddbexpr: s.yaml:2:2: no YAML: did not find expected ',' or '}' (while parsing a flow mapping in line "
        "1)\n" REFUSED);
    assert_refused("s.yaml", "a: 1\nb: 2\n", "a", "1\nc: 3", REFUSED);
    assert_refused("s.yaml", "a: [1, 2]\n", "a/0", "3, 4", REFUSED);
    assert_refused("s.yaml", "a: 1\n", "a", "2 # c", REFUSED);
    assert_refused("s.yaml", "- 1\n- 2\n", "0", "", REFUSED);
    assert_refused("s.yaml", "? a\n: 1\n? b\n: 2\n", "a", "", REFUSED);
    assert_refused("s.json", "{\"a\": 1}", "a", "bare",
                   "ddbexpr: s.json:1:7: no JSON: this is no value\n"
                   "ddbexpr: s.json: cannot be changed without changing something else\n");
}

static void a_file_that_changed_meanwhile_stays(void **state)
{
    (void)state;
    static const char *const others[] = {"a: 1 # new\n", "a: 2\n"}; /* also to what it was to become */
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct fixture f;
        open_suite(&f, "s.yaml", "a: 1\n");
        add_change(&f, "a", "2");
        write_file("s.yaml", ddbexpr_cstr(others[i]));
        assert_int_equal(end(&f), EXIT_UNUSABLE);
        assert_int_equal(f.changed, 0);
        assert_file_is(&f, others[i]);
        assert_string_equal(f.told.text, "--- a/s.yaml\n+++ b/s.yaml\n@@ -1 +1 @@\n-a: 1\n+a: 2\n"
                                         "ddbexpr: s.yaml: changed meanwhile; nothing was written\n");
        close_suite(&f);
    }
}

static void nothing_to_change_writes_nothing(void **state)
{
    (void)state;
    struct fixture f;
    open_suite(&f, "s.yaml", "a: 1\n");
    add_result(&f, NULL, 0, "a");
    assert_int_equal(end(&f), EXIT_TRUE);
    assert_int_equal(f.changed, 0);
    assert_string_equal(f.told.text, "");
    close_suite(&f);
}

/* --- every value of a text with every style --- */

static const char motley[] = "# head\n"
                             "tests:\n"
                             "- name: one   # a comment\n"
                             "  expect:\n"
                             "    error: X\n"
                             "    # between\n"
                             "    message: |\n"
                             "      text # none\n"
                             "\n"
                             "      more\n"
                             "\n"
                             "    because: >-   # folded\n"
                             "      a\n"
                             "      b\n"
                             "    after:\n"
                             "      pk: 'it''s' # s\n"
                             "      l:\n"
                             "      - 1\n"
                             "      - - 2\n"
                             "        - x: \xc3\xa9\n"
                             "          y:\n"
                             "      -\n"
                             "        z: w # deep\n"
                             "  # after the test\n"
                             "- {name: two, expect: success, rows: [{\":a\": 1, b}, {c: , d: [1, [2], {}]}]} # flow\n"
                             "- name: \"three\\\n"
                             "    lines\"\n"
                             "  given: plain over\n"
                             "    lines\n"
                             "  expect: {\n"
                             "    error: Y, # err\n"
                             "    message: {contains: [a, b]} # msg\n"
                             "    , tables:\n"
                             "      [ ], # tab\n"
                             "  }\n"
                             "  \"last\" :\n"
                             "    below\n"
                             "# tail\n"
                             "end:\n";

static size_t count_comments(ddbexpr_str text, size_t begin, size_t end)
{
    size_t count = 0;
    for (size_t i = begin; i < end; i++)
        count += text.ptr[i] == '#';
    return count;
}

/* yaml_edit_text says itself whether anything else has changed; comments are no part of a tree. */
static void assert_edits(struct fixture *f, const struct yaml_edit *edits, size_t count, size_t comments)
{
    struct yaml_reader reader = reader_of(f);
    ddbexpr_buffer *made;
    assert_int_equal(ddbexpr_buffer_new(NULL, &made), DDBEXPR_OK);
    int exit = yaml_edit_text(&reader, f->text, edits, count, made);
    ddbexpr_str text = ddbexpr_buffer_text(made);
    if (exit != EXIT_TRUE)
        print_error("at %zu: %.40s\n", edits[0].begin, f->text.ptr + edits[0].begin);
    assert_int_equal(exit, EXIT_TRUE);
    assert_true(count_comments(text, 0, text.len) >= comments);
    ddbexpr_buffer_free(made);
}

static void edit_each(struct fixture *f, const struct yaml_node *node, size_t comments)
{
    static const char *const texts[] = {"\"x\"", "{\"a\": [1, {}]}", "[]", "-1.5", "null", ""};
    size_t left = comments - count_comments(f->text, node->begin, node->end);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct yaml_edit edit = {node->begin, node->end, ddbexpr_cstr(texts[i])};
        if (texts[i][0] || node->key)
            assert_edits(f, &edit, 1, left);
    }
    for (const struct yaml_node *n = node->first; n; n = n->next)
        edit_each(f, n, comments);
}

/* Any entries of a map may be taken out together, beside others that are changed. */
static void edit_sets(struct fixture *f, const struct yaml_node *node, size_t comments)
{
    size_t count = node->kind == YAML_KIND_MAP ? node->count : 0, all = 1;
    for (size_t i = 0; i < count; i++)
        all *= 3;
    for (size_t set = 0; set < all && count < 6; set++) {
        struct yaml_edit edits[6];
        size_t made = 0, left = comments, rest = set;
        for (const struct yaml_node *n = node->first; n; n = n->next, rest /= 3) {
            if (rest % 3 == 0)
                continue;
            edits[made++] = (struct yaml_edit){n->begin, n->end, ddbexpr_cstr(rest % 3 == 1 ? "" : "[1]")};
            left -= count_comments(f->text, n->begin, n->end);
        }
        if (made)
            assert_edits(f, edits, made, made == count ? 0 : left);
    }
    for (const struct yaml_node *n = node->first; n; n = n->next)
        edit_sets(f, n, comments);
}

static void every_value_can_be_changed(void **state)
{
    (void)state;
    struct fixture f;
    char text[2 * sizeof motley];
    size_t length = 0;
    for (size_t i = 0; i < sizeof motley; i++) { /* CRLF */
        if (motley[i] == '\n')
            text[length++] = '\r';
        text[length++] = motley[i];
    }
    const char *const texts[] = {motley, text};
    for (int i = 0; i < 2; i++) {
        open_suite(&f, "s.yaml", texts[i]);
        size_t comments = count_comments(f.text, 0, f.text.len);
        edit_each(&f, f.root, comments);
        edit_sets(&f, f.root, comments);
        close_suite(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_are_changed),
        cmocka_unit_test(values_that_are_not_written_are_put_in),
        cmocka_unit_test(block_scalars_are_changed),
        cmocka_unit_test(blocks_are_changed),
        cmocka_unit_test(flows_are_changed),
        cmocka_unit_test(json_stays_json),
        cmocka_unit_test(entries_are_taken_out_of_blocks),
        cmocka_unit_test(entries_are_taken_out_of_flows),
        cmocka_unit_test(many_changes_are_made_at_once),
        cmocka_unit_test(the_outer_value_wins),
        cmocka_unit_test(wishes_that_are_equal_are_one),
        cmocka_unit_test(wishes_that_differ_are_told),
        cmocka_unit_test(what_holds_for_another_row_stays),
        cmocka_unit_test(what_holds_is_found_in_steps),
        cmocka_unit_test(what_has_no_place_is_counted),
        cmocka_unit_test(what_cannot_be_changed_is_told),
        cmocka_unit_test(what_would_change_something_else_is_not_written),
        cmocka_unit_test(a_file_that_changed_meanwhile_stays),
        cmocka_unit_test(nothing_to_change_writes_nothing),
        cmocka_unit_test(every_value_can_be_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
