/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of an attribute value. Values are immutable; containers hold their members in place, so that copying a
 * member's 32 bytes shares everything below it. */
#ifndef DDBEXPR_VALUE_VALUE_H
#define DDBEXPR_VALUE_VALUE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "value/number.h"

#include <ddbexpr/value.h>

typedef ddbexpr_value value;

enum value_flag {
    VALUE_TRUE = 1,     /* BOOL: true */
    VALUE_NEGATIVE = 2, /* N: below zero */
    VALUE_FAULTY = 4    /* this value, or one in it, is refused by the service */
};

/* What is wrong with a faulty value itself. */
enum value_fault_kind {
    FAULT_NO_TYPE,       /* {} : no member that names a type */
    FAULT_SEVERAL_TYPES, /* {"S": …, "N": …} */
    FAULT_NULL_FALSE,    /* {"NULL": false} */
    FAULT_EMPTY_SET,
    FAULT_DUPLICATES,  /* a set with a member twice */
    FAULT_NOT_NUMERIC, /* these four: of a number, or of the first such member of a number set */
    FAULT_TOO_MANY_DIGITS,
    FAULT_OVERFLOW,
    FAULT_UNDERFLOW,
    FAULT_NESTING /* more levels than are kept (LIMIT_VALUE_HEIGHT_KEPT); what is below was dropped */
};

struct value_fault {
    enum value_fault_kind kind;
    ddbexpr_type type;     /* meant */
    str text;              /* a number's text as sent */
    const value *elements; /* FAULT_DUPLICATES: the members as sent (text of numbers kept) */
    uint32_t count;
};

struct map_entry;

struct ddbexpr_value {
    uint8_t type;     /* ddbexpr_type */
    uint8_t flags;    /* enum value_flag */
    int16_t exponent; /* N */
    uint32_t count;   /* S, B: bytes; N: bytes of the text as written (0: none kept); L, M, sets: members */
    union {
        const char *bytes;               /* S, B; N: the text as written, or NULL */
        const value *elements;           /* L, sets (sorted) */
        const struct map_entry *entries; /* M, in the order given; an index follows them (map.c) */
        const struct value_fault *fault; /* with VALUE_FAULTY on a value that is itself the fault (is_fault) */
    } at;
    union {
        coefficient coefficient; /* N */
        struct {
            uint32_t height;       /* L, M: levels of lists and maps, itself included */
            bool is_fault;         /* at.fault holds */
            uint8_t unindexed;     /* M with an index: so many of the last entries are not in it */
            const uint32_t *index; /* M: for large maps, or NULL; see map.c */
        } box;
    } more;
};

/* One entry of a map: 48 bytes. */
struct map_entry {
    const char *name;
    uint32_t name_len;
    uint32_t hash; /* str_hash of the name */
    value value;
};

static inline bool value_is_set(const value *v) { return v->type >= DDBEXPR_SS; } /* the last three */
static inline bool value_is_fault(const value *v)                                 /* an N is none: value_of_fault */
{
    return (v->flags & VALUE_FAULTY) && v->more.box.is_fault;
}
static inline str value_bytes(const value *v) { return str_of(v->at.bytes, v->count); }
static inline struct number value_number(const value *v)
{
    return (struct number){v->more.coefficient, v->exponent, (v->flags & VALUE_NEGATIVE) != 0};
}
static inline bool value_number_equal(const value *a, const value *b) /* both N */
{
    return a->more.coefficient == b->more.coefficient && a->exponent == b->exponent &&
           (a->flags & VALUE_NEGATIVE) == (b->flags & VALUE_NEGATIVE);
}
static inline uint32_t value_height(const value *v)
{
    return v->type == DDBEXPR_L || v->type == DDBEXPR_M ? v->more.box.height : 0;
}

/* --- making values in place: nothing is allocated but what is said; bytes are borrowed --- */
value value_of_string(str text);
value value_of_binary(str bytes);
value value_of_bool(bool truth);
value value_of_null(void);
value value_of_number(const struct number *number);          /* no text kept */
bool value_from_number_text(arena *a, str text, value *ret); /* borrows text; false: no memory (faults allocate) */
value value_of_list(const value *elements, uint32_t count);  /* borrows the elements; computes height and flags */

/* A set from members as sent, which are sorted in place after the checks; borrows the array. Members of an NS may be
 * faulty numbers. False: no memory. */
bool value_set_from(arena *a, ddbexpr_type type, value *members, uint32_t count, value *ret);

/* A faulty value. False: no memory. */
bool value_of_fault(arena *a, struct value_fault fault, value *ret);

/* A list or map that is higher than LIMIT_VALUE_HEIGHT_KEPT becomes FAULT_NESTING; that an attribute is higher than
 * LIMIT_VALUE_HEIGHT is no fault of the value: report_value_fault tells it of what is sent, ddbexpr_item_is_faulty of
 * what is stored. False: no memory. */
bool value_check_height(arena *a, value *v);

/* --- maps (map.c) --- */

/* A map over entries (borrowed, name and value set; hashes are filled in). The index of large maps comes from the
 * arena. ret_duplicate (may be NULL) is the later of two entries with one name, if the result is DDBEXPR_INVALID. Only
 * after DDBEXPR_OK may *ret be used. */
ddbexpr_status value_map_from(arena *a, struct map_entry *entries, uint32_t count, value *ret, uint32_t *ret_duplicate);

/* The same for entries that are known to differ and have their hashes. False: no memory. */
bool value_map_from_distinct(arena *a, struct map_entry *entries, uint32_t count, value *ret);

/* What is known of the values that were written into a copy of a map's entries. Zero-initialise. */
struct map_changes {
    uint8_t flags;   /* of any of them */
    uint32_t height; /* of the highest */
    bool lower;      /* one took the place of a higher one */
};

/* What becomes of a map when values in it change and entries are added, but none is dropped: `entries` are those of
 * `old` at their places, then the added ones, which have their hashes and are named otherwise. What is known of `old`,
 * its index too, is used for the new one, so that the cost does not grow with what was not touched. False: no memory.
 */
bool value_map_from_changed(arena *a, const value *old, struct map_entry *entries, uint32_t count,
                            const struct map_changes *changes, value *ret);

/* The entry's value or NULL. `hash` is str_hash(name). */
const value *value_map_get(const value *map, str name, uint32_t hash);

/* --- faults, comparing, measuring --- */

/* Where a faulty value is faulty: a fault, or an entry's name that is empty or longer than is allowed. */
struct fault_place {
    const struct value_fault *fault;
    bool bad_name;
    uint32_t name_length;
};

/* The first fault in document order, values before names. False: there is none. */
bool value_first_fault(const value *v, struct fault_place *ret);

/* Bytes that a value, and that a whole item, counts against the item limit. */
size_t value_size(const value *v);
size_t value_item_size(const value *item);

/* What size() gives, or false if the type has no size (spec: alternator-suite 6). */
bool value_function_size(const value *v, uint64_t *ret_size);

/* <0, 0, >0 between two members of one kind of set. */
int value_order_members(const value *a, const value *b);

#endif
