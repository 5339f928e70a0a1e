/* SPDX-License-Identifier: Apache-2.0 */
/* Requests found in a text, read and checked: what the tests of places, state machines and fixes share. */
#ifndef DDBEXPR_TESTS_FOUND_H
#define DDBEXPR_TESTS_FOUND_H

#include "kit.h"

#include <ddbexpr/json.h>
#include <ddbexpr/located.h>

struct found {
    struct kit kit;
    str text;
    const ddbexpr_found_request *requests;
    size_t count, others;
    ddbexpr_request request; /* the one read last */
};

static inline ddbexpr_status found_search(struct found *f, str text, const ddbexpr_json_search *search)
{
    char *copy = malloc(text.len + 1); /* of exact length, so that reading too far is noticed */
    ddbexpr_diags_clear(f->kit.diags);
    assert_non_null(copy);
    memcpy(copy, text.ptr, text.len);
    f->text = str_of(copy, text.len);
    return ddbexpr_json_find_requests(f->kit.arena, f->text, search, f->kit.diags, &f->requests, &f->count, &f->others);
}

/* Finds the requests of a good text; a file's name may say which they are. */
static inline void found_open(struct found *f, const char *text, const char *file_name)
{
    const ddbexpr_json_search search = {.size = sizeof search, .file_name = ddbexpr_cstr(file_name ? file_name : "")};
    *f = (struct found){.count = 0};
    kit_open(&f->kit);
    ddbexpr_status status = found_search(f, ddbexpr_cstr(text), &search);
    if (status != DDBEXPR_OK)
        kit_print_diags(f->kit.diags);
    assert_int_equal(status, DDBEXPR_OK);
}

static inline void found_close(struct found *f)
{
    kit_close(&f->kit);
    free((void *)(uintptr_t)f->text.ptr);
}

/* Reads and checks one of the requests; its diagnostics are the kit's. */
static inline void found_check(struct found *f, size_t index)
{
    const ddbexpr_execute_options options = {.size = sizeof options};
    assert_true(index < f->count);
    ddbexpr_diags_clear(f->kit.diags);
    assert_int_equal(ddbexpr_json_read_found(f->kit.arena, &f->requests[index], f->kit.diags, &f->request), DDBEXPR_OK);
    ddbexpr_status status = ddbexpr_request_check(&f->request, NULL, 0, &options, &f->kit.memory.alloc, f->kit.diags);
    assert_true(status == DDBEXPR_OK || status == DDBEXPR_INVALID);
}

/* What stands in the text where a diagnostic of a request says that something is wrong. */
static inline str found_at(const struct found *f, size_t request, size_t diagnostic)
{
    const ddbexpr_diag *d = ddbexpr_diags_at(f->kit.diags, diagnostic);
    ddbexpr_span span;
    if (!d || !ddbexpr_json_map_locate(f->requests[request].map, ddbexpr_diag_action(d), ddbexpr_diag_source(d),
                                       ddbexpr_diag_member(d), ddbexpr_diag_has_span(d), ddbexpr_diag_span(d), &span))
        return STR("(nowhere)");
    assert_true(span.start <= span.end && span.end <= f->text.len);
    return str_slice(f->text, span);
}

#endif
