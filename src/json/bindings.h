/* SPDX-License-Identifier: Apache-2.0 */
/* Placeholder maps from JSON nodes. */
#ifndef DDBEXPR_JSON_BINDINGS_H
#define DDBEXPR_JSON_BINDINGS_H

#include "json/document.h"

ddbexpr_status json_decode_names(const struct json_document *d, uint32_t node, const ddbexpr_name_binding **ret,
                                 size_t *ret_count);
ddbexpr_status json_decode_values(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                  const ddbexpr_value_binding **ret, size_t *ret_count);

#endif
