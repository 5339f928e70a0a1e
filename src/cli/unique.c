/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that lead to the same file, each file kept once, where it comes first. */
#include "cli/input.h"
#include "cli/output.h"
#include "cli/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What a path leads to, and from which folder. What cannot be looked at is like nothing else. */
struct place {
    bool known;
    dev_t device, folder_device;
    ino_t file, folder;
    size_t index; /* in the list */
};

static int look(const char *path, struct stat *ret, bool *ret_known)
{
    *ret_known = stat(path, ret) == 0;
    return *ret_known ? EXIT_TRUE : tell_path_error(path, errno);
}

static int look_at_folder(ddbexpr_arena *arena, const char *path, struct stat *ret, bool *ret_known)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 1;
    char *folder = ddbexpr_arena_alloc(arena, length + 1);
    if (!folder)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    memcpy(folder, slash ? path : ".", length);
    folder[length] = '\0';
    return look(folder, ret, ret_known);
}

static int look_at(ddbexpr_arena *arena, const char *path, struct place *ret)
{
    struct stat file, folder;
    ret->known = true;
    if (strcmp(path, "-") == 0) /* standard input, which no path leads to */
        return EXIT_TRUE;
    int status = look_at_folder(arena, path, &folder, &ret->known);
    if (status == EXIT_TRUE && ret->known)
        status = look(path, &file, &ret->known);
    if (status != EXIT_TRUE || !ret->known)
        return status;
    ret->device = file.st_dev;
    ret->file = file.st_ino;
    ret->folder_device = folder.st_dev;
    ret->folder = folder.st_ino;
    return EXIT_TRUE;
}

static int compare_places(const struct place *x, const struct place *y)
{
    int order = (x->known > y->known) - (x->known < y->known);
    if (order == 0)
        order = (x->device > y->device) - (x->device < y->device);
    if (order == 0)
        order = (x->file > y->file) - (x->file < y->file);
    if (order == 0)
        order = (x->folder_device > y->folder_device) - (x->folder_device < y->folder_device);
    return order ? order : (x->folder > y->folder) - (x->folder < y->folder);
}

static int compare(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = compare_places(x, y);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void close_gaps(struct path_list *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->paths[i])
            list->paths[count++] = list->paths[i];
    list->count = count;
}

int path_list_unique(ddbexpr_arena *arena, struct path_list *list)
{
    struct place *places = ddbexpr_arena_alloc(arena, (list->count + 1) * sizeof *places);
    if (!places)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    for (size_t i = 0; i < list->count; i++) {
        places[i] = (struct place){.index = i};
        int status = look_at(arena, list->paths[i], &places[i]);
        if (status != EXIT_TRUE)
            return status;
    }
    qsort(places, list->count, sizeof *places, compare);
    for (size_t i = 1; i < list->count; i++)
        if (places[i].known && compare_places(&places[i - 1], &places[i]) == 0)
            list->paths[places[i].index] = NULL;
    close_gaps(list);
    return EXIT_TRUE;
}
