/* SPDX-License-Identifier: Apache-2.0 */
/* Looking into a document, and telling what is wrong in it. */
#include "json/document.h"

uint32_t json_member(const struct json_document *d, uint32_t object, str name)
{
    for (uint32_t at = object + 1; at < d->nodes[object].next; at = json_next_member(d, at))
        if (str_is(d->nodes[at].text, name))
            return d->nodes[at + 1].kind == JSON_KIND_NULL ? 0 : at + 1;
    return 0;
}

ddbexpr_status json_fault(const struct json_document *d, uint32_t node, ddbexpr_input_fault fault, str a, str b)
{
    if (d->fault) {
        *d->fault = d->nodes[node].span;
        return DDBEXPR_INVALID;
    }
    ddbexpr_status status = ddbexpr_diags_report_input(d->diags, fault, d->text, d->nodes[node].span, a, b);
    return status == DDBEXPR_OK ? DDBEXPR_INVALID : status;
}

/* The service's words for what a scalar is. */
static str scalar_word(enum json_kind kind)
{
    return kind == JSON_KIND_NUMBER  ? STR("NUMBER_VALUE")
           : kind == JSON_KIND_TRUE  ? STR("TRUE_VALUE")
           : kind == JSON_KIND_FALSE ? STR("FALSE_VALUE")
           : kind == JSON_KIND_NULL  ? STR("NULL_VALUE")
                                     : STR("STRING_VALUE");
}

ddbexpr_status json_not_scalar(const struct json_document *d, uint32_t node, str type)
{
    enum json_kind kind = d->nodes[node].kind;
    if (kind == JSON_KIND_OBJECT || kind == JSON_KIND_ARRAY)
        return json_fault(d, node, DDBEXPR_INPUT_UNEXPECTED_START, STR(""), STR(""));
    return json_fault(d, node, DDBEXPR_INPUT_NOT_STRING, scalar_word(kind), type);
}

ddbexpr_status json_expect_string(const struct json_document *d, uint32_t node)
{
    return d->nodes[node].kind == JSON_KIND_STRING ? DDBEXPR_OK : json_not_scalar(d, node, STR("String"));
}

ddbexpr_status json_expect(const struct json_document *d, uint32_t node, enum json_kind kind)
{
    enum json_kind found = d->nodes[node].kind;
    if (found == kind)
        return DDBEXPR_OK;
    if (found == JSON_KIND_OBJECT || found == JSON_KIND_ARRAY)
        return json_fault(d, node, DDBEXPR_INPUT_UNEXPECTED_START, STR(""), STR(""));
    return json_fault(d, node, DDBEXPR_INPUT_NOT_CONTAINER, STR(""), STR(""));
}

ddbexpr_status json_string_member(const struct json_document *d, uint32_t object, str name, str *ret)
{
    uint32_t node = json_member(d, object, name);
    if (!node)
        return DDBEXPR_OK;
    ddbexpr_status status = json_expect_string(d, node);
    if (status == DDBEXPR_OK)
        *ret = d->nodes[node].text;
    return status;
}
