/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that lead to the same file, each file kept once, where it comes first. */
#include "cli/walk.h"

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

static bool look_at_folder(ddbexpr_arena *arena, const char *path, struct stat *ret, bool *ret_known)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 1;
    char *folder = ddbexpr_arena_alloc(arena, length + 1);
    if (!folder)
        return false;
    memcpy(folder, slash ? path : ".", length);
    folder[length] = '\0';
    *ret_known = stat(folder, ret) == 0;
    return true;
}

/* False: no memory. */
static bool look_at(ddbexpr_arena *arena, const char *path, struct place *ret)
{
    struct stat file, folder = {.st_ino = 0};
    if (strcmp(path, "-") == 0) { /* standard input, which no path leads to */
        ret->known = true;
        return true;
    }
    if (!look_at_folder(arena, path, &folder, &ret->known))
        return false;
    ret->known = ret->known && stat(path, &file) == 0;
    if (!ret->known)
        return true;
    ret->device = file.st_dev;
    ret->file = file.st_ino;
    ret->folder_device = folder.st_dev;
    ret->folder = folder.st_ino;
    return true;
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

bool path_list_unique(ddbexpr_arena *arena, struct path_list *list)
{
    struct place *places = ddbexpr_arena_alloc(arena, (list->count + 1) * sizeof *places);
    if (!places)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        places[i] = (struct place){.index = i};
        if (!look_at(arena, list->paths[i], &places[i]))
            return false;
    }
    qsort(places, list->count, sizeof *places, compare);
    for (size_t i = 1; i < list->count; i++)
        if (places[i].known && compare_places(&places[i - 1], &places[i]) == 0)
            list->paths[places[i].index] = NULL;
    close_gaps(list);
    return true;
}
