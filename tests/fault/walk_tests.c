/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a unit test fails once. The linker calls this in place of cmocka's runner of groups: each test
 * runs as ever, and at each of its allocations a process is made of it in which that one fails. The test may find then
 * that something is not as it should be, which is its end; it must not crash, and at that moment all that is allocated
 * must still be known to somebody (LeakSanitizer looks, where it is linked).
 *
 * usage: fault-unit-NAME [--all|--trace]    without --all the first allocations of each test, and of later ones ever
 *                                           fewer, as long as the time of the test is not used up; --trace: standard
 *                                           error of the tests, and where they crashed, for addr2line */
#define _GNU_SOURCE 1
#include "allocations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_SECONDS 60
#define LEAKED       77 /* exit status; another one but 0 is a sanitizer's */
#define FIRST        ((size_t)64)
#define MILLISECONDS 120 /* of one test, where not all is walked */

int __real__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
                                   CMFixtureFunction set_up, CMFixtureFunction tear_down);
int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
                                   CMFixtureFunction set_up, CMFixtureFunction tear_down);
int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);
int __lsan_do_recoverable_leak_check(void) __attribute__((weak));

/* What the process of a test tells the one that waits for it. */
static struct told {
    size_t points;
    size_t wrong;
    size_t first_wrong;
    int status;
} * told;

static bool all;     /* allocations, and not some */
static int trace;    /* standard error, or 0 */
static long begun;   /* when the test did */
static bool failing; /* this process is one in which an allocation fails */
static pthread_t walker;

/* cmocka calls it where an assertion does not hold, and so do tests. */
void _fail(const char *file, const int line)
{
    (void)file, (void)line;
    if (failing)
        _exit(__lsan_do_recoverable_leak_check && __lsan_do_recoverable_leak_check() ? LEAKED : 0);
    exit(1);
}

static void print_trace(int number)
{
    void *frames[30];
    backtrace_symbols_fd(frames, backtrace(frames, 30), trace);
    dprintf(trace, "--\n");
    signal(number, SIG_DFL);
    raise(number);
}

/* cmocka makes failed tests of signals. */
static void let_signals_kill(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], trace ? print_trace : SIG_DFL);
}

static long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* All of the first, half of as many that follow, a quarter of twice as many after these, and so on. */
static bool is_walked(size_t number)
{
    size_t stride = 1;
    while (!all && stride * FIRST <= number)
        stride *= 2;
    return number % stride == 0 && (all || milliseconds() - begun < MILLISECONDS);
}

/* At an allocation: true in a process of its own, where it fails. Not in a thread of the test: a process that is made
 * of it has lost the stack of the others, and what that holds is leaked. */
static bool ask(size_t number)
{
    int status;
    if (failing || !pthread_equal(pthread_self(), walker) || !is_walked(number))
        return false;
    pid_t child = fork();
    if (child == 0) {
        failing = true;
        let_signals_kill();
        alarm(MOST_SECONDS);
        return true;
    }
    told->points++;
    if (child < 0 || waitpid(child, &status, 0) != child)
        abort();
    if (status == 0)
        return false;
    if (told->wrong++ == 0) {
        told->first_wrong = number;
        told->status = status;
    }
    return false;
}

/* Whether cmocka's own assertions come to _fail above. */
static bool is_asked(void)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        failing = true;
        _assert_true(0, "", "", 0);
        _exit(1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* In a process of its own: the test, and those that are made of it. */
static void walk(const struct CMUnitTest *test, CMFixtureFunction set_up, CMFixtureFunction tear_down)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0 || (!trace && dup2(nowhere, STDERR_FILENO) < 0))
        abort();
    walker = pthread_self();
    allocations_ask = ask;
    begun = milliseconds();
    allocations_begin(ALLOCATIONS_NEVER_FAIL, false);
    int failed = __real__cmocka_run_group_tests("walk", test, 1, set_up, tear_down);
    allocations_end();
    if (failing) /* it ran through: what is left now is nobody's */
        _exit(__lsan_do_recoverable_leak_check && __lsan_do_recoverable_leak_check() ? LEAKED : 0);
    _exit(failed);
}

int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
                                   CMFixtureFunction set_up, CMFixtureFunction tear_down)
{
    size_t points = 0;
    int failures = 0;
    (void)name;
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED || !is_asked())
        abort();
    printf("1..%zu\n", count);
    for (size_t i = 0; i < count; i++) {
        int status;
        memset(told, 0, sizeof *told);
        fflush(stdout);
        pid_t child = fork();
        if (child == 0)
            walk(&tests[i], set_up, tear_down);
        if (child < 0 || waitpid(child, &status, 0) != child)
            abort();
        bool good = status == 0 && told->wrong == 0;
        printf("%sok %zu - %s: %zu allocations fail\n", good ? "" : "not ", i + 1, tests[i].name, told->points);
        if (status)
            printf("# it does not run without a failure: status %d\n", status);
        if (told->wrong)
            printf("# %zu go wrong, the first is allocation %zu: status %d%s\n", told->wrong, told->first_wrong,
                   told->status, WIFEXITED(told->status) && WEXITSTATUS(told->status) == LEAKED ? " (a leak)" : "");
        failures += !good;
        points += told->points;
    }
    printf("# %zu fault points\n", points);
    return failures;
}

int __wrap_main(int argc, char **argv)
{
    all = argc > 1 && strcmp(argv[1], "--all") == 0;
    trace = argc > 1 && strcmp(argv[1], "--trace") == 0 ? dup(STDERR_FILENO) : 0;
    return __real_main(1, argv);
}
