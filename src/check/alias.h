/* SPDX-License-Identifier: Apache-2.0 */
/* Placeholders for fixes. */
#ifndef DDBEXPR_CHECK_ALIAS_H
#define DDBEXPR_CHECK_ALIAS_H

#include "check/scope.h"

/* The placeholder that fixes write for an attribute name (map DDBEXPR_SOURCE_NAMES) or for a value as DynamoDB JSON
 * (DDBEXPR_SOURCE_VALUES): the same one wherever it is asked for. If the names map has one for the name, that is it;
 * otherwise it is a new one, which neither the map nor any text of the request holds. *ret_is_new: it has to be added.
 * .ptr NULL: no memory (scope->no_memory is set). */
str scope_alias(struct scope *scope, ddbexpr_source map, str stands_for, bool *ret_is_new);

#endif
