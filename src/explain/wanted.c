/* SPDX-License-Identifier: Apache-2.0 */
/* What would have to be different for a blamed clause to turn, in one sentence: "`version` would have to be N 4, or
 * `:v` N 5". An item can change, and a value of the request as well; what is stored is spoken of first. */
#include "explain/explain.h"

#include "value/print.h"

struct wanted {
    struct explainer *x;
    enum test_kind kind;
    bool want; /* the outcome that is needed */
    const ddbexpr_operand *operands;
    size_t count;
    const ddbexpr_operand *subject, *other; /* a comparison's sides, the stored one first */
};

/* --- words --- */

/* What must be so for the test to have the outcome, after "`a` would have to ". */
static str phrase_of(enum test_kind kind, bool want)
{
    static const char *const phrases[][2] = {
        [TEST_EQ] = {"be anything but ", "be "},
        [TEST_NE] = {"be ", "be anything but "},
        [TEST_LT] = {"be not less than ", "be less than "},
        [TEST_LE] = {"be not at most ", "be at most "},
        [TEST_GT] = {"be not greater than ", "be greater than "},
        [TEST_GE] = {"be not at least ", "be at least "},
        [TEST_BETWEEN] = {"be not from ", "be from "},
        [TEST_IN] = {"be none of ", "be one of "},
        [TEST_EXISTS] = {"be missing", "exist"},
        [TEST_NOT_EXISTS] = {"exist", "be missing"},
        [TEST_TYPE] = {"be of another type than ", "be of type "},
        [TEST_BEGINS_WITH] = {"not begin with ", "begin with "},
        [TEST_CONTAINS] = {"not contain ", "contain "},
    };
    return ddbexpr_cstr(phrases[kind][want]);
}

static void put_value(const ddbexpr_operand *o, buffer *out)
{
    if (o->value)
        value_print(o->value, VALUE_WIDTH, out);
    else
        put_quoted(out, o->text);
}

/* Operands from `first` on: "N 1, N 2, 5 more". */
static void put_list(const struct wanted *w, size_t first, buffer *out)
{
    for (size_t i = first; i < w->count; i++) {
        if (i > first)
            buffer_text_literal(out, ", ");
        if (i >= first + LIMIT_LISTED) {
            buffer_unsigned(out, w->count - i);
            buffer_text_literal(out, " more");
            return;
        }
        put_value(&w->operands[i], out);
    }
}

/* What the subject is compared with. The type that attribute_type asks for is the content of its operand, which the
 * check wants to be a string. */
static void put_objects(const struct wanted *w, buffer *out)
{
    if (w->kind == TEST_IN) {
        put_list(w, 1, out);
    } else if (w->kind == TEST_BETWEEN) {
        put_value(&w->operands[1], out);
        buffer_text_literal(out, " to ");
        put_value(&w->operands[2], out);
    } else if (w->kind == TEST_TYPE) {
        buffer_put(out, value_bytes(w->other->value));
    } else {
        put_value(w->other, out);
    }
}

static bool is_equality(const struct wanted *w) { return w->kind == (w->want ? TEST_EQ : TEST_NE); }

static void put_relation(const struct wanted *w, buffer *out)
{
    bool by_name = is_equality(w) && !w->other->value;
    buffer_put(out, by_name ? STR("be equal to ") : phrase_of(w->kind, w->want));
    if (w->other)
        put_objects(w, out);
}

/* --- what must be there first --- */

static bool has_no_size(const ddbexpr_operand *o) { return !o->value && o->kind == DDBEXPR_OPERAND_SIZE; }

/* Whether an operand beside the subject has no value: then the relation is not all that is needed. */
static bool lacks_operands(const struct wanted *w)
{
    bool any_in_list = w->kind == TEST_IN; /* IN needs one of its list only */
    size_t missing = 0;
    for (size_t i = 0; i < w->count; i++) {
        if (has_no_size(&w->operands[i]) && !(any_in_list && i > 0))
            return true;
        missing += &w->operands[i] != w->subject && !w->operands[i].value;
    }
    return any_in_list ? missing + 1 == w->count : missing > 0;
}

/* "`b` would have to be there, and `a` be less than `b`". */
static void put_lacking(const struct wanted *w, buffer *out)
{
    size_t told = 0;
    bool sizes = false;
    for (size_t i = 0; i < w->count; i++) {
        const ddbexpr_operand *o = &w->operands[i];
        if (o->value)
            continue;
        if (told++)
            buffer_text_literal(out, " and ");
        put_quoted(out,
                   o->kind == DDBEXPR_OPERAND_SIZE ? o->path : o->text); /* of a constant it is known to be there */
        sizes |= has_no_size(o) && o->sized;
    }
    buffer_put(out,
               sizes ? STR(" would have to be of a type that has a size, and ") : STR(" would have to be there, and "));
    put_quoted(out, w->subject->text);
    buffer_char(out, ' ');
    put_relation(w, out);
}

/* --- what can never be so --- */

static bool has_order(const value *v) { return v->type <= DDBEXPR_B; }
static bool is_order(enum test_kind kind)
{
    return kind == TEST_LT || kind == TEST_LE || kind == TEST_GT || kind == TEST_GE;
}

/* An operand that no value of the subject can satisfy; NULL: there is none. */
static const ddbexpr_operand *hopeless(const struct wanted *w)
{
    if (!w->want || !w->other || !w->other->value)
        return NULL;
    const value *other = w->other->value;
    bool size_of_other_type = w->subject->kind == DDBEXPR_OPERAND_SIZE && w->kind <= TEST_GE && w->kind != TEST_NE &&
                              other->type != DDBEXPR_N;
    if (size_of_other_type || (is_order(w->kind) && !has_order(other)))
        return w->other;
    return w->kind == TEST_BEGINS_WITH && other->type != DDBEXPR_S && other->type != DDBEXPR_B ? w->other : NULL;
}

static void put_hopeless(const struct wanted *w, const ddbexpr_operand *o, buffer *out)
{
    put_quoted(out, o->text);
    if (w->subject->kind == DDBEXPR_OPERAND_SIZE)
        buffer_text_literal(out, " would have to be N, as a size is, and ");
    else if (w->kind == TEST_BEGINS_WITH)
        buffer_text_literal(out, " would have to be S or B, and ");
    else
        buffer_text_literal(out, " would have to be S, N or B, which have an order, and ");
    put_quoted(out, w->subject->text);
    buffer_char(out, ' ');
    buffer_put(out, is_equality(w) ? STR("be equal to ") : phrase_of(w->kind, w->want));
    put_quoted(out, o->text);
}

/* Of bounds that are there. */
static bool bounds_enclose_nothing(const struct wanted *w)
{
    int order;
    return w->kind == TEST_BETWEEN && w->want &&
           (!ddbexpr_value_compare(w->operands[1].value, w->operands[2].value, &order) || order > 0);
}

/* "size(a) >= a": a size is N, and N has none. */
static bool compares_with_own_size(const struct wanted *w)
{
    const ddbexpr_operand *a = w->subject, *b = w->other;
    bool one_is_size = w->kind <= TEST_GE && (a->kind == DDBEXPR_OPERAND_SIZE) != (b->kind == DDBEXPR_OPERAND_SIZE);
    return one_is_size && w->want && w->kind != TEST_NE && a->path.len && str_equal(a->path, b->path);
}

/* --- a constant that is compared with what is stored --- */

static bool is_stored(const ddbexpr_operand *o) { return o->kind != DDBEXPR_OPERAND_VALUE; }

/* ":v BETWEEN lo AND hi", ":v IN (a, b)", "contains(:v, b)": it is the others that can change. */
static bool put_around_constant(const struct wanted *w, buffer *out)
{
    bool any_stored = false;
    for (size_t i = 1; i < w->count; i++)
        any_stored |= is_stored(&w->operands[i]);
    if (is_stored(&w->operands[0]) || !any_stored || w->kind < TEST_BETWEEN)
        return false;
    put_quoted(out, w->operands[1].text);
    if (w->kind == TEST_BETWEEN) {
        buffer_text_literal(out, " and ");
        put_quoted(out, w->operands[2].text);
        buffer_put(out, w->want ? STR(" would have to be bounds around ") : STR(" would have to be no bounds around "));
    } else if (w->kind == TEST_IN) {
        for (size_t i = 2; i < w->count && i <= LIMIT_LISTED; i++) {
            buffer_text_literal(out, ", ");
            put_quoted(out, w->operands[i].text);
        }
        if (w->count > LIMIT_LISTED + 1) {
            buffer_text_literal(out, ", ");
            buffer_unsigned(out, w->count - LIMIT_LISTED - 1);
            buffer_text_literal(out, " more");
        }
        buffer_put(out, w->count == 2 ? STR("") : w->want ? STR(": one of them") : STR(": all of them"));
        buffer_put(out, w->want ? STR(" would have to be ") : STR(" would have to be anything but "));
    } else if (w->kind == TEST_BEGINS_WITH) {
        buffer_put(out,
                   w->want ? STR(" would have to be the beginning of ") : STR(" would have to be no beginning of "));
    } else {
        buffer_put(out, w->want ? STR(" would have to be in ") : STR(" would have to be not in "));
    }
    put_value(&w->operands[0], out);
    return true;
}

/* --- all --- */

/* How often the expression has a placeholder: one that stands twice cannot change for one of the places. */
static size_t uses_of_value(const struct explainer *x, str placeholder)
{
    struct node *root = x->checked->expression->root;
    size_t uses = 0;
    for (struct node *node = root; node; node = ast_next(root, node))
        uses += node->kind == NODE_VALUE && str_equal(node->name, placeholder);
    return uses;
}

/* Equality can be had from both sides. */
static void put_other_side(const struct wanted *w, buffer *out)
{
    if (!is_equality(w) || !w->subject->value || w->other->kind != DDBEXPR_OPERAND_VALUE ||
        uses_of_value(w->x, w->other->text) != 1)
        return;
    buffer_text_literal(out, ", or ");
    put_quoted(out, w->other->text);
    buffer_char(out, ' ');
    value_print(w->subject->value, VALUE_WIDTH, out);
}

/* An item cannot be without its key. */
static bool put_of_key(const struct wanted *w, const struct test *test, const value *key, buffer *out)
{
    if ((w->kind != TEST_EXISTS && w->kind != TEST_NOT_EXISTS) || !key)
        return false;
    const struct document_path *path = test->operands[0].path;
    if (path->count != 1 || !value_map_get(key, path->steps[0].name, path->steps[0].hash))
        return false;
    bool wants_item = (w->kind == TEST_EXISTS) == w->want;
    buffer_put(out, wants_item ? STR("there would have to be an item with this key")
                               : STR("there would have to be no item with this key"));
    return true;
}

static void put_wanted(struct wanted *w, const struct test *test, const value *key, buffer *out)
{
    if (put_of_key(w, test, key, out) || put_around_constant(w, out))
        return;
    const ddbexpr_operand *o = hopeless(w);
    if (compares_with_own_size(w)) {
        buffer_text_literal(out, "another clause would be needed: a value never has the type of its own size");
    } else if (lacks_operands(w)) {
        put_lacking(w, out);
    } else if (o) {
        put_hopeless(w, o, out);
    } else if (bounds_enclose_nothing(w)) {
        put_quoted(out, w->operands[1].text);
        buffer_text_literal(out, " and ");
        put_quoted(out, w->operands[2].text);
        buffer_text_literal(out, " would have to be of one type and in order: nothing lies from ");
        put_objects(w, out);
    } else {
        put_quoted(out, w->subject->text);
        buffer_text_literal(out, " would have to ");
        put_relation(w, out);
        put_other_side(w, out);
    }
}

bool explain_wanted(struct explainer *x, const struct test *test, const value *key, ddbexpr_clause *clause)
{
    struct wanted w = {.x = x,
                       .kind = test->kind,
                       .want = !clause->outcome,
                       .operands = clause->operands,
                       .count = clause->operand_count,
                       .subject = &clause->operands[0],
                       .other = clause->operand_count > 1 ? &clause->operands[1] : NULL};
    if (w.kind <= TEST_GE && !is_stored(w.subject) && is_stored(w.other)) {
        const ddbexpr_operand *swap = w.subject;
        w.subject = w.other;
        w.other = swap;
        w.kind = test_mirrored(w.kind);
    }
    put_wanted(&w, test, key, x->text);
    clause->wanted = explainer_keep(x);
    return clause->wanted.ptr != NULL;
}
