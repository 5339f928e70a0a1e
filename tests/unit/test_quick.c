/* SPDX-License-Identifier: Apache-2.0 */
/* The parser by hand against the grammar's: what it takes, that one takes too and without redundant parentheses, as the
 * same tree in every member; and it does take what is not nested deeply. Texts are random rows of tokens, well formed
 * ones, and well formed ones with a token changed. */
#include "prng.h"
#include "support.h"

#define READING_HAS_NO_MEMORY() fail_msg("no memory")
#include "readings.h"

/* Whether both take the text. `must` says that the parser by hand has to take what the grammar does. */
static bool compare(ddbexpr_kind kind, const char *text, bool must)
{
    struct reading quick, grammar;
    read_quickly(&quick, kind, ddbexpr_cstr(text));
    read_by_grammar(&grammar, kind, ddbexpr_cstr(text));
    bool fine = quick.accepted ? grammar.accepted && quick.parser.node_count == grammar.parser.node_count &&
                                     same_tree(quick.parser.root, grammar.parser.root)
                               : !grammar.accepted || !must;
    if (!fine)
        fprintf(stderr, "%s: by hand %d, by the grammar %d\n", text, quick.accepted, grammar.accepted);
    assert_true(fine);
    bool both = quick.accepted;
    ddbexpr_arena_free(quick.arena);
    ddbexpr_arena_free(grammar.arena);
    return both;
}

/* --- texts --- */

static const char *const tokens[] = {"a",      "#n",  ":v",     "1",    "AND", "OR", "NOT", "BETWEEN", "IN", "(", ")",
                                     ",",      ".",   "=",      "<>",   "<",   "[",  "]",   "+",       "-",  "f", "SET",
                                     "REMOVE", "ADD", "DELETE", "\xff", "(",   ")",  ":w",  "b",       "=",  ","};
#define TOKENS (sizeof tokens / sizeof *tokens)

/* All rows of up to four tokens. */
static void short_rows(void **state)
{
    (void)state;
    unsigned accepted = 0;
    for (size_t i = 0; i < TOKENS * TOKENS * TOKENS * TOKENS; i += 3) {
        char text[64];
        snprintf(text, sizeof text, "%s %s%s %s", tokens[i % TOKENS], tokens[i / TOKENS % TOKENS],
                 tokens[i / TOKENS / TOKENS % TOKENS], tokens[i / TOKENS / TOKENS / TOKENS]);
        accepted += compare((ddbexpr_kind)(i % 5), text, true);
    }
    assert_true(accepted > 100);
}

struct text {
    char bytes[16384];
    size_t length;
    struct prng prng;
};

static void put(struct text *t, const char *word)
{
    int written = snprintf(t->bytes + t->length, sizeof t->bytes - t->length, "%s%s", word,
                           prng_once_in(&t->prng, 3) ? "  " : " ");
    assert_true(written > 0 && t->length + (size_t)written < sizeof t->bytes);
    t->length += (size_t)written;
}

static void put_one(struct text *t, const char *const *words, uint32_t count)
{
    put(t, words[prng_below(&t->prng, count)]);
}

#define PUT_ONE(t, ...)                                                                                                \
    put_one(t, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void put_path(struct text *t)
{
    PUT_ONE(t, "a", "bc", "#n");
    for (uint32_t steps = prng_below(&t->prng, 2) * prng_below(&t->prng, 12); steps; steps--)
        PUT_ONE(t, ".a", ".#n", "[0]", "[ 12 ]", ". d");
}

static void put_operand(struct text *t, unsigned depth)
{
    bool parentheses = depth && prng_once_in(&t->prng, 6);
    if (parentheses)
        put(t, "(");
    if (depth && prng_once_in(&t->prng, 3)) {
        PUT_ONE(t, "f", "size");
        put(t, "(");
        put_operand(t, depth - 1);
        while (prng_once_in(&t->prng, 2)) {
            put(t, ",");
            put_operand(t, depth - 1);
        }
        put(t, ")");
    } else if (prng_once_in(&t->prng, 2)) {
        PUT_ONE(t, ":v", ":w1");
    } else {
        put_path(t);
    }
    if (parentheses)
        put(t, ")");
}

static void put_condition(struct text *t, unsigned depth);

static void put_clause(struct text *t, unsigned depth)
{
    switch (depth ? prng_below(&t->prng, 7) : 0) {
    case 0:
    case 1:
        put_operand(t, depth);
        PUT_ONE(t, "=", "<>", "<", "<=", ">", ">=");
        put_operand(t, depth);
        break;
    case 2:
        put_operand(t, depth);
        put(t, "between");
        put_operand(t, depth);
        put(t, "AND");
        put_operand(t, depth);
        break;
    case 3:
        put_operand(t, depth);
        put(t, "IN (");
        put_operand(t, depth);
        put(t, ",");
        put_operand(t, depth);
        put(t, ")");
        break;
    case 4:
        put(t, "NOT");
        put_clause(t, depth - 1);
        break;
    case 5:
        put(t, "f (");
        put_operand(t, depth);
        put(t, ")");
        break;
    default:
        put(t, "(");
        put_condition(t, depth - 1);
        put(t, ")");
    }
}

static void put_condition(struct text *t, unsigned depth)
{
    put_clause(t, depth);
    while (prng_once_in(&t->prng, 2)) {
        PUT_ONE(t, "AND", "OR", "and");
        put_clause(t, depth);
    }
}

static void put_right_side(struct text *t, unsigned depth)
{
    bool parentheses = depth && prng_once_in(&t->prng, 4);
    if (parentheses)
        put(t, "(");
    put_operand(t, depth);
    if (prng_once_in(&t->prng, 3)) {
        PUT_ONE(t, "+", "-");
        put_operand(t, depth);
    }
    if (parentheses)
        put(t, ")");
}

static void put_update(struct text *t, unsigned depth)
{
    do {
        uint32_t section = prng_below(&t->prng, 4);
        put(t, (const char *const[]){"SET", "REMOVE", "ADD", "delete"}[section]);
        do {
            if (t->bytes[t->length - 1] != ' ')
                put(t, ",");
            put_path(t);
            if (section == 0) {
                put(t, "=");
                put_right_side(t, depth);
            } else if (section > 1) {
                put(t, ":v");
            }
            t->length--; /* so that a comma is put in front of the next */
        } while (t->bytes[t->length - 1] != ' ' && prng_once_in(&t->prng, 2));
        put(t, "");
    } while (prng_once_in(&t->prng, 2));
}

static void put_projection(struct text *t)
{
    put_path(t);
    while (prng_once_in(&t->prng, 2)) {
        put(t, ",");
        put_path(t);
    }
}

static void put_expression(struct text *t, ddbexpr_kind kind)
{
    t->length = 0;
    if (kind == DDBEXPR_UPDATE)
        put_update(t, 3);
    else if (kind == DDBEXPR_PROJECTION)
        put_projection(t);
    else
        put_condition(t, 3);
}

/* One token's worth of the text becomes something else. */
static void spoil(struct text *t)
{
    size_t at = prng_below(&t->prng, (uint32_t)t->length);
    char token[16];
    snprintf(token, sizeof token, " %s ", tokens[prng_below(&t->prng, TOKENS)]);
    size_t length = strlen(token), dropped = prng_below(&t->prng, 3);
    if (at + dropped > t->length)
        dropped = 0;
    memmove(t->bytes + at + length, t->bytes + at + dropped, t->length - at - dropped);
    memcpy(t->bytes + at, token, length);
    t->length += length - dropped;
    t->bytes[t->length] = '\0';
}

static void random_texts(void **state)
{
    (void)state;
    static struct text t = {.prng = {7}};
    unsigned accepted[2] = {0};
    for (int round = 0; round < 40000; round++) {
        ddbexpr_kind kind = (ddbexpr_kind)(round % 5);
        put_expression(&t, kind);
        if (t.length > 4000)
            continue;
        accepted[0] += compare(kind, t.bytes, true);
        spoil(&t);
        accepted[1] += compare(kind, t.bytes, true);
    }
    assert_true(accepted[0] > 35000);
    assert_true(accepted[1] > 800);
}

/* Up to some depth it takes them, beyond it must not overflow the stack. */
static void nesting(void **state)
{
    (void)state;
    static char text[40000];
    static const struct {
        const char *open, *inner, *close;
    } forms[] = {{"NOT ", "a = :v", ""}, {"f(", "a", ")"}, {"NOT (", "a = b", ")"}};
    for (size_t form = 0; form < 3; form++)
        for (size_t depth = 1; depth < 4000; depth = depth < 20 ? depth + 1 : depth * 5) {
            text[0] = '\0';
            size_t n = 0;
            for (size_t i = 0; i < depth; i++)
                n += (size_t)sprintf(text + n, "%s", forms[form].open);
            n += (size_t)sprintf(text + n, "%s", forms[form].inner);
            for (size_t i = 0; i < depth; i++)
                n += (size_t)sprintf(text + n, "%s", forms[form].close);
            assert_int_equal(compare(DDBEXPR_CONDITION, text, depth <= 8), depth <= (form == 2 ? 8 : 16));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_rows),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
