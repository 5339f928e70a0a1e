/* SPDX-License-Identifier: Apache-2.0 */
/* What a test expects: an outcome, and as much of everything else as it says. */
#include "cli/test/suite_reader.h"

#include "cli/input.h"

#include <regex.h>
#include <string.h>

/* An expectation while it is read. */
struct reading {
    struct suite_reader *r;
    struct expectation *expect;
    const struct yaml_node *error_only; /* the name of a member that only errors have */
};

struct test_place suite_place(const struct yaml_node *node) { return (struct test_place){node->line, node->column}; }

/* --- items --- */

/* {contains: {…}} */
static const struct yaml_node *part_of(const struct yaml_node *node)
{
    bool is_part = node->kind == YAML_KIND_MAP && node->count == 1 &&
                   yaml_text_is(node->first->key->text, "contains") && node->first->kind == YAML_KIND_MAP &&
                   !suite_is_typed(node->first);
    return is_part ? node->first : NULL;
}

static void read_item(struct suite_reader *r, const struct yaml_node *node, struct expected_item *ret)
{
    const struct yaml_node *part = part_of(node);
    *ret = (struct expected_item){.given = true, .is_part = part != NULL, .place = suite_place(node), .node = node};
    if (part)
        suite_read_attributes(r, part, &ret->item);
    else if (!node->is_null)
        suite_read_item(r, node, &ret->item);
}

static void read_items(struct suite_reader *r, const struct yaml_node *node, bool ordered, struct expected_items *ret)
{
    *ret = (struct expected_items){.given = true, .ordered = ordered, .place = suite_place(node), .node = node};
    suite_read_items(r, node, &ret->items, &ret->count);
}

/* --- texts --- */

static ddbexpr_str *read_texts(struct suite_reader *r, const struct yaml_node *node, const char *what,
                               size_t *ret_count)
{
    size_t count = 0;
    const struct yaml_node *e = yaml_elements(&r->yaml, node, what, &count);
    ddbexpr_str *texts = e ? yaml_alloc(&r->yaml, count, sizeof *texts) : NULL;
    for (size_t i = 0; texts && i < count; i++, e = e->next)
        if (yaml_is_text(&r->yaml, e, what))
            texts[(*ret_count)++] = e->text;
    return texts;
}

static void read_contains(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    struct expected_text *text = to;
    text->parts = read_texts((struct suite_reader *)yaml, node, "a part of the message", &text->part_count);
}

static void read_matches(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    struct expected_text *text = to;
    regex_t compiled;
    char problem[128];
    if (!yaml_is_text(yaml, node, "a pattern"))
        return;
    int error = strlen(node->text.ptr) == node->text.len ? regcomp(&compiled, node->text.ptr, REG_EXTENDED | REG_NOSUB)
                                                         : REG_BADPAT;
    if (error == 0) {
        regfree(&compiled);
        text->pattern = node->text;
        return;
    }
    if (error == REG_ESPACE) {
        yaml->no_memory = true;
        return;
    }
    regerror(error, NULL, problem, sizeof problem);
    yaml_fault(yaml, node, "this is no POSIX extended regular expression: %s", problem);
}

static void read_text(struct suite_reader *r, const struct yaml_node *node, struct expected_text *ret)
{
    static const struct yaml_member members[] = {{"contains", read_contains}, {"matches", read_matches}, {NULL, NULL}};
    *ret = (struct expected_text){.given = true, .place = suite_place(node), .node = node};
    if (node->kind == YAML_KIND_SCALAR && node->text.len && !node->is_null) {
        ret->any = &node->text;
        ret->any_count = 1;
    } else if (node->kind == YAML_KIND_MAP && node->count) {
        yaml_read_members(&r->yaml, node, "a message", members, ret);
    } else {
        yaml_fault(&r->yaml, node, "a message is its text, {contains: TEXT} or {matches: PATTERN}");
    }
}

/* --- error types --- */

/* What the operations that we know can answer with. */
static const char *const error_types[] = {"AccessDeniedException",
                                          "ConditionalCheckFailedException",
                                          "IdempotentParameterMismatchException",
                                          "InternalServerError",
                                          "InvalidEndpointException",
                                          "ItemCollectionSizeLimitExceededException",
                                          "ProvisionedThroughputExceededException",
                                          "ReplicatedWriteConflictException",
                                          "RequestLimitExceeded",
                                          "ResourceNotFoundException",
                                          "SerializationException",
                                          "ThrottlingException",
                                          "TransactionCanceledException",
                                          "TransactionConflictException",
                                          "TransactionInProgressException",
                                          "ValidationException",
                                          NULL};

/* "ConditionalCheckFailed" is a beginning that means the whole. */
static ddbexpr_str nearest_error_type(ddbexpr_str name, const char *other)
{
    struct yaml_nearest nearest = {.name = name};
    for (size_t i = 0; error_types[i]; i++)
        if (name.len > 6 && strncmp(error_types[i], name.ptr, name.len) == 0)
            return ddbexpr_cstr(error_types[i]);
    for (size_t i = 0; error_types[i]; i++)
        yaml_nearest_try(&nearest, ddbexpr_cstr(error_types[i]));
    yaml_nearest_try(&nearest, ddbexpr_cstr("error"));
    if (other)
        yaml_nearest_try(&nearest, ddbexpr_cstr(other));
    return nearest.best;
}

static void read_error_type(struct suite_reader *r, const struct yaml_node *node, const char *other,
                            struct expectation *expect)
{
    ddbexpr_str name = node->text;
    expect->fails = true;
    for (size_t i = 0; error_types[i]; i++)
        if (yaml_text_is(name, error_types[i])) {
            expect->error_type = name;
            return;
        }
    if (node->kind == YAML_KIND_SCALAR && yaml_text_is(name, "error"))
        return;
    ddbexpr_str meant = nearest_error_type(name, other);
    if (meant.ptr)
        yaml_fault(&r->yaml, node, "there is no error `%.*s`; did you mean `%.*s`?", (int)name.len, name.ptr,
                   (int)meant.len, meant.ptr);
    else
        yaml_fault(&r->yaml, node,
                   "an error is a type such as ConditionalCheckFailedException, or `error` for any, not `%.*s`",
                   (int)name.len, name.ptr);
}

/* --- who is to blame --- */

static void read_clauses(struct suite_reader *r, const struct yaml_node *node, struct expected_blame *ret)
{
    ret->place = suite_place(node);
    ret->node = node;
    suite_check_comment(r, node);
    for (const struct yaml_node *e = node->first; e; e = e->next)
        suite_check_comment(r, e);
    ret->clauses = read_texts(r, node, "a clause", &ret->clause_count);
}

static bool read_action_number(struct suite_reader *r, const struct yaml_node *name, size_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < name->text.len && *ret < 10000; i++) {
        if (name->text.ptr[i] < '0' || name->text.ptr[i] > '9') {
            *ret = 0;
            break;
        }
        *ret = *ret * 10 + (size_t)(name->text.ptr[i] - '0');
    }
    if (*ret == 0)
        yaml_fault(&r->yaml, name, "the number of an action is from 1: {2: \"stock >= :qty\"}");
    return *ret != 0;
}

static void read_because(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    struct reading *reading = to;
    bool is_map = node->kind == YAML_KIND_MAP;
    struct expected_blame *blames = yaml_alloc(yaml, is_map ? node->count : 1, sizeof *blames);
    struct expectation *expect = reading->expect;
    reading->error_only = node->key;
    if (!blames || (is_map && !yaml_is_map(yaml, node, "because")))
        return;
    expect->blames = blames;
    if (!is_map) {
        expect->blame_count = 1;
        read_clauses(reading->r, node, blames);
        return;
    }
    for (const struct yaml_node *e = node->first; e; e = e->next) {
        struct expected_blame *blame = &blames[expect->blame_count++];
        if (read_action_number(reading->r, e->key, &blame->action))
            read_clauses(reading->r, e, blame);
    }
}

/* --- the item and the tables afterwards --- */

static void read_after(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    (void)yaml;
    struct reading *reading = to;
    read_item(reading->r, node, &reading->expect->after);
}

static void read_table(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    struct reading *reading = to;
    struct expected_table *table = yaml_alloc(yaml, 1, sizeof *table);
    if (reading->r->table_count > 1)
        yaml_fault(yaml, node->key, "there are several tables: write `tables`, a map of tables and their items");
    if (reading->expect->tables)
        yaml_fault(yaml, node->key, "`table` and `tables` do not go together");
    if (!table)
        return;
    read_items(reading->r, node, false, &table->items);
    reading->expect->tables = table;
    reading->expect->table_count = 1;
}

static void read_tables(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    struct reading *reading = to;
    struct expectation *expect = reading->expect;
    if (expect->tables)
        yaml_fault(yaml, node->key, "`table` and `tables` do not go together");
    if (!yaml_is_map(yaml, node, "tables"))
        return;
    struct expected_table *tables = yaml_alloc(yaml, node->count, sizeof *tables);
    expect->table_count = 0;
    for (const struct yaml_node *e = tables ? node->first : NULL; e; e = e->next) {
        struct expected_table *table = &tables[expect->table_count++];
        table->name = e->key->text;
        if (suite_table_named(reading->r, e->key))
            read_items(reading->r, e, false, &table->items);
    }
    expect->tables = tables;
}

/* --- members of the answer --- */

static void read_attributes(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    (void)yaml;
    struct reading *reading = to;
    read_item(reading->r, node, &reading->expect->attributes);
}

static void read_returned_item(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    (void)yaml;
    struct reading *reading = to;
    read_item(reading->r, node, &reading->expect->item);
}

static void read_last_key(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    (void)yaml;
    struct reading *reading = to;
    read_item(reading->r, node, &reading->expect->last_evaluated_key);
}

static void read_returned_items(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    (void)yaml;
    struct reading *reading = to;
    struct expected_items *items = &reading->expect->items;
    read_items(reading->r, node, true, items);
    items->absent = node->is_null;
}

static void read_number(struct yaml_reader *yaml, const struct yaml_node *node, struct expected_count *ret)
{
    *ret = (struct expected_count){.given = true, .absent = node->is_null, .place = suite_place(node), .node = node};
    bool good = node->kind == YAML_KIND_SCALAR && node->is_plain && node->text.len && node->text.len < 10;
    for (size_t i = 0; good && i < node->text.len; i++) {
        good = node->text.ptr[i] >= '0' && node->text.ptr[i] <= '9';
        ret->count = ret->count * 10 + (size_t)(node->text.ptr[i] - '0');
    }
    if (!good && !node->is_null)
        yaml_fault(yaml, node, "a count is a whole number, or null where there must be none");
}

static void read_count(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    read_number(yaml, node, &((struct reading *)to)->expect->returned_count);
}

static void read_scanned_count(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    read_number(yaml, node, &((struct reading *)to)->expect->scanned_count);
}

struct reading_reason {
    struct suite_reader *r;
    struct expected_reason *reason;
};

static void read_code(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    if (yaml_is_text(yaml, node, "a code"))
        ((struct reading_reason *)to)->reason->code = node->text;
}

/* null: a reason without a message, as None is. */
static void read_reason_message(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    static const ddbexpr_str none = {NULL, 0};
    struct expected_text *message = &((struct reading_reason *)to)->reason->message;
    if (node->is_null)
        *message = (struct expected_text){
            .given = true, .any = &none, .any_count = 1, .place = suite_place(node), .node = node};
    else
        read_text((struct suite_reader *)yaml, node, message);
}

static void read_reason_item(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    (void)yaml;
    struct reading_reason *reading = to;
    read_item(reading->r, node, &reading->reason->item);
}

/* A misspelt code would never be met. */
static void check_code(struct suite_reader *r, const struct yaml_node *node)
{
    static const char *const codes[] = {"None",
                                        "ConditionalCheckFailed",
                                        "ValidationError",
                                        "ItemCollectionSizeLimitExceeded",
                                        "TransactionConflict",
                                        "ProvisionedThroughputExceeded",
                                        "ThrottlingError",
                                        "DuplicateItem",
                                        "AccessDenied",
                                        NULL};
    size_t code;
    yaml_choose(&r->yaml, node, "the code of a reason", codes, &code);
}

static void read_reasons(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    static const struct yaml_member members[] = {
        {"Code", read_code}, {"Message", read_reason_message}, {"Item", read_reason_item}, {NULL, NULL}};
    struct reading *reading = to;
    struct expectation *expect = reading->expect;
    expect->reasons_given = true;
    expect->reasons_place = suite_place(node);
    expect->reasons_node = node;
    if (node->is_null)
        return;
    reading->error_only = node->key;
    if (node->kind != YAML_KIND_LIST) {
        yaml_fault(yaml, node,
                   "CancellationReasons is a list with a reason for each action: [None, "
                   "ConditionalCheckFailed]");
        return;
    }
    struct expected_reason *reasons = yaml_alloc(yaml, node->count, sizeof *reasons);
    for (const struct yaml_node *e = reasons ? node->first : NULL; e; e = e->next) {
        struct reading_reason one = {reading->r, &reasons[expect->reason_count++]};
        if (e->kind == YAML_KIND_MAP)
            yaml_read_members(yaml, e, "a reason", members, &one);
        else
            one.reason->code = e->text;
        const struct yaml_node *code = e->kind == YAML_KIND_MAP ? yaml_entry(e, "Code") : e;
        if (code)
            check_code(reading->r, code);
    }
    expect->reasons = reasons;
}

static void read_returns(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    static const struct yaml_member members[] = {
        {"Attributes", read_attributes},       {"Item", read_returned_item},
        {"Items", read_returned_items},        {"Count", read_count},
        {"ScannedCount", read_scanned_count},  {"LastEvaluatedKey", read_last_key},
        {"CancellationReasons", read_reasons}, {NULL, NULL}};
    yaml_read_members(yaml, node, "returns", members, to);
}

/* --- the whole --- */

static void read_error(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    struct reading *reading = to;
    (void)yaml;
    read_error_type(reading->r, node, NULL, reading->expect);
}

static void read_message(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    (void)yaml;
    struct reading *reading = to;
    reading->error_only = node->key;
    read_text(reading->r, node, &reading->expect->message);
}

bool suite_read_expect(struct suite_reader *r, const struct yaml_node *node, struct expectation *ret)
{
    static const struct yaml_member members[] = {
        {"error", read_error}, {"message", read_message}, {"because", read_because}, {"after", read_after},
        {"table", read_table}, {"tables", read_tables},   {"returns", read_returns}, {NULL, NULL}};
    size_t faults = r->yaml.faults;
    struct reading reading = {.r = r, .expect = ret};
    *ret = (struct expectation){.place = suite_place(node), .node = node};
    if (node->kind == YAML_KIND_MAP)
        yaml_read_members(&r->yaml, node, "expect", members, &reading);
    else if (node->kind == YAML_KIND_LIST || node->is_null || node->text.len == 0)
        yaml_fault(&r->yaml, node, "expect is `success`, an error such as ConditionalCheckFailedException, or a map");
    else if (!yaml_text_is(node->text, "success"))
        read_error_type(r, node, "success", ret);
    if (reading.error_only && !ret->fails && r->yaml.faults == faults)
        yaml_fault(&r->yaml, reading.error_only,
                   "`%.*s` is about an error: say which, error: "
                   "ConditionalCheckFailedException",
                   (int)reading.error_only->text.len, reading.error_only->text.ptr);
    return r->yaml.faults == faults && !r->yaml.no_memory;
}
