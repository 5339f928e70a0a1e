/* SPDX-License-Identifier: Apache-2.0 */
/* A line of `ddbexpr request --jsonl`: read, run, checked, explained, linted; all of these must agree, and the answer
 * is JSON. */
#include "answered.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    arena *a = fuzz_arena();
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_question question;
    ddbexpr_status status = ddbexpr_json_read_question(a, fuzz_rest(&input), diags, &question);
    fuzz_check_told(diags, status);
    if (status == DDBEXPR_OK) {
        check_question(&question, NULL);
    } else {
        ddbexpr_buffer *out = fuzz_buffer();
        REQUIRE(ddbexpr_json_write_refusal(diags, out) == DDBEXPR_OK);
        REQUIRE(fuzz_is_json(ddbexpr_buffer_text(out)));
        ddbexpr_buffer_free(out);
    }
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(a);
    fuzz_close(&input);
    return 0;
}
