/* SPDX-License-Identifier: Apache-2.0 */
/* A file of items as the tool reads it: a byte for how often the middle is repeated; then, once, all bytes of the file,
 * packed or not; or beginning, middle and end with a NUL byte between, so that a small input is a file of several
 * pieces. However many bytes are read at once, and whatever the number of threads, the same comes out. */
#include "fuzz.h"

#include "cli/items/run.h"
#include "cli/items/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE ((size_t)600000) /* bytes: more than two pieces */

/* --- the file --- */

static void put(int file, str text)
{
    for (size_t done = 0; done < text.len;) {
        ssize_t count = write(file, text.ptr + done, text.len - done);
        REQUIRE(count > 0);
        done += (size_t)count;
    }
}

static void put_often(int file, str text, size_t bytes)
{
    ddbexpr_buffer *all = fuzz_buffer();
    while (text.len && ddbexpr_buffer_text(all).len < bytes)
        REQUIRE(ddbexpr_buffer_append(all, text) == DDBEXPR_OK);
    put(file, ddbexpr_buffer_text(all));
    ddbexpr_buffer_free(all);
}

static int new_file(struct fuzz_input *input, char *path, size_t room)
{
    int file = memfd_create("items", 0);
    REQUIRE(file >= 0);
    if (fuzz_choice(input, 2)) {
        str before = fuzz_part(input), middle = fuzz_part(input);
        put(file, before);
        put_often(file, middle, LARGE);
    }
    put(file, fuzz_rest(input));
    snprintf(path, room, "/proc/self/fd/%d", file);
    return file;
}

/* --- bytes --- */

struct unpacked {
    uint64_t hash, count;
    char fault[256];
};

#define HASH_OF_NOTHING UINT64_C(0xcbf29ce484222325)

static uint64_t hash_of(uint64_t hash, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3;
    return hash;
}

/* What is unpacked can be a thousand times what is packed: a part is enough. */
static struct unpacked unpack(const char *path, size_t at_once)
{
    struct unpacked all = {.hash = HASH_OF_NOTHING};
    struct source source;
    char *bytes = malloc(at_once);
    REQUIRE(bytes);
    bool good = source_open(&source, path);
    for (size_t count = at_once; good && count == at_once && all.count < LARGE;) {
        good = source_read(&source, bytes, at_once, &count);
        all.hash = hash_of(all.hash, bytes, count);
        all.count += count;
    }
    REQUIRE(good == (source.fault[0] == '\0'));
    REQUIRE(!source.no_memory);
    memcpy(all.fault, source.fault, sizeof all.fault);
    source_close(&source);
    free(bytes);
    return all;
}

static void check_bytes(const char *path)
{
    struct unpacked all = unpack(path, LARGE);
    struct unpacked parts = unpack(path, all.count < 5000 ? 1 : 50000);
    if (all.count >= LARGE && parts.count != all.count)
        return; /* it went on */
    REQUIRE(all.count == parts.count && all.hash == parts.hash);
    REQUIRE(strcmp(all.fault, parts.fault) == 0);
}

/* --- items --- */

/* Items in their order as one number: that of two parts is that of the first, moved by as many items as the second has,
 * and that of the second. */
struct seen {
    uint64_t hash, moved, count;
};

#define NOTHING_SEEN ((struct seen){.moved = 1})
#define MOVED        UINT64_C(0x9e3779b97f4a7c15)

static void see(struct seen *seen, const struct seen *more)
{
    seen->hash = seen->hash * more->moved + more->hash;
    seen->moved *= more->moved;
    seen->count += more->count;
}

static void *part_begin(void *context)
{
    (void)context;
    struct seen *part = malloc(sizeof *part);
    REQUIRE(part);
    *part = NOTHING_SEEN;
    return part;
}

static ddbexpr_status part_take(void *part, const struct items_item *item)
{
    REQUIRE(ddbexpr_value_type(item->value) == DDBEXPR_M);
    uint64_t hash = hash_of(HASH_OF_NOTHING, item->text.ptr, item->text.len);
    see(part, &(struct seen){hash ^ ddbexpr_item_size(item->value), MOVED, 1});
    return DDBEXPR_OK;
}

static int part_merge(void *context, void *part)
{
    see(context, part);
    return EXIT_TRUE;
}

static void part_end(void *part) { free(part); }

static int run(const char *path, size_t jobs, struct seen *seen, char **ret_told)
{
    struct options no_options = {0};
    struct session session;
    struct items_options options = {.jobs = jobs, .silent = true};
    struct items_use use = {seen, part_begin, part_take, part_merge, part_end};
    *seen = NOTHING_SEEN;
    REQUIRE(session_begin(&session, &no_options) == EXIT_TRUE);
    fuzz_listen();
    int exit = items_run(&session, path, &options, &use);
    *ret_told = fuzz_told();
    session_end(&session);
    return exit;
}

static void check_items(const char *path)
{
    struct seen one, more;
    char *one_told, *more_told;
    int exit = run(path, 1, &one, &one_told);
    REQUIRE(exit == EXIT_TRUE || exit == EXIT_UNUSABLE);
    REQUIRE((exit == EXIT_TRUE) == (one_told[0] == '\0'));
    REQUIRE(run(path, 3, &more, &more_told) == exit);
    REQUIRE(strcmp(one_told, more_told) == 0);
    REQUIRE(one.count == more.count && one.hash == more.hash);
    free(one_told);
    free(more_told);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    char path[64];
    int file = new_file(&input, path, sizeof path);
    check_bytes(path);
    check_items(path);
    close(file);
    fuzz_close(&input);
    return 0;
}
