/* SPDX-License-Identifier: Apache-2.0 */
/* The way in: sets each action up as the rules see it, and runs the rules. An expression with faults is left out, and
 * with it what would have to be known from it. */
#include "lint/lint.h"

#include "lint/registry.h"

/* --- the key --- */

static const ddbexpr_table *table_of(const struct lint *l)
{
    return ddbexpr_table_named(l->options->tables, l->options->table_count, l->request->table_name);
}

/* The key schema of the table; else what Key names, which is all of the key attributes and nothing else. */
static void find_key(struct lint *l)
{
    const ddbexpr_request *r = l->request;
    const ddbexpr_table *table = table_of(l);
    const value *key = r->key && !(r->key->flags & VALUE_FAULTY) && r->key->count <= 2 ? r->key : NULL;
    size_t count = table ? table->key_count : key ? key->count : 0;
    struct key_attribute *attributes = ARENA_ARRAY(l->arena, struct key_attribute, count);
    if (!attributes) {
        l->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (table)
            attributes[i] = (struct key_attribute){table->key[i].name, table->key[i].type};
        else
            attributes[i] = (struct key_attribute){str_of(key->at.entries[i].name, key->at.entries[i].name_len),
                                                   ddbexpr_value_type(&key->at.entries[i].value)};
    l->key_order_known = table != NULL;
    l->key = (struct key_schema){attributes, (uint32_t)count};
    l->item = r->item && !(r->item->flags & VALUE_FAULTY) ? r->item : NULL;
    l->key_values = r->operation == DDBEXPR_PUT_ITEM ? l->item : key;
}

/* --- expressions --- */

static bool uses_faulty_value(const struct checked *c)
{
    struct node *root = c->expression->root;
    for (struct node *node = root; node; node = ast_next(root, node)) {
        const value *v = node->kind == NODE_VALUE ? checked_constant(c, node) : NULL;
        if (v && (v->flags & VALUE_FAULTY))
            return true;
    }
    return false;
}

/* The program of an expression that has no fault, or NULL. */
static const struct ddbexpr_program *program_of(struct lint *l, struct checked *c)
{
    if (!c || c->faults || uses_faulty_value(c))
        return NULL;
    return run_compile(&l->run, c);
}

static bool collect_unknown(struct lint *l, struct facts_given *given)
{
    size_t count = l->options->unknown_value_count;
    const value **unknown = ARENA_ARRAY(l->arena, const value *, count);
    for (size_t i = 0; i < count && unknown; i++) {
        str name = l->options->unknown_values[i];
        const value *v = value_map_get(&l->run.scope.values, name, str_hash(name));
        if (v)
            unknown[given->unknown_count++] = v;
    }
    given->unknown = unknown;
    return unknown != NULL;
}

static void set_up_condition(struct lint *l, struct lint_condition *condition, struct checked *c, bool item_exists)
{
    condition->program = program_of(l, c);
    condition->checked = c;
    condition->given = (struct facts_given){
        .key = l->key.count ? &l->key : NULL, .item_exists = item_exists, .memory = {.arena = l->arena}};
    if (!collect_unknown(l, &condition->given) ||
        (condition->program && !facts_of_condition(&condition->given, condition->program, &condition->facts)))
        l->no_memory = true;
}

/* What a true condition gives an update to rely on: without a condition nothing, and if it is not known what it says,
 * nothing can be said of the update either. */
static void set_up_facts(struct lint *l)
{
    static const struct facts none = {.impossible = false};
    const struct lint_condition *condition = &l->conditions[0];
    l->given = &condition->given;
    if (!condition->checked && !text_given(l->request->condition_expression))
        l->facts = &none;
    else if (condition->program && !condition->facts.when_true.impossible)
        l->facts = &condition->facts.when_true;
}

static void set_up(struct lint *l)
{
    struct run *run = &l->run;
    find_key(l);
    if (l->no_memory)
        return;
    run->schema = l->key.count ? &l->key : NULL;
    check_maps(run);
    check_texts(run);
    check_key_uses(run);
    if (run->broken)
        return;
    if (run->update && run->schema)
        check_update_keys(run->update, run->schema);
    set_up_condition(l, &l->conditions[0], run->condition, false);
    set_up_condition(l, &l->conditions[1], run->filter, true);
    l->projection = program_of(l, run->projection);
    l->update = program_of(l, run->update);
    if (l->update && !effects_of_update(l->update, l->arena, &l->effects))
        l->no_memory = true;
    set_up_facts(l);
    l->guarded = lint_condition_guards(l) || (l->facts && lint_item_is_new(l));
}

/* --- the whole --- */

static ddbexpr_status judge_action(const ddbexpr_request *request, const ddbexpr_lint_options *options,
                                   bool in_transaction, arena *a, ddbexpr_diags *diags)
{
    struct lint *l = ARENA_NEW(a, struct lint);
    if (!l)
        return DDBEXPR_NO_MEMORY;
    *l = (struct lint){.request = request,
                       .options = options,
                       .arena = a,
                       .diags = diags,
                       .in_transaction = in_transaction,
                       .run = {.request = request,
                               .arena = a,
                               .messages = options->messages,
                               .in_transaction = in_transaction,
                               .partial = true}};
    set_up(l);
    for (size_t i = 0; i < lint_rule_count() && !l->run.broken && !l->no_memory; i++)
        lint_rule_at(i)->run(l);
    if (l->run.broken)
        return l->run.broken;
    bool no_memory = l->no_memory;
    for (size_t i = 0; i < LINT_CONDITIONS; i++)
        no_memory |= l->conditions[i].given.memory.failed; /* rules ask for facts, too */
    return no_memory ? DDBEXPR_NO_MEMORY : DDBEXPR_OK;
}

static ddbexpr_status judge_request(const ddbexpr_request *request, const ddbexpr_lint_options *options, arena *a,
                                    ddbexpr_diags *diags)
{
    if (request->operation != DDBEXPR_TRANSACT_WRITE_ITEMS)
        return judge_action(request, options, false, a, diags);
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < request->action_count && status == DDBEXPR_OK; i++) {
        diags_set_action(diags, (int)i);
        if (!request->actions[i].action_malformed)
            status = judge_action(&request->actions[i], options, true, a, diags);
    }
    diags_set_action(diags, -1);
    return status;
}

static bool usable_tables(const ddbexpr_lint_options *options)
{
    for (size_t i = 0; i < options->table_count; i++) {
        const ddbexpr_table *table = &options->tables[i];
        if (table->size != sizeof *table || table->key_count < 1 || table->key_count > 2)
            return false;
        for (size_t k = 0; k < table->key_count; k++)
            if (table->key[k].type > DDBEXPR_B || table->key[k].name.len == 0)
                return false;
    }
    return true;
}

ddbexpr_status ddbexpr_lint(const ddbexpr_request *request, const ddbexpr_lint_options *options,
                            const ddbexpr_alloc *alloc, ddbexpr_diags *diags)
{
    static const ddbexpr_lint_options none = {.size = sizeof none};
    const ddbexpr_lint_options *used = options ? options : &none;
    arena *a;
    if (request->size != sizeof *request || used->size != sizeof *used || !usable_tables(used))
        return DDBEXPR_MISUSE;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = judge_request(request, used, a, diags);
    ddbexpr_arena_free(a);
    return status == DDBEXPR_OK ? diags_status(diags) : status;
}
