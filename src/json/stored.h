/* SPDX-License-Identifier: Apache-2.0 */
/* Items as tables hold them. */
#ifndef DDBEXPR_JSON_STORED_H
#define DDBEXPR_JSON_STORED_H

#include "json/document.h"

/* Like json_decode_item; an item that no table can hold is INVALID: its place is told, then what is wrong in it. */
ddbexpr_status json_decode_stored(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                  const ddbexpr_value **ret);

/* Whether the items fit the table's key, each for itself and all together; their places are told in the document's
 * text. Errors: INVALID (told), NO_MEMORY. */
ddbexpr_status json_check_stored_keys(const struct json_document *d, const ddbexpr_table *table,
                                      const ddbexpr_span *places);

#endif
