/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a command some times, its output thrown away, and prints a line for each: seconds on the wall, seconds of the
 * processor, most memory in kB, exit status. A program of its own because it is small: what a large one starts is
 * started later, and counts its memory as well. */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds_of(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

static bool run(const posix_spawn_file_actions_t *files, char *const *command)
{
    pid_t child;
    int status = 0;
    struct rusage usage;
    double start = now();
    int error = posix_spawnp(&child, command[0], files, NULL, command, environ);
    if (error) {
        fprintf(stderr, "%s: %s\n", command[0], strerror(error));
        return false;
    }
    wait4(child, &status, 0, &usage);
    double took = now() - start;
    printf("%.9f %.6f %ld %d\n", took, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return true;
}

int main(int argc, char **argv)
{
    posix_spawn_file_actions_t files;
    if (argc < 3) {
        fputs("usage: launch RUNS COMMAND [ARGUMENT ...]\n", stderr);
        return 2;
    }
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    bool ran = true;
    for (long runs = strtol(argv[1], NULL, 10); ran && runs > 0; runs--)
        ran = run(&files, &argv[2]);
    posix_spawn_file_actions_destroy(&files);
    return ran ? 0 : 1;
}
