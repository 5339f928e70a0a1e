/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a target on inputs that are there, without a fuzzer. Prints TAP: the corpus is one case, and each input of a
 * fault that was found is one. A child process runs them, so that an input on which it dies is named and the others
 * still run.
 *
 * usage: fuzz-TARGET CORPUS REGRESS   a packed corpus (tests/fuzz/pack.py), and a folder of inputs; neither need exist
 *        fuzz-TARGET FILE...          these inputs, without a child: for a debugger */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECONDS_AT_MOST 60 /* for one input */

struct entry {
    char *name;
    uint8_t *data; /* exactly as long as the input */
    size_t size;
};

struct inputs {
    struct entry *all;
    size_t count;
};

static void *need(void *memory)
{
    if (!memory) {
        fputs("no memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memory;
}

static char *joined(const char *a, const char *between, const char *b)
{
    size_t size = strlen(a) + strlen(between) + strlen(b) + 1;
    char *text = need(malloc(size));
    snprintf(text, size, "%s%s%s", a, between, b);
    return text;
}

static void add(struct inputs *inputs, char *name, const uint8_t *data, size_t size)
{
    inputs->all = need(realloc(inputs->all, (inputs->count + 1) * sizeof *inputs->all));
    struct entry *entry = &inputs->all[inputs->count++];
    *entry = (struct entry){name, need(malloc(size ? size : 1)), size};
    if (size)
        memcpy(entry->data, data, size);
}

static void drop(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->all[i].name);
        free(inputs->all[i].data);
    }
    free(inputs->all);
}

/* --- reading --- */

/* NULL: it is not there. */
static uint8_t *read_whole(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    size_t size = 0, room = 4096;
    if (!file)
        return NULL;
    uint8_t *data = need(malloc(room));
    for (size_t read; (read = fread(data + size, 1, room - size, file)) > 0;) {
        size += read;
        if (size == room)
            data = need(realloc(data, room *= 2));
    }
    fclose(file);
    *ret_size = size;
    return data;
}

static bool read_file(struct inputs *inputs, const char *path, const char *name)
{
    size_t size;
    uint8_t *data = read_whole(path, &size);
    if (!data)
        return false;
    add(inputs, joined(name, "", ""), data, size);
    free(data);
    return true;
}

static int ordered(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static void read_folder(struct inputs *inputs, const char *folder)
{
    struct dirent **found;
    int count = scandir(folder, &found, NULL, ordered);
    for (int i = 0; i < count; i++) {
        char *path = joined(folder, "/", found[i]->d_name);
        struct stat about;
        if (stat(path, &about) == 0 && S_ISREG(about.st_mode) && !read_file(inputs, path, found[i]->d_name))
            exit(EXIT_FAILURE);
        free(path);
        free(found[i]);
    }
    if (count >= 0)
        free(found);
}

static int hex_digit(uint8_t c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/* One line of a packed corpus: \n, \\, \x1f stand for what they stand for in C; all else for itself. In place. */
static size_t unpack(uint8_t *line, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = line[i];
        if (c == '\\' && i + 1 < size) {
            c = line[++i];
            if (c == 'n') {
                c = '\n';
            } else if (c == 'x' && i + 2 < size) {
                c = (uint8_t)(hex_digit(line[i + 1]) << 4 | hex_digit(line[i + 2]));
                i += 2;
            }
        }
        line[length++] = c;
    }
    return length;
}

static void read_corpus(struct inputs *inputs, const char *path)
{
    size_t size, number = 0;
    uint8_t *text = read_whole(path, &size);
    for (size_t at = 0; text && at < size;) {
        uint8_t *end = memchr(text + at, '\n', size - at);
        size_t length = end ? (size_t)(end - text) - at : size - at;
        char digits[24];
        snprintf(digits, sizeof digits, "%zu", ++number);
        add(inputs, joined(path, ", line ", digits), text + at, unpack(text + at, length));
        at += length + 1;
    }
    free(text);
}

/* --- running --- */

static const char *how_it_ended(int status)
{
    static char text[60];
    if (WIFSIGNALED(status))
        snprintf(text, sizeof text, "signal %d%s", WTERMSIG(status), WTERMSIG(status) == SIGALRM ? " (too slow)" : "");
    else
        snprintf(text, sizeof text, "status %d", WEXITSTATUS(status));
    return text;
}

/* Runs inputs from *at on, in a child, which counts there what it is at. Returns how it ended: 0 is well. */
static int run_child(const struct inputs *inputs, size_t *at)
{
    fflush(NULL);
    pid_t child = fork();
    int status = -1;
    if (child == 0) {
        for (; *at < inputs->count; ++*at) {
            alarm(SECONDS_AT_MOST);
            LLVMFuzzerTestOneInput(inputs->all[*at].data, inputs->all[*at].size);
        }
        exit(EXIT_SUCCESS); /* looks for leaks, too */
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        exit(EXIT_FAILURE);
    return status;
}

/* Which inputs failed: `failed` has a place for each. A leak is told at the end, of all of them. */
static size_t run_all(const struct inputs *inputs, bool *failed)
{
    size_t *at = mmap(NULL, sizeof *at, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), count = 0;
    if (at == MAP_FAILED)
        exit(EXIT_FAILURE);
    for (*at = 0; *at < inputs->count;) {
        int status = run_child(inputs, at);
        if (status == 0)
            break;
        size_t where = *at < inputs->count ? *at : inputs->count - 1;
        fprintf(stderr, "%s: %s\n", inputs->all[where].name, how_it_ended(status));
        failed[where] = true;
        count++;
        ++*at;
    }
    munmap(at, sizeof *at);
    return count;
}

static size_t report_corpus(const struct inputs *inputs)
{
    bool *failed = need(calloc(inputs->count + 1, sizeof *failed));
    size_t count = inputs->count ? run_all(inputs, failed) : 1;
    printf("%s 1 - the corpus: %zu inputs\n", count ? "not ok" : "ok", inputs->count);
    for (size_t i = 0; i < inputs->count; i++)
        if (failed[i])
            printf("# %s\n", inputs->all[i].name);
    free(failed);
    return count;
}

static size_t report_regress(const struct inputs *inputs)
{
    bool *failed = need(calloc(inputs->count + 1, sizeof *failed));
    size_t count = run_all(inputs, failed);
    for (size_t i = 0; i < inputs->count; i++)
        printf("%s %zu - %s\n", failed[i] ? "not ok" : "ok", i + 2, inputs->all[i].name);
    free(failed);
    return count;
}

static int replay(const char *corpus_path, const char *regress_path)
{
    struct inputs corpus = {0}, regress = {0};
    read_corpus(&corpus, corpus_path);
    read_folder(&regress, regress_path);
    printf("1..%zu\n", regress.count + 1);
    size_t failures = report_corpus(&corpus);
    failures += report_regress(&regress);
    drop(&corpus);
    drop(&regress);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    struct stat about;
    if (argc == 3 && (stat(argv[2], &about) != 0 || S_ISDIR(about.st_mode)))
        return replay(argv[1], argv[2]);
    struct inputs inputs = {0};
    for (int i = 1; i < argc; i++) {
        if (!read_file(&inputs, argv[i], argv[i])) {
            fprintf(stderr, "%s cannot be read\n", argv[i]);
            return EXIT_FAILURE;
        }
        fprintf(stderr, "%s\n", argv[i]);
        LLVMFuzzerTestOneInput(inputs.all[i - 1].data, inputs.all[i - 1].size);
    }
    drop(&inputs);
    return EXIT_SUCCESS;
}
