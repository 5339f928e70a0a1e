/* SPDX-License-Identifier: Apache-2.0 */
/* From arguments to texts. What cannot be read is told, and the rest is read all the same. */
#include "cli/check/inputs.h"

#include "cli/walk.h"

#include <string.h>

/* What is looked for in folders. */
static const char *const usual[] = {"*.json", "*.jsonl", "*.asl.json", NULL};

/* The paths of the files; *ret_named says up to which of them each is one that was named, not found. */
static int find_paths(struct session *s, struct path_list *list, bool **ret_named, bool *ret_unusable)
{
    size_t room = 0;
    for (size_t i = 0; i < s->options->argument_count; i++) {
        const char *path = without_scheme(s->options->arguments[i]);
        bool folder = is_folder(path);
        size_t before = list->count;
        if (!folder && !path_list_add(s->arena, list, path))
            return exit_for_status(DDBEXPR_NO_MEMORY);
        int exit = folder ? walk_folder(s, path, usual, list, ret_unusable) : EXIT_TRUE;
        if (exit != EXIT_TRUE)
            return exit;
        if (list->count == before)
            complain("warning: %s: no file to check", path);
        if (list->count > room) {
            room = list->size;
            bool *named = ddbexpr_arena_alloc(s->arena, room * sizeof *named);
            if (!named)
                return exit_for_status(DDBEXPR_NO_MEMORY);
            if (before)
                memcpy(named, *ret_named, before * sizeof *named);
            *ret_named = named;
        }
        for (size_t n = before; n < list->count; n++)
            (*ret_named)[n] = !folder;
    }
    return EXIT_TRUE;
}

int inputs_collect(struct session *s, struct inputs *ret)
{
    struct path_list list = {.count = 0};
    bool *named = NULL;
    *ret = (struct inputs){.count = 0};
    int exit = find_paths(s, &list, &named, &ret->unusable);
    if (exit != EXIT_TRUE)
        return exit;
    if (list.count == 0)
        ret->unusable = true; /* nobody asks for nothing: a wrong folder, a wrong --include */
    ret->files = ddbexpr_arena_alloc(s->arena, (list.count + 1) * sizeof *ret->files);
    if (!ret->files)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    const char *stdin_name = options_value(s->options, OPTION_STDIN_FILENAME);
    for (size_t i = 0; i < list.count; i++) {
        struct input_file *file = &ret->files[ret->count];
        bool is_stdin = strcmp(list.paths[i], "-") == 0;
        *file = (struct input_file){
            .path = is_stdin && stdin_name ? stdin_name : list.paths[i], .named = named[i], .is_stdin = is_stdin};
        if (read_file(s->arena, list.paths[i], &file->text))
            ret->count++;
        else
            ret->unusable = true;
    }
    return EXIT_TRUE;
}
