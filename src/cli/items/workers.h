/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that work on the places of a ring, which one thread fills and empties in order. Knows nothing of the work. */
#ifndef DDBEXPR_CLI_ITEMS_WORKERS_H
#define DDBEXPR_CLI_ITEMS_WORKERS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#define WORKERS_NONE ((size_t)-1)

/* Works on what is at a place; in any order, several at once. */
typedef void (*workers_job)(void *context, size_t worker, size_t place);

struct worker;

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t filled_more, done_more;
    size_t places;                 /* of the ring */
    size_t filled, taken, emptied; /* how many ever were: emptied <= taken <= filled <= emptied + places */
    bool *done;                    /* by place */
    bool stopping;
    workers_job job;
    void *context;
    struct worker *threads;
    size_t count;
};

/* Starts up to `count` threads. False: none could be; nothing is to be stopped then. */
bool workers_start(struct workers *w, size_t count, size_t places, workers_job job, void *context);

/* Waits for what is being worked on; what nobody has begun with is left. */
void workers_stop(struct workers *w);

/* The place to fill next, or WORKERS_NONE: the ring is full. */
size_t workers_free_place(const struct workers *w);

/* That place is filled: somebody shall work on it. */
void workers_submit(struct workers *w);

/* The place that was filled first of those not emptied, once it is done; WORKERS_NONE if there is none. */
size_t workers_wait(struct workers *w);

/* That place is empty again. */
void workers_release(struct workers *w);

#endif
