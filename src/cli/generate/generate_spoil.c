/* SPDX-License-Identifier: Apache-2.0 */
/* Spoiling a case: none, one or a few changes, each of a sort that is drawn; and finding what can be changed. */
#include "cli/generate/generate_case.h"

struct doc *spoil_body(struct generated_case *c)
{
    struct doc *actions = doc_get(c->request, STR("TransactItems"));
    if (!actions || actions->count == 0)
        return c->request;
    struct doc *action = doc_at(actions, throw_below(c->g, (uint32_t)actions->count));
    return action->first && action->first->kind == DOC_OBJECT ? action->first : c->request;
}

static bool ends_with(ddbexpr_str text, ddbexpr_str ending)
{
    return text.len >= ending.len && str_same((ddbexpr_str){text.ptr + text.len - ending.len, ending.len}, ending);
}

struct doc *spoil_expression(struct generated_case *c, const struct doc *body, const char *ending)
{
    struct doc *found[8];
    uint32_t count = 0;
    for (struct doc *member = body->first; member && count < COUNT(found); member = member->next)
        if (member->kind == DOC_STRING && ends_with(member->name, ddbexpr_cstr(ending)))
            found[count++] = member;
    return count ? found[throw_below(c->g, count)] : NULL;
}

const struct generated_table *spoil_table(const struct generated_case *c, const struct doc *body)
{
    const struct doc *name = doc_get(body, STR("TableName"));
    for (uint32_t i = 1; name && i < c->table_count; i++)
        if (str_same(c->tables[i].name, name->text))
            return &c->tables[i];
    return &c->tables[0];
}

void case_spoil(struct generated_case *c)
{
    static bool (*const sorts[])(struct generated_case * c) = {
        spoil_text, spoil_structure, spoil_placeholders, spoil_value, spoil_key, spoil_parameter, spoil_transaction};
    static const uint8_t weights[COUNT(sorts)] = {26, 18, 16, 16, 9, 15, 10};
    static const uint8_t counts[] = {25, 50, 17, 8};
    uint32_t count = dice_weighted(&c->g->dice, counts, COUNT(counts));
    for (uint32_t i = 0, tries = 0; i < count && tries < 8; tries++)
        i += sorts[dice_weighted(&c->g->dice, weights, COUNT(weights))](c);
}
