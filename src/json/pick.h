/* SPDX-License-Identifier: Apache-2.0 */
/* Items of those attributes only that are wanted. */
#ifndef DDBEXPR_JSON_PICK_H
#define DDBEXPR_JSON_PICK_H

#include "json/scan.h"

/* The attributes that a scan of the document's text has found, as an item. Errors: NO_MEMORY. */
ddbexpr_status json_build_scanned(const struct json_document *d, const struct json_scan *scan, ddbexpr_json_form form,
                                  const ddbexpr_value **ret);

/* The same attributes of an item that is whole, in the same order. Errors: NO_MEMORY. */
ddbexpr_status json_pick(ddbexpr_arena *arena, const ddbexpr_value *item, const ddbexpr_json_wanted *wanted,
                         const ddbexpr_value **ret);

#endif
