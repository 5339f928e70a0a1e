/* SPDX-License-Identifier: Apache-2.0 */
/* The types of attributes, learnt from items: every place in them, which types it had, and how often. Needs no more
 * memory for a million items than for a thousand. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_SAMPLE_H
#define DDBEXPR_CLI_CONFIG_CONFIG_SAMPLE_H

#include "cli/config/config.h"

/* An attribute, the elements of a list, or an entry of a map inside. */
struct sample_place {
    ddbexpr_str name; /* empty: the elements of the list above */
    struct sample_place *parent;
    uint64_t seen;
    uint64_t types[DDBEXPR_TYPE_COUNT];
    struct sample_place **inside; /* sorted by name */
    size_t inside_count, inside_room;
    bool varies; /* a map of more than LIMIT_SAMPLE_NAMES names: nothing inside is kept */
};

struct sample {
    ddbexpr_arena *arena;
    struct sample_place items; /* its M are the items */
    size_t place_count;
    uint64_t deep;   /* values that were not looked into, for LIMIT_SAMPLE_STEPS */
    uint64_t more;   /* values at places beyond LIMIT_SAMPLE_PLACES */
    uint64_t unsaid; /* values whose names no path can be written with: those with . [ ] or control characters */
};

/* An empty sample; it lives in the session's arena. */
void sample_begin(struct session *session, struct sample *ret);

/* Adds the items of a file. EXIT_TRUE, or told. */
int sample_read(struct session *session, struct sample *sample, const char *path);

/* Appends a place's path: lines[].qty. `elements` is what stands for those of a list. Errors: NO_MEMORY. */
ddbexpr_status sample_put_path(const struct sample_place *place, const char *elements, ddbexpr_buffer *to);

/* The place after this one, outermost first, those inside after what they are in; NULL at the end. */
const struct sample_place *sample_next(const struct sample *sample, const struct sample_place *place);

/* The types as a set of bits. */
unsigned sample_types(const struct sample_place *place);

/* All places, in the order of sample_next. Errors: NO_MEMORY. */
ddbexpr_status sample_attributes(struct session *session, const struct sample *sample, const char *elements,
                                 const struct config_attribute **ret, size_t *ret_count);

#endif
