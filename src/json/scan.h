/* SPDX-License-Identifier: Apache-2.0 */
/* Items read over: judged in full, built in part. */
#ifndef DDBEXPR_JSON_SCAN_H
#define DDBEXPR_JSON_SCAN_H

#include "json/wanted.h"

/* An attribute that is wanted, where it stands. */
struct json_attribute {
    str name;
    size_t value; /* offset of its value */
};

struct json_scan {
    size_t end;    /* of the value that holds the item */
    bool exported; /* the item stands in {"Item": {…}} */
    struct json_attribute *attributes;
    size_t attribute_count;
};

/* Reads over the item that begins at `offset` (after blanks). True: it is one that a table can hold, and the full
 * reader would say so. False says nothing: it is wrong, or rare, or breaks off, and the full reader has to look.
 * `attributes` of *ret is room for those that are wanted: one for each name. */
bool json_scan_item(str text, size_t offset, ddbexpr_json_form form, const ddbexpr_json_wanted *wanted,
                    struct json_scan *ret);

#endif
