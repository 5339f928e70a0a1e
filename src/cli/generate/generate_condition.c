/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions of clauses, AND, OR, NOT and parentheses, aimed at being true or false. One pair of parentheses at the
 * most stands around anything, since the service refuses two. */
#include "cli/generate/generate_draft.h"

enum inside { INSIDE_NOTHING, INSIDE_OR, INSIDE_AND, INSIDE_NOT };

static void write_part(struct draft *d, bool aim, unsigned depth, enum inside inside);

/* An AND that shall be false, and an OR that shall be true, need one part only that is; the others may be anything. */
static void write_chain(struct draft *d, bool aim, unsigned depth, bool is_and)
{
    struct generator *g = d->g;
    uint32_t count = 2 + throw_below(g, depth + 1), decisive = throw_below(g, count);
    for (uint32_t i = 0; i < count; i++) {
        bool part = is_and == aim || i == decisive ? aim : throw_percent(g, 50);
        if (i)
            put_joint(g, is_and ? "AND" : "OR");
        write_part(d, part, depth - 1, is_and ? INSIDE_AND : INSIDE_OR);
    }
}

static void write_not(struct draft *d, bool aim, unsigned depth)
{
    put_keyword(d->g, "NOT");
    put_gap(d->g);
    write_part(d, !aim, depth - 1, INSIDE_NOT);
}

static void write_part(struct draft *d, bool aim, unsigned depth, enum inside inside)
{
    static const uint8_t weights[] = {55, 20, 15, 10};
    struct generator *g = d->g;
    uint32_t kind = depth ? dice_weighted(&g->dice, weights, COUNT(weights)) : 0;
    bool needed = (kind == 1 && inside == INSIDE_NOT) || (kind == 2 && inside >= INSIDE_AND);
    bool parentheses = needed || throw_percent(g, 12);
    if (parentheses)
        put(g, "(");
    if (kind == 0)
        write_clause(d, aim);
    else if (kind == 3)
        write_not(d, aim, depth);
    else
        write_chain(d, aim, depth, kind == 1);
    if (parentheses)
        put(g, ")");
}

void write_condition(struct draft *d, bool aim)
{
    unsigned depth = throw_percent(d->g, 80) ? 2 : 4;
    write_part(d, aim, depth, INSIDE_NOTHING);
}
