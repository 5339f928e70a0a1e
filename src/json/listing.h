/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the items in the answer of Scan or Query. */
#ifndef DDBEXPR_JSON_LISTING_H
#define DDBEXPR_JSON_LISTING_H

#include "json/document.h"

enum json_listing {
    JSON_LISTING_NONE,  /* the object is no answer */
    JSON_LISTING_FOUND, /* it is one */
    JSON_LISTING_CUT,   /* the text breaks off in it, before any array Items */
    JSON_LISTING_BEGUN  /* the same, in such an array or behind it */
};

/* Whether an object that begins at `at` is such an answer, and where the array of its items stands. Looks at brackets
 * and names only: what it says of a text that is no JSON means nothing. */
enum json_listing json_find_listing(str text, size_t at, ddbexpr_json_form form, ddbexpr_span *ret);

#endif
