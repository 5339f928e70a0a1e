/* SPDX-License-Identifier: Apache-2.0 */
/* Mending files. What a fix is, and what it does to a text, is the library's to say. */
#include "cli/check/fixes.h"

#include "cli/check/requests.h"
#include "cli/check/wanted_fixes.h"
#include "cli/limits.h"
#include "cli/patch.h"
#include "cli/replace_file.h"
#include "cli/stored.h"

#include <string.h>

/* One request of a file on its way: its object's text, round by round. */
struct mending {
    struct session session; /* the caller's with an arena of its own, which lasts a round */
    struct schemas *schemas;
    const struct report_options *options;
    const struct unit *unit;  /* as it stands in the file */
    ddbexpr_buffer *texts[2]; /* the last round's and the next one, in turns */
};

/* Reads the request once more, from the text that it has now, and checks it. */
static int check_again(struct mending *m, ddbexpr_str text, struct unit *unit)
{
    const ddbexpr_json_search search = {.size = sizeof search,
                                        .operation_given = true,
                                        .operation = m->unit->request.operation,
                                        .filled_in = m->unit->filled_in};
    const ddbexpr_found_request *found;
    size_t count;
    ddbexpr_diags_clear(unit->diags);
    ddbexpr_status status = ddbexpr_json_find_requests(m->session.arena, text, &search, NULL, &found, &count, NULL);
    if (status == DDBEXPR_OK && count == 1) {
        unit->map = found[0].map;
        status = ddbexpr_json_read_found(m->session.arena, &found[0], unit->diags, &unit->request);
    }
    if (status == DDBEXPR_INVALID)
        complain("what was mended cannot be read"); /* UNREACHABLE: fixes leave what can be read */
    return status == DDBEXPR_OK ? unit_check(&m->session, m->schemas, unit) : exit_for_status(status);
}

/* Goes on until nothing changes: each round mends what the one before has uncovered, of a text that cannot be parsed
 * one fault at a time; the last text is in *ret. */
static int fix_rounds(struct mending *m, struct unit *unit, ddbexpr_str text, ddbexpr_str *ret, size_t *ret_count)
{
    bool unsafe = options_has(m->session.options, OPTION_UNSAFE_FIXES);
    int exit = EXIT_TRUE;
    size_t count = 1;
    for (int round = 0; exit == EXIT_TRUE && count && round < BUDGET_FIX_ROUNDS; round++) {
        ddbexpr_buffer *out = m->texts[round % 2];
        exit = keep_wanted_fixes(m->session.arena, m->options, unit, text);
        if (exit != EXIT_TRUE)
            return exit;
        count = 0;
        ddbexpr_buffer_clear(out);
        ddbexpr_status status = ddbexpr_json_fix_request(unit->map, unit->diags, unsafe, out, &count);
        if (status != DDBEXPR_OK)
            return exit_for_status(status);
        text = *ret = ddbexpr_buffer_text(out);
        *ret_count += count;
        ddbexpr_arena_reset(m->session.arena);
        exit = count ? check_again(m, *ret, unit) : EXIT_TRUE;
    }
    return exit;
}

/* Appends a request's object as it should be. */
static int put_fixed(struct mending *m, struct unit *unit, ddbexpr_buffer *out, size_t *ret_count)
{
    struct unit fresh = *unit; /* its diagnostics are those of the rounds; nobody else needs them */
    ddbexpr_span span = ddbexpr_json_map_span(unit->map);
    const ddbexpr_str object = {unit->file->text.ptr + span.start, span.end - span.start};
    ddbexpr_str text = object;
    m->unit = unit;
    int exit = check_again(m, object, &fresh); /* by itself: the work must not grow with the rest of the file */
    if (exit == EXIT_TRUE)
        exit = fix_rounds(m, &fresh, object, &text, ret_count);
    return exit == EXIT_TRUE ? exit_for_status(ddbexpr_buffer_append(out, text)) : exit;
}

/* Appends a file with all of its requests as they should be. */
static int put_all(struct mending *m, const struct input_file *file, const struct unit_list *list, ddbexpr_buffer *out,
                   size_t *ret_count)
{
    size_t at = 0;
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < list->count && exit == EXIT_TRUE; i++) {
        struct unit *unit = &list->units[i];
        if (!unit->map || unit->request.size == 0)
            continue;
        ddbexpr_span span = ddbexpr_json_map_span(unit->map);
        exit = exit_for_status(ddbexpr_buffer_append(out, (ddbexpr_str){file->text.ptr + at, span.start - at}));
        if (exit == EXIT_TRUE)
            exit = put_fixed(m, unit, out, ret_count);
        at = span.end;
    }
    if (exit == EXIT_TRUE)
        exit = exit_for_status(ddbexpr_buffer_append(out, (ddbexpr_str){file->text.ptr + at, file->text.len - at}));
    return exit;
}

/* The text of a buffer, kept in the arena. */
static int keep_text(ddbexpr_arena *arena, const ddbexpr_buffer *buffer, ddbexpr_str *ret)
{
    ddbexpr_str text = ddbexpr_buffer_text(buffer);
    char *copy = ddbexpr_arena_alloc(arena, text.len + 1);
    if (!copy)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    memcpy(copy, text.ptr, text.len + 1);
    *ret = (ddbexpr_str){copy, text.len};
    return EXIT_TRUE;
}

static int fix_units(struct session *s, struct mending *m, const struct input_file *file, ddbexpr_str *ret_text,
                     size_t *ret_count)
{
    struct unit_list list = {.count = 0};
    struct input_file quiet = *file;
    ddbexpr_buffer *out;
    bool unusable = false;
    quiet.named = false; /* what is wrong with the file itself is told when it is checked */
    if (ddbexpr_buffer_new(NULL, &out) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int exit = units_of_file(s, &quiet, &list, &unusable);
    if (exit == EXIT_TRUE)
        exit = put_all(m, file, &list, out, ret_count);
    if (exit == EXIT_TRUE && *ret_count)
        exit = keep_text(s->arena, out, ret_text);
    unit_list_free(&list);
    ddbexpr_buffer_free(out);
    return exit;
}

int fix_text(struct session *s, const struct input_file *file, ddbexpr_str *ret_text, size_t *ret_count)
{
    struct schemas schemas = {.session = s};
    struct report_options options = {.format = NULL};
    struct mending m = {.session = *s, .schemas = &schemas, .options = &options};
    if (!report_read_options(s, &options))
        return EXIT_UNUSABLE;
    m.session.arena = NULL;
    *ret_text = file->text;
    *ret_count = 0;
    int exit = read_schemas(s, &schemas.tables, &schemas.count);
    if (exit == EXIT_TRUE &&
        (ddbexpr_arena_new(NULL, &m.session.arena) != DDBEXPR_OK ||
         ddbexpr_buffer_new(NULL, &m.texts[0]) != DDBEXPR_OK || ddbexpr_buffer_new(NULL, &m.texts[1]) != DDBEXPR_OK))
        exit = exit_for_status(DDBEXPR_NO_MEMORY);
    if (exit == EXIT_TRUE)
        exit = fix_units(s, &m, file, ret_text, ret_count);
    ddbexpr_buffer_free(m.texts[0]);
    ddbexpr_buffer_free(m.texts[1]);
    ddbexpr_arena_free(m.session.arena);
    return exit;
}

int fix_files(struct session *s, struct inputs *inputs)
{
    size_t faults = 0, files = 0;
    for (size_t i = 0; i < inputs->count; i++) {
        struct input_file *file = &inputs->files[i];
        ddbexpr_str text;
        size_t count;
        int exit = fix_text(s, file, &text, &count);
        if (exit != EXIT_TRUE)
            return exit;
        if (count == 0)
            continue;
        if (file->is_stdin) {
            complain("--fix needs a file, not standard input; --diff shows what it would change");
            return EXIT_UNUSABLE;
        }
        exit = mend_file(file->path, file->text, text); /* it may be named twice */
        if (exit != EXIT_TRUE)
            return exit;
        file->text = text;
        faults += count;
        files++;
    }
    if (files)
        complain("mended %zu fault%s in %zu file%s", faults, faults == 1 ? "" : "s", files, files == 1 ? "" : "s");
    return EXIT_TRUE;
}

int print_patch(struct session *s)
{
    struct inputs inputs;
    int exit = inputs_collect(s, &inputs);
    bool any = false;
    for (size_t i = 0; i < inputs.count && exit == EXIT_TRUE; i++) {
        const struct input_file *file = &inputs.files[i];
        ddbexpr_str text;
        size_t count;
        exit = fix_text(s, file, &text, &count);
        if (exit == EXIT_TRUE && count) {
            exit = exit_for_status(put_patch(file->path, file->text, text, s->out));
            any = true;
        }
    }
    if (exit != EXIT_TRUE)
        return exit;
    if (!put_out(ddbexpr_buffer_text(s->out)))
        return EXIT_INTERNAL;
    return inputs.unusable ? EXIT_UNUSABLE : any ? EXIT_FALSE : EXIT_TRUE;
}
