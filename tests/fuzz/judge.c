/* SPDX-License-Identifier: Apache-2.0 */
/* Asking the judge. Knows nothing of what is asked; answers are compared as JSON. */
#include "judge.h"

#include "fuzz.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static FILE *to_judge, *from_judge;

static void run_command(const char *command, const int in[2], const int out[2])
{
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    close(in[0]);
    close(in[1]);
    close(out[0]);
    close(out[1]);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static void start(const char *command)
{
    int in[2], out[2];
    REQUIRE(pipe(in) == 0 && pipe(out) == 0);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0)
        run_command(command, in, out);
    close(in[0]);
    close(out[1]);
    to_judge = fdopen(in[1], "w");
    from_judge = fdopen(out[0], "r");
    REQUIRE(to_judge && from_judge);
}

/* The judge's answer; the caller frees it. */
static char *ask(str question)
{
    char *line = NULL;
    size_t room = 0;
    REQUIRE(fwrite(question.ptr, 1, question.len, to_judge) == question.len);
    REQUIRE(fputc('\n', to_judge) == '\n' && fflush(to_judge) == 0);
    REQUIRE(getline(&line, &room, from_judge) > 0);
    return line;
}

static bool is_beyond_us(const json_t *answer)
{
    const char *type = json_string_value(json_object_get(json_object_get(answer, "error"), "__type"));
    return type && strcmp(type, "UnsupportedByDdbexpr") == 0;
}

bool judge_agrees(str question, str answer)
{
    const char *command = getenv("DDBEXPR_JUDGE");
    if (!command || !*command)
        return true;
    json_t *ours = fuzz_json(answer);
    REQUIRE(ours);
    json_object_del(ours, "diagnostics"); /* ours alone */
    bool same = true;
    if (!is_beyond_us(ours)) {
        if (!to_judge)
            start(command);
        char *line = ask(question);
        json_t *theirs = fuzz_json(ddbexpr_cstr(line));
        REQUIRE(theirs);
        same = json_equal(ours, theirs);
        if (!same)
            fprintf(stderr, "question: %.*s\nours:     %.*s\njudge's:  %s", (int)question.len, question.ptr,
                    (int)answer.len, answer.ptr, line);
        json_decref(theirs);
        free(line);
    }
    json_decref(ours);
    return same;
}
