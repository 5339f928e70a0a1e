/* SPDX-License-Identifier: Apache-2.0 */
/* workload.json to expressions, bindings and items. */
#include "workload.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Maps and items go through our own reader: as text. NULL pointer: no memory. */
static ddbexpr_str text_of(const json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    return text ? ddbexpr_cstr(text) : (ddbexpr_str){NULL, 0};
}

static bool read_operation(ddbexpr_arena *arena, json_t *json, struct operation *op)
{
    const char *kind, *text;
    json_t *names, *values;
    if (json_unpack(json, "{s:s, s:s, s:s, s:o, s:o}", "id", &op->id, "kind", &kind, "expr", &text, "names", &names,
                    "values", &values))
        return false;
    op->kind = strcmp(kind, "update") == 0 ? DDBEXPR_UPDATE : DDBEXPR_CONDITION;
    op->text = ddbexpr_cstr(text);
    op->names_text = text_of(names);
    op->values_text = text_of(values);
    op->bindings.size = sizeof op->bindings;
    return op->names_text.ptr && op->values_text.ptr &&
           ddbexpr_json_read_names(arena, op->names_text, NULL, &op->bindings.names, &op->bindings.name_count) ==
               DDBEXPR_OK &&
           ddbexpr_json_read_values(arena, op->values_text, DDBEXPR_JSON_TYPED, NULL, &op->bindings.values,
                                    &op->bindings.value_count) == DDBEXPR_OK;
}

static bool read_item(ddbexpr_arena *arena, const char *id, const json_t *json, struct stored_item *item)
{
    item->id = id;
    item->text = text_of(json);
    return item->text.ptr &&
           ddbexpr_json_read_item(arena, item->text, DDBEXPR_JSON_TYPED, NULL, &item->value) == DDBEXPR_OK;
}

static bool read_all(ddbexpr_arena *arena, json_t *root, struct workload *w)
{
    json_t *items, *operations, *json;
    const char *id;
    size_t i;
    if (json_unpack(root, "{s:o, s:o}", "items", &items, "ops", &operations))
        return false;
    if (json_object_size(items) > WORKLOAD_MOST || json_array_size(operations) > WORKLOAD_MOST)
        return false;
    json_object_foreach(items, id, json)
    {
        if (!read_item(arena, id, json, &w->items[w->item_count++]))
            return false;
    }
    json_array_foreach(operations, i, json)
    {
        if (!read_operation(arena, json, &w->operations[w->operation_count++]))
            return false;
    }
    return true;
}

struct workload *workload_read(const char *path)
{
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    struct workload *w = calloc(1, sizeof *w);
    ddbexpr_arena *arena = NULL;
    if (root && w && ddbexpr_arena_new(NULL, &arena) == DDBEXPR_OK && read_all(arena, root, w))
        return w;
    fprintf(stderr, "%s: %s\n", path, root ? "is no workload" : error.text);
    return NULL;
}
