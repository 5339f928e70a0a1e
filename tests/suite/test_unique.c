/* SPDX-License-Identifier: Apache-2.0 */
/* Paths of the same file: which are one, and which are not. */
#include "cli/walk.h"

#include "told.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>

static void make_file(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

/* What stays of some paths. Both end with NULL. */
static void assert_stay(const char *const *paths, const char *const *wanted)
{
    ddbexpr_arena *arena;
    struct path_list list = {.count = 0};
    size_t count = 0;
    assert_int_equal(ddbexpr_arena_new(NULL, &arena), DDBEXPR_OK);
    for (; *paths; paths++)
        assert_true(path_list_add(arena, &list, *paths));
    assert_int_equal(path_list_unique(arena, &list), EXIT_TRUE);
    for (; wanted[count]; count++) {
        assert_true(count < list.count);
        assert_string_equal(list.paths[count], wanted[count]);
    }
    assert_int_equal(list.count, count);
    ddbexpr_arena_free(arena);
}

#define PATHS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void every_file_stays_once(void **state)
{
    (void)state;
    char folder[] = "/tmp/ddbexpr-unique-XXXXXX", whole[64];
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("sub", 0700), 0);
    make_file("a");
    make_file("b");
    make_file("sub/a");
    assert_int_equal(symlink("sub", "link"), 0);
    assert_int_equal(symlink("a", "same"), 0);
    assert_int_equal(symlink("../b", "sub/b"), 0);
    snprintf(whole, sizeof whole, "%s/a", folder);

    assert_stay(PATHS("b", "a", "./a", "sub/../a", whole, "b"), PATHS("b", "a"));
    assert_stay(PATHS(whole, "a"), PATHS(whole));
    assert_stay(PATHS("a", "sub/a", "link/a"), PATHS("a", "sub/a"));
    assert_stay(PATHS("same", "a"), PATHS("same"));
    assert_stay(PATHS("b", "sub/b", "link/b"), PATHS("b", "sub/b")); /* beside it are other files */
    assert_stay(PATHS("none", "none", "a"), PATHS("none", "none", "a"));
    assert_stay(PATHS("-", "a", "-", "./-"), PATHS("-", "a", "./-"));
    assert_stay((const char *const[]){NULL}, (const char *const[]){NULL});

    static const char *const made[] = {"a", "b", "same", "link", "sub/a", "sub/b"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        assert_int_equal(unlink(made[i]), 0);
    assert_int_equal(rmdir("sub"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_file_stays_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
