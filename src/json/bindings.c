/* SPDX-License-Identifier: Apache-2.0 */
/* ExpressionAttributeNames and ExpressionAttributeValues. */
#include "json/bindings.h"

#include "json/decode.h"

ddbexpr_status json_decode_names(const struct json_document *d, uint32_t node, const ddbexpr_name_binding **ret,
                                 size_t *ret_count)
{
    ddbexpr_status status = json_expect(d, node, JSON_KIND_OBJECT);
    if (status != DDBEXPR_OK)
        return status;
    ddbexpr_name_binding *names = ddbexpr_arena_alloc(d->arena, (size_t)d->nodes[node].count * sizeof *names);
    if (!names)
        return DDBEXPR_NO_MEMORY;
    size_t count = 0;
    for (uint32_t at = node + 1; at < d->nodes[node].next; at = json_next_member(d, at)) {
        if (d->nodes[at + 1].kind == JSON_KIND_NULL)
            continue;
        status = json_expect_string(d, at + 1);
        if (status != DDBEXPR_OK)
            return status;
        names[count++] = (ddbexpr_name_binding){d->nodes[at].text, d->nodes[at + 1].text};
    }
    *ret = names;
    *ret_count = count;
    return DDBEXPR_OK;
}

ddbexpr_status json_decode_values(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                  const ddbexpr_value_binding **ret, size_t *ret_count)
{
    ddbexpr_status status = json_expect(d, node, JSON_KIND_OBJECT);
    if (status != DDBEXPR_OK)
        return status;
    ddbexpr_value_binding *values = ddbexpr_arena_alloc(d->arena, (size_t)d->nodes[node].count * sizeof *values);
    if (!values)
        return DDBEXPR_NO_MEMORY;
    size_t count = 0;
    for (uint32_t at = node + 1; at < d->nodes[node].next; at = json_next_member(d, at)) {
        if (form == DDBEXPR_JSON_TYPED && d->nodes[at + 1].kind == JSON_KIND_NULL)
            continue;
        const ddbexpr_value *v;
        status = json_decode_value(d, at + 1, form, &v);
        if (status != DDBEXPR_OK)
            return status;
        values[count++] = (ddbexpr_value_binding){d->nodes[at].text, v};
    }
    *ret = values;
    *ret_count = count;
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_json_read_names(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_diags *diags,
                                       const ddbexpr_name_binding **ret_names, size_t *ret_count)
{
    struct json_document d;
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    return status == DDBEXPR_OK ? json_decode_names(&d, 0, ret_names, ret_count) : status;
}

ddbexpr_status ddbexpr_json_read_values(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                        ddbexpr_diags *diags, const ddbexpr_value_binding **ret_values,
                                        size_t *ret_count)
{
    struct json_document d;
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    return status == DDBEXPR_OK ? json_decode_values(&d, 0, form, ret_values, ret_count) : status;
}
