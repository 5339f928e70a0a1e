/* SPDX-License-Identifier: Apache-2.0 */
/* The traps of the language, at the clause where they bite: what is surprising about its outcome. Texts are in
 * notes.def. */
#define _GNU_SOURCE 1 /* memmem */
#include "explain/explain.h"

#include "value/print.h"

enum note_id {
#define NOTE(id, code, name, text) id,
#include "explain/notes.def"
#undef NOTE
    NOTE_COUNT
};

struct note_text {
    const char *code, *name, *text;
};

static const struct note_text note_texts[NOTE_COUNT] = {
#define NOTE(id, code, name, text) [id] = {"DX" #code, name, text},
#include "explain/notes.def"
#undef NOTE
};

struct notes {
    struct explainer *x;
    ddbexpr_note *list;
    size_t count;
    bool failed;
};

static void add(struct notes *n, enum note_id id, str a, str b, str c, str d)
{
    diag_fill(n->x->text, note_texts[id].text, DDBEXPR_CONDITION, (str[DIAG_ARGS]){a, b, c, d});
    str text = explainer_keep(n->x);
    n->failed |= !text.ptr;
    n->count += n->count < ROOM_NOTES;
    n->list[n->count - 1] = (ddbexpr_note){note_texts[id].code, note_texts[id].name, text};
}

static str type_str(const value *v) { return ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)v->type)); }

static str quoted(struct notes *n, const ddbexpr_operand *o)
{
    put_quoted(n->x->text, o->text);
    str text = explainer_keep(n->x);
    n->failed |= !text.ptr;
    return text;
}

static str decimal(struct notes *n, uint64_t number)
{
    buffer_unsigned(n->x->text, number);
    str text = explainer_keep(n->x);
    n->failed |= !text.ptr;
    return text;
}

static bool reads_as_number(const value *v, struct number *ret)
{
    return v->type == DDBEXPR_S && v->count > 0 && number_parse(value_bytes(v), ret) == NUMBER_OK;
}

static bool looks_like_number(const value *v)
{
    struct number number;
    return reads_as_number(v, &number);
}

static bool is_comparison(enum test_kind kind) { return kind <= TEST_GE; }
static bool is_missing(const ddbexpr_operand *o) { return !o->value && o->kind == DDBEXPR_OPERAND_PATH; }

/* --- types --- */

static void note_types(struct notes *n, enum test_kind kind, const ddbexpr_operand *a, const ddbexpr_operand *b)
{
    if (!a->value || !b->value || a->value->type == b->value->type)
        return;
    const value *x = a->value, *y = b->value;
    if (looks_like_number(x) && y->type == DDBEXPR_N)
        add(n, NOTE_NUMBER_IN_STRING, quoted(n, a), quoted(n, b), STR(""), STR(""));
    else if (looks_like_number(y) && x->type == DDBEXPR_N)
        add(n, NOTE_NUMBER_IN_STRING, quoted(n, b), quoted(n, a), STR(""), STR(""));
    else
        add(n, kind == TEST_NE ? NOTE_TYPES_DIFFER_NE : NOTE_TYPES_DIFFER, quoted(n, a), type_str(x), quoted(n, b),
            type_str(y));
}

/* Whether strings that look like numbers would compare the other way as numbers. */
static void note_text_order(struct notes *n, const ddbexpr_operand *a, const ddbexpr_operand *b)
{
    struct number x, y;
    if (!a->value || !b->value || !reads_as_number(a->value, &x) || !reads_as_number(b->value, &y))
        return;
    int as_numbers = number_compare(&x, &y), as_text = str_compare(value_bytes(a->value), value_bytes(b->value));
    if ((as_text < 0) != (as_numbers < 0) || (as_text > 0) != (as_numbers > 0))
        add(n, NOTE_NUMBERS_AS_TEXT, STR(""), STR(""), STR(""), STR(""));
}

static void note_in(struct notes *n, const ddbexpr_clause *clause)
{
    const ddbexpr_operand *subject = &clause->operands[0];
    if (!subject->value || clause->outcome)
        return;
    for (size_t i = 1; i < clause->operand_count; i++)
        if (!clause->operands[i].value || clause->operands[i].value->type == subject->value->type)
            return;
    if (clause->operand_count == 2)
        note_types(n, TEST_EQ, subject, &clause->operands[1]);
    else
        add(n, NOTE_NONE_OF_TYPE, quoted(n, subject), type_str(subject->value), STR(""), STR(""));
}

/* --- what is missing --- */

/* Whether the clause alone makes the NOT around it true: it is false, and so is all up to the NOT, for no other reason
 * at any AND. */
static bool makes_not_true(const struct node *node, const bool *outcomes)
{
    for (; node && node->kind != NODE_NOT; node = node->parent) {
        if (outcomes[node->id])
            return false;
        if (!node->parent || node->parent->kind != NODE_AND)
            continue;
        for (const struct node *other = node->parent->first_child; other; other = other->next)
            if (other != node && !outcomes[other->id])
                return false;
    }
    return node != NULL;
}

static bool under_not(const struct node *node)
{
    bool odd = false;
    for (; node; node = node->parent)
        odd ^= node->kind == NODE_NOT;
    return odd;
}

/* The operand whose absence decides the clause; of an IN only the one that is looked for. */
static const ddbexpr_operand *deciding_missing(const struct test *test, const ddbexpr_clause *clause)
{
    size_t count = test->kind == TEST_IN ? 1 : clause->operand_count;
    for (size_t i = 0; i < count; i++) {
        const ddbexpr_operand *o = &clause->operands[i];
        if (is_missing(o) || (o->kind == DDBEXPR_OPERAND_SIZE && !o->sized))
            return o;
    }
    return NULL;
}

static void note_missing(struct notes *n, const struct test *test, const bool *outcomes, const ddbexpr_clause *clause)
{
    const ddbexpr_operand *missing = deciding_missing(test, clause);
    if (!missing || test->kind == TEST_EXISTS || test->kind == TEST_NOT_EXISTS)
        return;
    bool size = missing->kind == DDBEXPR_OPERAND_SIZE;
    str path = size ? missing->path : missing->text;
    put_quoted(n->x->text, path);
    str named = explainer_keep(n->x);
    n->failed |= !named.ptr;
    if (test->kind == TEST_NE && clause->outcome && !under_not(test->node))
        add(n, NOTE_NE_MISSING, named, path, STR(""), STR(""));
    else if (!clause->outcome && makes_not_true(test->node, outcomes))
        add(n, NOTE_NOT_MISSING, named, path, STR(""), STR(""));
}

/* --- functions --- */

/* What is nearly in a list, and why it is not: inside of a map, a part of a string, a number kept as a string. */
static void note_contains_in_list(struct notes *n, const ddbexpr_operand *whole, const ddbexpr_operand *part)
{
    const value *list = whole->value, *p = part->value;
    bool of_type = false;
    for (uint32_t i = 0; i < list->count; i++) {
        const value *element = &list->at.elements[i];
        of_type |= element->type == p->type;
        bool inside = element->type == DDBEXPR_M && p->type != DDBEXPR_L;
        bool within = element->type == DDBEXPR_S && p->type == DDBEXPR_S && p->count > 0 &&
                      memmem(element->at.bytes, element->count, p->at.bytes, p->count);
        bool as_text = (looks_like_number(element) && p->type == DDBEXPR_N) ||
                       (element->type == DDBEXPR_N && looks_like_number(p));
        if (within) {
            add(n, NOTE_CONTAINS_PART, quoted(n, whole), quoted(n, part), STR(""), STR(""));
            return;
        }
        if (inside || as_text) {
            add(n, NOTE_CONTAINS_WHOLE, quoted(n, whole), type_str(element), quoted(n, part), type_str(p));
            return;
        }
    }
    if (list->count && !of_type)
        add(n, NOTE_CONTAINS_WHOLE, quoted(n, whole), type_str(&list->at.elements[0]), quoted(n, part), type_str(p));
}

static void note_contains(struct notes *n, const ddbexpr_clause *clause)
{
    const ddbexpr_operand *whole = &clause->operands[0], *part = &clause->operands[1];
    const value *v = whole->value, *p = part->value;
    if (!v || !p || clause->outcome)
        return;
    if (v->type == DDBEXPR_L) {
        note_contains_in_list(n, whole, part);
        return;
    }
    ddbexpr_type needed = v->type == DDBEXPR_SS   ? DDBEXPR_S
                          : v->type == DDBEXPR_NS ? DDBEXPR_N
                          : v->type == DDBEXPR_BS ? DDBEXPR_B
                                                  : (ddbexpr_type)v->type;
    bool container = value_is_set(v) || v->type == DDBEXPR_S || v->type == DDBEXPR_B;
    if (!container || p->type != needed)
        add(n, NOTE_CONTAINS_TYPE, quoted(n, whole), type_str(v), quoted(n, part), type_str(p));
}

static void note_begins_with(struct notes *n, const ddbexpr_clause *clause)
{
    for (size_t i = 0; i < 2; i++) {
        const value *v = clause->operands[i].value;
        if (v && v->type != DDBEXPR_S && v->type != DDBEXPR_B) {
            add(n, NOTE_BEGINS_WITH_TYPE, quoted(n, &clause->operands[i]), type_str(v), STR(""), STR(""));
            return;
        }
    }
    const value *v = clause->operands[0].value, *prefix = clause->operands[1].value;
    if (v && prefix && v->type != prefix->type)
        add(n, NOTE_BEGINS_WITH_TYPES, quoted(n, &clause->operands[0]), type_str(v), quoted(n, &clause->operands[1]),
            type_str(prefix));
}

static void note_size(struct notes *n, const ddbexpr_operand *o)
{
    uint64_t units;
    if (o->kind != DDBEXPR_OPERAND_SIZE)
        return;
    if (!o->sized)
        add(n, NOTE_SIZE_OF_MISSING, quoted(n, o), STR(""), STR(""), STR(""));
    else if (!value_function_size(o->sized, &units))
        add(n, NOTE_NO_SIZE, quoted(n, o), type_str(o->sized), STR(""), STR(""));
    else if (o->sized->type == DDBEXPR_S && units != o->sized->count)
        add(n, NOTE_SIZE_UNITS, quoted(n, o), decimal(n, units), decimal(n, o->sized->count), STR(""));
}

/* --- keys --- */

/* Where somebody may have thought of the whole partition: an attribute_exists that is true surprises nobody. */
static void note_key(struct notes *n, const struct test *test, const value *key, const ddbexpr_clause *clause)
{
    bool doubtful = test->kind == TEST_NOT_EXISTS || (test->kind == TEST_EXISTS && !clause->outcome);
    if (!doubtful || !key || key->count < 2)
        return;
    const struct document_path *path = test->operands[0].path;
    if (path->count != 1 || !value_map_get(key, path->steps[0].name, path->steps[0].hash))
        return;
    put_key(key, n->x->text);
    str whole = explainer_keep(n->x);
    n->failed |= !whole.ptr;
    add(n, NOTE_EXACT_KEY, whole, STR(""), STR(""), STR(""));
}

static void note_null(struct notes *n, const struct test *test, const ddbexpr_clause *clause)
{
    const ddbexpr_operand *o = &clause->operands[0];
    if ((test->kind == TEST_EXISTS || test->kind == TEST_NOT_EXISTS) && o->value && o->value->type == DDBEXPR_NULL)
        add(n, NOTE_NULL_EXISTS, quoted(n, o), o->text, STR(""), STR(""));
}

bool explain_traps(struct explainer *x, const struct test *test, const value *key, const bool *outcomes,
                   ddbexpr_clause *clause)
{
    ddbexpr_note list[ROOM_NOTES];
    struct notes n = {.x = x, .list = list};
    const ddbexpr_operand *operands = clause->operands;
    if (is_comparison(test->kind) || test->kind == TEST_BETWEEN)
        for (size_t i = 1; i < clause->operand_count; i++)
            if (n.count == 0) {
                note_types(&n, test->kind, &operands[0], &operands[i]);
                if (test->kind != TEST_EQ && test->kind != TEST_NE)
                    note_text_order(&n, &operands[0], &operands[i]);
            }
    if (test->kind == TEST_IN)
        note_in(&n, clause);
    if (test->kind == TEST_CONTAINS)
        note_contains(&n, clause);
    if (test->kind == TEST_BEGINS_WITH)
        note_begins_with(&n, clause);
    for (size_t i = 0; i < clause->operand_count && i < 3; i++)
        note_size(&n, &operands[i]);
    note_missing(&n, test, outcomes, clause);
    note_null(&n, test, clause);
    note_key(&n, test, key, clause);
    if (n.failed)
        return false;
    ddbexpr_note *kept = ARENA_ARRAY(x->arena, ddbexpr_note, n.count);
    if (!kept)
        return false;
    if (n.count)
        memcpy(kept, list, n.count * sizeof *kept);
    clause->notes = kept;
    clause->note_count = n.count;
    return true;
}
