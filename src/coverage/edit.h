/* SPDX-License-Identifier: Apache-2.0 */
/* An item with one place changed; all else is shared with the old one. Knows no expressions. */
#ifndef DDBEXPR_COVERAGE_EDIT_H
#define DDBEXPR_COVERAGE_EDIT_H

#include "value/path.h"

/* Puts a value where the path leads to, or (NULL) sees to it that there is nothing. Maps and lists on the way are made
 * where they are missing, also in place of what is no map or list; a list that is too short is filled with NULLs, and
 * one that an element is taken from ends there, since the following ones would move up. *ret is NULL where that would
 * be too many. False: no memory. */
bool edit_item(arena *a, const value *item, const struct document_path *path, const value *to, const value **ret);

#endif
