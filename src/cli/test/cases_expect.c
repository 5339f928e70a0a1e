/* SPDX-License-Identifier: Apache-2.0 */
/* From `expect` to an expectation. A member that has no meaning here is a fault: a case that expects more than is
 * compared would pass for nothing. */
#include "cli/test/cases_expect.h"

#include <string.h>

/* --- items and counts; null says that there must be none --- */

static void read_item(struct case_line *line, const struct case_node *object, const char *name,
                      struct expected_item *ret)
{
    struct case_node node;
    if (!case_member(object, name, &node))
        return;
    *ret = (struct expected_item){.given = true, .place = case_place(line, &node)};
    if (!case_is_null(&node))
        ret->item = case_item(line, &node);
}

/* Items have no order, not even those of an answer. */
static void read_items(struct case_line *line, const struct case_node *node, const char *what,
                       struct expected_items *ret)
{
    *ret = (struct expected_items){.given = true, .place = case_place(line, node)};
    if (!case_is(line, node, DDBEXPR_L, what))
        return;
    const ddbexpr_value **items = case_alloc(line, ddbexpr_value_count(node->value), sizeof *items);
    struct case_walk walk = case_walk_of(node);
    struct case_node item;
    while (items && case_next(&walk, NULL, &item))
        items[ret->count++] = case_item(line, &item);
    ret->items = items;
}

static void read_answered_items(struct case_line *line, const struct case_node *response, struct expected_items *ret)
{
    struct case_node node;
    if (!case_member(response, "Items", &node))
        return;
    if (case_is_null(&node))
        *ret = (struct expected_items){.given = true, .absent = true, .place = case_place(line, &node)};
    else
        read_items(line, &node, "`Items` is a list of items or null", ret);
}

static void read_count(struct case_line *line, const struct case_node *response, const char *name,
                       struct expected_count *ret)
{
    struct case_node node;
    if (!case_member(response, name, &node))
        return;
    *ret = (struct expected_count){.given = true, .absent = case_is_null(&node), .place = case_place(line, &node)};
    if (ret->absent)
        return;
    bool good = node.text.len <= 18;
    for (size_t i = 0; i < node.text.len && good; i++) {
        good = node.text.ptr[i] >= '0' && node.text.ptr[i] <= '9';
        ret->count = ret->count * 10 + (size_t)(node.text.ptr[i] - '0');
    }
    if (!good)
        case_fault(line, &node, "`%s` is a whole number or null", name);
}

/* --- what an answer has --- */

static void read_response(struct case_line *line, const struct case_node *response, struct expectation *e)
{
    static const char *const names[] = {"Attributes",       "Item", "Items", "Count", "ScannedCount",
                                        "LastEvaluatedKey", NULL};
    if (case_is_null(response) || !case_has_only(line, response, "`response`", names))
        return;
    read_item(line, response, "Attributes", &e->attributes);
    read_item(line, response, "Item", &e->item);
    read_item(line, response, "LastEvaluatedKey", &e->last_evaluated_key);
    read_answered_items(line, response, &e->items);
    read_count(line, response, "Count", &e->returned_count);
    read_count(line, response, "ScannedCount", &e->scanned_count);
}

/* --- messages --- */

static void read_texts(struct case_line *line, const struct case_node *error, const char *name, bool may_be_list,
                       struct expected_text *text, const ddbexpr_str **ret, size_t *ret_count)
{
    struct case_node node;
    if (!case_member(error, name, &node))
        return;
    text->given = true;
    text->place = case_place(line, &node);
    case_texts(line, &node, name, may_be_list, ret, ret_count);
}

/* Without what may stand before a message: a case may be older than the answer, or newer. */
static const ddbexpr_str *bare(struct case_line *line, const ddbexpr_str *texts, size_t count)
{
    static const char envelope[] = "1 validation error detected: ";
    const size_t lead = sizeof envelope - 1;
    ddbexpr_str *ret = case_alloc(line, count, sizeof *ret);
    for (size_t i = 0; ret && i < count; i++) {
        ret[i] = texts[i];
        if (ret[i].len >= lead && memcmp(ret[i].ptr, envelope, lead) == 0)
            ret[i] = (ddbexpr_str){ret[i].ptr + lead, ret[i].len - lead};
    }
    return ret;
}

/* message_current is today's text; what else is said of the message is older then. */
static void read_message(struct case_line *line, const struct case_node *error, ddbexpr_messages messages,
                         struct expected_text *ret)
{
    struct expected_text current = {.given = false}, text = {.given = false};
    size_t faults = line->faults;
    read_texts(line, error, "message_current", false, &current, &current.any, &current.any_count);
    read_texts(line, error, "message_contains", true, &text, &text.parts, &text.part_count);
    read_texts(line, error, "message", true, &text, &text.any, &text.any_count);
    if (line->faults != faults || line->no_memory)
        return;
    if (text.any_count) {
        text.prefix_is_optional = true;
        text.any = bare(line, text.any, text.any_count);
    }
    *ret = current.given && messages == DDBEXPR_MESSAGES_CURRENT ? current : text;
}

/* --- what an error has --- */

static void read_reason(struct case_line *line, const struct case_node *node, struct expected_reason *ret)
{
    static const char *const names[] = {"Code", "Message", "Item", NULL};
    static const ddbexpr_str none = {NULL, 0};
    struct case_node member;
    if (!case_has_only(line, node, "a reason", names))
        return;
    if (case_member(node, "Code", &member) && case_is(line, &member, DDBEXPR_S, "`Code` is a text"))
        ret->code = ddbexpr_value_bytes(member.value);
    if (case_member(node, "Message", &member) && case_is_null(&member))
        ret->message =
            (struct expected_text){.given = true, .any = &none, .any_count = 1, .place = case_place(line, &member)};
    else
        read_texts(line, node, "Message", false, &ret->message, &ret->message.any, &ret->message.any_count);
    read_item(line, node, "Item", &ret->item);
}

static void read_reasons(struct case_line *line, const struct case_node *error, struct expectation *e)
{
    struct case_node node, reason;
    if (!case_member(error, "CancellationReasons", &node))
        return;
    e->reasons_given = true;
    e->reasons_place = case_place(line, &node);
    if (case_is_null(&node) ||
        !case_is(line, &node, DDBEXPR_L, "`CancellationReasons` is a list of objects with Code, Message, Item"))
        return;
    struct expected_reason *reasons = case_alloc(line, ddbexpr_value_count(node.value), sizeof *reasons);
    struct case_walk walk = case_walk_of(&node);
    while (reasons && case_next(&walk, NULL, &reason))
        read_reason(line, &reason, &reasons[e->reason_count++]);
    e->reasons = reasons;
}

static void read_error(struct case_line *line, const struct case_node *error, ddbexpr_messages messages,
                       struct expectation *e)
{
    static const char *const names[] = {
        "__type", "message", "message_current", "message_contains", "Item", "CancellationReasons", NULL};
    struct case_node type;
    if (!case_has_only(line, error, "`error`", names))
        return;
    if (case_member(error, "__type", &type) && !case_is_null(&type) &&
        case_is(line, &type, DDBEXPR_S, "`__type` is a text, or null for any error"))
        e->error_type = ddbexpr_value_bytes(type.value);
    read_message(line, error, messages, &e->message);
    read_item(line, error, "Item", &e->item);
    read_reasons(line, error, e);
}

/* --- tables afterwards --- */

/* {"items": […]}, or the list. */
static void read_table(struct case_line *line, const struct case_node *node, struct expected_items *ret)
{
    static const char *const names[] = {"items", NULL};
    struct case_node items = *node;
    *ret = (struct expected_items){.place = case_place(line, node)};
    if (ddbexpr_value_type(node->value) == DDBEXPR_M) {
        if (!case_has_only(line, node, "an expected table", names))
            return;
        if (!case_member(node, "items", &items)) {
            case_fault(line, node, "an expected table has `items`");
            return;
        }
    }
    read_items(line, &items, "a table afterwards is a list of items, or an object with `items`", ret);
}

static void read_tables(struct case_line *line, const struct case_node *expect, struct expectation *e)
{
    struct case_node node, items;
    bool named = case_member(expect, "tables", &node), alone = case_member(expect, "items", &items);
    if (named && !case_is(line, &node, DDBEXPR_M, "`tables` is an object of tables"))
        return;
    size_t count = named ? ddbexpr_value_count(node.value) : 0;
    struct expected_table *tables = case_alloc(line, count + alone, sizeof *tables);
    if (!tables)
        return;
    struct case_node table;
    struct case_walk walk = case_walk_of(&node);
    while (named && case_next(&walk, &tables[e->table_count].name, &table))
        read_table(line, &table, &tables[e->table_count++].items);
    if (alone)
        read_items(line, &items, "`items` is the list of all items afterwards", &tables[e->table_count++].items);
    e->tables = tables;
}

void cases_check_tables(struct case_line *line, const struct expectation *e, const ddbexpr_question *q)
{
    for (size_t i = 0; i < e->table_count; i++) {
        ddbexpr_str name = e->tables[i].name;
        size_t at = 0;
        while (at < q->table_count && !same_text(q->tables[at].name, name))
            at++;
        if (at < q->table_count)
            continue;
        struct test_place place = e->tables[i].items.place;
        line->faults++;
        if (name.len)
            complain("%s:%zu:%zu: the case has no table `%.*s`", line->path, place.line, place.column, (int)name.len,
                     name.ptr);
        else
            complain("%s:%zu:%zu: the case has several tables: say which, with `tables`", line->path, place.line,
                     place.column);
    }
}

/* --- the whole --- */

/* Members that belong to the other outcome would never be looked at. */
static void check_outcome(struct case_line *line, const struct case_node *expect, const struct expectation *e)
{
    struct case_node other;
    const char *stray = e->fails ? "response" : "error";
    if (case_member(expect, stray, &other))
        case_fault(line, &other, "%s has no `%s`", e->fails ? "a failure" : "a success", stray);
    if (e->fails && !case_member(expect, "error", &other))
        case_fault(line, expect, "a failure has an `error`; {\"__type\": null} is any");
}

void cases_read_expect(struct case_line *line, const struct case_node *expect, ddbexpr_messages messages,
                       struct expectation *ret)
{
    static const char *const names[] = {"ok", "response", "error", "items", "tables", NULL};
    struct expectation e = {.place = case_place(line, expect)};
    struct case_node node;
    if (!case_has_only(line, expect, "`expect`", names))
        return;
    if (!case_member(expect, "ok", &node)) {
        case_fault(line, expect, "`expect` has no `ok`, true or false");
        return;
    }
    if (!case_is(line, &node, DDBEXPR_BOOL, "`ok` is true or false"))
        return;
    e.fails = !ddbexpr_value_truth(node.value);
    check_outcome(line, expect, &e);
    if (case_member(expect, "response", &node))
        read_response(line, &node, &e);
    if (case_member(expect, "error", &node))
        read_error(line, &node, messages, &e);
    read_tables(line, expect, &e);
    *ret = e;
}
