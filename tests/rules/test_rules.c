/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of docs/rules, one test each: they have the form that docs/rules/README.md describes, the bad examples
 * bring about what the page is about and nothing else, the good ones do not, and the service answers what is said
 * there. */
#include "../unit/kit.h"
#include "page.h"

#include <ddbexpr/json.h>
#include <ddbexpr/lint.h>

#include <dirent.h>

/* --- every code there is --- */

struct rule {
    const char *code, *name, *summary; /* summary NULL: only notes have it, and it says so itself */
    const char *severity;
    bool is_lint, has_note;
};

#define MOST_RULES 256

static struct rule rules[MOST_RULES];
static size_t rule_count;

static const struct {
    const char *code, *name;
} notes[] = {
#define NOTE(id, code, name, text) {"DX" #code, name},
#include "explain/notes.def"
#undef NOTE
};

static void find_rules(void)
{
    for (size_t i = 0; i < ddbexpr_rule_count() && rule_count < MOST_RULES; i++) {
        ddbexpr_rule r = ddbexpr_rule_at(i);
        rules[rule_count++] =
            (struct rule){r.code, r.name, r.summary, ddbexpr_severity_name(r.severity), r.is_lint, false};
    }
    for (size_t n = 0; n < sizeof notes / sizeof *notes; n++) {
        size_t i = 0;
        while (i < rule_count && strcmp(rules[i].code, notes[n].code) != 0)
            i++;
        if (i == rule_count && rule_count < MOST_RULES)
            rules[rule_count++] = (struct rule){notes[n].code, notes[n].name, NULL, "info", false, false};
        rules[i].has_note = true;
    }
}

/* --- one page under test --- */

struct trial {
    struct kit kit;
    struct page page;
    const struct rule *rule;
    ddbexpr_known_attribute known[8];
    ddbexpr_index_key index_keys[8];
    ddbexpr_lint_options options;
    unsigned problems;
};

static void complain(struct trial *t, const char *what, const char *detail)
{
    fprintf(stderr, "%s: %s: %.400s\n", t->rule->code, what, detail);
    t->problems++;
}

static bool is_bad(const struct trial *t, const struct block *b)
{
    return str_equal(t->page.sections[b->section].heading, STR("Bad"));
}

static bool is_good(const struct trial *t, const struct block *b)
{
    return str_equal(t->page.sections[b->section].heading, STR("Good"));
}

/* --- form --- */

static void check_head(struct trial *t)
{
    char head[512];
    snprintf(head, sizeof head, "# %s %s\n\n*%s: %s", t->rule->code, t->rule->name, t->rule->severity,
             t->rule->summary ? t->rule->summary : "");
    if (strncmp(t->page.text, head, strlen(head)) != 0)
        complain(t, "does not begin with", head);
    if (t->rule->summary && strncmp(t->page.text + strlen(head), "*\n\n", 3) != 0)
        complain(t, "something follows the summary", "");
}

static void check_sections(struct trial *t)
{
    const char *const wanted[] = {"",
                                  "Why",
                                  "Bad",
                                  "Good",
                                  "What the service answers",
                                  t->rule->has_note ? "In explain" : NULL,
                                  t->rule->is_lint ? "Suppressing" : NULL};
    size_t at = 0;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (!wanted[i])
            continue;
        if (at >= t->page.section_count || !str_equal(t->page.sections[at].heading, ddbexpr_cstr(wanted[i])))
            complain(t, "the section is missing or not in its place", wanted[i]);
        at++;
    }
    if (at != t->page.section_count)
        complain(t, "has more sections than it should have", "");
}

static void check_examples(struct trial *t)
{
    size_t bad = 0, good = 0, explained = 0;
    for (size_t i = 0; i < t->page.block_count; i++) {
        const struct block *b = &t->page.blocks[i];
        bad += is_bad(t, b) && !block_has_word(b, "known");
        good += is_good(t, b);
        explained += !is_good(t, b) && block_has_word(b, "explain");
    }
    if (!bad || !good)
        complain(t, "has no bad or no good example", "");
    if (t->rule->has_note && !explained)
        complain(t, "has no example of the note", "");
}

/* Lints are about what the service accepts; DX309 alone it refuses. */
static void check_acceptance(struct trial *t)
{
    const struct section *section = page_section(&t->page, "What the service answers");
    if (t->rule->is_lint && section && !section_has(section, "accepts"))
        complain(t, "does not say that the service accepts it", "");
}

static void check_suppressing(struct trial *t)
{
    static const char *const ways[][2] = {{"--ignore ", "`"}, {"\"ddbexpr-ignore\": \"", "\""}, {"", ": off"}};
    const struct section *section = page_section(&t->page, "Suppressing");
    for (size_t i = 0; section && i < sizeof ways / sizeof *ways; i++) {
        char way[64];
        snprintf(way, sizeof way, "%s%s%s", ways[i][0], t->rule->code, ways[i][1]);
        if (!section_has(section, way))
            complain(t, "does not say that it is suppressed by", way);
    }
}

/* --- what is known of the table: a block `json known`, which holds for the whole page --- */

static unsigned types_of(ddbexpr_str names)
{
    unsigned types = 0;
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++) {
        const char *name = ddbexpr_type_name((ddbexpr_type)type);
        for (size_t at = 0, end; at < names.len; at = end + 1) {
            const char *blank = memchr(names.ptr + at, ' ', names.len - at);
            end = blank ? (size_t)(blank - names.ptr) : names.len;
            if (str_equal(str_of(names.ptr + at, end - at), ddbexpr_cstr(name)))
                types |= 1u << type;
        }
    }
    return types;
}

static ddbexpr_type only_type(unsigned types)
{
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (types == 1u << type)
            return (ddbexpr_type)type;
    return DDBEXPR_NULL;
}

static void read_known(struct trial *t, const char *text)
{
    const ddbexpr_value *object;
    if (ddbexpr_json_read_item(t->kit.arena, ddbexpr_cstr(text), DDBEXPR_JSON_PLAIN, t->kit.diags, &object) !=
        DDBEXPR_OK) {
        complain(t, "what is known is no JSON", text);
        return;
    }
    const ddbexpr_value *attributes = ddbexpr_value_get(object, STR("attributes"));
    const ddbexpr_value *indexes = ddbexpr_value_get(object, STR("indexes"));
    for (size_t i = 0; attributes && i < ddbexpr_value_count(attributes) && t->options.attribute_count < 8; i++)
        t->known[t->options.attribute_count++] =
            (ddbexpr_known_attribute){.path = ddbexpr_value_name_at(attributes, i),
                                      .types = types_of(ddbexpr_value_bytes(ddbexpr_value_at(attributes, i)))};
    for (size_t i = 0; indexes && i < ddbexpr_value_count(indexes); i++) {
        const ddbexpr_value *keys = ddbexpr_value_at(indexes, i);
        for (size_t k = 0; k < ddbexpr_value_count(keys) && t->options.index_key_count < 8; k++)
            t->index_keys[t->options.index_key_count++] =
                (ddbexpr_index_key){.index = ddbexpr_value_name_at(indexes, i),
                                    .attribute = ddbexpr_value_name_at(keys, k),
                                    .type = only_type(types_of(ddbexpr_value_bytes(ddbexpr_value_at(keys, k))))};
    }
    if (t->options.attribute_count + t->options.index_key_count == 0)
        complain(t, "nothing is known", text);
}

/* --- what examples bring about --- */

static bool found(const ddbexpr_diags *diags, const char *code)
{
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        if (strcmp(ddbexpr_diag_code(ddbexpr_diags_at(diags, i)), code) == 0)
            return true;
    return false;
}

/* A bad example has the page's code; none has errors, and good ones and those of lints have no warnings, that are not
 * announced by `also`; what is announced comes. */
static void judge(struct trial *t, const struct block *b)
{
    if (is_good(t, b) == found(t->kit.diags, t->rule->code))
        complain(t, is_good(t, b) ? "a good example has it" : "a bad example does not have it", b->text);
    for (size_t i = 0; i < ddbexpr_diags_count(t->kit.diags); i++) {
        const ddbexpr_diag *d = ddbexpr_diags_at(t->kit.diags, i);
        const char *code = ddbexpr_diag_code(d);
        bool matters = ddbexpr_diag_severity(d) == DDBEXPR_ERROR ||
                       (ddbexpr_diag_severity(d) == DDBEXPR_WARNING && (t->rule->is_lint || is_good(t, b)));
        if (matters && strcmp(code, t->rule->code) != 0 && !block_has_word(b, code)) {
            complain(t, code, b->text);
            test_print_str("    ", ddbexpr_diag_message(d));
        }
    }
    for (size_t i = 0; i < rule_count; i++)
        if (block_has_word(b, rules[i].code) && !found(t->kit.diags, rules[i].code))
            complain(t, "is announced, but does not come", rules[i].code);
}

static void must_be_said(struct trial *t, ddbexpr_str message)
{
    const struct section *answers = page_section(&t->page, "What the service answers");
    if (answers && !section_has_line(answers, message)) {
        complain(t, "does not say what the service answers", "");
        test_print_str("    ", message);
    }
}

/* What the service says of the faults with the page's code. */
static void check_answers(struct trial *t)
{
    for (size_t i = 0; i < ddbexpr_diags_count(t->kit.diags); i++) {
        const ddbexpr_diag *d = ddbexpr_diags_at(t->kit.diags, i);
        ddbexpr_str message = ddbexpr_diag_service_message(d);
        if (strcmp(ddbexpr_diag_code(d), t->rule->code) == 0 && message.len && ddbexpr_diag_is_verdict(d))
            must_be_said(t, message);
    }
}

static void execute(struct trial *t, const struct block *b, const ddbexpr_question *q)
{
    ddbexpr_outcome *outcome;
    if (ddbexpr_execute(&q->request, q->tables, q->table_count, NULL, NULL, t->kit.diags, &outcome) != DDBEXPR_OK) {
        complain(t, "cannot be executed", b->text);
        return;
    }
    if (is_good(t, b) && !ddbexpr_outcome_ok(outcome))
        complain(t, "a good example is refused", ddbexpr_outcome_error_type(outcome));
    if (is_bad(t, b) && !ddbexpr_outcome_ok(outcome))
        must_be_said(t, ddbexpr_outcome_error_message(outcome));
    ddbexpr_outcome_free(outcome);
}

static void try_request(struct trial *t, const struct block *b, const ddbexpr_question *q)
{
    bool has_items = strstr(b->text, "\"items\": [") != NULL;
    if (has_items && !t->rule->is_lint) {
        execute(t, b, q);
        judge(t, b);
        check_answers(t);
        return;
    }
    t->options.tables = q->tables;
    t->options.table_count = q->table_count;
    ddbexpr_status status = ddbexpr_request_check(&q->request, q->tables, q->table_count, NULL, NULL, t->kit.diags);
    if (status == DDBEXPR_OK)
        status = ddbexpr_lint(&q->request, &t->options, NULL, t->kit.diags);
    if (status != DDBEXPR_OK && status != DDBEXPR_INVALID)
        complain(t, "cannot be checked", b->text);
    judge(t, b);
    check_answers(t);
    if (has_items)
        execute(t, b, q);
}

/* The codes of the notes that are pinned to the clauses of the first action with a condition. */
static bool has_note(const ddbexpr_request_explanation *explanation, const char *code)
{
    for (size_t a = 0; a < ddbexpr_request_explanation_action_count(explanation); a++) {
        const ddbexpr_explanation *condition = ddbexpr_request_explanation_action_at(explanation, a)->condition;
        for (size_t i = 0; condition && i < ddbexpr_explanation_clause_count(condition); i++) {
            const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(condition, i);
            for (size_t n = 0; n < clause->note_count; n++)
                if (strcmp(clause->notes[n].code, code) == 0)
                    return true;
        }
    }
    return false;
}

static void try_explaining(struct trial *t, const struct block *b, const ddbexpr_question *q)
{
    ddbexpr_request_explanation *explanation;
    if (ddbexpr_explain_request(&q->request, q->tables, q->table_count, NULL, NULL, t->kit.diags, &explanation) !=
        DDBEXPR_OK) {
        complain(t, "cannot be explained", b->text);
        return;
    }
    if (has_note(explanation, t->rule->code) == is_good(t, b))
        complain(t, is_good(t, b) ? "a good example has the note" : "an example does not have the note", b->text);
    ddbexpr_request_explanation_free(explanation);
}

static ddbexpr_status read(struct trial *t, const struct block *b, ddbexpr_question *ret)
{
    const ddbexpr_value *const *items;
    size_t count;
    str text = ddbexpr_cstr(b->text);
    if (block_has_word(b, "items"))
        return ddbexpr_json_read_items(t->kit.arena, text, DDBEXPR_JSON_TYPED, t->kit.diags, &items, &count);
    return ddbexpr_json_read_question(t->kit.arena, text, t->kit.diags, ret);
}

/* What only the tool finds, as it reads the file; a golden case shows it. */
static void try_file(struct trial *t, const struct block *b)
{
    const ddbexpr_value *object;
    if (ddbexpr_json_read_item(t->kit.arena, ddbexpr_cstr(b->text), DDBEXPR_JSON_PLAIN, NULL, &object) != DDBEXPR_OK)
        complain(t, "a file is no JSON", b->text);
}

static void try_block(struct trial *t, const struct block *b)
{
    if (block_has_word(b, "file")) {
        try_file(t, b);
        return;
    }
    ddbexpr_question question;
    ddbexpr_diags_clear(t->kit.diags);
    ddbexpr_status status = read(t, b, &question);
    if (block_has_word(b, "items") || (status == DDBEXPR_INVALID && block_has_word(b, "text"))) {
        judge(t, b);
        check_answers(t);
    } else if (status != DDBEXPR_OK) {
        complain(t, "an example is no question", b->text);
        kit_print_diags(t->kit.diags);
    } else if (block_has_word(b, "explain")) {
        try_explaining(t, b, &question);
    } else {
        try_request(t, b, &question);
    }
}

static void page_holds(void **state)
{
    struct trial t = {.rule = *state, .options = {.size = sizeof t.options}};
    t.options.attributes = t.known;
    t.options.index_keys = t.index_keys;
    kit_open(&t.kit);
    assert_true(page_read(t.rule->code, &t.page));
    check_head(&t);
    check_sections(&t);
    check_examples(&t);
    check_acceptance(&t);
    check_suppressing(&t);
    for (size_t i = 0; i < t.page.block_count; i++)
        if (block_has_word(&t.page.blocks[i], "known"))
            read_known(&t, t.page.blocks[i].text);
    for (size_t i = 0; i < t.page.block_count; i++) {
        const struct block *b = &t.page.blocks[i];
        bool tried = is_bad(&t, b) || is_good(&t, b) || block_has_word(b, "explain");
        if (tried && !block_has_word(b, "known"))
            try_block(&t, b);
    }
    page_free(&t.page);
    kit_close(&t.kit);
    assert_int_equal(t.problems, 0);
}

/* --- all pages --- */

static void no_page_is_without_a_rule(void **state)
{
    (void)state;
    const char *root = getenv("DDBEXPR_SOURCE_DIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/docs/rules", root ? root : ".");
    DIR *folder = opendir(path);
    size_t pages = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        pages += strncmp(entry->d_name, "DX", 2) == 0;
    closedir(folder);
    assert_int_equal(pages, rule_count);
}

int main(void)
{
    static struct CMUnitTest tests[MOST_RULES + 1];
    static char names[MOST_RULES][64];
    find_rules();
    for (size_t i = 0; i < rule_count; i++) {
        snprintf(names[i], sizeof names[i], "%s %s", rules[i].code, rules[i].name);
        tests[i] = (struct CMUnitTest){names[i], page_holds, NULL, NULL, &rules[i]};
    }
    tests[rule_count] = (struct CMUnitTest)cmocka_unit_test(no_page_is_without_a_rule);
    return _cmocka_run_group_tests("rules", tests, rule_count + 1, NULL, NULL);
}
