/* SPDX-License-Identifier: Apache-2.0 */
/* One program, several threads. What is immutable is shared; what is built in an arena is built in one of the thread's
 * own. */
#include <ddbexpr/json.h>

#include <pthread.h>
#include <stdio.h>

#define THREADS 4
#define ITEMS   1000

/* [thread] */
struct job {
    const ddbexpr_program *program; /* of all threads */
    unsigned first, matched;
    ddbexpr_status status;
};

static void *count_matches(void *argument)
{
    struct job *job = argument;
    ddbexpr_arena *arena; /* of this thread */
    job->status = ddbexpr_arena_new(NULL, &arena);
    if (job->status != DDBEXPR_OK)
        return NULL;
    for (unsigned i = 0; i < ITEMS && job->status == DDBEXPR_OK; i++) {
        char text[64];
        const ddbexpr_value *item;
        bool matched = false;
        snprintf(text, sizeof text, "{\"paid\": {\"N\": \"%u\"}, \"price\": {\"N\": \"1000\"}}", job->first + i);
        job->status = ddbexpr_json_read_item(arena, ddbexpr_cstr(text), DDBEXPR_JSON_TYPED, NULL, &item);
        if (job->status == DDBEXPR_OK)
            job->status = ddbexpr_evaluate(job->program, item, &matched);
        job->matched += matched;
        ddbexpr_arena_reset(arena); /* the item is gone, its memory stays for the next */
    }
    ddbexpr_arena_free(arena);
    return NULL;
}
/* [end] */

int main(void)
{
    ddbexpr_program *program;
    pthread_t threads[THREADS];
    struct job jobs[THREADS];
    unsigned matched = 0;
    if (ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr("paid < price"), NULL, NULL, NULL, &program) != DDBEXPR_OK)
        return 1;
    for (unsigned i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){.program = program, .first = i * 500};
        if (pthread_create(&threads[i], NULL, count_matches, &jobs[i]) != 0)
            return 1;
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        if (jobs[i].status != DDBEXPR_OK)
            return 1;
        matched += jobs[i].matched;
    }
    printf("%u of %u\n", matched, THREADS * ITEMS);
    ddbexpr_program_free(program);
    return 0;
}
