/* SPDX-License-Identifier: Apache-2.0 */
/* Walking folders. Those that are still to be read are a list, so that no depth of them matters. */
#include "cli/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct walk {
    struct session *session;
    const char *const *usual;
    struct path_list folders; /* to be read, the last one first */
    struct path_list *files;
    bool unusable;
};

bool path_list_add(ddbexpr_arena *arena, struct path_list *list, const char *path)
{
    if (list->count == list->size) {
        size_t size = list->size ? list->size * 2 : 64;
        const char **grown = ddbexpr_arena_alloc(arena, size * sizeof *grown);
        if (!grown)
            return false;
        if (list->count)
            memcpy(grown, list->paths, list->count * sizeof *grown);
        list->paths = grown;
        list->size = size;
    }
    list->paths[list->count++] = path;
    return true;
}

bool is_folder(const char *path)
{
    struct stat entry;
    return stat(path, &entry) == 0 && S_ISDIR(entry.st_mode);
}

/* --- what is wanted --- */

/* A pattern without a slash is one for the name, with one for the path. */
static bool matches(const char *pattern, const char *path, const char *name)
{
    return fnmatch(pattern, strchr(pattern, '/') ? path : name, 0) == 0;
}

static bool matches_option(const struct options *options, int id, const char *path, const char *name)
{
    for (size_t i = 0; i < options->given_count; i++)
        if (options->given[i].id == id && matches(options->given[i].value, path, name))
            return true;
    return false;
}

static bool is_included(const struct walk *w, const char *path, const char *name)
{
    if (options_has(w->session->options, OPTION_INCLUDE))
        return matches_option(w->session->options, OPTION_INCLUDE, path, name);
    for (const char *const *pattern = w->usual; *pattern; pattern++)
        if (matches(*pattern, path, name))
            return true;
    return false;
}

/* --- entries --- */

/* "folder/name", or "name" in the folder ".". */
static char *join(ddbexpr_arena *arena, const char *folder, const char *name)
{
    size_t lead = strcmp(folder, ".") == 0 ? 0 : strlen(folder), length = strlen(name);
    char *path = ddbexpr_arena_alloc(arena, lead + length + 2);
    if (!path)
        return NULL;
    memcpy(path, folder, lead);
    if (lead && path[lead - 1] != '/')
        path[lead++] = '/';
    memcpy(path + lead, name, length + 1);
    return path;
}

/* What cannot be looked at: a file that has just been removed and a link to nothing are none. */
static bool pass_over(struct walk *w, const char *path)
{
    if (errno != ENOENT) {
        cannot_read(path);
        w->unusable = true;
    }
    return true;
}

/* False: no memory. */
static bool add_entry(struct walk *w, const char *folder, const char *name)
{
    struct stat entry;
    if (name[0] == '.' || strcmp(name, "node_modules") == 0)
        return true;
    char *path = join(w->session->arena, folder, name);
    if (!path)
        return false;
    if (matches_option(w->session->options, OPTION_EXCLUDE, path, name))
        return true;
    if (lstat(path, &entry) != 0)
        return pass_over(w, path);
    if (S_ISDIR(entry.st_mode))
        return path_list_add(w->session->arena, &w->folders, path);
    if (!is_included(w, path, name))
        return true;
    if (stat(path, &entry) != 0)
        return pass_over(w, path);
    return !S_ISREG(entry.st_mode) || path_list_add(w->session->arena, w->files, path);
}

static bool read_folder(struct walk *w, const char *folder)
{
    DIR *open = opendir(folder);
    bool done = true;
    if (!open) {
        cannot_read(folder);
        w->unusable = true;
        return true;
    }
    errno = 0;
    for (struct dirent *entry; done && (entry = readdir(open)) != NULL; errno = 0)
        done = add_entry(w, folder, entry->d_name);
    if (done && errno) {
        cannot_read(folder);
        w->unusable = true;
    }
    closedir(open);
    return done;
}

static int compare(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

int walk_folder(struct session *s, const char *folder, const char *const *usual, struct path_list *list,
                bool *ret_unusable)
{
    struct walk w = {.session = s, .usual = usual, .files = list};
    size_t first = list->count;
    bool done = path_list_add(s->arena, &w.folders, folder);
    while (done && w.folders.count)
        done = read_folder(&w, w.folders.paths[--w.folders.count]);
    if (!done)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    if (list->count > first)
        qsort(list->paths + first, list->count - first, sizeof *list->paths, compare);
    *ret_unusable |= w.unusable;
    return EXIT_TRUE;
}
