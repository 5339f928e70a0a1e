/* SPDX-License-Identifier: Apache-2.0 */
/* What SARIF says about a rule itself: made from the registry of codes. */
#include "cli/check/sarif_rules.h"

#include <ddbexpr/lint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GUIDE "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"

const char *sarif_level(ddbexpr_severity severity)
{
    switch (severity) {
    case DDBEXPR_ERROR:
        return "error";
    case DDBEXPR_WARNING:
        return "warning";
    case DDBEXPR_INFO:;
    }
    return "note";
}

/* The page of the service's guide on what a code is about. */
static const char *help_uri(const char *code)
{
    static const struct {
        int from, to;
        const char *page;
    } pages[] = {
        {107, 107, GUIDE "ReservedWords.html"},
        {109, 116, GUIDE "Expressions.ExpressionAttributeNames.html"},
        {118, 122, GUIDE "Expressions.OperatorsAndFunctions.html"},
        {200, 299, GUIDE "HowItWorks.NamingRulesDataTypes.html"},
        {300, 499, GUIDE "Expressions.UpdateExpressions.html"},
        {500, 699, GUIDE "Expressions.ConditionExpressions.html"},
        {830, 839, GUIDE "Query.html"},
        {840, 849, GUIDE "transaction-apis.html"},
        {900, 999, GUIDE "Programming.LowLevelAPI.html"},
    };
    int number = atoi(code + 2);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (number >= pages[i].from && number <= pages[i].to)
            return pages[i].page;
    return GUIDE "Expressions.html";
}

static const char *consequence(const ddbexpr_rule *rule)
{
    if (!rule->is_lint)
        return "The service refuses the request.";
    switch (rule->severity) {
    case DDBEXPR_ERROR:
        return "The service accepts the request, but it cannot do what it says.";
    case DDBEXPR_WARNING:
        return "The service accepts the request; it is probably not what was meant.";
    case DDBEXPR_INFO:;
    }
    return "The service accepts the request; this is worth knowing.";
}

/* {"text": …} */
static json_t *text_object(struct tree *tree, const char *text)
{
    json_t *object = json_object();
    tree_set_text(tree, object, "text", ddbexpr_cstr(text));
    return object;
}

static json_t *help_object(struct tree *tree, const ddbexpr_rule *rule)
{
    char text[1024];
    snprintf(text, sizeof text,
             "%s %s finds %s. %s To keep it from being told, put \"ddbexpr-ignore\": \"%s\" beside "
             "the expression.",
             rule->code, rule->name, rule->summary, consequence(rule), rule->code);
    json_t *help = text_object(tree, text);
    snprintf(text, sizeof text,
             "**%s %s** finds %s.\n\n%s\n\nTo keep it from being told, put\n\n```json\n"
             "\"ddbexpr-ignore\": \"%s\"\n```\n\nbeside the expression.\n",
             rule->code, rule->name, rule->summary, consequence(rule), rule->code);
    tree_set_text(tree, help, "markdown", ddbexpr_cstr(text));
    return help;
}

static json_t *rule_object(struct tree *tree, const ddbexpr_rule *rule)
{
    json_t *object = json_object();
    char text[512];
    tree_set_text(tree, object, "id", ddbexpr_cstr(rule->code));
    tree_set_text(tree, object, "name", ddbexpr_cstr(rule->name));
    tree_set(tree, object, "shortDescription", text_object(tree, rule->summary));
    snprintf(text, sizeof text, "Finds %s. %s", rule->summary, consequence(rule));
    tree_set(tree, object, "fullDescription", text_object(tree, text));
    tree_set_text(tree, object, "helpUri", ddbexpr_cstr(help_uri(rule->code)));
    tree_set(tree, object, "help", help_object(tree, rule));
    json_t *configuration = tree_set(tree, object, "defaultConfiguration", json_object());
    tree_set_text(tree, configuration, "level", ddbexpr_cstr(sarif_level(rule->severity)));
    json_t *properties = tree_set(tree, object, "properties", json_object());
    json_t *tags = tree_set(tree, properties, "tags", json_array());
    tree_append(tree, tags, json_string("dynamodb"));
    tree_append(tree, tags, json_string(rule->is_lint ? "lint" : "fault"));
    return object;
}

static bool is_found(const struct findings *findings, const char *code)
{
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(ddbexpr_diag_code(findings->all[i].diag), code) == 0)
            return true;
    return false;
}

void sarif_rules(struct tree *tree, const struct findings *findings, json_t *rules, json_t *indexes)
{
    for (size_t i = 0; i < ddbexpr_rule_count(); i++) {
        ddbexpr_rule rule = ddbexpr_rule_at(i);
        if (!is_found(findings, rule.code))
            continue;
        tree_set_number(tree, indexes, rule.code, json_array_size(rules));
        tree_append(tree, rules, rule_object(tree, &rule));
    }
}
