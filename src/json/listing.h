/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the items in the answer of Scan or Query. */
#ifndef DDBEXPR_JSON_LISTING_H
#define DDBEXPR_JSON_LISTING_H

#include "json/document.h"

/* Whether an object that begins at `at` is such an answer, and where the array of its items stands. Looks at brackets
 * and names only: what it says of a text that is no JSON means nothing. */
bool json_find_listing(str text, size_t at, ddbexpr_json_form form, ddbexpr_span *ret);

#endif
