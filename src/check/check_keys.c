/* SPDX-License-Identifier: Apache-2.0 */
/* What a key schema forbids in expressions: paths into key attributes, key attributes in a Query's filter, key
 * attributes as targets of an update. Knows no key conditions (check_key_condition.c). */
#include "check/check.h"

static const struct key_attribute *find_key(const struct key_schema *schema, str name)
{
    for (uint32_t i = 0; i < schema->count; i++)
        if (str_equal(schema->attributes[i].name, name))
            return &schema->attributes[i];
    return NULL;
}

struct key_schema schema_named_by(const value *key, struct key_attribute attributes[2])
{
    struct key_schema schema = {attributes, 0};
    for (uint32_t i = 0; key && i < key->count && i < 2; i++)
        attributes[schema.count++] = (struct key_attribute){
            str_of(key->at.entries[i].name, key->at.entries[i].name_len), (ddbexpr_type)key->at.entries[i].value.type};
    return schema;
}

size_t check_key_paths(struct checked *c, const struct key_schema *schema)
{
    size_t before = c->faults;
    struct node *root = c->expression->root;
    for (struct node *node = root; node; node = ast_next(root, node)) {
        if (node->kind != NODE_PATH || (node->parent->kind == NODE_ACTION && node == node->parent->first_child))
            continue; /* targets are told by check_update_keys */
        const struct document_path *path = &checked_at(c, node)->path;
        if (path->count < 2 || !find_key(schema, path->steps[0].name))
            continue;
        struct diag_draft draft = check_draft(c, DIAG_KEY_NOT_SCALAR, node);
        draft.args[0] = path->steps[0].name;
        check_report(c, &draft);
    }
    return c->faults - before;
}

size_t check_filter_keys(struct checked *c, const struct key_schema *schema)
{
    size_t before = c->faults;
    struct node *root = c->expression->root;
    for (struct node *node = root; node; node = ast_next(root, node)) {
        if (node->kind != NODE_PATH)
            continue;
        const struct document_path *path = &checked_at(c, node)->path;
        if (path->count == 0 || !find_key(schema, path->steps[0].name))
            continue;
        struct diag_draft draft = check_draft(c, DIAG_FILTER_KEY, node);
        draft.args[0] = path->steps[0].name;
        check_report(c, &draft);
    }
    return c->faults - before;
}

size_t check_update_keys(struct checked *c, const struct key_schema *schema)
{
    size_t before = c->faults;
    struct node *root = c->expression->root;
    for (struct node *node = root; node; node = ast_next(root, node)) {
        if (node->kind != NODE_ACTION)
            continue;
        const struct document_path *path = &checked_at(c, node->first_child)->path;
        if (path->count == 0 || !find_key(schema, path->steps[0].name))
            continue;
        struct diag_draft draft = check_draft(c, DIAG_UPDATE_KEY, node->first_child);
        draft.args[0] = path->steps[0].name;
        check_report(c, &draft);
    }
    return c->faults - before;
}
