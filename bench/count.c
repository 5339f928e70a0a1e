/* SPDX-License-Identifier: Apache-2.0 */
/* The operations of the workload for callgrind, which counts what happens inside `counted` and writes a profile after
 * each call. Prints a name for every two of them: the one with fewer repetitions comes first, and the difference holds
 * nothing but repetitions. Evaluations and updates are those of the item of middle size. See instructions.py. */
#include "stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEW  2
#define MANY 12

void counted(const struct stage *stage, struct subject *subject, uint64_t repetitions);

__attribute__((noinline)) void counted(const struct stage *stage, struct subject *subject, uint64_t repetitions)
{
    stage->repeat(subject, repetitions);
    keep(subject);
}

/* --- memory: pieces that were freed are kept for the next of their size, so that counts do not depend on what the C
 * library does with them --- */

#define SIZE_CLASSES 32

struct pieces {
    void *free[SIZE_CLASSES]; /* by binary logarithm of the size; each holds the address of the next */
};

static unsigned class_of(size_t size)
{
    unsigned class = 4;
    while (((size_t)1 << class) < size)
        class ++;
    return class;
}

static void *resize_piece(void *context, void *ptr, size_t old_size, size_t new_size)
{
    struct pieces *p = context;
    void *piece = NULL;
    if (new_size > 0) {
        unsigned class = class_of(new_size);
        if (class >= SIZE_CLASSES)
            return NULL;
        if (ptr && class == class_of(old_size))
            return ptr;
        piece = p->free[class];
        if (piece)
            memcpy(&p->free[class], piece, sizeof(void *));
        else if (!(piece = malloc((size_t)1 << class)))
            return NULL;
        if (ptr)
            memcpy(piece, ptr, old_size < new_size ? old_size : new_size);
    }
    if (ptr) {
        unsigned class = class_of(old_size);
        memcpy(ptr, &p->free[class], sizeof(void *));
        p->free[class] = ptr;
    }
    return piece;
}

/* --- what is counted --- */

static const struct stage *stage_named(const char *name)
{
    const struct stage *stage = stages;
    while (strcmp(stage->name, name) != 0)
        stage++;
    return stage;
}

static bool count(const char *stage_name, const struct operation *operation, const struct stored_item *item)
{
    struct pieces pieces = {{NULL}};
    const ddbexpr_alloc alloc = {&pieces, resize_piece};
    const struct stage *stage = stage_named(stage_name);
    struct subject subject;
    if (!subject_begin(operation, item, &alloc, &subject))
        return false;
    stage->repeat(&subject, 3);
    counted(stage, &subject, FEW);
    counted(stage, &subject, MANY);
    bool done = subject.status == DDBEXPR_OK;
    subject_end(&subject);
    if (done)
        printf("%s/%s\n", stage_name, operation->id);
    return done; /* the pieces stay: the program ends soon */
}

int main(int argc, char **argv)
{
    const struct workload *workload = argc == 2 ? workload_read(argv[1]) : NULL;
    if (!workload || workload->item_count < 2) {
        fputs("usage: count WORKLOAD        to be run by callgrind, see instructions.py\n", stderr);
        return 2;
    }
    printf("%d\n", MANY - FEW);
    bool counted_all = true;
    for (size_t i = 0; i < workload->operation_count; i++) {
        const struct operation *operation = &workload->operations[i];
        counted_all = counted_all && count("check", operation, &workload->items[1]) &&
                      count("compile", operation, &workload->items[1]) &&
                      count(operation->kind == DDBEXPR_UPDATE ? "update" : "evaluate", operation, &workload->items[1]);
    }
    return counted_all ? 0 : 1;
}
