/* SPDX-License-Identifier: Apache-2.0 */
/* Clauses and operands that need not be well typed: any operand beside any other, functions with what they do not take,
 * key conditions that are none. Most of them are still grammatical. */
#include "cli/generate/generate_draft.h"

#include "cli/generate/generate_names.h"

static void put_any_operand(struct draft *d, unsigned depth);

/* Each type equally often, from the item if it has one. */
static void put_typed_operand(struct draft *d)
{
    struct generator *g = d->g;
    uint32_t type = throw_below(g, DDBEXPR_TYPE_COUNT + 1);
    const struct place *place = NULL;
    if (type == DDBEXPR_TYPE_COUNT) {
        place = places_missing(g, d->places, false);
        type = DDBEXPR_S;
    } else if (throw_percent(g, 60)) {
        place = places_pick(g, d->places, TYPE_BIT(type), throw_percent(g, 30), NULL);
    }
    if (place)
        put_path(d, place);
    else
        put_value(d, typed_make(g, (ddbexpr_type)type, 1));
}

static const struct {
    const char *name;
    uint32_t operands;
} functions[] = {{"attribute_exists", 1}, {"attribute_not_exists", 1},
                 {"attribute_type", 2},   {"begins_with", 2},
                 {"contains", 2},         {"size", 1},
                 {"if_not_exists", 2},    {"list_append", 2}};

static void put_call(struct draft *d, unsigned depth)
{
    static const char *const wrong[] = {"Size", "SIZE", "exists", "Contains", "starts_with", "attribute_exist", "f"};
    struct generator *g = d->g;
    uint32_t function = throw_below(g, (uint32_t)COUNT(functions)), count = functions[function].operands;
    if (throw_percent(g, 10))
        count = 1 + throw_below(g, 3);
    put(g, throw_percent(g, 5) ? PICK(g, wrong) : functions[function].name);
    put(g, "(");
    for (uint32_t i = 0; i < count; i++) {
        put(g, i ? ", " : "");
        put_any_operand(d, depth);
    }
    put(g, ")");
}

static void put_any_operand(struct draft *d, unsigned depth)
{
    struct generator *g = d->g;
    if (depth && throw_percent(g, 15))
        put_call(d, depth - 1);
    else
        put_typed_operand(d);
}

/* A number at an edge of the range: what is added to another like it leaves the range. */
static void put_extreme(struct draft *d)
{
    static const char *const numbers[] = {
        "9.9999999999999999999999999999999999999E125", "9E125", "-9E125", "1E-130", "1.5E-130", "-1.2E-130"};
    ddbexpr_str text = ddbexpr_cstr(PICK(d->g, numbers));
    put_value(d, typed_text(d->g, DDBEXPR_N, text));
}

void write_wild_operand(struct draft *d)
{
    static const char *const signs[] = {"+", "-"};
    static const uint8_t kinds[] = {28, 8, 60, 4};
    struct generator *g = d->g;
    uint32_t kind = dice_weighted(&g->dice, kinds, COUNT(kinds));
    void (*put_side)(struct draft * d) = kind == 3 ? put_extreme : put_typed_operand;
    if (kind == 0) {
        put_call(d, 2);
        return;
    }
    if (kind == 1) {
        put_any_operand(d, 2);
        return;
    }
    put_side(d);
    put_sign(g, PICK(g, signs));
    put_side(d);
}

void write_wild_clause(struct draft *d)
{
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
    static const uint8_t kinds[] = {60, 12, 10, 18};
    struct generator *g = d->g;
    uint32_t kind = dice_weighted(&g->dice, kinds, COUNT(kinds));
    if (kind == 3) {
        put_call(d, 2);
        return;
    }
    put_any_operand(d, 1);
    if (kind == 0) {
        put_sign(g, PICK(g, signs));
        put_any_operand(d, 1);
    } else if (kind == 1) {
        put_joint(g, "BETWEEN");
        put_any_operand(d, 1);
        put_joint(g, "AND");
        put_any_operand(d, 1);
    } else {
        uint32_t count = 1 + throw_below(g, 3);
        put_joint(g, "IN");
        put(g, "(");
        for (uint32_t i = 0; i < count; i++) {
            put(g, i ? ", " : "");
            put_any_operand(d, 1);
        }
        put(g, ")");
    }
}

/* --- key conditions --- */

/* P and S are the partition and the sort key, p and s their values, q a value above s, x an attribute that is no key, v
 * any value; other letters are written as they stand. */
static const char *const key_conditions[] = {
    "P <> p",
    "P > p",
    "P = p OR P = p",
    "NOT P = p",
    "P IN (p, v)",
    "P = v",
    "P = v AND S = v",
    "P = p AND S <> s",
    "P = p AND S IN (s)",
    "P = p AND P = p",
    "P = p AND S > s AND S < q",
    "P = p AND S = s AND x = v",
    "P = p AND x = v",
    "S = s",
    "x = v",
    "P = P",
    "P = x",
    "P = p AND S = x",
    "p = p",
    "p = v AND S = s",
    "P.x = p",
    "P[0] = p",
    "size(P) = v",
    "P = p AND size(S) > v",
    "begins_with(P, p)",
    "P = p AND begins_with(s, S)",
    "P = p AND s BETWEEN S AND q",
    "P = p AND S BETWEEN q AND s",
    "P = p AND S BETWEEN s AND v",
    "P = p AND contains(S, s)",
    "attribute_exists(P)",
    "P = p AND attribute_type(S, v)",
    "P = p AND begins_with(S, v)",
    "P = p AND begins_with(S, S)",
    "P = if_not_exists(P, p)",
    "(P = p) AND (S = s)",
    "P = p AND (S = s OR S = q)",
};

void write_wild_key_condition(struct draft *d, const struct doc *key, const struct doc *item)
{
    struct generator *g = d->g;
    struct doc *sort_value = key->count > 1 ? doc_get(item, key->last->name) : typed_make_any(g, 0, 0);
    struct doc *partition_value = doc_get(item, key->first->name);
    ddbexpr_str sort = key->count > 1 ? key->last->name : STR("zz");
    const char *form = PICK(g, key_conditions);
    bool scalar = sort_value && (TYPES_ORDERED & TYPE_BIT(typed_type(sort_value)));
    for (char before = ' '; *form && sort_value && partition_value; before = *form++) {
        bool alone = !(before >= 'a' && before <= 'z') && !(before >= 'A' && before <= 'Z') && before != '_' &&
                     !(form[1] >= 'a' && form[1] <= 'z') && !(form[1] >= 'A' && form[1] <= 'Z') && form[1] != '_';
        if (!alone)
            put_str(g, (ddbexpr_str){form, 1});
        else if (*form == 'P')
            put_name(d, key->first->name);
        else if (*form == 'S')
            put_name(d, sort);
        else if (*form == 'p')
            put_value(d, typed_equal(g, partition_value));
        else if (*form == 's')
            put_value(d, typed_equal(g, sort_value));
        else if (*form == 'q')
            put_value(d, scalar ? typed_beside(g, sort_value, 1) : typed_make_any(g, 0, 0));
        else if (*form == 'x')
            put_name(d, names_attribute(g));
        else if (*form == 'v')
            put_value(d, typed_make_any(g, 0, 1));
        else
            put_str(g, (ddbexpr_str){form, 1});
    }
}
