/* SPDX-License-Identifier: Apache-2.0 */
/* Updates, first phase: every operand is evaluated against the item as it was, and every fault is found; the second
 * phase (apply.c) only runs without faults. The service tells one fault: which one, is the order of enum fault_rank
 * (spec: local-engine, running an update). */
#include "program/apply.h"
#include "program/program.h"

#include "value/set.h"

enum fault_rank {
    RANK_WRONG_PARENT, /* a parent of a target is there, but of the wrong kind */
    RANK_OPERAND_TYPE, /* an operand or a stored value has the wrong type */
    RANK_SECTION,      /* section by section from the last to the first: see enum section_rank */
    RANK_RANGE         /* a result is too large or too small */
};

enum section_rank {
    SECTION_RANK_MISSING_PARENT,  /* a target's parent is not there */
    SECTION_RANK_MISSING_OPERAND, /* an attribute that is read is not there */
    SECTION_RANK_COUNT
};

struct fault {
    uint64_t order; /* sorts faults as the service comes to them */
    struct diag_draft draft;
    struct fault *next;
};

struct update_run {
    const struct ddbexpr_program *program;
    const value *item;
    bool existed;
    arena *arena;
    ddbexpr_diags *diags;
    struct effect *effects; /* by action */
    const value **stack;
    struct fault *faults, **next_fault; /* as they were found */
    struct fault *lost;                 /* takes what there is no memory for */
    bool no_memory;
};

/* --- faults --- */

static uint64_t order_of_rank(enum fault_rank rank) { return (uint64_t)rank << 48; }

/* Section by section from the last to the first, within one: missing parents, then missing operands. */
static uint64_t order_in_section(const struct action *action, enum section_rank rank)
{
    uint64_t from_last = UINT32_MAX - action->section_number;
    return order_of_rank(RANK_SECTION) | (from_last * SECTION_RANK_COUNT + rank);
}

static str filled_text(struct update_run *run, enum text_id id, str a, str b)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(run->arena), &text) != DDBEXPR_OK) {
        run->no_memory = true;
        return STR("");
    }
    diag_fill(text, diag_text(id), DDBEXPR_UPDATE, (str[DIAG_ARGS]){a, b});
    str kept = arena_copy(run->arena, ddbexpr_buffer_text(text));
    run->no_memory |= buffer_status(text) != DDBEXPR_OK || !kept.ptr;
    ddbexpr_buffer_free(text);
    return kept;
}

static str path_text(struct update_run *run, const struct document_path *path, uint32_t steps)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(run->arena), &text) != DDBEXPR_OK) {
        run->no_memory = true;
        return STR("");
    }
    path_print(path, steps, text);
    str kept = arena_copy(run->arena, ddbexpr_buffer_text(text));
    run->no_memory |= buffer_status(text) != DDBEXPR_OK || !kept.ptr;
    ddbexpr_buffer_free(text);
    return kept;
}

static struct diag_draft *add_fault(struct update_run *run, uint64_t order, enum diag_id id, const struct node *node)
{
    struct fault *fault =
        ARENA_NEW(run->arena, struct fault); /* not beforehand: there is mostly none, and it is large */
    if (fault) {
        *run->next_fault = fault;
        run->next_fault = &fault->next;
    } else {
        run->no_memory = true;
        fault = run->lost;
    }
    fault->order = order;
    fault->draft = check_draft(run->program->checked, id, node);
    return &fault->draft;
}

/* Adds the faults in the service's order, those of one rank as they were found: one pass for each rank that there is
 * (a few for each of at most four sections). */
static void report_faults(struct update_run *run)
{
    const struct fault *lowest = run->faults;
    for (uint64_t from = 0; lowest; from = lowest->order + 1) {
        lowest = NULL;
        for (const struct fault *fault = run->faults; fault; fault = fault->next)
            if (fault->order >= from && (!lowest || fault->order < lowest->order))
                lowest = fault;
        if (!lowest)
            return;
        for (const struct fault *fault = lowest; fault; fault = fault->next)
            if (fault->order == lowest->order)
                diags_add(run->diags, &fault->draft);
    }
}

static str type_str(const value *v) { return ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)v->type)); }

static str node_text(const struct update_run *run, const struct node *node)
{
    return str_slice(run->program->checked->expression->text, node->outer);
}

/* What would help against a value of a wrong type. It is never a constant: the check refuses those. */
static enum text_id help_for(const struct node *node, const struct node *operand, const value *found)
{
    if (operand->kind == NODE_CALL)
        return TEXT_HELP_DEFAULT;
    if (found->type == DDBEXPR_NULL)
        return TEXT_HELP_NULL;
    if (node->kind != NODE_ACTION)
        return TEXT_HELP_STORED;
    bool add = node->section == SECTION_ADD;
    if (found->type == DDBEXPR_L)
        return add ? TEXT_HELP_ADD_TO_LIST : TEXT_HELP_TAKE_FROM_LIST;
    return value_is_set(found) || (add && found->type == DDBEXPR_N) ? TEXT_HELP_OTHER_TYPE : TEXT_HELP_STORED;
}

static void operand_type_fault(struct update_run *run, const struct node *node, str what, enum text_id wanted,
                               ddbexpr_type needed, const struct node *operand, const value *found)
{
    enum text_id help = help_for(node, operand, found);
    struct diag_draft *draft = add_fault(run, order_of_rank(RANK_OPERAND_TYPE), DIAG_OPERAND_DATA_TYPE, node);
    draft->args[0] = what;
    draft->args[1] = ddbexpr_cstr(diag_text(wanted));
    draft->args[2] = node_text(run, operand);
    draft->args[3] = type_str(found);
    draft->args[4] =
        filled_text(run, help, node_text(run, operand),
                    help == TEXT_HELP_OTHER_TYPE ? type_str(found) : ddbexpr_cstr(ddbexpr_type_name(needed)));
}

/* --- targets --- */

/* Whether the container that the target's last step goes into is there, and is of its kind. With no item at all REMOVE
 * and DELETE have nothing to do and no fault (aws: spec alternator-suite 11; ruling 20). */
static bool check_target(struct update_run *run, const struct action *action)
{
    const struct document_path *path = action->target;
    bool drops = action->section == SECTION_REMOVE || action->section == SECTION_DELETE;
    const value *last;
    uint32_t reached = path_reach(path, run->item, &last);
    if (reached + 1 >= path->count) {
        /* All but the last step are there: what holds the last one must be of its kind. */
        const struct document_step *step = &path->steps[path->count - 1];
        const value *parent = last;
        if (reached == path->count)
            return true;
        if (parent->type == (step->is_index ? DDBEXPR_L : DDBEXPR_M))
            return true;
    } else if (!run->existed && drops) {
        return false;
    }
    const struct document_step *failed = &path->steps[reached];
    bool wrong_kind = last->type != (failed->is_index ? DDBEXPR_L : DDBEXPR_M);
    struct diag_draft *draft = add_fault(
        run, wrong_kind ? order_of_rank(RANK_WRONG_PARENT) : order_in_section(action, SECTION_RANK_MISSING_PARENT),
        DIAG_INVALID_PATH, action->node->first_child);
    str there = path_text(run, path, wrong_kind ? reached : reached + 1);
    enum text_id why = wrong_kind     ? (failed->is_index ? TEXT_PARENT_NO_LIST : TEXT_PARENT_NO_MAP)
                       : run->existed ? TEXT_NO_PARENT
                                      : TEXT_NO_ITEM;
    enum text_id mend = wrong_kind     ? TEXT_CHECK_PARENT
                        : drops        ? TEXT_NOTHING_TO_REMOVE
                        : run->existed ? TEXT_CREATE_PARENT
                                       : TEXT_CREATE_ITEM;
    draft->args[0] = path_text(run, path, path->count);
    draft->args[1] = filled_text(run, why, there, type_str(last));
    draft->args[2] = filled_text(run, mend, there, STR(""));
    draft->args[3] = drops ? STR("removed") : STR("written");
    return false;
}

/* --- SET operands --- */

static const value *keep(struct update_run *run, value v)
{
    value *kept = ARENA_NEW(run->arena, value);
    if (kept)
        *kept = v;
    else
        run->no_memory = true;
    return kept;
}

static const value *append_lists(struct update_run *run, const struct node *node, const value *a, const value *b)
{
    const struct node *first = node->first_child;
    if (a->type != DDBEXPR_L || b->type != DDBEXPR_L) {
        bool first_is_wrong = a->type != DDBEXPR_L;
        operand_type_fault(run, node, node->name, TEXT_LISTS, DDBEXPR_L, first_is_wrong ? first : first->next,
                           first_is_wrong ? a : b);
        return NULL;
    }
    value *elements = ARENA_ROOM(run->arena, value, (size_t)a->count + b->count);
    if (!elements) {
        run->no_memory = true;
        return NULL;
    }
    if (a->count)
        memcpy(elements, a->at.elements, a->count * sizeof *elements);
    if (b->count)
        memcpy(elements + a->count, b->at.elements, b->count * sizeof *elements);
    return keep(run, value_of_list(elements, a->count + b->count));
}

/* The sum or difference of two stored or given numbers. */
static const value *add_numbers(struct update_run *run, const struct node *node, const value *a, const value *b,
                                bool minus)
{
    struct number x = value_number(a), y = value_number(b), sum;
    enum number_fault fault = minus ? number_subtract(&x, &y, &sum) : number_add(&x, &y, &sum);
    if (fault == NUMBER_OK)
        return keep(run, value_of_number(&sum));
    struct diag_draft *draft =
        add_fault(run, order_of_rank(RANK_RANGE),
                  fault == NUMBER_UNDERFLOW ? DIAG_ARITHMETIC_UNDERFLOW : DIAG_ARITHMETIC_OVERFLOW, node);
    draft->args[0] = node_text(run, node);
    return NULL;
}

static const value *arithmetic(struct update_run *run, const struct node *node, const value *a, const value *b)
{
    bool minus = node->op == OP_MINUS;
    if (a->type == DDBEXPR_N && b->type == DDBEXPR_N)
        return add_numbers(run, node, a, b, minus);
    const struct node *first = node->first_child;
    bool first_is_wrong = a->type != DDBEXPR_N;
    operand_type_fault(run, node, minus ? STR("-") : STR("+"), TEXT_NUMBERS, DDBEXPR_N,
                       first_is_wrong ? first : first->next, first_is_wrong ? a : b);
    return NULL;
}

static void missing_operand(struct update_run *run, const struct action *action, const struct code *code)
{
    struct diag_draft *draft =
        add_fault(run, order_in_section(action, SECTION_RANK_MISSING_OPERAND), DIAG_MISSING_ATTRIBUTE, code->node);
    str path = path_text(run, code->path, code->path->count);
    draft->args[0] = path;
    draft->args[1] = filled_text(run, TEXT_USE_IF_NOT_EXISTS, path, STR(""));
}

/* Runs the stack code of a SET action. NULL: a fault was added, or there is no memory. What is made of a faulty operand
 * is not looked at, since a fault of it would follow from that one; the other operands are. */
static const value *set_value(struct update_run *run, const struct action *action)
{
    uint32_t depth = 0;
    for (uint32_t i = 0; i < action->code_count; i++) {
        const struct code *code = &action->code[i];
        const value *v = NULL;
        switch (code->kind) { /* UNREACHABLE: another code */
        case CODE_CONSTANT:
            v = code->constant;
            break;
        case CODE_PATH:
            v = path_find(code->path, run->item);
            if (!v)
                missing_operand(run, action, code);
            break;
        case CODE_IF_EXISTS:
            v = path_find(code->path, run->item);
            if (!v)
                continue;
            i = code->target - 1;
            break;
        case CODE_LIST_APPEND:
            depth -= 2;
            if (run->stack[depth] && run->stack[depth + 1])
                v = append_lists(run, code->node, run->stack[depth], run->stack[depth + 1]);
            break;
        case CODE_PLUS:
        case CODE_MINUS:
            depth -= 2;
            if (run->stack[depth] && run->stack[depth + 1])
                v = arithmetic(run, code->node, run->stack[depth], run->stack[depth + 1]);
            break;
        }
        if (run->no_memory)
            return NULL;
        run->stack[depth++] = v;
    }
    return run->stack[0];
}

/* --- ADD and DELETE --- */

static struct effect add_effect(struct update_run *run, const struct action *action, const value *stored)
{
    const value *operand = action->operand;
    struct effect effect = {.kind = EFFECT_WRITE, .value = operand};
    if (!stored)
        return effect;
    effect.value = NULL;
    if (stored->type != operand->type) {
        operand_type_fault(run, action->node, STR("ADD"), TEXT_NUMBER_OR_SET, (ddbexpr_type)operand->type,
                           action->node->first_child, stored);
    } else if (operand->type == DDBEXPR_N) {
        effect.value = add_numbers(run, action->node, stored, operand, false);
    } else {
        value set;
        if (value_set_union(run->arena, stored, operand, &set))
            effect.value = keep(run, set);
        else
            run->no_memory = true;
    }
    return effect;
}

static struct effect delete_effect(struct update_run *run, const struct action *action, const value *stored)
{
    struct effect nothing = {.kind = EFFECT_NONE};
    if (!stored)
        return nothing;
    if (stored->type != action->operand->type) {
        operand_type_fault(run, action->node, STR("DELETE"), TEXT_SAME_SET, (ddbexpr_type)action->operand->type,
                           action->node->first_child, stored);
        return nothing;
    }
    value set;
    if (!value_set_difference(run->arena, stored, action->operand, &set)) {
        run->no_memory = true;
        return nothing;
    }
    if (set.count == 0) /* an emptied set vanishes (aws: spec conformance-suite 7) */
        return (struct effect){.kind = EFFECT_REMOVE};
    return (struct effect){.kind = EFFECT_WRITE, .value = keep(run, set)};
}

static void run_action(struct update_run *run, const struct action *action, struct effect *effect)
{
    bool writable = check_target(run, action);
    const value *stored = path_find(action->target, run->item);
    switch (action->section) { /* UNREACHABLE: another section */
    case SECTION_SET:
        *effect = (struct effect){.kind = EFFECT_WRITE, .value = set_value(run, action)};
        break;
    case SECTION_REMOVE:
        *effect = (struct effect){.kind = stored ? EFFECT_REMOVE : EFFECT_NONE};
        break;
    case SECTION_ADD:
        *effect = add_effect(run, action, stored);
        break;
    case SECTION_DELETE:
        *effect = delete_effect(run, action, stored);
        break;
    }
    if (!writable)
        effect->kind = EFFECT_NONE;
}

/* --- the whole --- */

static bool writes_anything(const struct ddbexpr_program *program)
{
    for (uint32_t i = 0; i < program->action_count; i++)
        if (program->actions[i].section == SECTION_SET || program->actions[i].section == SECTION_ADD)
            return true;
    return false;
}

ddbexpr_status update_apply(const struct ddbexpr_program *program, const value *base, bool existed, arena *a,
                            ddbexpr_diags *diags, struct update_result *ret)
{
    struct fault lost;
    struct update_run run = {
        .program = program,
        .item = base,
        .existed = existed,
        .arena = a,
        .diags = diags,
        .effects = ARENA_ROOM(a, struct effect, program->action_count),
        .stack = ARENA_ROOM(a, const value *, program->stack_size),
        .lost = &lost,
    };
    run.next_fault = &run.faults;
    if (!run.effects || !run.stack)
        return DDBEXPR_NO_MEMORY;
    for (uint32_t i = 0; i < program->action_count && !run.no_memory; i++)
        run_action(&run, &program->actions[i], &run.effects[i]);
    if (run.no_memory)
        return DDBEXPR_NO_MEMORY;
    report_faults(&run);
    if (run.faults)
        return diags_status(diags) == DDBEXPR_OK ? DDBEXPR_INVALID : DDBEXPR_NO_MEMORY;
    struct update_result result = {.creates = existed || writes_anything(program), .effects = run.effects};
    if (!apply_effects(program->targets, run.effects, base, a, &result.item))
        return DDBEXPR_NO_MEMORY;
    if (value_height(&result.item) > LIMIT_VALUE_HEIGHT + 1) {
        struct diag_draft draft =
            check_draft(program->checked, DIAG_RESULT_NESTING, program->checked->expression->root);
        diags_add(diags, &draft);
        return diags_status(diags) == DDBEXPR_OK ? DDBEXPR_INVALID : DDBEXPR_NO_MEMORY;
    }
    *ret = result;
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_update(const ddbexpr_program *program, const ddbexpr_value *item, ddbexpr_arena *a,
                              ddbexpr_diags *diags, const ddbexpr_value **ret_item)
{
    if (program->kind != DDBEXPR_UPDATE || (item && (item->type != DDBEXPR_M || (item->flags & VALUE_FAULTY))))
        return DDBEXPR_MISUSE;
    static const value nothing = {.type = DDBEXPR_M, .more.box = {.height = 1}};
    struct update_result result;
    ddbexpr_status status = update_apply(program, item ? item : &nothing, item != NULL, a, diags, &result);
    if (status != DDBEXPR_OK)
        return status;
    if (!result.creates) {
        *ret_item = NULL;
        return DDBEXPR_OK;
    }
    value *kept = ARENA_NEW(a, value);
    if (!kept)
        return DDBEXPR_NO_MEMORY;
    *kept = result.item;
    *ret_item = kept;
    return DDBEXPR_OK;
}
