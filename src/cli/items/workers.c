/* SPDX-License-Identifier: Apache-2.0 */
/* The ring under one lock. What is at a place belongs to the thread that works on it, and before and after that to the
 * one that fills the ring: handing it over is what the lock is for. */
#include "cli/items/workers.h"

#include <stdlib.h>

struct worker {
    pthread_t thread;
    struct workers *all;
    size_t number;
};

static void *work(void *argument)
{
    struct worker *me = argument;
    struct workers *w = me->all;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->taken == w->filled && !w->stopping)
            pthread_cond_wait(&w->filled_more, &w->lock);
        if (w->stopping)
            break;
        size_t place = w->taken++ % w->places;
        pthread_mutex_unlock(&w->lock);
        w->job(w->context, me->number, place);
        pthread_mutex_lock(&w->lock);
        w->done[place] = true;
        pthread_cond_signal(&w->done_more); /* there is one who waits for it */
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

static void free_all(struct workers *w)
{
    pthread_cond_destroy(&w->done_more);
    pthread_cond_destroy(&w->filled_more);
    pthread_mutex_destroy(&w->lock);
    free(w->threads);
    free(w->done);
}

bool workers_start(struct workers *w, size_t count, size_t places, workers_job job, void *context)
{
    *w = (struct workers){.places = places, .job = job, .context = context};
    w->done = calloc(places, sizeof *w->done);
    w->threads = calloc(count, sizeof *w->threads);
    pthread_mutex_init(&w->lock, NULL); /* of GNU's C library these three never fail */
    pthread_cond_init(&w->filled_more, NULL);
    pthread_cond_init(&w->done_more, NULL);
    for (; w->done && w->threads && w->count < count; w->count++) {
        struct worker *worker = &w->threads[w->count];
        *worker = (struct worker){.all = w, .number = w->count};
        if (pthread_create(&worker->thread, NULL, work, worker) != 0)
            break;
    }
    if (w->count == 0)
        free_all(w);
    return w->count > 0;
}

void workers_stop(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_broadcast(&w->filled_more);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < w->count; i++)
        pthread_join(w->threads[i].thread, NULL);
    free_all(w);
}

/* `filled` and `emptied` are written by the one who asks. */
size_t workers_free_place(const struct workers *w)
{
    return w->filled - w->emptied == w->places ? WORKERS_NONE : w->filled % w->places;
}

void workers_submit(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->done[w->filled % w->places] = false;
    w->filled++;
    pthread_cond_signal(&w->filled_more);
    pthread_mutex_unlock(&w->lock);
}

size_t workers_wait(struct workers *w)
{
    size_t place = w->emptied % w->places;
    if (w->emptied == w->filled)
        return WORKERS_NONE;
    pthread_mutex_lock(&w->lock);
    while (!w->done[place])
        pthread_cond_wait(&w->done_more, &w->lock);
    pthread_mutex_unlock(&w->lock);
    return place;
}

void workers_release(struct workers *w) { w->emptied++; }
