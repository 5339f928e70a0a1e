/* SPDX-License-Identifier: Apache-2.0 */
/* Requests in files: a byte for the operation, then the text. What is found in it lies in it, is read as the request
 * alone would be, and every place told is inside of the request. */
#include "fuzz.h"

#include <ddbexpr/lint.h>
#include <ddbexpr/located.h>

static bool inside(ddbexpr_span inner, ddbexpr_span outer)
{
    return outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
}

/* Everything that is told of a request has a place in the text, if it has any. */
static void check_places(const ddbexpr_found_request *found, const ddbexpr_diags *diags)
{
    ddbexpr_span whole = ddbexpr_json_map_span(found->map), place;
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++) {
        const ddbexpr_diag *d = ddbexpr_diags_at(diags, i);
        bool located =
            ddbexpr_json_map_locate(found->map, ddbexpr_diag_action(d), ddbexpr_diag_source(d), ddbexpr_diag_member(d),
                                    ddbexpr_diag_has_span(d), ddbexpr_diag_span(d), &place);
        REQUIRE(!located || inside(place, whole));
        REQUIRE(!located || !ddbexpr_diag_has_span(d) || ddbexpr_diag_span(d).start == ddbexpr_diag_span(d).end ||
                place.start < place.end);
    }
}

/* Checks and lints say of an accepted request that it is, in any order. */
static void check_request(const ddbexpr_found_request *found, const ddbexpr_request *request)
{
    ddbexpr_diags *diags = fuzz_diags();
    const ddbexpr_execute_options options = {.size = sizeof options, .partial = true};
    const ddbexpr_lint_options lint = {.size = sizeof lint,
                                       .unknown_values = request->unknown_values,
                                       .unknown_value_count = request->unknown_value_count};
    ddbexpr_status status = ddbexpr_request_check(request, NULL, 0, &options, NULL, diags);
    fuzz_check_told(diags, status);
    check_places(found, diags);
    ddbexpr_diags_clear(diags);
    REQUIRE(ddbexpr_lint(request, &lint, NULL, diags) == DDBEXPR_OK);
    REQUIRE(!ddbexpr_diags_verdict(diags));
    fuzz_check_diags(diags);
    check_places(found, diags);
    ddbexpr_diags_free(diags);
}

/* The object alone, as it is sent on the wire. */
static void check_alone(const ddbexpr_found_request *found, str text, ddbexpr_status expected)
{
    arena *a = fuzz_arena();
    ddbexpr_request request;
    ddbexpr_status status = ddbexpr_json_read_request(
        a, found->operation, str_slice(text, ddbexpr_json_map_span(found->map)), NULL, &request);
    REQUIRE(found->filled_in || status == expected);
    ddbexpr_arena_free(a);
}

static void check_found(arena *a, const ddbexpr_found_request *found, str text)
{
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_request request;
    ddbexpr_span span = ddbexpr_json_map_span(found->map);
    REQUIRE(span.start < span.end && span.end <= text.len);
    REQUIRE(text.ptr[span.start] == '{' && text.ptr[span.end - 1] == '}');
    ddbexpr_status status = ddbexpr_json_read_found(a, found, diags, &request);
    fuzz_check_told(diags, status);
    check_alone(found, text, status);
    if (status == DDBEXPR_OK) {
        REQUIRE(request.operation == found->operation);
        check_request(found, &request);
    }
    ddbexpr_diags_free(diags);
}

static void check_search(str text, const ddbexpr_json_search *search)
{
    arena *a = fuzz_arena();
    ddbexpr_diags *diags = fuzz_diags();
    const ddbexpr_found_request *found = NULL;
    size_t count = 0, others;
    ddbexpr_status status = ddbexpr_json_find_requests(a, text, search, diags, &found, &count, &others);
    fuzz_check_told(diags, status);
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++)
        check_found(a, &found[i], text);
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    ddbexpr_operation operation = (ddbexpr_operation)fuzz_choice(&input, DDBEXPR_TRANSACT_WRITE_ITEMS + 1);
    const ddbexpr_json_search given = {.size = sizeof given, .operation_given = true, .operation = operation};
    const ddbexpr_json_search open = {.size = sizeof open};
    str text = fuzz_rest(&input);
    check_search(text, &open);
    check_search(text, &given);
    fuzz_close(&input);
    return 0;
}
