/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens to tree, through the constructors of syntax/build.h. It must hold no checks and know no settings: what the
 * service answers with another message than a syntax error is accepted here (functions in the wrong place, repeated
 * sections, OR in a key condition).
 *
 * All semantic values are plain data or point into the arena: no %destructor is needed.
 *
 * Canonical LR tables with default reductions in consistent states only: so a pair of parentheses is reduced, and told
 * if redundant, as soon as its `)` is read, and yet the tokens expected at an error are exactly those that could have
 * stood there. */

%require "3.8"
%define api.pure full
%define api.prefix {expression_yy}
%define api.token.prefix {T_}
%define api.location.type {ddbexpr_span}
%define api.value.type union
%define parse.error custom
%define lr.type canonical-lr
%define lr.default-reduction consistent
%locations
%param {struct parser *parser}
%expect 0

%code requires {
#include "syntax/parser.h"
}

%code {
#include "syntax/build.h"

/* The C stack holds this many symbols; more are in the arena. */
#define YYINITDEPTH 64

#define YYLLOC_DEFAULT(current, rhs, n)                                                                                \
    do {                                                                                                               \
        (current).start = YYRHSLOC(rhs, (n) ? 1 : 0).start;                                                            \
        (current).end = YYRHSLOC(rhs, n).end;                                                                          \
    } while (0)

/* The stack grows in the arena, without an upper bound of its own: no rule is empty, so each symbol on it stands for a
 * token at least, and the length of the text bounds them all. */
#define yyoverflow(message, states, states_used, values, values_used, places, places_used, depth)                      \
    do {                                                                                                               \
        yy_state_t *new_states = grown(parser, *(states), (size_t)(states_used));                                      \
        YYSTYPE *new_values = grown(parser, *(values), (size_t)(values_used));                                         \
        ddbexpr_span *new_places = grown(parser, *(places), (size_t)(places_used));                                    \
        if (!new_states || !new_values || !new_places)                                                                 \
            YYNOMEM;                                                                                                   \
        *(states) = new_states;                                                                                        \
        *(values) = new_values;                                                                                        \
        *(places) = new_places;                                                                                        \
        *(depth) *= 2;                                                                                                 \
    } while (0)

/* A constructor's result; without one there is no memory. */
#define MAKE(target, construction)                                                                                     \
    do {                                                                                                               \
        (target) = (construction);                                                                                     \
        if (!(target))                                                                                                 \
            YYNOMEM;                                                                                                   \
    } while (0)

#define DO(construction)                                                                                               \
    do {                                                                                                               \
        if (!(construction))                                                                                           \
            YYNOMEM;                                                                                                   \
    } while (0)

static struct chain chain_of(struct node *left, ddbexpr_span op, struct node *right);
static struct chain chain_and(struct chain chain, struct node *right);
static void *grown(struct parser *parser, const void *old, size_t used);
static int expression_yylex(YYSTYPE *value, ddbexpr_span *location, struct parser *parser);
static void expression_yyerror(const ddbexpr_span *location, struct parser *parser, const char *message);
}

/* In the order of enum token_kind. */
%token START_CONDITION START_FILTER START_KEY_CONDITION START_UPDATE START_PROJECTION
%token WORD NAME VALUE INTEGER
%token AND OR NOT BETWEEN IN SET REMOVE ADD DELETE
%token EQ NE LT LE GT GE LPAREN RPAREN LBRACKET RBRACKET COMMA DOT PLUS MINUS BAD

%nterm <struct node *> condition or and not primary condition_x or_x and_x not_x primary_x
%nterm <struct chain> or_chain and_chain
%nterm <struct node *> operand operand_x callish call path
%nterm <struct node *> update section set_action right_side sum remove_action value_action value projection
%nterm <struct node_list> operands sections set_actions remove_actions value_actions paths
%nterm <enum node_op> comparator sign
%nterm <enum token_kind> name

%%

start:
    START_CONDITION condition           { parser->root = $condition; }
  | START_FILTER condition              { parser->root = $condition; }
  | START_KEY_CONDITION condition       { parser->root = $condition; }
  | START_UPDATE update                 { parser->root = $update; }
  | START_PROJECTION projection         { parser->root = $projection; }
  ;

/* --- conditions ---
 *
 * `(f(x))` may turn out to be a condition or an operand, which one token of lookahead cannot tell at its `)`. So a call
 * in any number of parentheses is a `callish` until what follows decides, and the nonterminals with _x are those that
 * are not just a callish. */

condition: or;
condition_x: or_x;

or:
    and
  | or_chain                            { MAKE($$, build_node(parser, NODE_OR, @$, $1.op, $1.conditions)); }
  ;
or_x:
    and_x
  | or_chain                            { MAKE($$, build_node(parser, NODE_OR, @$, $1.op, $1.conditions)); }
  ;
or_chain:
    and OR and                          { $$ = chain_of($1, @OR, $3); }
  | or_chain OR and                     { $$ = chain_and($1, $3); }
  ;

and:
    not
  | and_chain                           { MAKE($$, build_node(parser, NODE_AND, @$, $1.op, $1.conditions)); }
  ;
and_x:
    not_x
  | and_chain                           { MAKE($$, build_node(parser, NODE_AND, @$, $1.op, $1.conditions)); }
  ;
and_chain:
    not AND not                         { $$ = chain_of($1, @AND, $3); }
  | and_chain AND not                   { $$ = chain_and($1, $3); }
  ;

not:
    primary
  | NOT not                             { MAKE($$, build_node(parser, NODE_NOT, @$, @NOT, build_list($2))); }
  ;
not_x:
    primary_x
  | NOT not                             { MAKE($$, build_node(parser, NODE_NOT, @$, @NOT, build_list($2))); }
  ;

primary:
    callish
  | primary_x
  ;
primary_x:
    LPAREN condition_x RPAREN           { $$ = build_parentheses(parser, $2, @$); }
  | operand comparator operand          { MAKE($$, build_binary(parser, NODE_COMPARISON, $2, @$, @2, $1, $3)); }
  | operand BETWEEN operand AND operand {
        struct node_list operands = build_list_append(build_list_append(build_list($1), $3), $5);
        MAKE($$, build_node(parser, NODE_BETWEEN, @$, @BETWEEN, operands));
    }
  | operand IN LPAREN operands RPAREN   {
        MAKE($$, build_node(parser, NODE_IN, @$, @IN, build_list_prepend($1, $4)));
    }
  ;

comparator:
    EQ                                  { $$ = OP_EQ; }
  | NE                                  { $$ = OP_NE; }
  | LT                                  { $$ = OP_LT; }
  | LE                                  { $$ = OP_LE; }
  | GT                                  { $$ = OP_GT; }
  | GE                                  { $$ = OP_GE; }
  ;

/* --- operands --- */

operand:
    callish
  | operand_x
  ;
operand_x:
    value
  | path
  | LPAREN operand_x RPAREN             { $$ = build_parentheses(parser, $2, @$); }
  ;
callish:
    call
  | LPAREN callish RPAREN               { $$ = build_parentheses(parser, $2, @$); }
  ;
call:
    WORD LPAREN operands RPAREN         { MAKE($$, build_call(parser, @$, @WORD, $operands)); }
  ;
operands:
    operand                             { $$ = build_list($1); }
  | operands COMMA operand              { $$ = build_list_append($1, $3); }
  ;
value:
    VALUE                               { MAKE($$, build_value(parser, @$)); }
  ;
path:
    steps                               { MAKE($$, build_path(parser, @$)); }
  ;
steps:
    name                                { DO(build_path_begin(parser, @1, $1)); }
  | steps DOT name                      { DO(build_path_name(parser, @3, $3)); }
  | steps LBRACKET INTEGER RBRACKET     { DO(build_path_index(parser, @INTEGER)); }
  ;
name:
    WORD                                { $$ = TOKEN_WORD; }
  | NAME                                { $$ = TOKEN_NAME; }
  ;

/* --- updates --- */

update:
    sections                            { MAKE($$, build_node(parser, NODE_UPDATE, @$, @$, $1)); }
  ;
sections:
    section                             { $$ = build_list($1); }
  | sections section                    { $$ = build_list_append($1, $2); }
  ;
section:
    SET set_actions                     { MAKE($$, build_section(parser, SECTION_SET, @$, @1, $2)); }
  | REMOVE remove_actions               { MAKE($$, build_section(parser, SECTION_REMOVE, @$, @1, $2)); }
  | ADD value_actions                   { MAKE($$, build_section(parser, SECTION_ADD, @$, @1, $2)); }
  | DELETE value_actions                { MAKE($$, build_section(parser, SECTION_DELETE, @$, @1, $2)); }
  ;

set_actions:
    set_action                          { $$ = build_list($1); }
  | set_actions COMMA set_action        { $$ = build_list_append($1, $3); }
  ;
set_action:
    path EQ right_side                  {
        MAKE($$, build_node(parser, NODE_ACTION, @$, @EQ, build_list_append(build_list($1), $3)));
    }
  ;
right_side:
    operand
  | sum
  ;
sum:
    operand sign operand                { MAKE($$, build_binary(parser, NODE_ARITHMETIC, $2, @$, @2, $1, $3)); }
  | LPAREN sum RPAREN                   { $$ = build_parentheses(parser, $2, @$); }
  ;
sign:
    PLUS                                { $$ = OP_PLUS; }
  | MINUS                               { $$ = OP_MINUS; }
  ;

remove_actions:
    remove_action                       { $$ = build_list($1); }
  | remove_actions COMMA remove_action  { $$ = build_list_append($1, $3); }
  ;
remove_action:
    path                                { MAKE($$, build_node(parser, NODE_ACTION, @$, @$, build_list($1))); }
  ;

value_actions:
    value_action                        { $$ = build_list($1); }
  | value_actions COMMA value_action    { $$ = build_list_append($1, $3); }
  ;
value_action:
    path value                          {
        MAKE($$, build_node(parser, NODE_ACTION, @$, @$, build_list_append(build_list($1), $2)));
    }
  ;

/* --- projections --- */

projection:
    paths                               { MAKE($$, build_node(parser, NODE_PROJECTION, @$, @$, $1)); }
  ;
paths:
    path                                { $$ = build_list($1); }
  | paths COMMA path                    { $$ = build_list_append($1, $3); }
  ;

%%

/* The codes here and enum token_kind differ by a constant, so that no table stands between them. */
#define SAME(name)                                                                                                     \
    _Static_assert((int)T_##name == TOKEN_##name + 257 && (int)YYSYMBOL_##name == TOKEN_##name + 2,                    \
                   "token " #name " stands elsewhere in enum token_kind")
SAME(START_CONDITION);
SAME(START_FILTER);
SAME(START_KEY_CONDITION);
SAME(START_UPDATE);
SAME(START_PROJECTION);
SAME(WORD);
SAME(NAME);
SAME(VALUE);
SAME(INTEGER);
SAME(AND);
SAME(OR);
SAME(NOT);
SAME(BETWEEN);
SAME(IN);
SAME(SET);
SAME(REMOVE);
SAME(ADD);
SAME(DELETE);
SAME(EQ);
SAME(NE);
SAME(LT);
SAME(LE);
SAME(GT);
SAME(GE);
SAME(LPAREN);
SAME(RPAREN);
SAME(LBRACKET);
SAME(RBRACKET);
SAME(COMMA);
SAME(DOT);
SAME(PLUS);
SAME(MINUS);
SAME(BAD);
_Static_assert(TOKEN_COUNT == TOKEN_BAD + 1 && TOKEN_COUNT <= 64, "a bit for each in parser.expected");

static int expression_yylex(YYSTYPE *value, ddbexpr_span *location, struct parser *parser)
{
    (void)value;
    if (!parser->started) {
        parser->started = true;
        *location = (ddbexpr_span){0, 0};
        return T_START_CONDITION + (int)parser->kind;
    }
    const struct token *token = &parser->tokens.tokens[parser->next];
    *location = token->span;
    if (token->kind == TOKEN_END)
        return T_YYEOF;
    parser->next++;
    return (int)token->kind + 257;
}

/* The offender is the token handed out last, or the end. */
static int yyreport_syntax_error(const yypcontext_t *context, struct parser *parser)
{
    yysymbol_kind_t expected[YYNTOKENS];
    int count = yypcontext_expected_tokens(context, expected, YYNTOKENS);
    parser->failed = true;
    parser->offender = parser->next - (yypcontext_token(context) != YYSYMBOL_YYEOF);
    parser->expected = 0;
    for (int i = 0; i < count; i++)
        parser->expected |= TOKEN_BIT(expected[i] == YYSYMBOL_YYEOF ? TOKEN_END : (int)expected[i] - 2);
    return 0;
}

/* Called for a lack of memory only, which the result of the run says as well. */
static void expression_yyerror(const ddbexpr_span *location, struct parser *parser, const char *message)
{
    (void)location, (void)parser, (void)message;
}

/* A copy of `used` bytes with as much room again: the stack overflows when it is full. */
static void *grown(struct parser *parser, const void *old, size_t used)
{
    void *copy = arena_alloc_zeroed(parser->arena, used, 2);
    return copy ? memcpy(copy, old, used) : NULL;
}

static struct chain chain_of(struct node *left, ddbexpr_span op, struct node *right)
{
    return (struct chain){build_list_append(build_list(left), right), op};
}

static struct chain chain_and(struct chain chain, struct node *right)
{
    return (struct chain){build_list_append(chain.conditions, right), chain.op};
}

enum parser_result parser_run(struct parser *parser)
{
    switch (expression_yyparse(parser)) {
    case 0:
        return PARSER_ACCEPTED;
    case 1:
        return PARSER_REFUSED;
    default:
        return PARSER_NO_MEMORY;
    }
}
