/* SPDX-License-Identifier: Apache-2.0 */
/* An expectation beside an answer: success or which error, its message, the members of the response. Where the outcome
 * itself is another one nothing else is looked at: everything else follows from it. */
#include "cli/test/test_compare.h"
#include "cli/test/test_words.h"

#include <regex.h>
#include <stdio.h>
#include <string.h>

/* --- differences --- */

struct difference *add_difference(struct differences *d, const char *what, struct test_place place,
                                  const struct yaml_node *node)
{
    struct difference *difference = &d->spare;
    if (d->count == d->size) {
        size_t size = d->size ? d->size * 2 : 8;
        struct difference *grown = ddbexpr_arena_alloc(d->arena, size * sizeof *grown);
        if (grown && d->count)
            memcpy(grown, d->all, d->count * sizeof *grown);
        if (grown) {
            d->all = grown;
            d->size = size;
        }
    }
    if (d->count < d->size)
        difference = &d->all[d->count++];
    else
        d->no_memory = true;
    *difference = (struct difference){.step = d->step, .place = place, .what = what, .node = node};
    return difference;
}

ddbexpr_str said(struct differences *d)
{
    ddbexpr_str kept = test_keep(d->arena, d->text);
    d->no_memory |= !kept.ptr;
    ddbexpr_buffer_clear(d->text);
    return kept;
}

void say_text(struct differences *d, ddbexpr_str text)
{
    d->no_memory |= ddbexpr_buffer_append(d->text, text) != DDBEXPR_OK;
}

void say_words(struct differences *d, const char *words) { say_text(d, ddbexpr_cstr(words)); }

void say_quoted(struct differences *d, ddbexpr_str text) { d->no_memory |= test_put_text(text, d->text) != DDBEXPR_OK; }

void say_item(struct differences *d, const ddbexpr_value *item)
{
    if (item)
        d->no_memory |= test_put_item(item, TEST_JSON, d->text) != DDBEXPR_OK;
    else
        say_words(d, "null");
}

/* --- texts --- */

/* The pattern was compiled once when it was read, so it is one: only memory can lack. */
static bool matches_pattern(struct differences *d, ddbexpr_str text, ddbexpr_str pattern)
{
    regex_t compiled;
    say_text(d, pattern);
    const ddbexpr_str expression = said(d);
    say_text(d, text);
    const ddbexpr_str subject = said(d);
    d->no_memory = d->no_memory || regcomp(&compiled, expression.ptr, REG_EXTENDED | REG_NOSUB) != 0;
    if (d->no_memory)
        return true;
    bool matches = regexec(&compiled, subject.ptr, 0, NULL, 0) == 0;
    regfree(&compiled);
    return matches;
}

#define PREFIX "1 validation error detected: "

static ddbexpr_str without_prefix(ddbexpr_str text)
{
    size_t length = sizeof PREFIX - 1;
    if (text.len < length || memcmp(text.ptr, PREFIX, length) != 0)
        return text;
    return (ddbexpr_str){text.ptr + length, text.len - length};
}

bool text_is_expected(struct differences *d, const struct expected_text *e, ddbexpr_str actual)
{
    bool equal = e->any_count == 0;
    for (size_t i = 0; i < e->any_count && !equal; i++)
        equal = same_text(e->any[i], actual) ||
                (e->prefix_is_optional && same_text(without_prefix(e->any[i]), without_prefix(actual)));
    for (size_t i = 0; i < e->part_count && equal; i++)
        equal = has_text(actual, e->parts[i]);
    return equal && (e->pattern.len == 0 || matches_pattern(d, actual, e->pattern));
}

static void put_list(struct differences *d, const char *before, const ddbexpr_str *texts, size_t count,
                     const char *between)
{
    for (size_t i = 0; i < count; i++) {
        say_words(d, i ? between : before);
        say_quoted(d, texts[i]);
    }
}

void compare_text(struct differences *d, const char *what, const struct expected_text *e, ddbexpr_str actual)
{
    if (!e->given || text_is_expected(d, e, actual))
        return;
    struct difference *difference = add_difference(d, what, e->place, e->node);
    put_list(d, "", e->any, e->any_count, " or ");
    put_list(d, "a text that contains ", e->parts, e->part_count, " and ");
    if (e->pattern.len) {
        say_words(d, e->part_count ? " and matches " : "a text that matches ");
        say_quoted(d, e->pattern);
    }
    difference->expected = said(d);
    say_quoted(d, actual);
    difference->actual = difference->replacement = said(d);
}

/* --- the outcome --- */

ddbexpr_str answer_words(struct differences *d, const struct answer *a)
{
    if (a->ok) {
        say_words(d, "success");
    } else {
        say_text(d, a->type);
        say_words(d, ": ");
        say_text(d, a->message);
    }
    return said(d);
}

static const ddbexpr_action_explanation *failed_action(const struct answer *a, size_t index)
{
    const ddbexpr_action_explanation *action =
        a->explanation ? ddbexpr_request_explanation_action_at(a->explanation, index) : NULL;
    return action && action->verdict == DDBEXPR_ACTION_CONDITION_FALSE ? action : NULL;
}

/* `because` of the actions whose conditions are false, and the reasons of all. */
static void say_cancellation(struct differences *d, const struct answer *a)
{
    char number[40];
    size_t told = 0;
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(a->explanation); i++) {
        const ddbexpr_action_explanation *action = failed_action(a, i);
        if (!action)
            continue;
        snprintf(number, sizeof number, "%s\"%zu\": ", told++ ? ", " : ", \"because\": {", i + 1);
        say_words(d, number);
        say_blamed(d, action->condition);
    }
    say_words(d, told ? "}" : "");
    say_words(d, ", \"returns\": {\"CancellationReasons\": [");
    for (size_t i = 0; i < ddbexpr_outcome_reason_count(a->outcome); i++) {
        say_words(d, i ? ", " : "");
        say_quoted(d, ddbexpr_cstr(ddbexpr_outcome_reason_at(a->outcome, i).code));
    }
    say_words(d, "]}");
}

/* What the error is because of. */
static void say_error(struct differences *d, const struct answer *a)
{
    const ddbexpr_action_explanation *action = failed_action(a, 0);
    say_words(d, "\"error\": ");
    say_quoted(d, a->type);
    if (a->explanation && ddbexpr_request_explanation_is_transaction(a->explanation) && a->outcome &&
        ddbexpr_outcome_reason_count(a->outcome)) {
        say_cancellation(d, a);
    } else if (action) {
        say_words(d, ", \"because\": ");
        say_blamed(d, action->condition);
    } else {
        say_words(d, ", \"message\": ");
        say_quoted(d, a->message);
    }
}

/* An expectation of this answer, as short as one would write it. What the old one said of items stays said. */
static ddbexpr_str new_expectation(struct differences *d, const struct test_step *step, const struct answer *a)
{
    bool says_items = step->expect.after.given || step->expect.table_count;
    if (a->ok && !says_items) {
        say_quoted(d, ddbexpr_cstr("success"));
        return said(d);
    }
    say_words(d, "{");
    if (!a->ok)
        say_error(d, a);
    if (says_items)
        say_tables(d, step, a, a->ok ? "" : ", ");
    say_words(d, "}");
    return said(d);
}

/* True: it is the outcome that was expected. */
static bool compare_outcome(struct differences *d, const struct test_step *step, const struct answer *a)
{
    const struct expectation *e = &step->expect;
    bool wrong_type = !a->ok && e->error_type.len && !same_text(e->error_type, a->type);
    if (e->fails != a->ok && !wrong_type)
        return true;
    struct test_place place = e->node ? e->place : step->place;
    struct difference *difference = add_difference(d, "outcome", place, e->node);
    if (!e->fails)
        say_words(d, "success");
    else if (e->error_type.len)
        say_text(d, e->error_type);
    else
        say_words(d, "an error");
    difference->expected = said(d);
    difference->actual = answer_words(d, a);
    difference->replacement = new_expectation(d, step, a);
    return false;
}

/* --- members of the answer --- */

static void compare_count(struct differences *d, const char *what, const struct expected_count *e, bool is_there,
                          size_t actual)
{
    char number[32];
    if (!e->given || (is_there ? !e->absent && e->count == actual : e->absent))
        return;
    struct difference *difference = add_difference(d, what, e->place, e->node);
    snprintf(number, sizeof number, "%zu", e->count);
    say_words(d, e->absent ? "null" : number);
    difference->expected = said(d);
    snprintf(number, sizeof number, "%zu", actual);
    say_words(d, is_there ? number : "null");
    difference->actual = difference->replacement = said(d);
}

static bool reason_is_expected(struct differences *d, const struct expected_reason *e, const ddbexpr_reason *actual)
{
    return (e->code.len == 0 || same_text(e->code, ddbexpr_cstr(actual->code))) &&
           (!e->message.given || text_is_expected(d, &e->message, actual->message)) &&
           item_is_expected(d, &e->item, actual->item);
}

/* Reasons as a suite has them; those of the expectation say how much of them is told. */
static void put_reason(struct differences *d, const struct expected_reason *like, ddbexpr_str code,
                       const ddbexpr_str *message, const ddbexpr_value *item)
{
    if (!like->message.given && !like->item.given) {
        say_quoted(d, code);
        return;
    }
    say_words(d, "{\"Code\": ");
    say_quoted(d, code);
    if (like->message.given && message) {
        say_words(d, ", \"Message\": ");
        if (message->len)
            say_quoted(d, *message);
        else
            say_words(d, "null");
    }
    if (like->item.given) {
        say_words(d, ", \"Item\": ");
        say_item(d, item);
    }
    say_words(d, "}");
}

static const struct expected_reason *reason_at(const struct expectation *e, size_t index)
{
    static const struct expected_reason none;
    return index < e->reason_count ? &e->reasons[index] : &none;
}

static void put_expected_reasons(struct differences *d, const struct expectation *e)
{
    say_words(d, "[");
    for (size_t i = 0; i < e->reason_count; i++) {
        const struct expected_reason *r = &e->reasons[i];
        say_words(d, i ? ", " : "");
        put_reason(d, r, r->code.len ? r->code : ddbexpr_cstr("any"), r->message.any_count ? r->message.any : NULL,
                   r->item.item);
    }
    say_words(d, "]");
}

static void compare_reasons(struct differences *d, const struct expectation *e, const ddbexpr_outcome *o)
{
    size_t count = o ? ddbexpr_outcome_reason_count(o) : 0;
    bool equal = count == e->reason_count;
    for (size_t i = 0; i < count && equal; i++) {
        const ddbexpr_reason actual = ddbexpr_outcome_reason_at(o, i);
        equal = reason_is_expected(d, &e->reasons[i], &actual);
    }
    if (!e->reasons_given || equal)
        return;
    struct difference *difference = add_difference(d, "CancellationReasons", e->reasons_place, e->reasons_node);
    put_expected_reasons(d, e);
    difference->expected = said(d);
    say_words(d, "[");
    for (size_t i = 0; i < count; i++) {
        const ddbexpr_reason actual = ddbexpr_outcome_reason_at(o, i);
        say_words(d, i ? ", " : "");
        put_reason(d, reason_at(e, i), ddbexpr_cstr(actual.code), &actual.message, actual.item);
    }
    say_words(d, "]");
    difference->actual = difference->replacement = said(d);
}

static void compare_returned_items(struct differences *d, const struct expectation *e, const ddbexpr_outcome *o)
{
    bool is_there = o && ddbexpr_outcome_has_items(o);
    size_t count = is_there ? ddbexpr_outcome_count(o) : 0;
    const ddbexpr_value **items = ddbexpr_arena_alloc(d->arena, (count + 1) * sizeof *items);
    if (!items) {
        d->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        items[i] = ddbexpr_outcome_item_at(o, i);
    compare_items(d, "Items", &e->items, is_there, items, count);
}

static void compare_response(struct differences *d, const struct expectation *e, const struct answer *a)
{
    const ddbexpr_outcome *o = a->outcome;
    bool has_counts = o && ddbexpr_outcome_has_counts(o);
    compare_item(d, "Attributes", &e->attributes, o ? ddbexpr_outcome_attributes(o) : NULL);
    compare_item(d, "Item", &e->item, !o ? NULL : a->ok ? ddbexpr_outcome_item(o) : ddbexpr_outcome_error_item(o));
    compare_item(d, "LastEvaluatedKey", &e->last_evaluated_key, o ? ddbexpr_outcome_last_evaluated_key(o) : NULL);
    compare_count(d, "Count", &e->returned_count, has_counts, has_counts ? ddbexpr_outcome_count(o) : 0);
    compare_count(d, "ScannedCount", &e->scanned_count, has_counts, has_counts ? ddbexpr_outcome_scanned_count(o) : 0);
    compare_returned_items(d, e, o);
    compare_reasons(d, e, o);
}

void compare_step(struct differences *d, const struct test_step *step, const struct answer *a)
{
    if (!compare_outcome(d, step, a))
        return;
    compare_text(d, "message", &step->expect.message, a->message);
    compare_blames(d, step, a);
    compare_response(d, &step->expect, a);
    compare_tables(d, step, a);
}
