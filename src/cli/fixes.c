/* SPDX-License-Identifier: Apache-2.0 */
/* Mending files. What a fix is, and what it does to a text, is the library's to say. */
#include "cli/fixes.h"

#include "cli/patch.h"
#include "cli/replace_file.h"
#include "cli/requests.h"
#include "cli/stored.h"

#include <string.h>

#define MOST_ROUNDS 16 /* each mends what the one before has uncovered; more than a few are a circle */

/* Puts a file's text out with the requests of the list mended. */
static ddbexpr_status put_fixed(const struct session *s, const struct input_file *file, const struct unit_list *list,
                                ddbexpr_buffer *out, size_t *ret_count)
{
    bool unsafe = options_has(s->options, OPTION_UNSAFE_FIXES);
    ddbexpr_status status = DDBEXPR_OK;
    size_t at = 0;
    for (size_t i = 0; i < list->count && status == DDBEXPR_OK; i++) {
        const struct unit *unit = &list->units[i];
        size_t count;
        if (!unit->map)
            continue;
        ddbexpr_span span = ddbexpr_json_map_span(unit->map);
        status = ddbexpr_buffer_append(out, (ddbexpr_str){file->text.ptr + at, span.start - at});
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_fix_request(unit->map, unit->diags, unsafe, out, &count);
        if (status == DDBEXPR_OK)
            *ret_count += count;
        at = span.end;
    }
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, (ddbexpr_str){file->text.ptr + at, file->text.len - at});
    return status;
}

/* One round. */
static int fix_once(struct session *s, const struct schemas *schemas, struct input_file *file, ddbexpr_buffer *out,
                    size_t *ret_count)
{
    struct unit_list list = {.count = 0};
    bool unusable = false;
    int exit = units_of_file(s, file, &list, &unusable);
    for (size_t i = 0; i < list.count && exit == EXIT_TRUE; i++)
        exit = unit_check(s, schemas, &list.units[i]);
    ddbexpr_buffer_clear(out);
    if (exit == EXIT_TRUE)
        exit = exit_for_status(put_fixed(s, file, &list, out, ret_count));
    unit_list_free(&list);
    return exit;
}

static int fix_rounds(struct session *s, const struct input_file *file, ddbexpr_buffer *out, ddbexpr_str *ret_text,
                      size_t *ret_count)
{
    struct input_file current = *file;
    struct schemas schemas;
    current.named = false; /* what is wrong with the file itself is told when it is checked */
    *ret_count = 0;
    int exit = read_schemas(s, &schemas.tables, &schemas.count);
    for (int round = 0; round < MOST_ROUNDS && exit == EXIT_TRUE; round++) {
        size_t count = 0;
        exit = fix_once(s, &schemas, &current, out, &count);
        ddbexpr_str text = ddbexpr_buffer_text(out);
        if (exit != EXIT_TRUE || count == 0)
            break;
        char *copy = ddbexpr_arena_alloc(s->arena, text.len + 1);
        if (!copy)
            return exit_for_status(DDBEXPR_NO_MEMORY);
        memcpy(copy, text.ptr, text.len + 1);
        current.text = (ddbexpr_str){copy, text.len};
        *ret_count += count;
    }
    *ret_text = current.text;
    return exit;
}

int fix_text(struct session *s, const struct input_file *file, ddbexpr_str *ret_text, size_t *ret_count)
{
    ddbexpr_buffer *out;
    if (ddbexpr_buffer_new(NULL, &out) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int exit = fix_rounds(s, file, out, ret_text, ret_count);
    ddbexpr_buffer_free(out);
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
        if (!replace_file(file->path, text))
            return EXIT_INTERNAL;
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
