/* SPDX-License-Identifier: Apache-2.0 */
/* What is told about faulty suites: every fault with its place, many at once. */
#include "session.h"

#define TABLE "table: {key: {pk: S}}\n"
#define SCAN  TABLE "requests: {scan: {op: Scan}}\n"
#define TEST  SCAN "tests:\n"

static const struct {
    const char *text;
    const char *told;
} faults[] = {
    /* the suite */
    {"", "1:1: a suite needs `tests`, and there is nothing here"},
    {"[]", "1:1: a suite is a map of names and values"},
    {"tests: []", "1:1: a suite needs its tables with their keys: write tables: {orders: {key: {pk: S}}}"},
    {TABLE, "1:1: a suite needs `tests`"},
    {TABLE "test: []\ntests: []", "2:1: a suite has no `test`; did you mean `tests`?"},
    {TABLE "tests: []\ntests: []", "3:1: `tests` is already there, in line 2"},
    {TABLE "tables: {}\ntests: []", "1:1: `table` is for a single table, and there are `tables`"},
    {TABLE "tests: {}", "2:8: tests is a list: - {name: …, request: …, expect: success}"},
    {TABLE "tests: [", "3:1: no YAML: did not find expected node content"},
    {TEST "- {name: t, request: scan, with: {:v: 2}, expect: success}",
     "4:35: no YAML: did not find expected node content; a name that begins with `:` or `#` needs quotes"},
    {TEST "- {name: \xc3\xa9, request: scan, without: [Limit, :v]}",
     "4:45: no YAML: did not find expected node content; a name that begins with `:` or `#` needs quotes"},
    {TEST "- name: t\n  request: scan\n  with: {#v: x}\n  expect: success",
     "8:1: no YAML: did not find expected ',' or '}' (while parsing a flow mapping in line 6); a name that begins with "
     "`:` or `#` needs quotes"},
    {TEST "- name: t\n  request: scan\n  with: {a: x # no name\n  expect: success",
     "7:3: no YAML: did not find expected ',' or '}' (while parsing a flow mapping in line 6)"},
    {TEST "- name: t\n  request: scan\n  with: {a: 'x #v', b: \"#v\" \n  expect: success",
     "7:3: no YAML: did not find expected ',' or '}' (while parsing a flow mapping in line 6)"},
    {TEST "- {name: t, request: scan, with: {: 2}, expect: success}",
     "4:35: no YAML: did not find expected node content"},
    {TABLE "tests: &a []", "2:8: anchors are not used here"},
    {TABLE "tests: []\n---\ntests: []", "3:1: a second document: a suite is one"},
    {TABLE "tests: *a", "2:8: aliases are not followed: write out what it stands for"},
    /* tables */
    {"table: {}\ntests: []", "1:8: a table needs its key: {key: {pk: S, sk: N}}"},
    {"table: {key: pk}\ntests: []",
     "1:14: a key is a map of one or two attributes, partition key first: {pk: S, sk: N}"},
    {"table: {key: {a: S, b: S, c: S}}\ntests: []",
     "1:14: a key is a map of one or two attributes, partition key first: {pk: S, sk: N}"},
    {"table: {key: {a: SS}}\ntests: []", "1:18: the type of a key attribute is S, N or B, not `SS`"},
    {"tables: {T: {kye: {a: S}}}\ntests: []", "1:14: a table has no `kye`; did you mean `key`?"},
    {"tables: {'': {key: {a: S}}}\ntests: []", "1:10: a table without a name: the only one may be written as `table`"},
    {"table: {key: {pk: S}, items: [{pk: a}, {pk: a}]}\ntests: []",
     "1:40: an item with this key is already there, in line 1: a table holds one item a key"},
    /* items */
    {TABLE "items: {a: 5x}\ntests: []", "2:12: there is no item `5x`: `items` names them"},
    {TABLE "items: {a: [x]}\ntests: []",
     "2:12: an item is a name of `items`, a map of attributes, or {item: …, set: {…}, remove: […]}"},
    {TABLE "items: {a: {item: b}, b: {item: a}}\ntests: []", "2:9: the item `a` is a change of itself"},
    {TABLE "items: {a: a}\ntests: []", "2:9: the item `a` is a change of itself"},
    {TABLE "items: {abcd: {pk: x}, b: {item: abdc}}\ntests: []", "2:34: there is no item `abdc`; did you mean `abcd`?"},
    {TABLE "items: {a: {pk: x, v: 1}, b: {item: a, remove: [w]}}\ntests: []", "2:49: the item has no `w` to remove"},
    {TABLE "items: {a: {pk: x, version: 1}, b: {item: a, remove: vresion}}\ntests: []",
     "2:54: the item has no `vresion` to remove; did you mean `version`?"},
    {TABLE "items: {a: {pk: x}, b: {item: a, set: [w]}}\ntests: []", "2:39: set is a map of names and values"},
    {TABLE "items: {a: {x: 1, x: 2}}\ntests: []", "2:19: `x` is already there, in line 2"},
    {TABLE "items: {a: {x: {y: {z: 1, z: 2}}}}\ntests: []", "2:27: `z` is already there, in line 2"},
    {TABLE "items: {a: {x: {y: [1, {SS: []}]}}}\ntests: []",
     "2:24: no table can hold this: a string set cannot be empty; leave the attribute out, or REMOVE it"},
    {TABLE "items: {a: {x: {L: [{M: {k: {N: a}}}]}}}\ntests: []",
     "2:29: no table can hold this: `a` is no number; digits with an optional sign, point and exponent; no blanks"},
    {TABLE "items: {a: {x: {SS: x}}}\ntests: []",
     "2:16: no table can hold this: an object or a list belongs here; every attribute value is an object such as "
     "{\"S\": \"text\"}"},
    /* given */
    {TEST "- {name: t, given: {x: 1}, request: scan, expect: success}",
     "4:20: the item has no key attribute `pk` of type S"},
    {TEST "- {name: t, given: {pk: 1}, request: scan, expect: success}",
     "4:20: the item has no key attribute `pk` of type S"},
    {TEST "- {name: t, given: {item: {pk: a}, sett: {x: 1}}, request: scan, expect: success}",
     "4:20: the item has no key attribute `pk` of type S; a change has the members `item`, `set` and `remove` only"},
    {TEST "- {name: t, given: [{pk: a},\n  {pk: a}], request: scan, expect: success}",
     "5:3: an item with this key is already there, in line 4: a table holds one item a key"},
    {"tables: {A: {key: {p: S}}, B: {key: {p: S}}}\ntests:\n"
     "- {name: t, given: [{p: a}], request: {op: Scan, TableName: A}, expect: success}",
     "3:20: with several tables `given` is a map of tables and their items"},
    {"tables: {T: {key: {pk: S}}, U: {key: {pk: S}}}\ntests:\n- name: t\n  given: {T: {pk: a}, "
     "\"arn:aws:dynamodb:x:1:table/T\": {pk: b}}\n  request: {op: Scan, TableName: T}\n  expect: success",
     "4:23: the table `T` is given twice"},
    {"tables: {Orders: {key: {p: S}}, B: {key: {p: S}}}\ntests:\n"
     "- {name: t, given: {Order: [{p: a}]}, request: {op: Scan, TableName: A}, expect: success}",
     "3:21: there is no table `Order`; did you mean `Orders`?"},
    /* requests */
    {TABLE "requests: {r: 5}\ntests: []", "2:15: a request is a map of its members, or {from: FILE}"},
    {TABLE "requests:\n  r:\n    op: Scan\n    FilterExpression: a = :b OR #c = :b\ntests: []",
     "5:23: YAML ends here: ` #` begins a comment; put the expression in quotes"},
    {TABLE "requests: {r: {op: PutItm}}\ntests: []", "2:20: there is no operation `PutItm`; did you mean `PutItem`?"},
    {TABLE "requests: {r: {op: x}}\ntests: []",
     "2:20: there is no operation `x`: write PutItem, UpdateItem, DeleteItem, GetItem, Query, Scan or "
     "TransactWriteItems"},
    {TABLE "requests: {r: {op: Scan, ConditionExpresion: x}}\ntests: []",
     "2:26: a request has no `ConditionExpresion`; did you mean `ConditionExpression`?"},
    {TABLE "requests: {r: {op: Scan, Foo: x}}\ntests: []", "2:26: a request has no `Foo`"},
    {TABLE "requests: {r: {op: Scan, Limit: 1, Limit: 2}}\ntests: []", "2:36: `Limit` is already there, in line 2"},
    {TABLE "requests: {r: {op: Scan, ExpressionAttributeValues: {':a': 1, ':a': 2}}}\ntests: []",
     "2:63: `:a` is already there, in line 2"},
    {TABLE "requests: {r: {TransactItems: [{Putt: {}}]}}\ntests: []",
     "2:33: an action is Put, Update, Delete or ConditionCheck, not `Putt`"},
    {TABLE "requests: {r: {TransactItems: [{Put: {Itm: {}}}]}}\ntests: []",
     "2:39: an action of a transaction has no `Itm`; did you mean `Item`?"},
    {TABLE "requests: {r: {from: a.json, with: {}}}\ntests: []",
     "2:30: a request from a file has the members `from` and `number` only; `with` in a test changes it"},
    {TABLE "requests: {r: {from: no/such.json}}\ntests: []", "2:22: no/such.json: No such file or directory"},
    {TEST "- {name: t, request: {Key: {pk: a}}, expect: success}",
     "4:22: the members do not say which operation it is: add `op`, such as op: GetItem"},
    {TEST "- {name: t, request: scna, expect: success}", "4:22: there is no request `scna`; did you mean `scan`?"},
    {TEST "- {name: t, request: other, expect: success}", "4:22: there is no request `other`: `requests` names them"},
    {TEST "- {name: t, request: scan, with: {Limt: 1}, expect: success}",
     "4:35: a request has no `Limt`; did you mean `Limit`?"},
    {TEST "- {name: t, request: scan, without: [':v'], expect: success}", "4:38: the request has no `:v` to take out"},
    {TEST "- {name: t, request: scan, without: [[x]], expect: success}",
     "4:38: what is taken out of a request is a text"},
    {TEST "- {name: t, request: {TransactItems: [{Put: {Item: {pk: a}}}]}, with: {':v': 1}, expect: success}",
     "4:72: no action of the transaction has `:v`"},
    {"tables: {A: {key: {p: S}}, B: {key: {p: S}}}\ntests:\n- {name: t, request: {op: Scan}, expect: success}",
     "3:22: the request needs a TableName: there are several tables"},
    /* tests */
    {TEST "- x", "4:3: a test is a map of names and values"},
    {TEST "- {request: scan, expect: success}", "4:3: a test needs `name`"},
    {TEST "- {name: t, expect: success}", "4:3: a test needs `request`: a name of `requests`, or its members"},
    {TEST "- {name: t, request: scan}", "4:3: a test needs `expect`: success, an error, or a map of what is expected"},
    {TEST "- {name: t, request: scan, expcet: success}", "4:28: a test has no `expcet`; did you mean `expect`?"},
    {TEST "- {name: t, request: scan, expect: success}\n- {name: t, request: scan, expect: success}",
     "5:10: a test `t` is already there, in line 4"},
    {TEST "- {name: t, skip: true, request: scan, expect: success}",
     "4:19: skip says why: skip: \"waits for issue 12\""},
    {TEST "- {name: t, request: scan, expect: success, rows: []}",
     "4:51: rows is a list: - {\":qty\": 1, expect: success}"},
    {TEST "- {name: t, request: scan, rows: [{name: r}]}", "4:35: a row needs `expect`, as the test has none"},
    {TEST "- {name: t, request: scan, expect: success, rows: [{request: scan}]}", "4:53: a row has no `request`"},
    {TEST "- {name: t, request: scan, expect: success, rows: [x]}",
     "4:52: a row is a map: {\":qty\": 1, expect: success}"},
    {TEST "- {name: t, request: scan, expect: success, rows: [{name: a}, {name: a}]}",
     "4:63: a test `t › a` is already there, in line 4"},
    {TEST "- {name: t, request: scan, expect: error, rows: [{':v': 1, with: {':v': 2}}]}",
     "4:51: `:v` stands in `with`, too"},
    {TEST "- {name: t, steps: []}", "4:20: steps is a list: - {request: read, expect: success}"},
    {TEST "- {name: t, steps: [{request: scan}], rows: [{}]}", "4:39: `rows` does not go together with `steps`"},
    {TEST "- {name: t, request: scan, steps: [{request: scan}]}",
     "4:13: `request` does not go together with `steps`: each step has its own"},
    {TEST "- {name: t, steps: [{expect: success}]}",
     "4:21: a step needs `request`: a name of `requests`, or its members"},
    {TEST "- {name: t, steps: [{request: scan, given: x}]}", "4:37: a step has no `given`"},
    /* expect */
    {TEST "- {name: t, request: scan, expect: sucess}", "4:36: there is no error `sucess`; did you mean `success`?"},
    {TEST "- {name: t, request: scan, expect: ConditionalCheckFailed}",
     "4:36: there is no error `ConditionalCheckFailed`; did you mean `ConditionalCheckFailedException`?"},
    {TEST "- {name: t, request: scan, expect: fine}",
     "4:36: an error is a type such as ConditionalCheckFailedException, or `error` for any, not `fine`"},
    {TEST "- {name: t, request: scan, expect: {error: success}}",
     "4:44: an error is a type such as ConditionalCheckFailedException, or `error` for any, not `success`"},
    {TEST "- {name: t, request: scan, expect: }",
     "4:36: expect is `success`, an error such as ConditionalCheckFailedException, or a map"},
    {TEST "- {name: t, request: scan, expect: {aftr: null}}", "4:37: expect has no `aftr`; did you mean `after`?"},
    {TEST "- {name: t, request: scan, expect: {message: x}}",
     "4:37: `message` is about an error: say which, error: ConditionalCheckFailedException"},
    {TEST "- {name: t, request: scan, expect: {because: x}}",
     "4:37: `because` is about an error: say which, error: ConditionalCheckFailedException"},
    {TEST "- {name: t, request: scan, expect: {returns: {CancellationReasons: [None]}}}",
     "4:47: `CancellationReasons` is about an error: say which, error: ConditionalCheckFailedException"},
    {TEST "- {name: t, request: scan, expect: {error: error, message: [x]}}",
     "4:60: a message is its text, {contains: TEXT} or {matches: PATTERN}"},
    {TEST "- {name: t, request: scan, expect: {error: error, message: {contain: x}}}",
     "4:61: a message has no `contain`; did you mean `contains`?"},
    {TEST "- {name: t, request: scan, expect: {error: error, because: {first: x}}}",
     "4:61: the number of an action is from 1: {2: \"stock >= :qty\"}"},
    {TEST "- {name: t, request: scan, expect: {error: error, because: {0: x}}}",
     "4:61: the number of an action is from 1: {2: \"stock >= :qty\"}"},
    {TEST "- {name: t, request: scan, expect: {after: {contains: {x: {SS: []}}}}}",
     "4:59: no table can hold this: a string set cannot be empty; leave the attribute out, or REMOVE it"},
    {TEST "- {name: t, request: scan, expect: {table: [], tables: {}}}",
     "4:48: `table` and `tables` do not go together"},
    {TEST "- {name: t, request: scan, expect: {returns: {item: null}}}",
     "4:47: returns has no `item`; did you mean `Item`?"},
    {TEST "- {name: t, request: scan, expect: {returns: {Count: -1}}}",
     "4:54: a count is a whole number, or null where there must be none"},
    {TEST "- {name: t, request: scan, expect: {error: error, returns: {CancellationReasons: None}}}",
     "4:82: CancellationReasons is a list with a reason for each action: [None, ConditionalCheckFailed]"},
    {TEST "- {name: t, request: scan, expect: {error: error, returns: {CancellationReasons: [{code: None}]}}}",
     "4:84: a reason has no `code`; did you mean `Code`?"},
};

static void every_fault_is_told_with_its_place(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct fixture f;
        char expected[400];
        open_session(&f);
        int exit = read_suite(&f, "s.ddbtest.yaml", faults[i].text);
        snprintf(expected, sizeof expected, "ddbexpr: s.ddbtest.yaml:%s\n", faults[i].told);
        if (strcmp(f.told, expected) != 0)
            print_message("%sexpected: %s", f.told, expected);
        wrong += strcmp(f.told, expected) != 0;
        assert_int_equal(exit, EXIT_UNUSABLE);
        close_session(&f);
    }
    assert_int_equal(wrong, 0);
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void many_faults_are_told_at_once(void **state)
{
    (void)state;
    struct fixture f;
    char text[8192] = TEST;
    open_session(&f);
    for (int i = 0; i < 30; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "- {name: t%d, request: r%d, expect: success}\n", i,
                 i);
    assert_int_equal(read_suite(&f, "s.ddbtest.yaml", text), EXIT_UNUSABLE);
    assert_int_equal(count_lines(f.told), 21);
    assert_non_null(strstr(f.told, "s.ddbtest.yaml:4:23: there is no request `r0`"));
    assert_non_null(strstr(f.told, "s.ddbtest.yaml:23:24: there is no request `r19`"));
    assert_non_null(strstr(f.told, "ddbexpr: s.ddbtest.yaml: 10 more faults\n"));
    close_session(&f);
}

/* What is wrong in something that many use is told where it stands, and once. */
static void a_fault_is_told_once(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_suite(&f, "s.ddbtest.yaml",
               TABLE "items: {bad: {pk: {SS: []}}}\nrequests: {r: {op: Scan, Foo: 1}}\ntests:\n"
                     "- {name: a, given: bad, request: r, expect: success}\n"
                     "- {name: b, given: [bad, bad], request: r, expect: {after: bad}}\n");
    assert_int_equal(count_lines(f.told), 2);
    close_session(&f);
}

static void patterns_must_compile(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_suite(&f, "s.ddbtest.yaml",
               TEST "- {name: t, request: scan, expect: {error: error, message: {matches: \"(\"}}}");
    assert_non_null(strstr(f.told, ":4:70: this is no POSIX extended regular expression: "));
    close_session(&f);
}

static void files_must_be_there(void **state)
{
    (void)state;
    struct fixture f;
    struct suite *suite = NULL;
    open_session(&f);
    assert_int_equal(suite_open(&f.session, "/no/such/s.ddbtest.yaml", &suite), EXIT_UNUSABLE);
    assert_null(suite);
    close_session(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_is_told_with_its_place),
        cmocka_unit_test(many_faults_are_told_at_once),
        cmocka_unit_test(a_fault_is_told_once),
        cmocka_unit_test(patterns_must_compile),
        cmocka_unit_test(files_must_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
