/* SPDX-License-Identifier: Apache-2.0 */
/* The rules over the cases of lint_cases.h, and what all of them have in common: every rule has cases, findings point
 * somewhere, faults silence, transactions are told by action, no memory is no leak. */
#include "kit.h"
#include "lint_cases.h"

#include "lint/registry.h"

#include <ddbexpr/lint.h>

/* --- from a case to a request --- */

#define MOST_WORDS 8

/* The words of a text, separated by blanks. */
static size_t words_of(const char *text, str words[MOST_WORDS])
{
    size_t count = 0;
    for (const char *at = text ? text : ""; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        assert_true(count < MOST_WORDS);
        words[count++] = str_of(at, length);
        at += length;
    }
    return count;
}

/* The part of a word before its first sign, which is cut off it; all of it if there is none. */
static str cut(str *word, char sign)
{
    const char *end = memchr(word->ptr, sign, word->len);
    size_t length = end ? (size_t)(end - word->ptr) : word->len;
    str part = str_of(word->ptr, length);
    *word = end ? str_of(end + 1, word->len - length - 1) : str_of(word->ptr + length, 0);
    return part;
}

static ddbexpr_type type_of(str name)
{
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (str_equal(name, ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)type))))
            return (ddbexpr_type)type;
    test_print_str("no type: ", name);
    abort();
}

struct question {
    ddbexpr_request request;
    ddbexpr_lint_options options;
    ddbexpr_table table;
    ddbexpr_key_attribute key[2];
    ddbexpr_known_attribute known[MOST_WORDS];
    ddbexpr_index_key index[MOST_WORDS];
    str unknown[MOST_WORDS];
};

static str given(const char *text) { return text ? ddbexpr_cstr(text) : (str){NULL, 0}; }

static void set_up_options(struct question *q, const struct lint_case *c)
{
    str words[MOST_WORDS];
    q->options = (ddbexpr_lint_options){.size = sizeof q->options,
                                        .tables = &q->table,
                                        .table_count = c->schema != NULL,
                                        .attributes = q->known,
                                        .index_keys = q->index,
                                        .unknown_values = q->unknown};
    q->table = (ddbexpr_table){.size = sizeof q->table, .key = q->key};
    q->table.key_count = words_of(c->schema, words);
    for (size_t i = 0; i < q->table.key_count; i++) {
        q->key[i].name = cut(&words[i], ':');
        q->key[i].type = type_of(words[i]);
    }
    q->options.attribute_count = words_of(c->known, words);
    for (size_t i = 0; i < q->options.attribute_count; i++) {
        q->known[i] = (ddbexpr_known_attribute){.path = cut(&words[i], ':')};
        while (words[i].len)
            q->known[i].types |= 1u << type_of(cut(&words[i], '|'));
    }
    q->options.index_key_count = words_of(c->index, words);
    for (size_t i = 0; i < q->options.index_key_count; i++) {
        q->index[i] = (ddbexpr_index_key){.index = cut(&words[i], ':')};
        q->index[i].attribute = cut(&words[i], ':');
        q->index[i].type = type_of(words[i]);
    }
    q->options.unknown_value_count = words_of(c->unknown, q->unknown);
}

static void set_up(struct question *q, const struct lint_case *c, ddbexpr_arena *a)
{
    bool reads = c->operation == DDBEXPR_SCAN || c->operation == DDBEXPR_QUERY;
    const ddbexpr_bindings *bindings = bindings_of(a, c->names, c->values);
    *q = (struct question){.request = {.size = sizeof q->request}};
    q->request.operation = c->operation != DDBEXPR_PUT_ITEM || c->item ? c->operation : DDBEXPR_UPDATE_ITEM;
    q->request.condition_expression = given(c->condition);
    q->request.update_expression = given(c->update);
    q->request.filter_expression = given(c->filter);
    q->request.projection_expression = given(c->projection);
    q->request.item = c->item ? value_of(a, c->item) : NULL;
    if (!c->item && !reads)
        q->request.key = value_of(a, c->key ? c->key : "{pk: 'x'}");
    q->request.names = bindings->names;
    q->request.name_count = bindings->name_count;
    q->request.names_given = c->names != NULL;
    q->request.values = bindings->values;
    q->request.value_count = bindings->value_count;
    q->request.values_given = c->values != NULL;
    q->request.table_name = STR("Things");
    set_up_options(q, c);
}

/* --- the cases --- */

static void print_case(const struct lint_case *c, const ddbexpr_diags *diags)
{
    fprintf(stderr, "%s %s: condition %s, update %s, filter %s, values %s\n", c->rule,
            c->fires ? "says nothing" : "says something", c->condition ? c->condition : "-",
            c->update ? c->update : "-", c->filter ? c->filter : "-", c->values ? c->values : "-");
    kit_print_diags(diags);
}

static size_t count_of(const ddbexpr_diags *diags, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        count += strcmp(ddbexpr_diag_code(ddbexpr_diags_at(diags, i)), code) == 0;
    return count;
}

/* Texts are filled in, spans lie in their texts, nothing is called a fault. */
static void check_finding(const ddbexpr_diag *d)
{
    ddbexpr_span where = ddbexpr_diag_span(d);
    assert_true(ddbexpr_diag_message(d).len > 0);
    assert_int_equal(ddbexpr_diag_service_message(d).len, 0);
    assert_string_equal(ddbexpr_diag_service_type(d), "");
    assert_false(ddbexpr_diag_is_verdict(d));
    if (ddbexpr_diag_has_span(d))
        assert_true(where.start < where.end && where.end <= ddbexpr_diag_text(d).len);
    for (size_t i = 0; i < ddbexpr_diag_label_count(d); i++) {
        ddbexpr_label label = ddbexpr_diag_label_at(d, i);
        assert_true(label.text.len > 0 && label.span.end <= ddbexpr_diag_text(d).len);
    }
}

static void rules_find_what_they_are_for(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < LINT_CASE_COUNT; i++) {
        const struct lint_case *c = &lint_cases[i];
        const ddbexpr_execute_options partial = {.size = sizeof partial, .partial = true};
        struct kit k;
        struct question q;
        kit_open(&k);
        set_up(&q, c, k.arena);
        if (q.request.operation != DDBEXPR_CONDITION_CHECK &&
            ddbexpr_request_check(&q.request, q.options.tables, q.options.table_count, &partial, NULL, k.diags) !=
                DDBEXPR_OK) {
            fprintf(stderr, "refused: ");
            print_case(c, k.diags);
            wrong++;
        }
        ddbexpr_diags_clear(k.diags);
        assert_int_equal(ddbexpr_lint(&q.request, &q.options, &k.memory.alloc, k.diags), DDBEXPR_OK);
        if ((count_of(k.diags, c->rule) > 0) != c->fires) {
            print_case(c, k.diags);
            wrong++;
        }
        for (size_t d = 0; d < ddbexpr_diags_count(k.diags); d++)
            check_finding(ddbexpr_diags_at(k.diags, d));
        kit_close(&k);
    }
    assert_int_equal(wrong, 0);
}

static void every_rule_has_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < lint_rule_count(); i++) {
        const char *code = lint_rule_at(i)->code;
        size_t firing = 0, silent = 0;
        for (size_t n = 0; n < LINT_CASE_COUNT; n++)
            if (strcmp(lint_cases[n].rule, code) == 0) {
                firing += lint_cases[n].fires;
                silent += !lint_cases[n].fires;
            }
        if (firing < 1 || silent < 2) {
            fprintf(stderr, "%s has %zu cases in which it fires and %zu in which it does not\n", code, firing, silent);
            fail();
        }
    }
}

/* --- the list of rules --- */

static void every_code_is_listed_once(void **state)
{
    (void)state;
    size_t lints = 0;
    for (size_t i = 0; i < ddbexpr_rule_count(); i++) {
        ddbexpr_rule rule = ddbexpr_rule_at(i);
        assert_true(strlen(rule.code) == 5 && strlen(rule.name) > 0 && strlen(rule.summary) > 0);
        if (i > 0)
            assert_true(strcmp(ddbexpr_rule_at(i - 1).code, rule.code) < 0);
        lints += rule.is_lint;
        assert_true(rule.is_lint || rule.severity == DDBEXPR_ERROR);
    }
    assert_int_equal(lints, lint_rule_count() + 1); /* DX708 is about files: no rule here finds it */
    assert_null(ddbexpr_rule_at(ddbexpr_rule_count()).code);
    for (int id = 0; id < DIAG_COUNT; id++) {
        struct kit k;
        kit_open(&k);
        diags_add(k.diags, &(struct diag_draft){.id = (enum diag_id)id});
        const ddbexpr_diag *d = ddbexpr_diags_at(k.diags, 0);
        assert_non_null(d);
        size_t listed = 0;
        for (size_t i = 0; i < ddbexpr_rule_count(); i++) {
            ddbexpr_rule rule = ddbexpr_rule_at(i);
            if (strcmp(rule.code, ddbexpr_diag_code(d)) != 0)
                continue;
            listed++;
            assert_string_equal(rule.name, ddbexpr_diag_name(d));
            assert_true(rule.severity <= ddbexpr_diag_severity(d));
        }
        assert_int_equal(listed, 1);
        kit_close(&k);
    }
}

static void rules_run_in_the_order_of_their_codes(void **state)
{
    (void)state;
    for (size_t i = 1; i < lint_rule_count(); i++)
        assert_true(strcmp(lint_rule_at(i - 1)->code, lint_rule_at(i)->code) < 0);
}

/* --- whole requests --- */

static void lint_into(struct kit *k, const struct lint_case *c)
{
    struct question q;
    set_up(&q, c, k->arena);
    ddbexpr_diags_clear(k->diags);
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, &k->memory.alloc, k->diags), DDBEXPR_OK);
}

static void faulty_expressions_are_left_out(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    /* the update is not judged, since nobody knows what the condition proves; what needs no condition is told */
    lint_into(&k,
              &(struct lint_case){.condition = "n >", .update = "SET n = n + :one, a = a", .values = "{':one': 1}"});
    assert_codes(&k, "DX310");
    lint_into(&k, &(struct lint_case){.condition = "a <> :x OR a <> :y",
                                      .update = "SET status = :x, b = :e",
                                      .values = "{':x': 1, ':y': 2, ':e': SS<>}"});
    assert_codes(&k, "DX506 DX610");
    lint_into(&k, &(struct lint_case){.condition = "n = :s", .update = "SET n = n + :s", .values = "{':s': n'x'}"});
    assert_codes(&k, "");
    lint_into(&k, &(struct lint_case){.condition = "((a <> :x))", .update = "SET n = :x", .values = "{':x': 1}"});
    assert_codes(&k, "");
    kit_close(&k);
}

static void one_cause_is_told_once(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    lint_into(&k, &(struct lint_case){.update = "SET a.b = :x, a.c = :x, a.d = :x", .values = "{':x': 1}"});
    assert_codes(&k, "DX403");
    lint_into(&k, &(struct lint_case){.update = "SET n = n + :x, m = n", .values = "{':x': 1}"});
    assert_int_equal(count_of(k.diags, "DX401"), 1);
    lint_into(&k, &(struct lint_case){.update = "REMOVE cart.rows_[2]"});
    assert_codes(&k, "DX408");
    lint_into(&k, &(struct lint_case){
                      .condition = "a = :x AND a = :y", .update = "SET a = a + :x", .values = "{':x': 1, ':y': 2}"});
    assert_codes(&k, "DX501 DX610");
    kit_close(&k);
}

static void findings_name_both_places(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    lint_into(&k, &(struct lint_case){.condition = "n > :a AND b = :a AND n < :b",
                                      .update = "SET m = :a",
                                      .values = "{':a': 10, ':b': 5}"});
    const ddbexpr_diag *d = ddbexpr_diags_at(k.diags, 0);
    assert_string_equal(ddbexpr_diag_code(d), "DX501");
    assert_spanned(&k, 0, "n < :b");
    assert_int_equal(ddbexpr_diag_label_at(d, 0).span.start, 0);
    assert_str_is(ddbexpr_diag_message(d),
                  "`n > :a` and `n < :b` are never true together, so the ConditionExpression can never be true");
    lint_into(&k, &(struct lint_case){
                      .condition = "available >= :q", .update = "SET sold = sold + :q", .values = "{':q': 2}"});
    d = ddbexpr_diags_at(k.diags, 1);
    assert_string_equal(ddbexpr_diag_code(d), "DX604");
    assert_str_is(ddbexpr_diag_message(d), "`available` is compared with `:q`, but it is `sold` that changes by it: "
                                           "`available` stays as it is and lets the next request pass, too");
    lint_into(&k, &(struct lint_case){
                      .condition = "attribute_not_exists(n)", .update = "SET n = n + :q", .values = "{':q': 2}"});
    assert_str_is(ddbexpr_diag_message(ddbexpr_diags_at(k.diags, 0)),
                  "whenever the condition is true the update fails: `n` does not exist then");
    kit_close(&k);
}

static void keys_are_named_as_an_expression_would(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct lint_case c = {
        .condition = "a <> :v", .update = "SET a = :v", .values = "{':v': 'y'}", .key = "{name: 'x'}"};
    lint_into(&k, &c);
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(k.diags, 0)),
                  "if there must be an item, write attribute_exists(#name) AND a <> :v");
    c.names = "{#n: 'name', #a: 'a'}";
    c.condition = "#a <> :v AND #n <> :v";
    lint_into(&k, &c);
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(k.diags, 0)),
                  "if there must be an item, write attribute_exists(#n) AND #a <> :v");
    kit_close(&k);
}

static void transactions_are_told_by_action(void **state)
{
    (void)state;
    struct kit k;
    struct question first, second;
    kit_open(&k);
    set_up(&first, &(struct lint_case){.update = "ADD n :one", .values = "{':one': 1}"}, k.arena);
    set_up(&second,
           &(struct lint_case){
               .condition = "a <> :v", .values = "{':v': 1}", .operation = DDBEXPR_CONDITION_CHECK, .key = "{pk: 'y'}"},
           k.arena);
    ddbexpr_request actions[] = {first.request, second.request};
    ddbexpr_request transaction = {.size = sizeof transaction,
                                   .operation = DDBEXPR_TRANSACT_WRITE_ITEMS,
                                   .actions_given = true,
                                   .actions = actions,
                                   .action_count = 2};
    assert_int_equal(ddbexpr_lint(&transaction, NULL, &k.memory.alloc, k.diags), DDBEXPR_OK);
    assert_codes(&k, "DX503 DX610"); /* ADD is safe to repeat here: the transaction has a token */
    assert_int_equal(ddbexpr_diag_action(ddbexpr_diags_at(k.diags, 0)), 1);
    kit_close(&k);
}

static void known_types_match_places(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct lint_case c = {.filter = "rows_[3].price = :s", .values = "{':s': 'x'}", .operation = DDBEXPR_SCAN};
    const char *const matching[] = {"rows_[*].price:N", "rows_[3].price:N"};
    const char *const others[] = {"rows_[2].price:N",   "rows_[*]:N",        "rows_.price:N",
                                  "rows_[*].price.x:N", "rows_[*]x:N",       "rows_[:N",
                                  "rows_[*:N",          "rows_[*x:N",        "rows_[].price:N",
                                  "rows_[3:N",          "rows_[3x].price:N", "rows_[99999999999999999999].price:N"};
    for (size_t i = 0; i < sizeof matching / sizeof *matching; i++) {
        c.known = matching[i];
        lint_into(&k, &c);
        assert_codes(&k, "DX511");
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        c.known = others[i];
        lint_into(&k, &c);
        assert_codes(&k, "");
    }
    kit_close(&k);
}

static void other_tables_are_not_meant(void **state)
{
    (void)state;
    struct kit k;
    struct question q;
    kit_open(&k);
    set_up(
        &q,
        &(struct lint_case){
            .condition = "a = :v", .update = "SET g = :v", .values = "{':v': 1}", .known = "a:S", .index = "by_g:g:S"},
        k.arena);
    q.known[0].table = q.index[0].table = STR("Others");
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, &k.memory.alloc, k.diags), DDBEXPR_OK);
    assert_codes(&k, "DX610");
    ddbexpr_diags_clear(k.diags);
    q.known[0].table = q.index[0].table = STR("Things");
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, &k.memory.alloc, k.diags), DDBEXPR_OK);
    assert_codes(&k, "DX309 DX511 DX610");
    ddbexpr_diags_clear(k.diags);
    q.request.table_name = STR("arn:aws:dynamodb:us-east-1:123456789012:table/Things");
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, &k.memory.alloc, k.diags), DDBEXPR_OK);
    assert_codes(&k, "DX309 DX511 DX610");
    kit_close(&k);
}

static void misuse_is_told(void **state)
{
    (void)state;
    struct kit k;
    struct question q;
    kit_open(&k);
    set_up(&q, &(struct lint_case){.update = "SET a = a", .schema = "pk:S"}, k.arena);
    q.options.size = 1;
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, NULL, k.diags), DDBEXPR_MISUSE);
    q.options.size = sizeof q.options;
    q.table.key_count = 3;
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, NULL, k.diags), DDBEXPR_MISUSE);
    q.table.key_count = 0;
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, NULL, k.diags), DDBEXPR_MISUSE);
    q.table.key_count = 1;
    q.table.size = 1;
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, NULL, k.diags), DDBEXPR_MISUSE);
    q.table.size = sizeof q.table;
    q.key[0].type = DDBEXPR_M;
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, NULL, k.diags), DDBEXPR_MISUSE);
    q.key[0] = (ddbexpr_key_attribute){STR(""), DDBEXPR_S};
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, NULL, k.diags), DDBEXPR_MISUSE);
    q.key[0].name = STR("pk");
    q.request.size = 1;
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, NULL, k.diags), DDBEXPR_MISUSE);
    q.request.size = sizeof q.request;
    assert_int_equal(ddbexpr_lint(&q.request, &q.options, NULL, NULL), DDBEXPR_OK);
    assert_int_equal(ddbexpr_lint(&q.request, NULL, NULL, k.diags), DDBEXPR_OK);
    assert_codes(&k, "DX310");
    kit_close(&k);
}

/* --- memory, and texts made to take long --- */

static void linting_may_run_out_of_memory(void **state)
{
    (void)state;
    static const struct lint_case cases[] = {
        {.condition = "(a.b[1] = :n OR a IN (:n, :m)) AND NOT (size(b) < :n) AND n > :m AND n < :n AND pk = :s",
         .update = "SET n = n + :n, b = n, l[2] = :n, #p = if_not_exists(a, :m) ADD c.d :n",
         .names = "{#p: 'x.y'}",
         .values = "{':n': 5, ':m': 9, ':s': 'y'}",
         .known = "a:S n:S",
         .index = "i:b:S"},
        {.condition = "size(:s) > n AND a IN (:s, :t)", .values = "{':s': 'xy', ':t': 'z'}", .unknown = ":t"},
        {.condition = "version = :n AND (x <> :n OR x <> :m) AND contains(t, :n)",
         .item = "{pk: 'x', f: 0.30000000000000004}",
         .values = "{':n': 5, ':m': 9}",
         .schema = "pk:S"},
    };
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct question q;
        struct test_alloc t;
        set_up(&q, &cases[i], k.arena);
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_diags *diags = NULL;
            if (ddbexpr_diags_new(&t.alloc, &diags) == DDBEXPR_OK) {
                ddbexpr_status status = ddbexpr_lint(&q.request, &q.options, &t.alloc, diags);
                assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
                ddbexpr_diags_free(diags);
            }
        }
    }
    kit_close(&k);
}

/* The deepest and the widest conditions that the service takes. */
static void large_conditions_are_judged(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[8192] = "";
    for (int i = 0; i < 140; i++)
        sprintf(text + strlen(text), "(a%d = :v %s ", i, i % 2 ? "OR" : "AND");
    strcat(text, "b = :v");
    for (int i = 0; i < 140; i++)
        strcat(text, ")");
    lint_into(&k, &(struct lint_case){.condition = text, .update = "SET c = :v", .values = "{':v': 1}"});
    assert_codes(&k, "DX610");
    strcpy(text, "b = :v");
    for (int i = 0; i < 149; i++)
        sprintf(text + strlen(text), " OR a%d = :v", i);
    lint_into(&k, &(struct lint_case){.condition = text, .update = "SET c = :v", .values = "{':v': 1}"});
    assert_codes(&k, "DX610");
    strcpy(text, "NOT NOT NOT NOT NOT NOT NOT b = :v");
    lint_into(&k, &(struct lint_case){.condition = text, .update = "SET c = :v", .values = "{':v': 1}"});
    assert_codes(&k, "DX608 DX610");
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_find_what_they_are_for),    cmocka_unit_test(every_rule_has_cases),
        cmocka_unit_test(every_code_is_listed_once),       cmocka_unit_test(rules_run_in_the_order_of_their_codes),
        cmocka_unit_test(faulty_expressions_are_left_out), cmocka_unit_test(one_cause_is_told_once),
        cmocka_unit_test(findings_name_both_places),       cmocka_unit_test(keys_are_named_as_an_expression_would),
        cmocka_unit_test(transactions_are_told_by_action), cmocka_unit_test(known_types_match_places),
        cmocka_unit_test(other_tables_are_not_meant),      cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(linting_may_run_out_of_memory),   cmocka_unit_test(large_conditions_are_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
