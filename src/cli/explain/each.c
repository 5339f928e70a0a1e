/* SPDX-License-Identifier: Apache-2.0 */
/* The items of --items, explained one after another as they are read: there may be more of them than memory holds. */
#include "cli/explain/explanations.h"
#include "cli/explain/item_keys.h"
#include "cli/items/run.h"

#include <string.h>
#include <unistd.h>

struct each {
    struct session *session;
    const struct expressions *expressions;
    struct item_keys keys;
    ddbexpr_str alone; /* what is said of the first item if no other follows */
    bool waits;        /* it is not known yet whether one does; what is said then is in the session's `out` */
    size_t count;
    int exit; /* the worst of the items' */
    int stop; /* why no more are explained; EXIT_TRUE: go on */
};

static ddbexpr_status put_one(struct each *e, const struct explanations *explanations, bool many)
{
    ddbexpr_buffer_clear(e->session->out);
    return explanations_put(e->session, explanations, e->count, many);
}

/* The first item has a heading only if others follow. */
static ddbexpr_status put_first(struct each *e, const struct explanations *explanations)
{
    ddbexpr_status status = put_one(e, explanations, false);
    ddbexpr_str text = ddbexpr_buffer_text(e->session->out);
    char *copy = status == DDBEXPR_OK ? ddbexpr_arena_alloc(e->session->arena, text.len + 1) : NULL;
    if (!copy)
        return status == DDBEXPR_OK ? DDBEXPR_NO_MEMORY : status;
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    e->alone = (ddbexpr_str){copy, text.len};
    e->waits = true;
    return put_one(e, explanations, true);
}

static int print(struct each *e, ddbexpr_str text)
{
    e->waits = false;
    return put_out(text) ? EXIT_TRUE : EXIT_INTERNAL;
}

static int print_out(struct each *e) { return print(e, ddbexpr_buffer_text(e->session->out)); }

static ddbexpr_status explain_item(struct each *e, const struct items_item *item)
{
    struct explanations explanations;
    const ddbexpr_value *key;
    if (e->waits)
        e->stop = print_out(e);
    if (e->stop != EXIT_TRUE)
        return DDBEXPR_INVALID;
    ddbexpr_status status = item_key(&e->keys, item->arena, item->value, &key);
    if (status == DDBEXPR_INVALID)
        e->stop = EXIT_UNUSABLE;
    if (status == DDBEXPR_OK)
        status = explanations_make(e->expressions, item->arena, item->value, key, &explanations);
    if (status != DDBEXPR_OK)
        return status;
    int of_this = explanations_exit(&explanations);
    e->exit = of_this > e->exit ? of_this : e->exit;
    status = e->count ? put_one(e, &explanations, true) : put_first(e, &explanations);
    explanations_free(&explanations);
    if (status == DDBEXPR_OK && e->count++)
        e->stop = print_out(e);
    return status == DDBEXPR_OK && e->stop != EXIT_TRUE ? DDBEXPR_INVALID : status;
}

/* There is one thread, this one: a part is the whole. */
static void *begin_part(void *each) { return each; }
static ddbexpr_status take_item(void *part, const struct items_item *item) { return explain_item(part, item); }
static int merge_part(void *each, void *part)
{
    (void)part;
    return ((const struct each *)each)->stop;
}
static void end_part(void *part) { (void)part; }

int explain_each(struct session *s, const struct expressions *expressions)
{
    struct each e = {.session = s, .expressions = expressions, .exit = EXIT_TRUE, .stop = EXIT_TRUE};
    const struct items_use use = {&e, begin_part, take_item, merge_part, end_part};
    const struct items_options options = {.jobs = 1, .silent = isatty(STDOUT_FILENO)};
    int exit = item_keys_of(s, expressions->key, &e.keys);
    if (exit == EXIT_TRUE)
        exit = items_run(s, options_value(s->options, OPTION_ITEMS), &options, &use);
    if (e.waits && exit != EXIT_INTERNAL && (exit == EXIT_TRUE ? print(&e, e.alone) : print_out(&e)) != EXIT_TRUE)
        return EXIT_INTERNAL;
    return exit == EXIT_TRUE ? e.exit : exit;
}
