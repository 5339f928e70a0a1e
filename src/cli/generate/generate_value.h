/* SPDX-License-Identifier: Apache-2.0 */
/* Attribute values as JSON documents, {"N": "5"}: random ones, and others that stand beside a given one. All of them
 * are values that the service takes. */
#ifndef DDBEXPR_CLI_GENERATE_GENERATE_VALUE_H
#define DDBEXPR_CLI_GENERATE_GENERATE_VALUE_H

#include "cli/generate/generate.h"

/* The type by its tag; and the content under it. */
ddbexpr_type typed_type(const struct doc *value);
struct doc *typed_content(const struct doc *value);

#define TYPE_BIT(type) (1u << (type))
#define TYPES_ORDERED  (TYPE_BIT(DDBEXPR_S) | TYPE_BIT(DDBEXPR_N) | TYPE_BIT(DDBEXPR_B))
#define TYPES_SETS     (TYPE_BIT(DDBEXPR_SS) | TYPE_BIT(DDBEXPR_NS) | TYPE_BIT(DDBEXPR_BS))
#define TYPES_SIZED    (TYPES_SETS | TYPE_BIT(DDBEXPR_S) | TYPE_BIT(DDBEXPR_B) | TYPE_BIT(DDBEXPR_L) | TYPE_BIT(DDBEXPR_M))
#define TYPES_ALL      ((1u << DDBEXPR_TYPE_COUNT) - 1)

/* A value around a content; of a type's text; of bytes; of a whole number. */
struct doc *typed_wrap(struct generator *g, ddbexpr_type type, struct doc *content);
struct doc *typed_text(struct generator *g, ddbexpr_type type, ddbexpr_str text);
struct doc *typed_binary(struct generator *g, ddbexpr_str bytes);
struct doc *typed_number(struct generator *g, int32_t number);

/* A random value of a type, `depth` levels of lists and maps at the most; of any type but those of `except`. */
struct doc *typed_make(struct generator *g, ddbexpr_type type, unsigned depth);
struct doc *typed_make_any(struct generator *g, unsigned except, unsigned depth);

/* A number that can be added to another without leaving what 38 digits hold. */
struct doc *typed_make_small(struct generator *g);
bool typed_is_small(const struct doc *number);

/* Of an S, N or B: another that is less (-1), equal but perhaps spelled otherwise (0) or greater (1). Where there is
 * none it is equal. */
struct doc *typed_beside(struct generator *g, const struct doc *value, int order);

/* An equal value, perhaps spelled otherwise; one of the same type that is mostly another. */
struct doc *typed_equal(struct generator *g, const struct doc *value);
struct doc *typed_other(struct generator *g, const struct doc *value);

/* A word such as attributes hold. */
ddbexpr_str typed_word(struct generator *g);

#endif
