/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of attribute values in a request: those that the service refuses, and those that are no attribute values. */
#include "cli/generate/generate_case.h"

#include "cli/generate/generate_names.h"

/* --- values that are refused; each notes what it is --- */

static struct doc *empty_set(struct generator *g)
{
    note(g, "an empty set");
    return typed_wrap(g, (ddbexpr_type)(DDBEXPR_SS + throw_below(g, 3)), doc_array(g));
}

static struct doc *double_member(struct generator *g)
{
    static const char *const numbers[] = {"1", "1.0", "1e0", "01", "2", "0.2e1"};
    static const char *const bytes[] = {"AQ==", "Ag==", "AQI="};
    static const char *const strings[] = {"b", "a", "c", "\"", "a b"};
    ddbexpr_type type = (ddbexpr_type)(DDBEXPR_SS + throw_below(g, 3));
    struct doc *set = doc_array(g);
    note(g, "a set with a member twice");
    uint32_t count = 2 + throw_below(g, 4);
    for (uint32_t i = 0; i < count; i++) {
        const char *text = type == DDBEXPR_NS   ? PICK(g, numbers)
                           : type == DDBEXPR_BS ? PICK(g, bytes)
                                                : PICK(g, strings);
        doc_add(g, set, doc_string(g, ddbexpr_cstr(text)));
    }
    doc_add(g, set, doc_copy(g, set->first));
    return typed_wrap(g, type, set);
}

static struct doc *odd_number(struct generator *g)
{
    static const char *const numbers[] = {
        "",
        " ",
        "abc",
        "1 ",
        " 1",
        "1e",
        "0x10",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "--1",
        "1.2.3",
        "1,5",
        "e5",
        ".",
        "-",
        "+",
        "１",
        "1e126",
        "-1e126",
        "1E-131",
        "-1e-131",
        "1e99999999999",
        "1e-99999999999",
        "5.",
        "+.5e+1",
        "1e+125",
        "00000000000000000000000000000000000000000000000001",
        "123456789012345678901234567890123456789",
        "0.123456789012345678901234567890123456789",
        "12345678901234567890123456789012345678",
        "10000000000000000000000000000000000000000000",
        "9.9999999999999999999999999999999999999E125",
        "9.99999999999999999999999999999999999999E125",
        "1E-130",
        "0e999",
        "-1.8881545897087626e+289",
        "-1.8881545897087503e+289",
        "${Token[TOKEN.12]}",
        "1.7976931348623157e308",
        "1\n",
    };
    const char *text = PICK(g, numbers);
    note(g, "an odd number");
    if (throw_percent(g, 15))
        return typed_wrap(g, DDBEXPR_NS, doc_add(g, doc_array(g), doc_string(g, ddbexpr_cstr(text))));
    return typed_text(g, DDBEXPR_N, ddbexpr_cstr(text));
}

static struct doc *no_type(struct generator *g)
{
    static const char *const tags[] = {"X", "s", "", "BOOLEAN", "SSS"};
    struct doc *value = doc_object(g);
    note(g, "a value without a type");
    if (throw_percent(g, 50)) {
        ddbexpr_str tag = ddbexpr_cstr(PICK(g, tags));
        doc_put(g, value, tag, doc_string(g, STR("x")));
    }
    return value;
}

static struct doc *several_types(struct generator *g)
{
    struct doc *value = typed_make_any(g, 0, 1), *other = typed_make_any(g, TYPE_BIT(typed_type(value)), 1);
    note(g, "a value of several types");
    if (other->first)
        doc_put(g, value, other->first->name, doc_copy(g, other->first));
    return value;
}

static struct doc *null_false(struct generator *g)
{
    note(g, "NULL that is not true");
    return typed_wrap(g, DDBEXPR_NULL, doc_word(g, "false"));
}

static struct doc *nested(struct generator *g, uint32_t levels)
{
    struct doc *value = typed_text(g, DDBEXPR_S, STR("x"));
    bool lists = throw_percent(g, 50);
    for (uint32_t i = 0; i < levels; i++) {
        struct doc *outer = lists ? doc_array(g) : doc_object(g);
        if (lists)
            doc_add(g, outer, value);
        else
            doc_put(g, outer, STR("a"), value);
        value = typed_wrap(g, lists ? DDBEXPR_L : DDBEXPR_M, outer);
    }
    return value;
}

/* 31 levels are allowed. */
static struct doc *deep(struct generator *g)
{
    uint32_t levels = throw_percent(g, 75) ? 30 + throw_below(g, 3) : 33 + throw_below(g, 8);
    note(g, "about 31 levels of nesting");
    return nested(g, levels);
}

static struct doc *odd_name(struct generator *g)
{
    struct doc *map = doc_object(g);
    note(g, "an attribute with an odd name");
    ddbexpr_str name = throw_percent(g, 97) ? STR("") : keep_repeated(g, STR("n"), 65535 + throw_below(g, 2));
    return doc_put(g, map, name, typed_make_any(g, 0, 1)) ? typed_wrap(g, DDBEXPR_M, map) : map;
}

static struct doc *wrap_faulty(struct generator *g)
{
    struct doc *list = doc_array(g);
    doc_add(g, list, throw_percent(g, 50) ? null_false(g) : odd_number(g));
    return typed_wrap(g, DDBEXPR_L, list);
}

/* --- no attribute values: the service cannot even read them --- */

static struct doc *wrong_json(struct generator *g)
{
    static const char *const contents[] = {"5", "true", "null", "[]", "{}", "1.5", "[5]", "[{}]"};
    static const char *const base64[] = {"x", "AQ=", "A===", "é", "AQI", "AQ==AQ==", "A Q=", "____"};
    ddbexpr_type type = (ddbexpr_type)throw_below(g, DDBEXPR_TYPE_COUNT);
    note(g, "JSON that is no attribute value");
    if (throw_percent(g, 25)) {
        ddbexpr_str text = ddbexpr_cstr(PICK(g, base64));
        return typed_text(g, DDBEXPR_B, text);
    }
    struct doc *content = doc_word(g, PICK(g, contents));
    return throw_percent(g, 85) ? typed_wrap(g, type, content) : content;
}

/* --- sizes --- */

static struct doc *large(struct generator *g)
{
    static const uint32_t sizes[] = {1023, 1024, 1025, 2047, 2048, 2049, 5000};
    uint32_t size = PICK(g, sizes);
    if (throw_percent(g, 8)) /* 400 KB are an item's limit: these are few */
        size = 409600 - throw_below(g, 60);
    note(g, "a large value");
    ddbexpr_str text = keep_repeated(g, STR("x"), size);
    return throw_percent(g, 80) ? typed_text(g, DDBEXPR_S, text) : typed_binary(g, text);
}

static struct doc *empty_scalar(struct generator *g)
{
    note(g, "an empty value");
    return throw_percent(g, 50) ? typed_text(g, DDBEXPR_S, STR("")) : typed_binary(g, STR(""));
}

/* A large number: what is added to it leaves the range. */
static struct doc *extreme_number(struct generator *g)
{
    static const char *const numbers[] = {"9.9999999999999999999999999999999999999E125", "1E-130",
                                          "-9.9999999999999999999999999999999999999E125", "9E125", "1.5E-130"};
    ddbexpr_str text = ddbexpr_cstr(PICK(g, numbers));
    note(g, "a number at the edge of the range");
    return typed_text(g, DDBEXPR_N, text);
}

static struct doc *(*const makers[])(struct generator *g) = {
    empty_set, double_member, odd_number, no_type,      several_types, null_false,     deep,
    odd_name,  wrap_faulty,   large,      empty_scalar, wrong_json,    extreme_number,
};
static const uint8_t weights[COUNT(makers)] = {10, 12, 22, 8, 8, 5, 8, 4, 5, 8, 6, 10, 5};

/* What is allowed by itself, but not everywhere in an item. */
static struct doc *just_allowed(struct generator *g)
{
    if (throw_percent(g, 90)) {
        note(g, "31 levels of nesting, to be written somewhere");
        return nested(g, 31);
    }
    note(g, "400 KB, to be written somewhere");
    return typed_text(g, DDBEXPR_S, keep_repeated(g, STR("x"), 409590 - throw_below(g, 100)));
}

static struct doc *pick_holder(struct generated_case *c, const struct doc *body)
{
    static const char *const holders[] = {
        "ExpressionAttributeValues", "ExpressionAttributeValues", "Item", "Item", "Key", "ExclusiveStartKey"};
    for (int tries = 0; tries < 4; tries++) {
        struct doc *holder = doc_get(body, ddbexpr_cstr(PICK(c->g, holders)));
        if (holder && holder->count)
            return holder;
    }
    return NULL;
}

bool spoil_value(struct generated_case *c)
{
    struct generator *g = c->g;
    const struct doc *body = spoil_body(c);
    struct doc *holder = pick_holder(c, body);
    if (!holder)
        return false;
    if (str_is(holder->name, "Item") && throw_percent(g, 4)) {
        note(g, "an attribute with an empty name");
        doc_put(g, holder, STR(""), typed_make_any(g, 0, 1));
        return true;
    }
    struct doc *value = doc_at(holder, throw_below(g, (uint32_t)holder->count));
    bool written = doc_get(body, STR("UpdateExpression")) && !str_is(holder->name, "Key");
    if (written && throw_percent(g, 20))
        doc_become(value, just_allowed(g));
    else
        doc_become(value, makers[dice_weighted(&g->dice, weights, COUNT(weights))](g));
    return true;
}
