/* SPDX-License-Identifier: Apache-2.0 */
/* Suggested fixes, written into the text of a request: a byte for the operation, then the text. What comes out is still
 * a request; a fix mends what it is about; mending ends, and ends with a text that asks for no more of it. */
#include "fuzz.h"

#include <ddbexpr/lint.h>
#include <ddbexpr/located.h>

#define MOST_ROUNDS 200 /* a text of 4000 bytes that cannot be parsed is mended a fault at a time */

/* A text with its first request, read and checked. */
struct checked {
    arena *arena;
    ddbexpr_diags *diags;
    const ddbexpr_found_request *found;
    size_t count;
};

static void free_checked(struct checked *c)
{
    ddbexpr_arena_free(c->arena);
    ddbexpr_diags_free(c->diags);
}

static ddbexpr_status read_and_check(struct checked *c, str text, const ddbexpr_json_search *search)
{
    const ddbexpr_execute_options options = {.size = sizeof options};
    ddbexpr_request request;
    c->arena = fuzz_arena();
    c->diags = fuzz_diags();
    ddbexpr_status status = ddbexpr_json_find_requests(c->arena, text, search, c->diags, &c->found, &c->count, NULL);
    if (status != DDBEXPR_OK || c->count == 0)
        return DDBEXPR_INVALID;
    status = ddbexpr_json_read_found(c->arena, &c->found[0], c->diags, &request);
    if (status != DDBEXPR_OK)
        return status;
    const ddbexpr_lint_options lint = {.size = sizeof lint,
                                       .unknown_values = request.unknown_values,
                                       .unknown_value_count = request.unknown_value_count};
    status = ddbexpr_request_check(&request, NULL, 0, &options, NULL, c->diags);
    REQUIRE(status == DDBEXPR_OK || status == DDBEXPR_INVALID);
    REQUIRE(ddbexpr_lint(&request, &lint, NULL, c->diags) == DDBEXPR_OK);
    return DDBEXPR_OK;
}

/* What was mended is read and checked as before. */
static void check_again(struct checked *c, str text, const struct checked *before)
{
    const ddbexpr_json_search search = {.size = sizeof search,
                                        .operation_given = true,
                                        .operation = before->found[0].operation,
                                        .filled_in = before->found[0].filled_in};
    REQUIRE(fuzz_is_json(text));
    REQUIRE(read_and_check(c, text, &search) == DDBEXPR_OK);
    REQUIRE(c->count == 1);
}

/* --- one fix --- */

static bool same_diag(const ddbexpr_diag *a, const ddbexpr_diag *b)
{
    ddbexpr_span x = ddbexpr_diag_span(a), y = ddbexpr_diag_span(b);
    return strcmp(ddbexpr_diag_code(a), ddbexpr_diag_code(b)) == 0 &&
           ddbexpr_diag_action(a) == ddbexpr_diag_action(b) && ddbexpr_diag_source(a) == ddbexpr_diag_source(b) &&
           str_equal(ddbexpr_diag_member(a), ddbexpr_diag_member(b)) &&
           str_equal(ddbexpr_diag_text(a), ddbexpr_diag_text(b)) &&
           str_equal(ddbexpr_diag_message(a), ddbexpr_diag_message(b)) && x.start == y.start && x.end == y.end;
}

/* What was mended is not told in the same words of the same place any more. */
static void check_mended(const ddbexpr_diag *mended, const ddbexpr_diags *after)
{
    for (size_t i = 0; i < ddbexpr_diags_count(after); i++)
        REQUIRE(!same_diag(mended, ddbexpr_diags_at(after, i)));
}

/* What cannot be parsed hides all other faults. */
static bool hides_others(const ddbexpr_diag *d)
{
    str message = ddbexpr_diag_service_message(d);
    return memmem(message.ptr, message.len, "Syntax error", 12) != NULL;
}

static size_t count_faults(const ddbexpr_diags *diags)
{
    size_t count = 0;
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        count += ddbexpr_diag_severity(ddbexpr_diags_at(diags, i)) == DDBEXPR_ERROR;
    return count;
}

static void check_one(const struct checked *c, size_t index)
{
    ddbexpr_buffer *out = fuzz_buffer();
    struct checked after;
    bool fixed;
    const ddbexpr_diag *d = ddbexpr_diags_at(c->diags, index);
    REQUIRE(ddbexpr_json_fix_one(c->found[0].map, c->diags, index, out, &fixed) == DDBEXPR_OK);
    REQUIRE(!fixed || ddbexpr_diag_fix_safety(d) != DDBEXPR_FIX_NONE);
    if (fixed) {
        check_again(&after, ddbexpr_buffer_text(out), c);
        check_mended(d, after.diags);
        /* A fault mended for sure does not give way to more of them; lints may come to light. */
        if (ddbexpr_diag_fix_safety(d) == DDBEXPR_FIX_SAFE && !hides_others(d) && ddbexpr_diag_is_verdict(d))
            REQUIRE(count_faults(after.diags) <= count_faults(c->diags));
        free_checked(&after);
    }
    ddbexpr_buffer_free(out);
}

/* --- all of them, round by round --- */

static size_t mend(const struct checked *c, bool unsafe, ddbexpr_buffer *out)
{
    size_t count = 0;
    ddbexpr_buffer_clear(out);
    REQUIRE(ddbexpr_json_fix_request(c->found[0].map, c->diags, unsafe, out, &count) == DDBEXPR_OK);
    return count;
}

static void check_rounds(const struct checked *first, str object, bool unsafe)
{
    ddbexpr_buffer *texts[2] = {fuzz_buffer(), fuzz_buffer()};
    struct checked now = *first;
    str before = object;
    for (unsigned round = 0;; round++) {
        ddbexpr_buffer *out = texts[round % 2];
        size_t count = mend(&now, unsafe, out);
        str after = ddbexpr_buffer_text(out);
        REQUIRE((count == 0) == str_equal(before, after));
        struct checked last = now;
        if (count) {
            REQUIRE(round < MOST_ROUNDS);
            check_again(&now, after, first);
        }
        if (round)
            free_checked(&last);
        before = after;
        if (count == 0)
            break;
    }
    ddbexpr_buffer_free(texts[0]);
    ddbexpr_buffer_free(texts[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    const ddbexpr_json_search search = {.size = sizeof search,
                                        .operation_given = true,
                                        .operation =
                                            (ddbexpr_operation)fuzz_choice(&input, DDBEXPR_TRANSACT_WRITE_ITEMS + 1)};
    struct checked c;
    str text = fuzz_rest(&input);
    if (read_and_check(&c, text, &search) == DDBEXPR_OK) {
        str object = str_slice(text, ddbexpr_json_map_span(c.found[0].map));
        fuzz_check_diags(c.diags);
        for (size_t i = 0; i < ddbexpr_diags_count(c.diags) && i < 20; i++)
            check_one(&c, i);
        check_rounds(&c, object, false);
        check_rounds(&c, object, true);
    }
    free_checked(&c);
    fuzz_close(&input);
    return 0;
}
