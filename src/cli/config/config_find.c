/* SPDX-License-Identifier: Apache-2.0 */
/* Folders by their real paths, so that a file is found below its configuration whichever way it was named. */
#define _XOPEN_SOURCE 700
#include "cli/config/config_find.h"
#include "cli/input.h"
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Strings put together in the arena. */
static char *join(ddbexpr_arena *arena, const char *a, size_t a_length, const char *b, const char *c)
{
    size_t b_length = strlen(b), c_length = strlen(c);
    char *text = ddbexpr_arena_alloc(arena, a_length + b_length + c_length + 1);
    if (text) {
        memcpy(text, a, a_length);
        memcpy(text + a_length, b, b_length);
        memcpy(text + a_length + b_length, c, c_length + 1);
    }
    return text;
}

/* What is put together is all there is to fail for want of memory. */
static int made(const char *text) { return text ? EXIT_TRUE : exit_for_status(DDBEXPR_NO_MEMORY); }

/* *ret NULL: there is no such folder. */
static int real_folder(ddbexpr_arena *arena, const char *path, const char **ret)
{
    *ret = NULL;
    char *real = realpath(path, NULL);
    if (!real)
        return tell_path_error(path, errno);
    *ret = join(arena, real, strlen(real), "", "");
    free(real);
    return made(*ret);
}

static const char *base_name(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

int find_folder(ddbexpr_arena *arena, const char *file, const char **ret)
{
    int status = EXIT_TRUE;
    *ret = NULL;
    if (file) {
        const char *given = join(arena, file, (size_t)(base_name(file) - file), ".", "");
        status = given ? real_folder(arena, given, ret) : made(NULL);
    }
    if (status == EXIT_TRUE && !*ret)
        status = real_folder(arena, ".", ret);
    if (status != EXIT_TRUE || *ret)
        return status;
    *ret = join(arena, "/", 1, "", ""); /* the working directory was taken away */
    return made(*ret);
}

static const char *in_folder(ddbexpr_arena *arena, const char *folder, size_t length, const char *name)
{
    if (length > 0 && folder[length - 1] == '/')
        length--;
    return join(arena, folder, length, "/", name);
}

int find_absolute(ddbexpr_arena *arena, const char *file, const char **ret)
{
    const char *folder;
    *ret = NULL;
    int status = find_folder(arena, file, &folder);
    if (status != EXIT_TRUE)
        return status;
    *ret = in_folder(arena, folder, strlen(folder), base_name(file));
    return made(*ret);
}

/* The rest of a path below a folder, without the slash; NULL: it lies elsewhere. */
static const char *below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    if (length > 0 && folder[length - 1] == '/')
        length--;
    if (strncmp(path, folder, length) != 0 || (path[length] != '\0' && path[length] != '/'))
        return NULL;
    return path[length] ? path + length + 1 : path + length;
}

/* As people in the working directory (NULL: it was taken away) would write it: above it with .., below it without more.
 * NULL: out of memory. */
static const char *shown_path(ddbexpr_arena *arena, const char *here, const char *folder)
{
    const char *up = here ? below(here, folder) : NULL, *down = here ? below(folder, here) : NULL;
    if (down && *down)
        return join(arena, down, strlen(down), "/", CONFIG_NAME);
    if (!up)
        return in_folder(arena, folder, strlen(folder), CONFIG_NAME);
    const char *path = CONFIG_NAME;
    for (; path && *up; up += strcspn(up, "/"), up += *up == '/')
        path = join(arena, "../", 3, path, "");
    return path;
}

/* Whether a configuration is there. One that cannot be looked at is: opening it will say why. Folders further up may be
 * none of ours. */
static bool is_there(const char *path)
{
    struct stat file;
    if (stat(path, &file) == 0)
        return S_ISREG(file.st_mode);
    return errno != ENOENT && errno != ENOTDIR && errno != EACCES && errno != ENAMETOOLONG;
}

/* The folder that a configuration was found in, and its path. */
static int found(ddbexpr_arena *arena, const char *folder, size_t length, const char **ret_path,
                 const char **ret_folder)
{
    const char *here;
    int status = real_folder(arena, ".", &here);
    if (status != EXIT_TRUE)
        return status;
    *ret_folder = join(arena, folder, length, "", "");
    *ret_path = *ret_folder ? shown_path(arena, here, *ret_folder) : NULL;
    return made(*ret_path);
}

int find_config(ddbexpr_arena *arena, const char *folder, const char **ret_path, const char **ret_folder)
{
    *ret_path = NULL;
    *ret_folder = folder;
    for (size_t length = strlen(folder); length > 0; length--) {
        if (length > 1 && folder[length] != '/' && folder[length] != '\0')
            continue; /* in the middle of a name */
        const char *path = in_folder(arena, folder, length, CONFIG_NAME);
        if (!path)
            return made(NULL);
        if (is_there(path))
            return found(arena, folder, length, ret_path, ret_folder);
    }
    return EXIT_TRUE;
}
