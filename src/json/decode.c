/* SPDX-License-Identifier: Apache-2.0 */
/* DynamoDB JSON and plain JSON to values. What has the wrong JSON shape is a SerializationException and told here; what
 * the service refuses later becomes a faulty value. INVARIANT: values are decoded to LIMIT_JSON_VALUE_LEVELS levels
 * only; what is deeper is a fault of its own and not looked at, so the recursion is that deep at most. */
#include "json/decode.h"

static ddbexpr_status decode(const struct json_document *d, uint32_t node, ddbexpr_json_form form, ddbexpr_builder *b,
                             unsigned depth);

/* --- scalars --- */

static ddbexpr_status decode_binary(const struct json_document *d, uint32_t node, ddbexpr_builder *b)
{
    str bytes;
    ddbexpr_status status = json_expect_string(d, node);
    if (status == DDBEXPR_OK) {
        status = json_decode_base64(d->arena, d->nodes[node].text, &bytes);
        if (status == DDBEXPR_INVALID)
            return json_fault(d, node, DDBEXPR_INPUT_BASE64, STR(""), STR(""));
    }
    if (status == DDBEXPR_OK)
        ddbexpr_builder_binary(b, bytes);
    return status;
}

static ddbexpr_status expect_bool(const struct json_document *d, uint32_t node)
{
    enum json_kind kind = d->nodes[node].kind;
    return kind == JSON_KIND_TRUE || kind == JSON_KIND_FALSE ? DDBEXPR_OK : json_not_scalar(d, node, STR("Boolean"));
}

static ddbexpr_status decode_scalar(const struct json_document *d, uint32_t node, ddbexpr_type type, ddbexpr_builder *b)
{
    ddbexpr_status status;
    if (type == DDBEXPR_B)
        return decode_binary(d, node, b);
    if (type == DDBEXPR_BOOL || type == DDBEXPR_NULL) {
        status = expect_bool(d, node);
        bool truth = d->nodes[node].kind == JSON_KIND_TRUE;
        if (status != DDBEXPR_OK)
            return status;
        if (type == DDBEXPR_BOOL)
            ddbexpr_builder_bool(b, truth);
        else if (truth)
            ddbexpr_builder_null(b);
        else
            ddbexpr_builder_fault(b, DDBEXPR_VALUE_NULL_FALSE);
        return DDBEXPR_OK;
    }
    status = json_expect_string(d, node);
    if (status != DDBEXPR_OK)
        return status;
    if (type == DDBEXPR_S)
        ddbexpr_builder_string(b, d->nodes[node].text);
    else
        ddbexpr_builder_number(b, d->nodes[node].text);
    return DDBEXPR_OK;
}

/* --- containers --- */

static ddbexpr_status decode_set(const struct json_document *d, uint32_t node, ddbexpr_type type, ddbexpr_builder *b)
{
    ddbexpr_status status = json_expect(d, node, JSON_KIND_ARRAY);
    if (status != DDBEXPR_OK)
        return status;
    ddbexpr_builder_begin(b, type);
    for (uint32_t at = node + 1; at < d->nodes[node].next && status == DDBEXPR_OK; at = d->nodes[at].next)
        status = decode_scalar(d, at, (ddbexpr_type)(type - DDBEXPR_SS), b);
    if (status == DDBEXPR_OK)
        ddbexpr_builder_end(b);
    return status;
}

static ddbexpr_status decode_list(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                  ddbexpr_builder *b, unsigned depth)
{
    ddbexpr_status status = json_expect(d, node, JSON_KIND_ARRAY);
    if (status != DDBEXPR_OK)
        return status;
    ddbexpr_builder_begin(b, DDBEXPR_L);
    for (uint32_t at = node + 1; at < d->nodes[node].next && status == DDBEXPR_OK; at = d->nodes[at].next)
        status = decode(d, at, form, b, depth);
    if (status == DDBEXPR_OK)
        ddbexpr_builder_end(b);
    return status;
}

static ddbexpr_status decode_map(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                 ddbexpr_builder *b, unsigned depth)
{
    ddbexpr_status status = json_expect(d, node, JSON_KIND_OBJECT);
    if (status != DDBEXPR_OK)
        return status;
    ddbexpr_builder_begin(b, DDBEXPR_M);
    for (uint32_t at = node + 1; at < d->nodes[node].next && status == DDBEXPR_OK; at = json_next_member(d, at)) {
        if (form == DDBEXPR_JSON_TYPED && d->nodes[at + 1].kind == JSON_KIND_NULL)
            continue; /* a null member is one that was not sent */
        ddbexpr_builder_name(b, d->nodes[at].text);
        status = decode(d, at + 1, form, b, depth);
    }
    if (status == DDBEXPR_OK)
        ddbexpr_builder_end(b);
    return status;
}

/* --- one value --- */

/* The type of a tag. This is asked for every value, so it is not done by comparing ten names. */
bool json_find_type(str name, ddbexpr_type *ret)
{
    if (name.len == 1) {
        static const char tags[] = "SNBLM";
        static const ddbexpr_type types[] = {DDBEXPR_S, DDBEXPR_N, DDBEXPR_B, DDBEXPR_L, DDBEXPR_M};
        for (size_t i = 0; i < sizeof types / sizeof *types; i++)
            if (name.ptr[0] == tags[i]) {
                *ret = types[i];
                return true;
            }
        return false;
    }
    for (ddbexpr_type type = DDBEXPR_BOOL; type <= DDBEXPR_BS; type++)
        if (name.len > 1 && name.len <= 4 && str_is(name, ddbexpr_cstr(ddbexpr_type_name(type)))) {
            *ret = type;
            return true;
        }
    return false;
}

static ddbexpr_status decode_content(const struct json_document *d, uint32_t node, ddbexpr_type type,
                                     ddbexpr_builder *b, unsigned depth)
{
    switch (type) {
    case DDBEXPR_S:
    case DDBEXPR_N:
    case DDBEXPR_B:
    case DDBEXPR_BOOL:
    case DDBEXPR_NULL:
        return decode_scalar(d, node, type, b);
    case DDBEXPR_L:
        return decode_list(d, node, DDBEXPR_JSON_TYPED, b, depth + 1);
    case DDBEXPR_M:
        return decode_map(d, node, DDBEXPR_JSON_TYPED, b, depth + 1);
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:;
    }
    return decode_set(d, node, type, b);
}

/* Several types at once: one that is faulty by itself is told first (cases dyl-bad-014, dyl-bad-035). */
static ddbexpr_status decode_several(const struct json_document *d, uint32_t object, ddbexpr_builder *b)
{
    ddbexpr_builder *trial = NULL;
    ddbexpr_status status = ddbexpr_builder_new(d->arena, &trial);
    uint32_t faulty = 0;
    ddbexpr_type type, faulty_type = DDBEXPR_NULL;
    for (uint32_t at = object + 1; at < d->nodes[object].next && status == DDBEXPR_OK; at = json_next_member(d, at)) {
        if (d->nodes[at + 1].kind == JSON_KIND_NULL || !json_find_type(d->nodes[at].text, &type))
            continue;
        const ddbexpr_value *v;
        status = decode_content(d, at + 1, type, trial, LIMIT_JSON_VALUE_LEVELS);
        if (status == DDBEXPR_OK)
            status = ddbexpr_builder_finish(trial, &v);
        if (status == DDBEXPR_OK && ddbexpr_value_is_faulty(v) && !faulty &&
            (type == DDBEXPR_N || type >= DDBEXPR_SS)) {
            faulty = at + 1;
            faulty_type = type;
        }
    }
    ddbexpr_builder_free(trial);
    if (status != DDBEXPR_OK)
        return status;
    if (faulty)
        return decode_content(d, faulty, faulty_type, b, LIMIT_JSON_VALUE_LEVELS);
    ddbexpr_builder_fault(b, DDBEXPR_VALUE_SEVERAL_TYPES);
    return DDBEXPR_OK;
}

static ddbexpr_status decode_typed(const struct json_document *d, uint32_t node, ddbexpr_builder *b, unsigned depth)
{
    ddbexpr_status status = json_expect(d, node, JSON_KIND_OBJECT);
    if (status != DDBEXPR_OK)
        return status;
    uint32_t content = 0, types = 0;
    ddbexpr_type type = DDBEXPR_NULL;
    for (uint32_t at = node + 1; at < d->nodes[node].next; at = json_next_member(d, at)) {
        ddbexpr_type found;
        if (d->nodes[at + 1].kind == JSON_KIND_NULL || !json_find_type(d->nodes[at].text, &found))
            continue; /* an unknown member counts as none (aws: spec alternator-suite 12) */
        types++;
        type = found;
        content = at + 1;
    }
    if (types > 1)
        return decode_several(d, node, b);
    if (types == 1)
        return decode_content(d, content, type, b, depth);
    ddbexpr_builder_fault(b, DDBEXPR_VALUE_NO_TYPE);
    return DDBEXPR_OK;
}

static ddbexpr_status decode_plain(const struct json_document *d, uint32_t node, ddbexpr_builder *b, unsigned depth)
{
    switch (d->nodes[node].kind) {
    case JSON_KIND_OBJECT:
        return decode_map(d, node, DDBEXPR_JSON_PLAIN, b, depth + 1);
    case JSON_KIND_ARRAY:
        return decode_list(d, node, DDBEXPR_JSON_PLAIN, b, depth + 1);
    case JSON_KIND_STRING:
        ddbexpr_builder_string(b, d->nodes[node].text);
        return DDBEXPR_OK;
    case JSON_KIND_NUMBER:
        ddbexpr_builder_number(b, d->nodes[node].text);
        return DDBEXPR_OK;
    case JSON_KIND_TRUE:
    case JSON_KIND_FALSE:
        ddbexpr_builder_bool(b, d->nodes[node].kind == JSON_KIND_TRUE);
        return DDBEXPR_OK;
    case JSON_KIND_NULL:;
    }
    ddbexpr_builder_null(b);
    return DDBEXPR_OK;
}

static ddbexpr_status decode(const struct json_document *d, uint32_t node, ddbexpr_json_form form, ddbexpr_builder *b,
                             unsigned depth)
{
    if (depth >= LIMIT_JSON_VALUE_LEVELS) {
        ddbexpr_builder_fault(b, DDBEXPR_VALUE_TOO_DEEP);
        return DDBEXPR_OK;
    }
    return form == DDBEXPR_JSON_PLAIN ? decode_plain(d, node, b, depth) : decode_typed(d, node, b, depth);
}

static ddbexpr_status finish(ddbexpr_builder *b, ddbexpr_status status, const ddbexpr_value **ret)
{
    if (status == DDBEXPR_OK)
        status = ddbexpr_builder_finish(b, ret);
    ddbexpr_builder_free(b);
    return status;
}

ddbexpr_status json_decode_value(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                 const ddbexpr_value **ret)
{
    ddbexpr_builder *b;
    ddbexpr_status status = ddbexpr_builder_new(d->arena, &b);
    return status == DDBEXPR_OK ? finish(b, decode(d, node, form, b, 0), ret) : status;
}

ddbexpr_status json_decode_item(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                const ddbexpr_value **ret)
{
    ddbexpr_builder *b;
    ddbexpr_status status = ddbexpr_builder_new(d->arena, &b);
    return status == DDBEXPR_OK ? finish(b, decode_map(d, node, form, b, 0), ret) : status;
}
