/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of an expression that stay grammatical, mostly: nesting, parentheses, limits and one past them, sections and
 * paths that meet. */
#include "cli/generate/generate_case.h"

#include "cli/generate/generate_names.h"

static ddbexpr_str joined3(struct generator *g, ddbexpr_str a, ddbexpr_str b, ddbexpr_str c)
{
    return keep_joined(g, keep_joined(g, a, b), c);
}

/* --- conditions --- */

static ddbexpr_str double_parentheses(struct generator *g, ddbexpr_str text)
{
    note(g, "redundant parentheses");
    return joined3(g, STR("(("), text, STR("))"));
}

/* NOT NOT … x: as many operators as allowed, or one more. */
static ddbexpr_str many_nots(struct generator *g, ddbexpr_str text)
{
    (void)text;
    note(g, "about 300 operators");
    return keep_joined(g, keep_repeated(g, STR("NOT "), 299 + throw_below(g, 3)), STR("attribute_exists(a)"));
}

static ddbexpr_str many_ands(struct generator *g, ddbexpr_str text)
{
    static const char *const words[] = {" AND attribute_exists(a)", " OR a<>b"};
    bool clauses = throw_percent(g, 50);
    ddbexpr_str more =
        keep_repeated(g, ddbexpr_cstr(words[!clauses]), clauses ? 120 + throw_below(g, 60) : 145 + throw_below(g, 8));
    note(g, "many operators");
    return keep_joined(g, throw_percent(g, 50) ? text : STR("a<>b"), more);
}

static ddbexpr_str nested_conditions(struct generator *g, ddbexpr_str text)
{
    uint32_t depth = 1 + throw_below(g, throw_percent(g, 50) ? 10 : 140);
    note(g, "deep nesting");
    return joined3(g, keep_repeated(g, STR("(a<>b AND "), depth), text, keep_repeated(g, STR(")"), depth));
}

static ddbexpr_str nested_calls(struct generator *g, ddbexpr_str text)
{
    uint32_t depth = 2 + throw_below(g, throw_percent(g, 50) ? 5 : 500);
    note(g, "nested calls");
    ddbexpr_str calls = joined3(g, keep_repeated(g, STR("size("), depth), STR("a"), keep_repeated(g, STR(")"), depth));
    return joined3(g, text, STR(" AND b = "), calls);
}

static ddbexpr_str open_parentheses(struct generator *g, ddbexpr_str text)
{
    uint32_t depth = 1 + throw_below(g, throw_percent(g, 50) ? 3 : 2000);
    bool close = throw_percent(g, 50);
    note(g, "parentheses that do not match, or too many");
    ddbexpr_str opened = keep_joined(g, keep_repeated(g, STR("("), depth), text);
    return close ? keep_joined(g, opened, keep_repeated(g, STR(")"), depth + throw_below(g, 2))) : opened;
}

static ddbexpr_str long_in(struct generator *g, ddbexpr_str text)
{
    uint32_t count = 98 + throw_below(g, 4);
    note(g, "about 100 operands of IN");
    ddbexpr_str list = joined3(g, STR(" OR a IN ("), keep_repeated(g, STR("b,"), count), STR("c)"));
    return keep_joined(g, text, list);
}

static ddbexpr_str same_operand(struct generator *g, ddbexpr_str text)
{
    static const char *const clauses[] = {
        "a = a",          "m.b < m.b",         "l[1] <> l[1]",      "a BETWEEN a AND b",   "a IN (b, a)",
        "contains(a, a)", "begins_with(a, a)", "size(a) = size(a)", "attribute_type(a, a)"};
    const char *clause = PICK(g, clauses);
    note(g, "an operand twice");
    return joined3(g, text, STR(" OR "), ddbexpr_cstr(clause));
}

static ddbexpr_str odd_clause(struct generator *g, ddbexpr_str text)
{
    static const char *const clauses[] = {
        "size(a)",
        "a",
        "#n9",
        ":v9",
        "(a)",
        "attribute_exists(:v9)",
        "contains(:v9,a)",
        "size(b)>0",
        "size(a)>a+b",
        "a=b=a",
        "a<b<c",
        "attribute_exists(a)=b",
        "NOT a",
        "a IN a",
        "a IN ()",
        "f()",
        "a BETWEEN b",
        "if_not_exists(a,b)=b",
        "a<>b",
        "size(:v9)",
        "A=b",
        "a LIKE b",
        "a IS NULL",
        "list_append(a,b)=b",
        "a NOT IN (b)",
        "a = 'x'",
        "a = 5",
        "a == b",
        "a != b",
        "attribute_exists(a, b)",
        "a = true",
        "a = b+c",
        "contains(a)",
        "a BETWEEN b AND c AND d",
        "exists(a)",
        "(a = b) = c",
        "a = b, c = d",
        "a.0 = b",
        "a[b] = c",
        "a[*] = b",
        "first-name=b",
        "begins_with(a,b,c)",
        "attribute_type(a,size(b))",
        "_x = b",
        "1st = b",
        "a . b = c [ 0 ]",
        "a = -5",
        "a = :v9.b",
    };
    const char *clause = PICK(g, clauses);
    note(g, "a clause that people write");
    return throw_percent(g, 50) ? joined3(g, ddbexpr_cstr(clause), STR(" AND "), text)
                                : joined3(g, text, STR(" OR "), ddbexpr_cstr(clause));
}

/* --- paths --- */

static ddbexpr_str long_path(struct generator *g, uint32_t steps)
{
    bool indexes = throw_percent(g, 30);
    return keep_joined(g, STR("a"), keep_repeated(g, indexes ? STR("[1]") : STR(".b"), steps - 1));
}

static ddbexpr_str odd_path(struct generator *g)
{
    static const char *const paths[] = {"a[2147483647]", "a[2147483648]", "a[99999999999999999999]",
                                        "a[0][0][0]",    "a.b.c.d.e",     "a[0].b[1]",
                                        "#n9.a",         "a.#n9[3]"};
    uint32_t kind = throw_below(g, 2);
    if (kind == 0)
        return long_path(g, 31 + throw_below(g, 3));
    return ddbexpr_cstr(PICK(g, paths));
}

static ddbexpr_str condition_on_path(struct generator *g, ddbexpr_str text)
{
    ddbexpr_str path = odd_path(g);
    note(g, "a path at a limit");
    return joined3(g, text, STR(" AND x<>"), path);
}

/* --- updates --- */

static ddbexpr_str another_section(struct generator *g, ddbexpr_str text)
{
    static const char *const sections[] = {
        " SET a = b",
        " REMOVE a",
        " ADD a :v9",
        " DELETE a :v9",
        " SET a = a + b",
        " SET a = :v9",
        " set a.b = b",
        " REMOVE a, a",
        " REMOVE a, a.b",
        " REMOVE a[0], a.b",
        " SET a[0]=b, a[1]=c, a[0].x=d",
        " ADD a b",
        " ADD a = :v9",
        " DELETE a - :v9",
        " REMOVE a = b",
        " SET a += :v9",
        " SET a = b * c",
        " SET a = b + c + d",
        " SET a = size(b)",
        " SET a = contains(b, c)",
        " SET a = if_not_exists(:v9, b)",
        " SET a = if_not_exists(b)",
        " SET a = if_not_exists(a, a)",
        " SET a = list_append(b)",
        " SET a = list_append(size(b), c)",
        " SET a = list_append(list_append(b, c), d)",
        " SET (a) = b",
        " SET a = (b)",
        " SET a = ((b + c))",
        " SET a = b AND c = d",
        " SET a = b, SET c = d",
        ", REMOVE a",
        " SET",
        " SET a",
        " SET a = attribute_exists(b)",
        " SET a = if_not_exists(b, c) + d",
        " REMOVE :v9",
        " SET a = f(b)",
        " SET a = (b + c) - d",
        " SET a = b - (c)",
        " REMOVE a b",
        " WHERE a = b",
    };
    const char *section = PICK(g, sections);
    note(g, "another section");
    return throw_percent(g, 70) ? keep_joined(g, text, ddbexpr_cstr(section)) : ddbexpr_cstr(section);
}

static ddbexpr_str update_of_path(struct generator *g, ddbexpr_str text)
{
    (void)text;
    ddbexpr_str path = odd_path(g);
    note(g, "a path at a limit");
    return joined3(g, STR("SET "), path, STR(" = b"));
}

/* --- projections --- */

static ddbexpr_str odd_projection(struct generator *g, ddbexpr_str text)
{
    static const char *const more[] = {", a, a",    ", a, a.b",  ", a[0], a.b", ", a[0], a[0]", ", *",     ", :v9",
                                       ", size(a)", " AND a",    ",",           " a",           ", a = b", ", (a)",
                                       ", a[",      ", a.b, a.c"};
    const char *addition = PICK(g, more);
    note(g, "another path");
    return keep_joined(g, text, ddbexpr_cstr(addition));
}

static ddbexpr_str project_path(struct generator *g, ddbexpr_str text)
{
    ddbexpr_str path = odd_path(g);
    note(g, "a path at a limit");
    return joined3(g, text, STR(", "), path);
}

/* --- any text --- */

static ddbexpr_str pad(struct generator *g, ddbexpr_str text)
{
    size_t wanted = 4095 + throw_below(g, 3);
    note(g, "a text of about 4096 bytes");
    return text.len < wanted ? keep_joined(g, text, keep_repeated(g, STR(" "), wanted - text.len)) : text;
}

typedef ddbexpr_str change(struct generator *g, ddbexpr_str text);

static change *const of_conditions[] = {double_parentheses, many_nots,  many_ands,  nested_conditions, nested_calls,
                                        open_parentheses,   long_in,    odd_clause, same_operand,      odd_clause,
                                        condition_on_path,  odd_clause, pad};
static change *const of_updates[] = {another_section, another_section, another_section,
                                     another_section, update_of_path,  pad};
static change *const of_projections[] = {odd_projection, odd_projection, project_path, pad};

/* A path of the item with something added that cannot be there, in a clause of its own. */
static bool name_key(struct generated_case *c, const struct doc *body, struct doc *expression)
{
    struct generator *g = c->g;
    const struct generated_table *table = spoil_table(c, body);
    ddbexpr_str key = throw_percent(g, 50) ? table->key->first->name : table->key->last->name;
    bool update = str_is(expression->name, "UpdateExpression");
    bool condition = !update && !str_is(expression->name, "ProjectionExpression");
    if (!names_is_plain(key))
        return false;
    const char *inside = throw_percent(g, 50) ? "" : throw_percent(g, 50) ? ".x" : "[0]";
    const char *before = condition ? " AND " : update ? "SET " : ", ", *after = condition ? "<>a" : update ? "=a" : "";
    ddbexpr_str text = keep_format(g, "%s%.*s%s%s", before, (int)key.len, key.ptr, inside, after);
    note(g, "a key attribute named");
    expression->text = update ? text : keep_joined(g, expression->text, text);
    return true;
}

bool spoil_structure(struct generated_case *c)
{
    struct generator *g = c->g;
    struct doc *body = spoil_body(c), *expression = spoil_expression(c, body, "Expression");
    if (!expression)
        return false;
    if (throw_percent(g, 12) && name_key(c, body, expression))
        return true;
    change *chosen;
    if (str_is(expression->name, "UpdateExpression"))
        chosen = PICK(g, of_updates);
    else if (str_is(expression->name, "ProjectionExpression"))
        chosen = PICK(g, of_projections);
    else
        chosen = PICK(g, of_conditions);
    expression->text = chosen(g, expression->text);
    return true;
}
