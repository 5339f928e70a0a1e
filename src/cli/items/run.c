/* SPDX-License-Identifier: Apache-2.0 */
/* One thread reads the file and cuts it; items are read by it or, where it can be guessed without reading where they
 * end, by others. Where the guess was wrong, or something else is, the text from there on is read by this thread
 * alone: so faults are found, and told, in the order of the file, and by one piece of code. */
#define _GNU_SOURCE 1 /* sched_getaffinity */
#include "cli/items/run.h"

#include "cli/items/chunk.h"
#include "cli/items/tell.h"
#include "cli/items/workers.h"
#include "cli/limits.h"
#include "cli/progress.h"

#include <sched.h>
#include <stdlib.h>

struct run {
    struct session *session;
    const struct items_options *options;
    const struct items_use *use;
    struct source source;
    struct place place; /* of what is not merged yet */
    struct progress progress;
    uint64_t items, bytes;  /* merged */
    ddbexpr_arena **arenas; /* by worker; the last one is this thread's */
    struct chunk *chunks;   /* the places of the ring, and behind them the one that this thread reads */
    size_t chunk_count;
    struct workers workers;
    bool threads;                /* there are others */
    bool alone;                  /* what comes next is not for them */
    bool misguessed;             /* where an array may be cut: it is not tried again */
    bool bad_source;             /* nothing more can be read */
    char opening[CHUNK_OPENING]; /* of the first item */
    size_t opening_length;
};

/* --- reading one chunk: any thread --- */

static void read_items(const struct run *r, ddbexpr_arena *arena, struct chunk *c)
{
    ddbexpr_json_items items = {.size = sizeof items,
                                .text = {c->bytes, c->cut},
                                .form = r->session->form,
                                .layout = c->layout,
                                .begun = c->begun,
                                .offset = c->begin,
                                .wanted = r->options->wanted,
                                .partial = !c->last || c->cut < c->length};
    c->count = 0;
    c->stopped = false;
    c->part = r->use->begin(r->use->context);
    c->status = c->part ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
    while (c->status == DDBEXPR_OK) {
        struct items_item item;
        ddbexpr_arena_reset(arena);
        c->status = ddbexpr_json_next_item(&items, arena, NULL, &item.value);
        if (c->status != DDBEXPR_OK || !item.value)
            break;
        item.text = (ddbexpr_str){c->bytes + items.span.start, items.span.end - items.span.start};
        item.arena = arena;
        item.number = ++c->count;
        if (c->count == 1)
            c->first = item.text;
        c->status = r->use->take(c->part, &item);
        c->stopped = c->status != DDBEXPR_OK;
    }
    c->end = items.offset;
    c->ended = items.ended;
    c->breaks_off = items.breaks_off;
    c->layout = items.layout;
    c->begun = items.begun;
    c->step = place_measure(c->bytes + c->begin, c->end - c->begin);
}

static void read_in_thread(void *context, size_t worker, size_t place)
{
    const struct run *r = context;
    read_items(r, r->arenas[worker], &r->chunks[place]);
}

/* --- putting parts together --- */

static void drop_part(const struct run *r, struct chunk *c)
{
    if (c->part)
        r->use->end(c->part);
    c->part = NULL;
}

static int merge(struct run *r, struct chunk *c)
{
    bool whole = c->part && c->status != DDBEXPR_NO_MEMORY; /* such a part may have gaps */
    int exit = whole ? r->use->merge(r->use->context, c->part) : EXIT_TRUE;
    drop_part(r, c);
    if (exit != EXIT_TRUE)
        return exit;
    if (c->status != DDBEXPR_OK && (c->stopped || c->status != DDBEXPR_INVALID))
        return flush_out() ? exit_for_status(c->status) : EXIT_INTERNAL;
    place_move(&r->place, c->step);
    r->items += c->count;
    r->bytes += c->end - c->begin;
    if (!r->options->silent)
        progress_look_at(&r->progress, r->items, r->bytes, r->source.taken, r->source.size);
    return EXIT_TRUE;
}

/* Text of which others have made nothing: from where the oldest chunk was read to, all that follows in the ring, and
 * what is in `rest`, which gets it all and is to be read by this thread. */
static int take_back(struct run *r, struct chunk *rest)
{
    size_t place = workers_wait(&r->workers);
    const struct chunk *oldest = &r->chunks[place];
    struct chunk whole = {.begin = oldest->end, .begun = oldest->begun, .layout = oldest->layout, .last = rest->last};
    bool good = chunk_append(&whole, oldest->bytes, oldest->cut);
    workers_release(&r->workers);
    while ((place = workers_wait(&r->workers)) != WORKERS_NONE) {
        struct chunk *c = &r->chunks[place];
        good = good && chunk_append(&whole, c->bytes + c->begin, c->cut - c->begin);
        drop_part(r, c);
        workers_release(&r->workers);
    }
    good = good && chunk_append(&whole, rest->bytes + rest->begin, rest->length - rest->begin);
    free(rest->bytes);
    *rest = whole;
    r->alone = true;
    r->misguessed |= whole.layout != DDBEXPR_JSON_LINES;
    return good ? EXIT_TRUE : exit_for_status(DDBEXPR_NO_MEMORY);
}

/* Merges the oldest of the chunks that were given to others. If it was not read to its cut, this thread has to go on
 * with `rest`, into which the text comes back. */
static int merge_oldest(struct run *r, struct chunk *rest)
{
    struct chunk *c = &r->chunks[workers_wait(&r->workers)];
    bool whole = c->status == DDBEXPR_OK && c->end == c->cut;
    int exit = merge(r, c);
    if (exit == EXIT_TRUE && !whole)
        return take_back(r, rest);
    if (exit == EXIT_TRUE)
        workers_release(&r->workers);
    return exit;
}

/* --- one chunk after another --- */

static bool others_have_some(struct run *r) { return r->threads && workers_wait(&r->workers) != WORKERS_NONE; }

static int fill(struct run *r, struct chunk *c, const struct chunk *from, size_t size)
{
    enum chunk_filled filled = chunk_fill(c, from, &r->source, size);
    r->bad_source |= filled == CHUNK_BAD_SOURCE;
    return filled == CHUNK_NO_MEMORY ? exit_for_status(DDBEXPR_NO_MEMORY) : EXIT_TRUE;
}

static void keep_opening(struct run *r, const struct chunk *c)
{
    if (r->opening_length || !c->count)
        return;
    ddbexpr_str opening = chunk_opening(c->first);
    memcpy(r->opening, opening.ptr, opening.len);
    r->opening_length = opening.len;
}

/* Reads a chunk in this thread, with the others done, and fills it with what follows. */
static int read_here(struct run *r, struct chunk *c)
{
    int exit = EXIT_TRUE;
    while (exit == EXIT_TRUE && others_have_some(r))
        exit = merge_oldest(r, c);
    if (exit != EXIT_TRUE)
        return exit;
    c->cut = c->length;
    read_items(r, r->arenas[r->options->jobs], c);
    keep_opening(r, c);
    exit = merge(r, c);
    if (exit != EXIT_TRUE || c->ended)
        return exit;
    if (c->status == DDBEXPR_INVALID)
        return tell_fault(r->session, &r->source, c, &r->place);
    if (r->bad_source)
        return tell_source(&r->source);
    bool grows = c->end == c->begin; /* an item has to fit */
    r->alone = grows;
    size_t left = c->length - c->end;
    return fill(r, c, c, grows || left > CHUNK_SIZE / 2 ? 2 * left : CHUNK_SIZE);
}

/* Where this chunk may be cut, if there is somebody to give its beginning to; or 0. */
static size_t find_cut(const struct run *r, const struct chunk *c)
{
    if (!r->threads || r->alone || r->bad_source || c->last || !c->begun)
        return 0;
    if (c->layout == DDBEXPR_JSON_LINES)
        return chunk_find_cut(c);
    return r->misguessed ? 0 : chunk_guess_cut(c, (ddbexpr_str){r->opening, r->opening_length});
}

/* Gives the text before the cut to others; the rest stays, and more is read. */
static int give_away(struct run *r, struct chunk *c, size_t cut)
{
    struct chunk *given = &r->chunks[workers_free_place(&r->workers)];
    const struct chunk own = *c;
    c->bytes = given->bytes;
    c->room = given->room;
    *given = own;
    given->cut = given->end = cut;
    int exit = fill(r, c, given, CHUNK_SIZE);
    if (exit == EXIT_TRUE)
        workers_submit(&r->workers);
    return exit;
}

static int read_all(struct run *r)
{
    struct chunk *own = &r->chunks[r->chunk_count - 1];
    int exit = fill(r, own, NULL, CHUNK_SIZE);
    while (exit == EXIT_TRUE && !own->ended) {
        size_t cut = find_cut(r, own);
        if (cut <= own->begin)
            exit = read_here(r, own);
        else if (workers_free_place(&r->workers) == WORKERS_NONE)
            exit = merge_oldest(r, own);
        else
            exit = give_away(r, own, cut);
    }
    return exit;
}

/* --- beginning and ending --- */

static bool set_up(struct run *r)
{
    size_t jobs = r->options->jobs, places = jobs > 1 ? 2 * jobs + 2 : 0;
    r->chunk_count = places + 1;
    r->chunks = calloc(r->chunk_count, sizeof *r->chunks);
    r->arenas = calloc(jobs + 1, sizeof *r->arenas);
    if (!r->chunks || !r->arenas)
        return false;
    for (size_t i = 0; i <= jobs; i++)
        if (ddbexpr_arena_new(NULL, &r->arenas[i]) != DDBEXPR_OK)
            return false;
    r->threads = places && workers_start(&r->workers, jobs, places, read_in_thread, r);
    return true;
}

static void tear_down(struct run *r)
{
    if (r->threads)
        workers_stop(&r->workers);
    for (size_t i = 0; r->chunks && i < r->chunk_count; i++) {
        drop_part(r, &r->chunks[i]);
        free(r->chunks[i].bytes);
    }
    for (size_t i = 0; r->arenas && i <= r->options->jobs; i++)
        ddbexpr_arena_free(r->arenas[i]);
    free(r->chunks);
    free(r->arenas);
}

int items_run(struct session *s, const char *path, const struct items_options *options, const struct items_use *use)
{
    struct run r = {.session = s, .options = options, .use = use};
    int exit;
    if (!source_open(&r.source, without_scheme(path))) {
        exit = tell_source(&r.source);
    } else {
        progress_begin(&r.progress, "items");
        exit = set_up(&r) ? read_all(&r) : exit_for_status(DDBEXPR_NO_MEMORY);
        progress_end(&r.progress, r.items);
        tear_down(&r);
    }
    source_close(&r.source);
    return exit;
}

/* --- how many threads --- */

static size_t count_cores(void)
{
    cpu_set_t cores;
    int count = sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
    return count < 1 ? 1 : count > LIMIT_JOBS ? LIMIT_JOBS : (size_t)count;
}

int items_jobs(const struct session *s, size_t *ret)
{
    const char *given = options_value(s->options, OPTION_JOBS);
    char *end;
    *ret = count_cores();
    if (!given)
        return EXIT_TRUE;
    long jobs = strtol(given, &end, 10);
    if (*end || end == given || jobs < 1 || jobs > LIMIT_JOBS) {
        complain("--jobs is a number from 1 to %d, not '%s'", LIMIT_JOBS, given);
        return EXIT_UNUSABLE;
    }
    *ret = (size_t)jobs;
    return EXIT_TRUE;
}
