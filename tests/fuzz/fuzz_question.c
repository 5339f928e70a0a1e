/* SPDX-License-Identifier: Apache-2.0 */
/* A line of `ddbexpr request --jsonl`: read, run, checked, explained, linted; all of these must agree, and so must the
 * judge, if there is one. The answer is JSON. */
#include "answered.h"
#include "judge.h"

static bool is_line(str text) { return !memchr(text.ptr, '\n', text.len) && !memchr(text.ptr, '\r', text.len); }

static void check_refused(const ddbexpr_diags *diags)
{
    ddbexpr_buffer *answer = fuzz_buffer();
    REQUIRE(ddbexpr_json_write_refusal(diags, answer) == DDBEXPR_OK);
    REQUIRE(fuzz_is_json(ddbexpr_buffer_text(answer)));
    ddbexpr_buffer_free(answer);
}

static void check_answered(str text, const ddbexpr_question *question)
{
    ddbexpr_buffer *answer = fuzz_buffer();
    check_question(question, answer);
    if (is_line(text))
        REQUIRE(judge_agrees(text, ddbexpr_buffer_text(answer)));
    ddbexpr_buffer_free(answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    arena *a = fuzz_arena();
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_question question;
    str text = fuzz_rest(&input);
    ddbexpr_status status = ddbexpr_json_read_question(a, text, diags, &question);
    fuzz_check_told(diags, status);
    if (status == DDBEXPR_OK)
        check_answered(text, &question);
    else
        check_refused(diags);
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(a);
    fuzz_close(&input);
    return 0;
}
