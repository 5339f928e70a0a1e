/* SPDX-License-Identifier: Apache-2.0 */
/* Attribute values: the ten types, exact numbers, sets, items. All values are immutable and live in an arena; `const
 * ddbexpr_value *` may be read by any number of threads. An item is a value of type M.
 *
 * A value may be *faulty*: it stands for something that was sent and that the service refuses (an empty set, a number
 * of 39 digits, two types at once). It can be built, so that the fault can be told where and when the service tells
 * it; it cannot be evaluated. See ddbexpr_value_is_faulty. Since 0.1.0. */
#ifndef DDBEXPR_VALUE_H
#define DDBEXPR_VALUE_H

#include <ddbexpr/memory.h>

DDBEXPR_BEGIN_DECLS

/* The attribute value types, by the names of DynamoDB JSON. */
typedef enum ddbexpr_type {
    DDBEXPR_S,
    DDBEXPR_N,
    DDBEXPR_B,
    DDBEXPR_BOOL,
    DDBEXPR_NULL,
    DDBEXPR_L,
    DDBEXPR_M,
    DDBEXPR_SS,
    DDBEXPR_NS,
    DDBEXPR_BS
} ddbexpr_type;

#define DDBEXPR_TYPE_COUNT 10

typedef struct ddbexpr_value ddbexpr_value;

/* "S", "N", …, "BS". Static. Any thread. */
DDBEXPR_API const char *ddbexpr_type_name(ddbexpr_type type);

/* --- building: each returns the value, or NULL when the arena has no memory. Bytes and elements are copied into the
 * arena (the elements' own contents are shared with the values given, which must live as long). --- */

/* An S, and a B. */
DDBEXPR_API const ddbexpr_value *ddbexpr_value_string(ddbexpr_arena *arena, ddbexpr_str text);
DDBEXPR_API const ddbexpr_value *ddbexpr_value_binary(ddbexpr_arena *arena, ddbexpr_str bytes);

/* A number from its text as DynamoDB JSON has it (ASCII digits, optional sign, point, exponent). A text that is no
 * number, has more than 38 significant digits, or is out of range gives a faulty value. */
DDBEXPR_API const ddbexpr_value *ddbexpr_value_number(ddbexpr_arena *arena, ddbexpr_str text);

/* A BOOL, and the NULL. */
DDBEXPR_API const ddbexpr_value *ddbexpr_value_bool(ddbexpr_arena *arena, bool truth);
DDBEXPR_API const ddbexpr_value *ddbexpr_value_null(ddbexpr_arena *arena);

/* A list. The service allows 31 levels of lists and maps in an attribute. What is higher is still kept, and refused
 * where it is an attribute (ddbexpr_item_is_faulty) or a placeholder's value; more than 34 levels give a faulty value.
 */
DDBEXPR_API const ddbexpr_value *ddbexpr_value_list(ddbexpr_arena *arena, const ddbexpr_value *const *elements,
                                                    size_t count);

/* A map, also an item. Names must differ: NULL also where two are equal. Entries keep their order when printed. */
DDBEXPR_API const ddbexpr_value *ddbexpr_value_map(ddbexpr_arena *arena, const ddbexpr_str *names,
                                                   const ddbexpr_value *const *values, size_t count);

/* A set of `type` SS, NS or BS from elements of type S, N or B. An empty set and repeated members give a faulty value.
 * Members are kept sorted, as the service returns them: strings and binaries by bytes, numbers by value (aws). NULL
 * also when `type` is no set type or an element has another type. */
DDBEXPR_API const ddbexpr_value *ddbexpr_value_set(ddbexpr_arena *arena, ddbexpr_type type,
                                                   const ddbexpr_value *const *elements, size_t count);

/* --- building step by step: for readers of other formats. Nothing is copied: bytes and names are borrowed and must
 * live as long as the values. What the service refuses becomes a faulty value. A lack of memory sticks and is told by
 * ddbexpr_builder_finish. --- */

/* A builder of one value after another; one thread at a time. */
typedef struct ddbexpr_builder ddbexpr_builder;

/* A new builder whose values live in `arena`. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_builder_new(ddbexpr_arena *arena, ddbexpr_builder **ret_builder);
DDBEXPR_API void ddbexpr_builder_free(ddbexpr_builder *builder);

/* The name of the entry whose value comes next, inside a map. */
DDBEXPR_API void ddbexpr_builder_name(ddbexpr_builder *builder, ddbexpr_str name);

/* One value: the whole, or the next element or entry of the container that is open. */
DDBEXPR_API void ddbexpr_builder_string(ddbexpr_builder *builder, ddbexpr_str text);
DDBEXPR_API void ddbexpr_builder_binary(ddbexpr_builder *builder, ddbexpr_str bytes);
DDBEXPR_API void ddbexpr_builder_number(ddbexpr_builder *builder, ddbexpr_str text);
DDBEXPR_API void ddbexpr_builder_bool(ddbexpr_builder *builder, bool truth);
DDBEXPR_API void ddbexpr_builder_null(ddbexpr_builder *builder);

/* Opens a container: L, M, SS, NS or BS. Its members follow, then ddbexpr_builder_end. */
DDBEXPR_API void ddbexpr_builder_begin(ddbexpr_builder *builder, ddbexpr_type type);
DDBEXPR_API void ddbexpr_builder_end(ddbexpr_builder *builder);

/* Values that are none, as they may be sent: without a type, with several, NULL: false, too deep to be looked at. */
typedef enum ddbexpr_value_fault {
    DDBEXPR_VALUE_NO_TYPE,
    DDBEXPR_VALUE_SEVERAL_TYPES,
    DDBEXPR_VALUE_NULL_FALSE,
    DDBEXPR_VALUE_TOO_DEEP
} ddbexpr_value_fault;
DDBEXPR_API void ddbexpr_builder_fault(ddbexpr_builder *builder, ddbexpr_value_fault fault);

/* The finished value, in the arena; the builder is then ready for the next. Errors: NO_MEMORY; MISUSE (containers open,
 * nothing or too much built, a name twice in a map, members of a set of another type). */
DDBEXPR_API ddbexpr_status ddbexpr_builder_finish(ddbexpr_builder *builder, const ddbexpr_value **ret_value);

/* --- reading: borrowed from the value, valid as long as it. Any thread. --- */

/* The type. Of a faulty value: the type that was meant, as far as there is one, else NULL. */
DDBEXPR_API ddbexpr_type ddbexpr_value_type(const ddbexpr_value *value);

/* Whether the value, or anything in it, is something that the service refuses. */
DDBEXPR_API bool ddbexpr_value_is_faulty(const ddbexpr_value *value);

/* The same of a whole item, also if an attribute is more than 31 levels high: whether no table can hold it. True for
 * what is no map. */
DDBEXPR_API bool ddbexpr_item_is_faulty(const ddbexpr_value *item);

/* The bytes of an S or B; empty for other types. */
DDBEXPR_API ddbexpr_str ddbexpr_value_bytes(const ddbexpr_value *value);

/* The truth of a BOOL; false for other types. */
DDBEXPR_API bool ddbexpr_value_truth(const ddbexpr_value *value);

/* Members of an L, M or set; 0 for other types. */
DDBEXPR_API size_t ddbexpr_value_count(const ddbexpr_value *value);

/* The element at `index` of an L or set, or the value of the map's entry at `index`; NULL past the end. */
DDBEXPR_API const ddbexpr_value *ddbexpr_value_at(const ddbexpr_value *value, size_t index);

/* The name of a map's entry at `index`; empty past the end. */
DDBEXPR_API ddbexpr_str ddbexpr_value_name_at(const ddbexpr_value *value, size_t index);

/* The value of a map's entry; NULL if there is none or the value is no map. */
DDBEXPR_API const ddbexpr_value *ddbexpr_value_get(const ddbexpr_value *map, ddbexpr_str name);

/* Appends the number's normal form to the buffer, as the service returns it: plain decimal, no exponent, no idle
 * zeros, "0" for zero. Appends nothing for other types. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_value_print_number(const ddbexpr_value *value, ddbexpr_buffer *buffer);

/* Appends a value for people: N 5, S "shipped", SS {"a", "b"}, M {…} (12 entries). Longer than `width` columns it is
 * shortened and its size is said; 0: never shortened. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_value_print(const ddbexpr_value *value, size_t width, ddbexpr_buffer *buffer);

/* --- comparing and measuring. Any thread. Neither value may be faulty. --- */

/* Equality as `=` has it: same type, numbers by value, sets without order, lists and maps deeply. */
DDBEXPR_API bool ddbexpr_value_equal(const ddbexpr_value *a, const ddbexpr_value *b);

/* Order as `<` has it: sets *ret_order to -1, 0 or 1 and returns true for two S, two N or two B; returns false for
 * everything else, which has no order. */
DDBEXPR_API bool ddbexpr_value_compare(const ddbexpr_value *a, const ddbexpr_value *b, int *ret_order);

/* Bytes that a value, and that an item (names and values; 0 for what is no map), counts against the service's limit of
 * 409600 for an item. */
DDBEXPR_API size_t ddbexpr_value_size(const ddbexpr_value *value);
DDBEXPR_API size_t ddbexpr_item_size(const ddbexpr_value *item);

DDBEXPR_END_DECLS

#endif
