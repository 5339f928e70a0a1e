/* SPDX-License-Identifier: Apache-2.0 */
/* The stages that an expression or an item goes through, each as something that can be repeated and measured. */
#ifndef DDBEXPR_BENCH_STAGES_H
#define DDBEXPR_BENCH_STAGES_H

#include "measure.h"
#include "workload.h"

/* Which parts of the workload a stage is measured with. */
enum stage_subjects {
    STAGE_OF_EXPRESSIONS, /* every operation */
    STAGE_OF_ITEMS,       /* every item */
    STAGE_OF_CONDITIONS,  /* every condition with every item */
    STAGE_OF_UPDATES,     /* every update with every item */
    STAGE_OF_BOTH         /* every operation with every item */
};

struct stage {
    const char *name;
    enum stage_subjects subjects;
    void (*repeat)(void *subject, uint64_t repetitions); /* a struct subject */
    bool never_allocates;
};

extern const struct stage stages[];
extern const size_t stage_count;

/* What a stage is measured with, made ready: nothing of this is part of the measurement. */
struct subject {
    const struct operation *operation; /* or NULL */
    const struct stored_item *item;    /* or NULL */
    const ddbexpr_alloc *alloc;
    ddbexpr_program *program;
    ddbexpr_arena *arena; /* reset before each repetition: memory as a long-running program has it */
    ddbexpr_buffer *buffer;
    char *question;        /* of STAGE_OF_BOTH: the request with its table, on one line */
    ddbexpr_status status; /* of the last repetition: INVALID where the service refuses this update of this item */
    bool outcome;          /* of the last one: the condition is true, the request is answered with success */
};

/* Of an operation, of an item, or of both. alloc NULL: the C library's. False: no memory, or no sound workload. */
bool subject_begin(const struct operation *operation, const struct stored_item *item, const ddbexpr_alloc *alloc,
                   struct subject *ret_subject);
void subject_end(struct subject *subject);

#endif
