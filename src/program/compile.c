/* SPDX-License-Identifier: Apache-2.0 */
/* From a checked tree to a program. Walks are loops. */
#include "program/program.h"

#include "syntax/parse.h"

/* --- conditions --- */

static bool is_clause(const struct node *node)
{
    return node->kind != NODE_AND && node->kind != NODE_OR && node->kind != NODE_NOT;
}

static struct operand compile_operand(const struct checked *c, const struct node *node)
{
    bool size = node->kind == NODE_CALL;
    const struct node *inner = size ? node->first_child : node;
    struct operand o = {.node = node};
    if (inner->kind == NODE_PATH) {
        o.kind = size ? OPERAND_SIZE_OF_PATH : OPERAND_PATH;
        o.path = &checked_at(c, inner)->path;
    } else {
        o.kind = size ? OPERAND_SIZE_OF_CONSTANT : OPERAND_CONSTANT;
        o.constant = checked_constant(c, inner);
    }
    return o;
}

static enum test_kind test_of_comparison(enum node_op op)
{
    static const enum test_kind kinds[] = {[OP_EQ] = TEST_EQ, [OP_NE] = TEST_NE, [OP_LT] = TEST_LT,
                                           [OP_LE] = TEST_LE, [OP_GT] = TEST_GT, [OP_GE] = TEST_GE};
    return kinds[op];
}

enum test_kind test_mirrored(enum test_kind kind)
{
    return kind == TEST_LT   ? TEST_GT
           : kind == TEST_LE ? TEST_GE
           : kind == TEST_GT ? TEST_LT
           : kind == TEST_GE ? TEST_LE
                             : kind;
}

static enum test_kind test_of_function(enum function_id id)
{
    static const enum test_kind kinds[FUNCTION_COUNT] = {
        [FUNCTION_ATTRIBUTE_EXISTS] = TEST_EXISTS, [FUNCTION_ATTRIBUTE_NOT_EXISTS] = TEST_NOT_EXISTS,
        [FUNCTION_ATTRIBUTE_TYPE] = TEST_TYPE,     [FUNCTION_BEGINS_WITH] = TEST_BEGINS_WITH,
        [FUNCTION_CONTAINS] = TEST_CONTAINS,
    };
    return kinds[id];
}

/* Numbers the paths: one that equals the last one has its number, others get the next. Looking further back would cost
 * more than it saves. */
struct last_path {
    const struct document_path *path;
    uint32_t number;
};

static void number_path(struct operand *o, struct last_path *last)
{
    if (!o->path)
        return;
    if (!last->path || !path_equal(o->path, last->path))
        last->number++;
    last->path = o->path;
    o->path_number = last->number;
}

static bool compile_test(const struct checked *c, const struct node *node, struct last_path *last, struct test *test)
{
    struct operand *operands = ARENA_ROOM(c->arena, struct operand, node->child_count);
    if (!operands)
        return false;
    uint32_t count = 0;
    for (const struct node *child = node->first_child; child; child = child->next) {
        operands[count] = compile_operand(c, child);
        number_path(&operands[count++], last);
    }
    test->kind = node->kind == NODE_COMPARISON ? test_of_comparison(node->op)
                 : node->kind == NODE_BETWEEN  ? TEST_BETWEEN
                 : node->kind == NODE_IN       ? TEST_IN
                                               : test_of_function(checked_at(c, node)->function);
    test->operands = operands;
    test->operand_count = count;
    test->node = node;
    return true;
}

/* Where to go after a node, by its outcome, and its first test. */
struct flow {
    int32_t first;
    int32_t on_true, on_false;
};

static struct node *next_condition(const struct node *root, struct node *node)
{
    if (!is_clause(node))
        return node->first_child;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* The first test of a node is the one that comes next in text order when the walk enters it. */
static uint32_t number_tests(struct node *root, struct flow *flows)
{
    uint32_t count = 0;
    for (struct node *node = root; node; node = next_condition(root, node)) {
        flows[node->id].first = (int32_t)count;
        count += is_clause(node);
    }
    return count;
}

/* Hands a node's flow down to its children. */
static void direct_children(const struct node *node, struct flow *flows)
{
    struct flow outer = flows[node->id];
    for (const struct node *child = node->first_child; child; child = child->next) {
        struct flow *flow = &flows[child->id];
        int32_t following = child->next ? flows[child->next->id].first : 0;
        flow->on_true = outer.on_true;
        flow->on_false = outer.on_false;
        if (node->kind == NODE_NOT) {
            flow->on_true = outer.on_false;
            flow->on_false = outer.on_true;
        } else if (node->kind == NODE_AND && child->next) {
            flow->on_true = following;
        } else if (node->kind == NODE_OR && child->next) {
            flow->on_false = following;
        }
    }
}

static bool compile_condition(struct checked *c, struct ddbexpr_program *program)
{
    struct node *root = c->expression->root;
    struct flow *flows = ARENA_ROOM(c->arena, struct flow, c->expression->node_count);
    if (!flows)
        return false;
    program->test_count = number_tests(root, flows);
    struct test *tests = ARENA_ROOM(c->arena, struct test, program->test_count);
    if (!tests)
        return false;
    flows[root->id].on_true = GO_TRUE;
    flows[root->id].on_false = GO_FALSE;
    struct last_path last = {0};
    for (struct node *node = root; node; node = next_condition(root, node)) {
        if (!is_clause(node)) {
            direct_children(node, flows);
            continue;
        }
        struct test *test = &tests[flows[node->id].first];
        if (!compile_test(c, node, &last, test))
            return false;
        test->on_true = flows[node->id].on_true;
        test->on_false = flows[node->id].on_false;
    }
    program->tests = tests;
    return true;
}

/* --- updates --- */

static bool is_call_of(const struct checked *c, const struct node *node, enum function_id id)
{
    return node->kind == NODE_CALL && checked_at(c, node)->function == id;
}

/* The first operand of if_not_exists is looked at by CODE_IF_EXISTS, not pushed. */
static bool is_default_path(const struct checked *c, const struct node *node)
{
    return is_call_of(c, node->parent, FUNCTION_IF_NOT_EXISTS) && node == node->parent->first_child;
}

/* What entering and leaving a node add to the code. */
static void enter_operand(const struct checked *c, const struct node *node, struct code *code, uint32_t *count)
{
    struct code next = {.node = node};
    if (is_call_of(c, node, FUNCTION_IF_NOT_EXISTS)) {
        next.kind = CODE_IF_EXISTS;
        next.path = &checked_at(c, node->first_child)->path;
    } else if (node->kind == NODE_PATH && !is_default_path(c, node)) {
        next.kind = CODE_PATH;
        next.path = &checked_at(c, node)->path;
    } else if (node->kind == NODE_VALUE) {
        next.kind = CODE_CONSTANT;
        next.constant = checked_constant(c, node);
    } else {
        return;
    }
    code[(*count)++] = next;
}

static void leave_operand(const struct checked *c, const struct node *node, struct code *code, uint32_t *count)
{
    if (is_call_of(c, node, FUNCTION_IF_NOT_EXISTS)) {
        for (uint32_t i = *count; i-- > 0;)
            if (code[i].node == node)
                code[i].target = *count;
    } else if (is_call_of(c, node, FUNCTION_LIST_APPEND)) {
        code[(*count)++] = (struct code){.kind = CODE_LIST_APPEND, .node = node};
    } else if (node->kind == NODE_ARITHMETIC) {
        code[(*count)++] = (struct code){.kind = node->op == OP_PLUS ? CODE_PLUS : CODE_MINUS, .node = node};
    }
}

static uint32_t count_nodes(struct node *root)
{
    uint32_t count = 0;
    for (struct node *node = root; node; node = ast_next(root, node))
        count++;
    return count;
}

static bool compile_operand_code(const struct checked *c, struct node *root, struct action *action)
{
    struct code *code = ARENA_ARRAY(c->arena, struct code, count_nodes(root));
    if (!code)
        return false;
    struct ast_walk walk = ast_walk_begin(root);
    for (; walk.node; ast_walk_advance(&walk)) {
        if (walk.leaving)
            leave_operand(c, walk.node, code, &action->code_count);
        else
            enter_operand(c, walk.node, code, &action->code_count);
    }
    action->code = code;
    return true;
}

static bool compile_action(const struct checked *c, const struct node *node, uint32_t section_number,
                           struct action *action)
{
    *action = (struct action){.section = node->section,
                              .section_number = section_number,
                              .target = &checked_at(c, node->first_child)->path,
                              .node = node};
    if (node->section == SECTION_SET)
        return compile_operand_code(c, node->first_child->next, action);
    if (node->section != SECTION_REMOVE)
        action->operand = checked_constant(c, node->first_child->next);
    return true;
}

static bool compile_update(struct checked *c, struct ddbexpr_program *program)
{
    const struct node *root = c->expression->root;
    uint32_t count = 0, section_number = 0;
    for (const struct node *section = root->first_child; section; section = section->next)
        count += section->child_count;
    struct action *actions = ARENA_ROOM(c->arena, struct action, count);
    if (!actions)
        return false;
    uint32_t at = 0;
    for (const struct node *section = root->first_child; section; section = section->next, section_number++)
        for (const struct node *node = section->first_child; node; node = node->next, at++) {
            if (!compile_action(c, node, section_number, &actions[at]))
                return false;
            if (actions[at].code_count > program->stack_size)
                program->stack_size = actions[at].code_count; /* each code pushes at most one value */
        }
    program->actions = actions;
    program->action_count = count;
    program->targets = c->paths; /* numbered as the actions are */
    path_tree_sort(c->paths);
    return true;
}

ddbexpr_status program_compile(struct checked *c, struct ddbexpr_program **ret)
{
    struct ddbexpr_program *program = ARENA_NEW(c->arena, struct ddbexpr_program);
    if (!program)
        return DDBEXPR_NO_MEMORY;
    *program =
        (struct ddbexpr_program){.arena = c->arena, .kind = c->expression->kind, .checked = c, .scope = c->scope};
    if (program->kind == DDBEXPR_PROJECTION) {
        program->targets = c->paths;
        path_tree_sort(c->paths);
    } else if (program->kind == DDBEXPR_UPDATE ? !compile_update(c, program) : !compile_condition(c, program)) {
        return DDBEXPR_NO_MEMORY;
    }
    *ret = program;
    return DDBEXPR_OK;
}

/* --- the public way: one expression by itself --- */

static ddbexpr_status compile_in(arena *a, ddbexpr_kind kind, ddbexpr_str text, const ddbexpr_bindings *bindings,
                                 ddbexpr_diags *diags, struct ddbexpr_program **ret)
{
    struct scope *scope = ARENA_NEW(a, struct scope);
    if (!scope)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = scope_init(scope, a, bindings);
    if (status != DDBEXPR_OK)
        return status;
    scope_add_text(scope, text);
    size_t faults = scope_check_names(scope, diags) + scope_check_values(scope, diags);
    struct checked *checked = NULL;
    status = check_text(kind, text, scope, a, diags, &checked);
    if (checked && !(bindings && bindings->allow_unused))
        faults += scope_check_unused(scope, diags);
    scope->text_count = 0; /* the text is the caller's, and may not outlive this call */
    if (scope->no_memory || diags_status(diags) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    if (status != DDBEXPR_OK)
        return status;
    return faults ? DDBEXPR_INVALID : program_compile(checked, ret);
}

#define MOST_ROOM                                                                                                      \
    ((size_t)32768) /* what is freed in larger pieces goes back to the system and has to be fetched again */

/* What compiling mostly takes, so that it takes one allocation: measured on the expressions of the benchmark. */
static size_t room_for(str text, const ddbexpr_bindings *bindings)
{
    size_t placeholders = bindings ? bindings->name_count + bindings->value_count : 0;
    if (text.len > LIMIT_EXPRESSION_BYTES || placeholders > LIMIT_EXPRESSION_BYTES)
        return MOST_ROOM;
    size_t room = 1024 + 32 * text.len + 128 * placeholders;
    return room < MOST_ROOM ? room : MOST_ROOM;
}

ddbexpr_status ddbexpr_compile(ddbexpr_kind kind, ddbexpr_str text, const ddbexpr_bindings *bindings,
                               const ddbexpr_alloc *alloc, ddbexpr_diags *diags, ddbexpr_program **ret_program)
{
    arena *a;
    if (bindings && bindings->size != sizeof *bindings)
        return DDBEXPR_MISUSE;
    if (arena_new_with_room(alloc, room_for(text, bindings), &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct ddbexpr_program *program;
    ddbexpr_status status = compile_in(a, kind, text, bindings, diags, &program);
    if (status != DDBEXPR_OK) {
        ddbexpr_arena_free(a);
        return status;
    }
    *ret_program = program;
    return DDBEXPR_OK;
}

void ddbexpr_program_free(ddbexpr_program *program)
{
    if (program)
        ddbexpr_arena_free(program->arena);
}

ddbexpr_kind ddbexpr_program_kind(const ddbexpr_program *program) { return program->kind; }

ddbexpr_str ddbexpr_program_text(const ddbexpr_program *program) { return program->checked->expression->text; }

/* --- rebinding --- */

/* Checks the expression against the new values, in memory of its own; then copies them over the old ones. */
static ddbexpr_status rebind_in(arena *a, struct ddbexpr_program *program, const ddbexpr_bindings *bindings,
                                ddbexpr_diags *diags)
{
    struct scope fresh;
    ddbexpr_status status = scope_init(&fresh, a, bindings);
    if (status != DDBEXPR_OK)
        return status;
    fresh.names = program->scope->names; /* names stay as they are */
    fresh.name_used = ARENA_ARRAY(a, bool, fresh.names.count);
    fresh.name_wanted = ARENA_ARRAY(a, str, fresh.names.count);
    if (!fresh.name_used || !fresh.name_wanted)
        return DDBEXPR_NO_MEMORY;
    if (scope_check_values(&fresh, diags) > 0)
        return fresh.no_memory || diags_status(diags) != DDBEXPR_OK ? DDBEXPR_NO_MEMORY : DDBEXPR_INVALID;
    struct checked *checked;
    status = check_expression(program->checked->expression, &fresh, a, diags, &checked);
    if (status != DDBEXPR_OK)
        return status;
    struct scope *scope = program->scope;
    for (uint32_t i = 0; i < scope->values.count; i++) {
        const struct map_entry *e = &scope->values.at.entries[i];
        const value *v = value_map_get(&fresh.values, str_of(e->name, e->name_len), e->hash);
        if (v)
            *(value *)&e->value = *v; /* the one place where a value changes: nobody else may look meanwhile */
    }
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_program_set_values(ddbexpr_program *program, const ddbexpr_value_binding *values,
                                          size_t value_count, ddbexpr_diags *diags)
{
    arena *a;
    if (ddbexpr_arena_new(arena_allocator(program->arena), &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    const ddbexpr_bindings bindings = {.size = sizeof bindings, .values = values, .value_count = value_count};
    ddbexpr_status status = rebind_in(a, program, &bindings, diags);
    ddbexpr_arena_free(a);
    return status;
}
