/* SPDX-License-Identifier: Apache-2.0 */
/* JSON nodes to attribute values. */
#ifndef DDBEXPR_JSON_DECODE_H
#define DDBEXPR_JSON_DECODE_H

#include "json/document.h"

/* An attribute value ({"S": …} or plain). */
ddbexpr_status json_decode_value(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                 const ddbexpr_value **ret);

/* An object of attributes: an item, a key. */
ddbexpr_status json_decode_item(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                const ddbexpr_value **ret);

/* The type that a tag ("S", "SS", …) names; false if it names none. */
bool json_find_type(str name, ddbexpr_type *ret);

/* Base64 with padding. INVALID if it is none; not told. */
ddbexpr_status json_decode_base64(ddbexpr_arena *arena, str text, str *ret);
bool json_is_base64(str text);

#endif
