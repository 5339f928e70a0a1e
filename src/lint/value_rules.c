/* SPDX-License-Identifier: Apache-2.0 */
/* DX211: numbers that went, or will go, through a double. INVARIANT relied on: values are at most
 * LIMIT_VALUE_HEIGHT_KEPT levels high, so is the recursion over them. */
#include "lint/rules.h"

#define DOUBLE_DIGITS   17                     /* significant digits that are enough for any double */
#define DOUBLE_INTEGERS ((coefficient)1 << 53) /* odd parts of integers below this are exact */

/* The significant digits, the first one first; returns how many. */
static unsigned digits_of(const value *v, char out[LIMIT_NUMBER_DIGITS + 1])
{
    char reversed[LIMIT_NUMBER_DIGITS + 1];
    unsigned count = 0;
    for (coefficient rest = v->more.coefficient; rest; rest /= 10)
        reversed[count++] = (char)('0' + (int)(rest % 10));
    for (unsigned i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    return count;
}

#define RESIDUE_RUN 7 /* zeros or nines in a row: fewer may be meant */

/* 0.30000000000000004, 19.989999999999998: a fraction of 16 to 18 digits that is a short one but for the last one or
 * two. */
static bool is_float_residue(const value *v)
{
    char digits[LIMIT_NUMBER_DIGITS + 1];
    unsigned count = digits_of(v, digits), run = 0;
    if (v->exponent >= 0 || count < DOUBLE_DIGITS - 1 || count > DOUBLE_DIGITS + 1)
        return false;
    char repeated = digits[count - 3];
    if (repeated != '0' && repeated != '9')
        return false;
    while (run < count - 2 && digits[count - 3 - run] == repeated)
        run++;
    return run >= RESIDUE_RUN;
}

/* No double has this value, and none is shown so. */
static bool is_beyond_doubles(const value *v)
{
    char digits[LIMIT_NUMBER_DIGITS + 1];
    if (digits_of(v, digits) > DOUBLE_DIGITS)
        return true;
    if (v->exponent < 0)
        return false;
    coefficient odd = v->more.coefficient;
    while (odd && odd % 2 == 0)
        odd /= 2;
    for (int i = 0; i < v->exponent && odd < DOUBLE_INTEGERS; i++)
        odd *= 5;
    return odd >= DOUBLE_INTEGERS && v->exponent <= 22 - (int)DOUBLE_DIGITS; /* 1E22 and the like are meant so */
}

/* The first number in a value that a rule is about, or NULL. */
static const value *find_number(const value *v, bool (*is_found)(const value *))
{
    if (v->type == DDBEXPR_N)
        return is_found(v) ? v : NULL;
    if (v->type != DDBEXPR_L && v->type != DDBEXPR_M && v->type != DDBEXPR_NS)
        return NULL;
    const value *found = NULL;
    for (uint32_t i = 0; i < v->count && !found; i++)
        found = find_number(v->type == DDBEXPR_M ? &v->at.entries[i].value : &v->at.elements[i], is_found);
    return found;
}

static void check_value_numbers(struct lint *l, ddbexpr_source source, str member, const value *v)
{
    const value *residue = find_number(v, is_float_residue);
    const value *found = residue ? residue : find_number(v, is_beyond_doubles);
    if (!found)
        return;
    struct diag_draft draft = {
        .id = residue ? LINT_FLOAT_RESIDUE : LINT_LOSSY_NUMBER, .source = source, .member = member};
    draft.args[0] = value_bytes(found); /* as it was sent: a value of a request has its text */
    lint_report(l, &draft);
}

static void check_map_numbers(struct lint *l, ddbexpr_source source, const value *map)
{
    for (uint32_t i = 0; i < map->count; i++) {
        str name = str_of(map->at.entries[i].name, map->at.entries[i].name_len);
        const value *v = lint_attribute(l, map, name);
        if (v && !(v->flags & VALUE_FAULTY))
            check_value_numbers(l, source, name, v);
    }
}

void rule_lossy_number(struct lint *l)
{
    check_map_numbers(l, DDBEXPR_SOURCE_VALUES, &l->run.scope.values);
    if (l->item)
        check_map_numbers(l, DDBEXPR_SOURCE_ITEM, l->item);
}
