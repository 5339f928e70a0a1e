/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr explain: why a condition is true or false of an item, why an update can or cannot be applied to it; of many
 * items the blame counted; of a transaction which action is to blame. */
#include "cli/condition.h"
#include "cli/explain/explanations.h"
#include "cli/explain/histogram.h"
#include "cli/explain/item_keys.h"
#include "cli/stored.h"

static int explain_one(struct session *s, const struct expressions *expressions)
{
    const ddbexpr_value *item, *key;
    struct item_keys keys;
    struct explanations e;
    int exit = read_stored_item(s, &item);
    if (exit == EXIT_TRUE)
        exit = item_keys_of(s, expressions->key, &keys);
    if (exit != EXIT_TRUE)
        return exit;
    ddbexpr_status status = item_key(&keys, s->arena, item, &key);
    if (status == DDBEXPR_INVALID)
        return EXIT_UNUSABLE;
    if (status == DDBEXPR_OK)
        status = explanations_make(expressions, s->arena, item, key, &e);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    exit = explanations_exit(&e);
    ddbexpr_buffer_clear(s->out);
    status = explanations_put(s, &e, 0, false);
    explanations_free(&e);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    return put_out(ddbexpr_buffer_text(s->out)) ? exit : EXIT_INTERNAL;
}

static int explain_transaction(struct session *s, const ddbexpr_request *r)
{
    ddbexpr_table *tables;
    size_t table_count;
    int exit = read_tables(s, r, &tables, &table_count);
    if (exit != EXIT_TRUE)
        return exit;
    const ddbexpr_execute_options options = {sizeof options, s->messages, false};
    ddbexpr_request_explanation *e;
    ddbexpr_status status = ddbexpr_explain_request(r, tables, table_count, &options, NULL, s->diags, &e);
    if (status == DDBEXPR_INVALID)
        session_print_diags(s);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    exit = request_explanation_exit(e);
    status = request_explanation_put(s, e);
    ddbexpr_request_explanation_free(e);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    return put_out(ddbexpr_buffer_text(s->out)) ? exit : EXIT_INTERNAL;
}

static int explain_expressions(struct session *s, const ddbexpr_request *r)
{
    struct expressions expressions;
    int exit = compile_expressions(s, r, &expressions);
    if (exit != EXIT_TRUE)
        return exit;
    if (!options_has(s->options, OPTION_ITEMS))
        exit = explain_one(s, &expressions);
    else
        exit = options_has(s->options, OPTION_EACH) ? explain_each(s, &expressions) : explain_many(s, &expressions);
    expressions_free(&expressions);
    return exit;
}

/* A whole request says by itself that it is a transaction. */
static int explain(struct session *s)
{
    ddbexpr_request r;
    int exit = read_request_of_condition(s, &r);
    if (exit != EXIT_TRUE)
        return exit;
    if (options_has(s->options, OPTION_ITEM) && options_has(s->options, OPTION_ITEMS)) {
        complain("give one stored item (--item) or many (--items)");
        return EXIT_UNUSABLE;
    }
    return r.actions_given ? explain_transaction(s, &r) : explain_expressions(s, &r);
}

static int run(const struct options *options)
{
    struct session session;
    int exit = session_begin_with(&session, options, true);
    if (exit != EXIT_TRUE)
        return exit;
    exit = explain(&session);
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"quiet", NULL, "only what is to blame, one clause or action a line", OPTION_QUIET},
    {"diff", NULL, "where an update applies: what it changes", OPTION_DIFF},
    {"each", NULL, "of many items: an explanation of each instead of a count", OPTION_EACH},
    OPTION_SPEC_JOBS,
    {"key-schema", "[TABLE=]SCHEMA", "key attributes, to name items by: pk:S or pk:S,sk:N", OPTION_KEY_SCHEMA},
    {"transact-items", "JSON", "the actions of a transaction, on --items [TABLE=]FILE", OPTION_TRANSACT_ITEMS},
    OPTION_SPEC_MESSAGES,
    OPTION_SPECS_CONDITION,
    {NULL, NULL, NULL, 0},
};

const struct command command_explain = {
    "explain",
    "says why a condition is true or false of an item, and why an update cannot be applied",
    "--condition-expression TEXT [--item JSON | --items FILE] [OPTION …]",
    "Shows every clause with its outcome and the values on both sides, and names the smallest set of clauses that is "
    "to\n"
    "blame; of an update, what each action reads and why it fails. Many items (--items) are counted by what is to "
    "blame.\n"
    "--format markdown is for pasting. Exit status 0 if the condition is true and the update applies, 1 if the\n"
    "condition is false, 2 if the update cannot be applied.",
    "  ddbexpr explain --condition-expression 'version = :v' --expression-attribute-values '{\":v\": {\"N\": \"4\"}}' "
    "\\\n"
    "    --item '{\"pk\": {\"S\": \"a\"}, \"version\": {\"N\": \"5\"}}'",
    specs,
    run,
};
