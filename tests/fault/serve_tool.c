/* SPDX-License-Identifier: Apache-2.0 */
/* The tool, run again and again within one process, each time with another allocation or call that fails. The linker
 * calls the tool's main __real_main. A fault of memory ends the process: whoever asks, sees it.
 *
 * usage: fault-tool STDIN WORD...    a command line of the tool; standard input is the content of the file STDIN
 *
 * Descriptor 3 is a socket. A question is a line, `alloc NUMBER once|all` or `call NUMBER once|all WAY ERROR` with the
 * WAY of calls.h; NUMBER -1: nothing fails. The answer is a line of numbers, then what was printed, and the calls:
 *
 *     STATUS FAILED ALLOCATIONS LEAKED FIRST-LEAKED OUT-LENGTH ERR-LENGTH CALLS-LENGTH */
#define _GNU_SOURCE 1
#include "allocations.h"
#include "calls.h"

#include <jansson.h>
#include <libxml/xmlmemory.h>

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOCKET       3
#define MOST_SECONDS 60

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *block);
char *__wrap_strdup(const char *text);
const char *__asan_default_options(void);

/* LeakSanitizer would look at the end only; the table of allocations is looked at after every run. */
const char *__asan_default_options(void) { return "detect_leaks=0"; }

/* libxml2 loses an element's name when it has no memory for the element: its blocks are not looked for. */
static void *malloc_of_xml(size_t size) { return allocations_disown(__wrap_malloc(size)); }
static void *realloc_of_xml(void *old, size_t size) { return allocations_disown(__wrap_realloc(old, size)); }
static char *strdup_of_xml(const char *text) { return allocations_disown(__wrap_strdup(text)); }

struct question {
    bool call, all;
    long number;
    enum call_fault way;
    int error;
};

struct printed {
    FILE *stream;
    char *text;
    size_t length;
};

static struct printed out, err;

static void or_die(bool done)
{
    if (done)
        return;
    perror("fault-tool");
    abort();
}

/* A pipe, if it has room for the content at once; else the file itself. */
static void give_input(const char *path)
{
    static char block[32768];
    int ends[2], file = open(path, O_RDONLY | O_CLOEXEC);
    or_die(file >= 0);
    ssize_t length = read(file, block, sizeof block);
    or_die(length >= 0);
    if (length < (ssize_t)sizeof block) {
        or_die(pipe2(ends, O_CLOEXEC) == 0 && write(ends[1], block, (size_t)length) == length);
        close(ends[1]);
        close(file);
        file = ends[0];
    } else {
        or_die(lseek(file, 0, SEEK_SET) == 0);
    }
    or_die(dup2(file, STDIN_FILENO) == STDIN_FILENO);
    close(file);
}

static void open_streams(const char *input)
{
    give_input(input);
    or_die((out.stream = open_memstream(&out.text, &out.length)) &&
           (err.stream = open_memstream(&err.text, &err.length)));
    or_die((stdin = calls_stream(STDIN_FILENO, NULL)) && (stdout = calls_stream(STDOUT_FILENO, out.stream)) &&
           (stderr = calls_stream(STDERR_FILENO, err.stream)));
    setvbuf(stderr, NULL, _IONBF, 0);
}

static void close_streams(FILE *const own[3])
{
    fclose(stdin);
    fclose(stdout);
    fclose(stderr);
    stdin = own[0];
    stdout = own[1];
    stderr = own[2];
    fclose(out.stream);
    fclose(err.stream);
}

/* --- one run --- */

static void answer(int status, bool failed, size_t allocations, const char *calls)
{
    size_t first, leaked = allocations_live(&first);
    dprintf(SOCKET, "%d %d %zu %zu %zu %zu %zu %zu\n", status, failed, allocations, leaked, leaked ? first : 0,
            out.length, err.length, strlen(calls));
    const struct {
        const char *text;
        size_t length;
    } parts[] = {{out.text, out.length}, {err.text, err.length}, {calls, strlen(calls)}};
    for (size_t i = 0; i < 3; i++)
        for (size_t done = 0; done < parts[i].length;) {
            ssize_t written = write(SOCKET, parts[i].text + done, parts[i].length - done);
            or_die(written > 0);
            done += (size_t)written;
        }
}

static void run(const struct question *q, const char *input, int argc, char **argv)
{
    FILE *const own[3] = {stdin, stdout, stderr};
    char **words = calloc((size_t)argc + 1, sizeof *words); /* getopt puts them into another order */
    or_die(words);
    memcpy(words, argv, (size_t)argc * sizeof *words);
    open_streams(input);
    alarm(MOST_SECONDS);
    allocations_forget();
    allocations_begin(q->call ? ALLOCATIONS_NEVER_FAIL : (size_t)q->number, q->all);
    calls_begin(q->call ? (size_t)q->number : CALLS_NEVER_FAIL, q->all, q->way, q->error);
    int status = __real_main(argc, words);
    const char *calls = calls_end();
    size_t allocations = allocations_end();
    alarm(0);
    close_streams(own);
    free(words);
    answer(status, allocations_failed() || calls_failed(), allocations, calls);
    free(out.text);
    free(err.text);
}

/* A run that gets killed, which is told as the negative signal. */
static void run_apart(const struct question *q, const char *input, int argc, char **argv)
{
    int status;
    pid_t child = fork();
    or_die(child >= 0);
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        or_die(nowhere >= 0 && dup2(nowhere, SOCKET) == SOCKET);
        run(q, input, argc, argv);
        _exit(0);
    }
    or_die(waitpid(child, &status, 0) == child);
    dprintf(SOCKET, "%d %d 0 0 0 0 0 0\n", WIFSIGNALED(status) ? -WTERMSIG(status) : 0, WIFSIGNALED(status));
}

static bool parse(const char *line, struct question *ret)
{
    char what[8], which[8];
    int way = 0;
    *ret = (struct question){.number = -1};
    if (sscanf(line, "%7s %ld %7s %d %d", what, &ret->number, which, &way, &ret->error) < 3)
        return false;
    ret->call = strcmp(what, "call") == 0;
    ret->all = strcmp(which, "all") == 0;
    ret->way = (enum call_fault)way;
    return true;
}

int __wrap_main(int argc, char **argv)
{
    struct question question;
    char line[100];
    FILE *questions = fdopen(dup(SOCKET), "r");
    if (argc < 2 || !questions) {
        fprintf(stderr, "usage: fault-tool STDIN WORD...\n");
        return 2;
    }
    or_die(xmlMemSetup(__wrap_free, malloc_of_xml, realloc_of_xml, strdup_of_xml) == 0);
    json_set_alloc_funcs(__wrap_malloc, __wrap_free); /* also where it is no static library */
    while (fgets(line, sizeof line, questions) && parse(line, &question)) {
        if (question.call && question.way == CALL_KILLS)
            run_apart(&question, argv[1], argc - 1, argv + 1);
        else
            run(&question, argv[1], argc - 1, argv + 1);
    }
    fclose(questions);
    return 0;
}
