/* SPDX-License-Identifier: Apache-2.0 */
/* Every limit of src/base/limits.h at its value and one past it; a test is called as its limit is, which
 * tests/structure/test_limits.py holds against the header. */
#include "../unit/kit.h"
#include "text.h"

#include "base/limits.h"
#include "check/alias.h"
#include "syntax/parser.h"
#include "syntax/quick.h"

#include <ddbexpr/ddbexpr.h>
#include <ddbexpr/json.h>
#include <ddbexpr/located.h>

#include <sys/mman.h>

/* --- expressions --- */

/* Compiles a text that was put together, with bindings in the notation. */
static bool compiles(struct kit *k, ddbexpr_kind kind, struct text *t, const char *names, const char *values)
{
    ddbexpr_str text = text_end(t);
    assert_int_equal(strlen(text.ptr), text.len);
    bool accepted = kit_try(k, kind, text.ptr, names, values) != NULL;
    text_free(t);
    return accepted;
}

static void limit_expression_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        text_begin(&t);
        text_put(&t, "a = :v");
        text_repeat(&t, LIMIT_EXPRESSION_BYTES - strlen("a = :v") + past, " ");
        assert_int_equal(compiles(&k, DDBEXPR_CONDITION, &t, NULL, "{:v: 1}"), past == 0);
    }
    assert_codes(&k, "DX124");
    kit_close(&k);
}

static void limit_operators(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        text_begin(&t);
        text_repeat(&t, LIMIT_OPERATORS - 1 + past, "NOT ");
        text_put(&t, "a = :v");
        assert_int_equal(compiles(&k, DDBEXPR_CONDITION, &t, NULL, "{:v: 1}"), past == 0);
    }
    assert_int_equal(ddbexpr_diags_count(k.diags), 1);
    kit_close(&k);
}

static void limit_in_operands(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        text_begin(&t);
        text_put(&t, "a IN (");
        text_repeat(&t, LIMIT_IN_OPERANDS - 1 + past, ":v, ");
        text_put(&t, ":v)");
        assert_int_equal(compiles(&k, DDBEXPR_CONDITION, &t, NULL, "{:v: 1}"), past == 0);
    }
    kit_close(&k);
}

static void limit_path_steps(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        text_begin(&t);
        text_put(&t, "attribute_exists(a");
        text_repeat(&t, LIMIT_PATH_STEPS - 1 + past, ".a");
        text_put(&t, ")");
        assert_int_equal(compiles(&k, DDBEXPR_CONDITION, &t, NULL, NULL), past == 0);
    }
    kit_close(&k);
}

static void limit_list_index(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        text_begin(&t);
        text_put(&t, "attribute_exists(a[%zu])", (size_t)LIMIT_LIST_INDEX + past);
        assert_int_equal(compiles(&k, DDBEXPR_CONDITION, &t, NULL, NULL), past == 0);
    }
    kit_close(&k);
}

/* Lists in lists in the notation. */
static char *nested_lists(size_t levels, const char *inside, struct text *t)
{
    text_begin(t);
    text_repeat(t, levels, "[");
    text_put(t, "%s", inside);
    text_repeat(t, levels, "]");
    text_end(t);
    return t->bytes;
}

static void limit_value_height(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text list, bindings;
        text_begin(&bindings);
        text_put(&bindings, "{:v: %s}", nested_lists(LIMIT_VALUE_HEIGHT + past, "1", &list));
        text_end(&bindings);
        bool accepted = kit_try(&k, DDBEXPR_CONDITION, "a = :v", NULL, bindings.bytes);
        assert_int_equal(accepted, past == 0);
        text_free(&bindings);
        text_free(&list);
    }
    kit_close(&k);
}

static void limit_attribute_name_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        text_begin(&t);
        text_put(&t, "{#n: '");
        text_repeat(&t, LIMIT_ATTRIBUTE_NAME_BYTES + past, "a");
        text_put(&t, "'}");
        text_end(&t);
        bool accepted = kit_try(&k, DDBEXPR_CONDITION, "attribute_exists(#n)", t.bytes, NULL);
        assert_int_equal(accepted, past == 0);
        text_free(&t);
    }
    kit_close(&k);
}

static void limit_placeholder_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t, values;
        text_begin(&t);
        text_put(&t, "a = :");
        text_repeat(&t, LIMIT_PLACEHOLDER_BYTES - 1 + past, "v");
        text_begin(&values);
        text_put(&values, "{:");
        text_repeat(&values, LIMIT_PLACEHOLDER_BYTES - 1 + past, "v");
        text_put(&values, ": 1}");
        text_end(&values);
        assert_int_equal(compiles(&k, DDBEXPR_CONDITION, &t, NULL, values.bytes), past == 0);
        text_free(&values);
    }
    kit_close(&k);
}

/* --- requests --- */

static const ddbexpr_key_attribute key_schema[] = {{{"pk", 2}, DDBEXPR_S}, {{"sk", 2}, DDBEXPR_S}};

/* Runs a request against an empty table; whether the service would accept it. */
static bool is_accepted(struct kit *k, const ddbexpr_request *request, size_t key_count)
{
    const ddbexpr_table table = {.size = sizeof table, .name = STR("t"), .key = key_schema, .key_count = key_count};
    ddbexpr_outcome *outcome = NULL;
    ddbexpr_diags_clear(k->diags);
    assert_int_equal(ddbexpr_execute(request, &table, 1, NULL, &k->memory.alloc, k->diags, &outcome), DDBEXPR_OK);
    bool ok = ddbexpr_outcome_ok(outcome);
    ddbexpr_outcome_free(outcome);
    assert_int_equal(ok, !ddbexpr_diags_verdict(k->diags));
    return ok;
}

/* A text of so many letters. */
static const ddbexpr_value *letters(struct kit *k, size_t count)
{
    char *bytes = arena_alloc(k->arena, count ? count : 1);
    memset(bytes, 'x', count);
    return ddbexpr_value_string(k->arena, (str){bytes, count});
}

static const ddbexpr_value *map_of(struct kit *k, const char *name, const ddbexpr_value *first, const char *other,
                                   const ddbexpr_value *second)
{
    const str names[] = {ddbexpr_cstr(name), ddbexpr_cstr(other)};
    const ddbexpr_value *const values[] = {first, second};
    return ddbexpr_value_map(k->arena, names, values, 2);
}

static bool can_be_put(struct kit *k, const ddbexpr_value *item)
{
    const ddbexpr_request request = {
        .size = sizeof request, .operation = DDBEXPR_PUT_ITEM, .table_name = STR("t"), .item = item};
    return is_accepted(k, &request, 1);
}

static void limit_item_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *empty = map_of(&k, "pk", letters(&k, 1), "a", letters(&k, 0));
    size_t rest = LIMIT_ITEM_BYTES - ddbexpr_item_size(empty);
    assert_true(can_be_put(&k, map_of(&k, "pk", letters(&k, 1), "a", letters(&k, rest))));
    assert_false(can_be_put(&k, map_of(&k, "pk", letters(&k, 1), "a", letters(&k, rest + 1))));
    kit_close(&k);
}

static bool can_be_key(struct kit *k, size_t hash_bytes, size_t range_bytes)
{
    const ddbexpr_request request = {.size = sizeof request,
                                     .operation = DDBEXPR_DELETE_ITEM,
                                     .table_name = STR("t"),
                                     .key = map_of(k, "pk", letters(k, hash_bytes), "sk", letters(k, range_bytes))};
    return is_accepted(k, &request, 2);
}

static void limit_hash_key_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_true(can_be_key(&k, LIMIT_HASH_KEY_BYTES, 1));
    assert_false(can_be_key(&k, LIMIT_HASH_KEY_BYTES + 1, 1));
    kit_close(&k);
}

static void limit_range_key_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_true(can_be_key(&k, 1, LIMIT_RANGE_KEY_BYTES));
    assert_false(can_be_key(&k, 1, LIMIT_RANGE_KEY_BYTES + 1));
    kit_close(&k);
}

/* --- transactions --- */

struct transaction {
    size_t actions, payload_bytes, token_bytes;
};

static bool can_be_transacted(struct kit *k, struct transaction what)
{
    ddbexpr_request *actions = ARENA_ARRAY(k->arena, ddbexpr_request, what.actions);
    for (size_t i = 0; i < what.actions; i++) {
        char key[32];
        int length = snprintf(key, sizeof key, "k%zu", i);
        const str name = STR("pk");
        const ddbexpr_value *bytes = ddbexpr_value_string(k->arena, (str){key, (size_t)length});
        actions[i] = (ddbexpr_request){.size = sizeof *actions,
                                       .operation = DDBEXPR_DELETE_ITEM,
                                       .table_name = STR("t"),
                                       .key = ddbexpr_value_map(k->arena, &name, &bytes, 1)};
    }
    const ddbexpr_request request = {.size = sizeof request,
                                     .operation = DDBEXPR_TRANSACT_WRITE_ITEMS,
                                     .actions_given = true,
                                     .actions = actions,
                                     .action_count = what.actions,
                                     .payload_bytes = what.payload_bytes,
                                     .client_request_token =
                                         ddbexpr_value_bytes(letters(k, what.token_bytes ? what.token_bytes : 1))};
    return is_accepted(k, &request, 1);
}

static void limit_transact_actions(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_true(can_be_transacted(&k, (struct transaction){.actions = LIMIT_TRANSACT_ACTIONS}));
    assert_false(can_be_transacted(&k, (struct transaction){.actions = LIMIT_TRANSACT_ACTIONS + 1}));
    kit_close(&k);
}

static void limit_transact_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_true(can_be_transacted(&k, (struct transaction){1, LIMIT_TRANSACT_BYTES, 0}));
    assert_false(can_be_transacted(&k, (struct transaction){1, LIMIT_TRANSACT_BYTES + 1, 0}));
    kit_close(&k);
}

static void limit_token_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_true(can_be_transacted(&k, (struct transaction){1, 0, LIMIT_TOKEN_BYTES}));
    assert_false(can_be_transacted(&k, (struct transaction){1, 0, LIMIT_TOKEN_BYTES + 1}));
    kit_close(&k);
}

/* --- numbers --- */

static bool is_number(struct kit *k, const char *text)
{
    const ddbexpr_value *v = ddbexpr_value_number(k->arena, ddbexpr_cstr(text));
    assert_non_null(v);
    return !ddbexpr_value_is_faulty(v);
}

static void limit_number_digits(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char digits[LIMIT_NUMBER_DIGITS + 2];
    memset(digits, '7', sizeof digits - 1);
    digits[LIMIT_NUMBER_DIGITS + 1] = '\0';
    assert_false(is_number(&k, digits));
    digits[LIMIT_NUMBER_DIGITS] = '\0';
    assert_true(is_number(&k, digits));
    kit_close(&k);
}

static void limit_number_max_magnitude(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[32];
    snprintf(text, sizeof text, "9E%d", LIMIT_NUMBER_MAX_MAGNITUDE);
    assert_true(is_number(&k, text));
    snprintf(text, sizeof text, "1E%d", LIMIT_NUMBER_MAX_MAGNITUDE + 1);
    assert_false(is_number(&k, text));
    kit_close(&k);
}

static void limit_number_min_magnitude(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[32];
    snprintf(text, sizeof text, "1E%d", LIMIT_NUMBER_MIN_MAGNITUDE);
    assert_true(is_number(&k, text));
    snprintf(text, sizeof text, "9E%d", LIMIT_NUMBER_MIN_MAGNITUDE - 1);
    assert_false(is_number(&k, text));
    kit_close(&k);
}

/* --- ours: what is refused, or told otherwise --- */

static size_t faults_of_undefined_names(struct kit *k, size_t count)
{
    struct text t;
    text_begin(&t);
    for (size_t i = 0; i < count; i++)
        text_put(&t, "%s#n%zu", i ? "," : "", i);
    assert_false(compiles(k, DDBEXPR_PROJECTION, &t, NULL, NULL));
    return ddbexpr_diags_count(k->diags);
}

static void limit_diagnostics(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_int_equal(faults_of_undefined_names(&k, LIMIT_DIAGNOSTICS - 1), LIMIT_DIAGNOSTICS - 1);
    assert_int_equal(faults_of_undefined_names(&k, LIMIT_DIAGNOSTICS), LIMIT_DIAGNOSTICS);
    assert_int_equal(faults_of_undefined_names(&k, LIMIT_DIAGNOSTICS + 1), LIMIT_DIAGNOSTICS);
    kit_close(&k);
}

/* {x…x: {a: N}}, with a name of so many bytes. */
static const ddbexpr_value *item_under_name(struct kit *k, size_t bytes, const char *number)
{
    const ddbexpr_value *n = ddbexpr_value_number(k->arena, ddbexpr_cstr(number));
    const str inner = STR("a"), outer = ddbexpr_value_bytes(letters(k, bytes));
    const ddbexpr_value *map = ddbexpr_value_map(k->arena, &inner, &n, 1);
    return ddbexpr_value_map(k->arena, &outer, &map, 1);
}

static void limit_diff_name_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        const ddbexpr_change *changes;
        size_t count, bytes = LIMIT_DIFF_NAME_BYTES + past;
        assert_int_equal(
            ddbexpr_diff(item_under_name(&k, bytes, "1"), item_under_name(&k, bytes, "2"), k.arena, &changes, &count),
            DDBEXPR_OK);
        assert_int_equal(count, 1);
        assert_int_equal(changes[0].path.len, past ? bytes : bytes + strlen(".a"));
        assert_int_equal(ddbexpr_value_type(changes[0].before), past ? DDBEXPR_M : DDBEXPR_N);
    }
    kit_close(&k);
}

/* Pages that are never written take no memory. The text is wrong from its first byte on: whoever looks at it ends. */
static void limit_text_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    size_t size = (size_t)LIMIT_TEXT_BYTES + 1;
    char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_true(bytes != MAP_FAILED);
    for (size_t past = 0; past < 2; past++) {
        const str text = {bytes, LIMIT_TEXT_BYTES + past};
        ddbexpr_status expected = past ? DDBEXPR_LIMIT : DDBEXPR_INVALID;
        const ddbexpr_value *item;
        const ddbexpr_found_request *found;
        size_t count, others;
        const ddbexpr_json_search search = {.size = sizeof search};
        ddbexpr_json_items items = {.size = sizeof items, .text = text};
        assert_int_equal(ddbexpr_json_read_item(k.arena, text, DDBEXPR_JSON_TYPED, NULL, &item), expected);
        assert_int_equal(ddbexpr_json_next_item(&items, k.arena, NULL, &item), expected);
        assert_int_equal(ddbexpr_json_find_requests(k.arena, text, &search, NULL, &found, &count, &others), expected);
    }
    munmap(bytes, size);
    kit_close(&k);
}

static void limit_json_depth(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        const ddbexpr_value *item;
        text_begin(&t);
        text_repeat(&t, LIMIT_JSON_DEPTH + past, "[");
        text_repeat(&t, LIMIT_JSON_DEPTH + past, "]");
        ddbexpr_diags_clear(k.diags);
        assert_int_equal(ddbexpr_json_read_item(k.arena, text_end(&t), DDBEXPR_JSON_PLAIN, k.diags, &item),
                         DDBEXPR_INVALID);
        /* what is wrong with the one is its depth, with the other that it is no object */
        assert_codes(&k, past ? "DX902" : "DX906");
        text_free(&t);
    }
    kit_close(&k);
}

static void limit_value_height_kept(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        ddbexpr_builder *b;
        const ddbexpr_value *v;
        assert_int_equal(ddbexpr_builder_new(k.arena, &b), DDBEXPR_OK);
        for (size_t i = 0; i < LIMIT_VALUE_HEIGHT_KEPT + past; i++)
            ddbexpr_builder_begin(b, DDBEXPR_L);
        for (size_t i = 0; i < LIMIT_VALUE_HEIGHT_KEPT + past; i++)
            ddbexpr_builder_end(b);
        assert_int_equal(ddbexpr_builder_finish(b, &v), DDBEXPR_OK);
        assert_int_equal(ddbexpr_value_is_faulty(v), past == 1);
        ddbexpr_builder_free(b);
    }
    kit_close(&k);
}

/* Deeper than this nothing is looked at: there a string that is no string is not told. */
static void limit_json_value_levels(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        const ddbexpr_value_binding *values;
        size_t count, lists = LIMIT_JSON_VALUE_LEVELS - 1 + past;
        text_begin(&t);
        text_put(&t, "{\":v\": ");
        text_repeat(&t, lists, "{\"L\": [");
        text_put(&t, "{\"S\": 5}");
        text_repeat(&t, lists, "]}");
        text_put(&t, "}");
        assert_int_equal(ddbexpr_json_read_values(k.arena, text_end(&t), DDBEXPR_JSON_TYPED, NULL, &values, &count),
                         past ? DDBEXPR_OK : DDBEXPR_INVALID);
        text_free(&t);
    }
    kit_close(&k);
}

/* --- ours: beyond these another way leads to the same answer --- */

/* Whether the parser by hand takes it; all texts are accepted in the end. */
static bool is_read_quickly(struct kit *k, struct text *t)
{
    str text = text_end(t);
    struct parser parser = {.arena = k->arena, .kind = DDBEXPR_CONDITION, .text = arena_copy(k->arena, text)};
    bool quick = quick_run(&parser) == QUICK_ACCEPTED;
    ddbexpr_expression *expression;
    assert_int_equal(ddbexpr_parse(DDBEXPR_CONDITION, text, NULL, NULL, &expression), DDBEXPR_OK);
    ddbexpr_expression_free(expression);
    text_free(t);
    return quick;
}

static void limit_quick_depth(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text nots, parentheses;
        text_begin(&nots);
        text_repeat(&nots, LIMIT_QUICK_DEPTH + past, "NOT ");
        text_put(&nots, "a = :v");
        assert_int_equal(is_read_quickly(&k, &nots), past == 0);
        text_begin(&parentheses);
        text_repeat(&parentheses, LIMIT_QUICK_DEPTH + past, "a = :v AND (");
        text_put(&parentheses, "a = :v");
        text_repeat(&parentheses, LIMIT_QUICK_DEPTH + past, ")");
        assert_int_equal(is_read_quickly(&k, &parentheses), past == 0);
    }
    kit_close(&k);
}

/* --- ours: help --- */

/* Whether the hint of the first fault suggests something. */
static bool suggests(const struct kit *k)
{
    str hint = ddbexpr_diag_hint(ddbexpr_diags_at(k->diags, 0));
    for (size_t i = 0; i + 12 <= hint.len; i++)
        if (memcmp(hint.ptr + i, "did you mean", 12) == 0)
            return true;
    return false;
}

/* `:wanted` is asked for, and the last of so many is called `:wnated`. */
static void limit_asked_entries(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        text_begin(&t);
        text_put(&t, "{");
        for (size_t i = 0; i < LIMIT_ASKED_ENTRIES - 1 + past; i++)
            text_put(&t, ":%zu: 1, ", i);
        text_put(&t, ":wnated: 1}");
        text_end(&t);
        assert_null(kit_try(&k, DDBEXPR_CONDITION, "a = :wanted", NULL, t.bytes));
        assert_int_equal(suggests(&k), past == 0);
        text_free(&t);
    }
    kit_close(&k);
}

static void limit_suggested_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text wanted, there;
        text_begin(&wanted);
        text_put(&wanted, "a = :");
        text_repeat(&wanted, LIMIT_SUGGESTED_BYTES - 1 + past, "x");
        text_begin(&there);
        text_put(&there, "{:");
        text_repeat(&there, LIMIT_SUGGESTED_BYTES - 2 + past, "x");
        text_put(&there, "y: 1}");
        text_end(&there);
        assert_false(compiles(&k, DDBEXPR_CONDITION, &wanted, NULL, there.bytes));
        assert_int_equal(suggests(&k), past == 0);
        text_free(&there);
    }
    kit_close(&k);
}

static void limit_alias_name_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct scope scope;
        const ddbexpr_bindings bindings = {.size = sizeof bindings};
        bool is_new;
        assert_int_equal(scope_init(&scope, k.arena, &bindings), DDBEXPR_OK);
        str name = ddbexpr_value_bytes(letters(&k, LIMIT_ALIAS_NAME_BYTES + past));
        str alias = scope_alias(&scope, DDBEXPR_SOURCE_NAMES, name, &is_new);
        assert_true(is_new);
        assert_int_equal(alias.len, strlen("#") + LIMIT_ALIAS_NAME_BYTES);
    }
    kit_close(&k);
}

/* A key that a state machine fills in: the place in the state that it comes from stands for it while it is short. */
static void limit_stand_in_bytes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        const ddbexpr_json_search search = {.size = sizeof search};
        const ddbexpr_found_request *found;
        size_t count, others;
        ddbexpr_request request;
        size_t bytes = LIMIT_STAND_IN_BYTES + past;
        text_begin(&t);
        text_put(&t,
                 "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Task\", \"Resource\": "
                 "\"arn:aws:states:::dynamodb:deleteItem\", \"Parameters\": {\"TableName\": \"t\", \"Key\": {\"pk\": "
                 "{\"S.$\": \"$.");
        text_repeat(&t, bytes - 2, "k");
        text_put(&t, "\"}}}, \"End\": true}}}");
        assert_int_equal(ddbexpr_json_find_requests(k.arena, text_end(&t), &search, k.diags, &found, &count, &others),
                         DDBEXPR_OK);
        assert_int_equal(count, 1);
        assert_int_equal(ddbexpr_json_read_found(k.arena, &found[0], k.diags, &request), DDBEXPR_OK);
        str key = ddbexpr_value_bytes(ddbexpr_value_at(request.key, 0));
        assert_int_equal(key.len, past ? 12 : bytes);
        text_free(&t);
    }
    kit_close(&k);
}

/* Explains a condition of an empty item. */
static ddbexpr_explanation *explained(struct kit *k, struct text *t, const char *values)
{
    ddbexpr_explanation *explanation;
    ddbexpr_program *program = kit_compile(k, DDBEXPR_CONDITION, text_end(t).ptr, NULL, values);
    const ddbexpr_value *item = ddbexpr_value_map(k->arena, NULL, NULL, 0);
    text_free(t);
    assert_int_equal(ddbexpr_explain(program, item, NULL, &k->memory.alloc, &explanation), DDBEXPR_OK);
    return explanation;
}

static bool holds(str text, const char *part)
{
    size_t length = strlen(part);
    for (size_t i = 0; i + length <= text.len; i++)
        if (memcmp(text.ptr + i, part, length) == 0)
            return true;
    return false;
}

static void limit_listed(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t past = 0; past < 2; past++) {
        struct text t;
        text_begin(&t);
        text_put(&t, "a IN (:v");
        text_repeat(&t, LIMIT_LISTED - 1 + past, ", :v");
        text_put(&t, ")");
        ddbexpr_explanation *explanation = explained(&k, &t, "{:v: 1}");
        str reason = ddbexpr_explanation_clause_at(explanation, 0)->reason;
        assert_int_equal(holds(reason, "1 more"), past == 1);
        ddbexpr_explanation_free(explanation);
    }
    kit_close(&k);
}

/* How far the last of so many NOTs is indented. */
static size_t indent_of_nots(struct kit *k, size_t count)
{
    struct text t;
    text_begin(&t);
    text_repeat(&t, count, "NOT ");
    text_put(&t, "attribute_exists(a)");
    ddbexpr_explanation *explanation = explained(k, &t, NULL);
    ddbexpr_buffer_clear(k->text);
    assert_int_equal(ddbexpr_explanation_render(explanation, NULL, k->text), DDBEXPR_OK);
    ddbexpr_explanation_free(explanation);
    str text = ddbexpr_buffer_text(k->text);
    size_t deepest = 0;
    for (size_t at = 0; at < text.len; at++) {
        size_t begin = at;
        while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '>'))
            at++;
        if (text.len - at > 16 && memcmp(text.ptr + at, "attribute_exists", 16) == 0 && at - begin > deepest)
            deepest = at - begin;
        while (at < text.len && text.ptr[at] != '\n')
            at++;
    }
    return deepest;
}

static void limit_depth_drawn(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    size_t at_limit = indent_of_nots(&k, LIMIT_DEPTH_DRAWN);
    assert_true(indent_of_nots(&k, LIMIT_DEPTH_DRAWN - 1) < at_limit);
    assert_int_equal(indent_of_nots(&k, LIMIT_DEPTH_DRAWN + 1), at_limit);
    kit_close(&k);
}

/* How many mutants drop one of two clauses that are the same, beside others. Dropping the one is dropping the other,
 * and changes nothing: with a table of outcomes neither is told. */
static size_t dropped_of_doubles(struct kit *k, size_t different)
{
    struct text t;
    text_begin(&t);
    for (size_t i = 0; i < different; i++)
        text_put(&t, "a%zu = :v AND ", i);
    text_put(&t, "a0 = :v");
    ddbexpr_explanation *explanation = explained(k, &t, "{:v: 1}");
    ddbexpr_mutants *mutants;
    assert_int_equal(ddbexpr_mutants_new(explanation, &k->memory.alloc, &mutants), DDBEXPR_OK);
    ddbexpr_explanation_free(explanation);
    size_t count = 0;
    for (size_t i = 0; i < ddbexpr_mutants_count(mutants); i++)
        count += strcmp(ddbexpr_mutation_name(ddbexpr_mutants_at(mutants, i)->mutation), "drop") == 0;
    ddbexpr_mutants_free(mutants);
    return count;
}

static void limit_same_clauses(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_int_equal(dropped_of_doubles(&k, LIMIT_SAME_CLAUSES), LIMIT_SAME_CLAUSES - 1);
    assert_int_equal(dropped_of_doubles(&k, LIMIT_SAME_CLAUSES + 1), LIMIT_SAME_CLAUSES + 2);
    kit_close(&k);
}

/* An item is made up in which the element that a clause is about is the first after so many. */
static void limit_filled(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = value_of(k.arena, "{a: []}");
    for (size_t past = 0; past < 2; past++) {
        const ddbexpr_witness_options options = {.size = sizeof options};
        struct text t;
        bool found;
        const ddbexpr_value *made;
        text_begin(&t);
        text_put(&t, "a[%zu] = :v", (size_t)LIMIT_FILLED + past);
        text_end(&t);
        ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, t.bytes, NULL, "{:v: 1}");
        text_free(&t);
        assert_int_equal(ddbexpr_coverage_witness(program, item, 0, true, &options, k.arena, &found, &made),
                         DDBEXPR_OK);
        assert_int_equal(found, past == 0);
        if (found)
            assert_int_equal(ddbexpr_value_count(ddbexpr_value_at(made, 0)), LIMIT_FILLED + 1);
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limit_expression_bytes),
        cmocka_unit_test(limit_operators),
        cmocka_unit_test(limit_in_operands),
        cmocka_unit_test(limit_path_steps),
        cmocka_unit_test(limit_list_index),
        cmocka_unit_test(limit_value_height),
        cmocka_unit_test(limit_attribute_name_bytes),
        cmocka_unit_test(limit_placeholder_bytes),
        cmocka_unit_test(limit_item_bytes),
        cmocka_unit_test(limit_hash_key_bytes),
        cmocka_unit_test(limit_range_key_bytes),
        cmocka_unit_test(limit_transact_actions),
        cmocka_unit_test(limit_transact_bytes),
        cmocka_unit_test(limit_token_bytes),
        cmocka_unit_test(limit_number_digits),
        cmocka_unit_test(limit_number_max_magnitude),
        cmocka_unit_test(limit_number_min_magnitude),
        cmocka_unit_test(limit_diagnostics),
        cmocka_unit_test(limit_diff_name_bytes),
        cmocka_unit_test(limit_text_bytes),
        cmocka_unit_test(limit_json_depth),
        cmocka_unit_test(limit_value_height_kept),
        cmocka_unit_test(limit_json_value_levels),
        cmocka_unit_test(limit_quick_depth),
        cmocka_unit_test(limit_asked_entries),
        cmocka_unit_test(limit_suggested_bytes),
        cmocka_unit_test(limit_alias_name_bytes),
        cmocka_unit_test(limit_stand_in_bytes),
        cmocka_unit_test(limit_listed),
        cmocka_unit_test(limit_depth_drawn),
        cmocka_unit_test(limit_same_clauses),
        cmocka_unit_test(limit_filled),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
