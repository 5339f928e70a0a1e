/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs cut into parts, and the properties that hold of whatever is told. Knows no target. */
#include "fuzz.h"

#include "base/utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *listened; /* takes the place of stderr */
static FILE *real_stderr;

void fuzz_fail(const char *what, const char *file, int line)
{
    FILE *to = real_stderr ? real_stderr : stderr;
    fprintf(to, "%s:%d: does not hold: %s\n", file, line, what);
    fflush(to);
    abort();
}

/* --- the input --- */

struct fuzz_input fuzz_open(const uint8_t *data, size_t size)
{
    return (struct fuzz_input){.data = data, .size = size};
}

void fuzz_close(struct fuzz_input *input)
{
    for (size_t i = 0; i < input->part_count; i++)
        free(input->parts[i]);
}

unsigned fuzz_choice(struct fuzz_input *input, unsigned count)
{
    if (input->size == 0)
        return 0;
    input->size--;
    return (uint8_t)(*input->data++ - '0') % count;
}

static str take(struct fuzz_input *input, size_t length)
{
    REQUIRE(input->part_count < FUZZ_PARTS);
    char *copy = malloc(length ? length : 1);
    REQUIRE(copy);
    if (length)
        memcpy(copy, input->data, length);
    input->parts[input->part_count++] = copy;
    input->data += length;
    input->size -= length;
    return str_of(copy, length);
}

str fuzz_part(struct fuzz_input *input)
{
    const uint8_t *end = input->size ? memchr(input->data, 0, input->size) : NULL;
    str part = take(input, end ? (size_t)(end - input->data) : input->size);
    if (end) {
        input->data++;
        input->size--;
    }
    return part;
}

str fuzz_rest(struct fuzz_input *input) { return take(input, input->size); }

/* --- objects --- */

arena *fuzz_arena(void)
{
    arena *a;
    REQUIRE(ddbexpr_arena_new(NULL, &a) == DDBEXPR_OK);
    return a;
}

ddbexpr_diags *fuzz_diags(void)
{
    ddbexpr_diags *diags;
    REQUIRE(ddbexpr_diags_new(NULL, &diags) == DDBEXPR_OK);
    return diags;
}

ddbexpr_buffer *fuzz_buffer(void)
{
    ddbexpr_buffer *buffer;
    REQUIRE(ddbexpr_buffer_new(NULL, &buffer) == DDBEXPR_OK);
    return buffer;
}

/* --- texts for people and programs --- */

static json_t *load_json(str text, json_error_t *error)
{
    *error = (json_error_t){.line = 0};
    if (text.len && memchr(text.ptr, '\0', text.len))
        return NULL; /* it would take one for the end */
    char *copy = malloc(text.len + 1);
    REQUIRE(copy);
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    for (size_t i = 0; i + 6 <= text.len; i++)
        if (memcmp(copy + i, "\\u0000", 6) == 0)
            copy[i + 5] = '1';
    json_t *json = json_loadb(copy, text.len, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, error);
    free(copy);
    return json;
}

struct json_t *fuzz_json(str text)
{
    json_error_t error;
    return load_json(text, &error);
}

bool fuzz_is_beyond_json(str text)
{
    json_error_t error;
    json_t *json = load_json(text, &error);
    json_decref(json);
    return !json && json_error_code(&error) == json_error_numeric_overflow;
}

bool fuzz_is_json(str text)
{
    json_t *json = fuzz_json(text);
    json_decref(json);
    return json != NULL;
}

void fuzz_check_visible(str text)
{
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.ptr[i];
        size_t length = utf8_length(str_of(text.ptr + i, text.len - i));
        REQUIRE(length > 0);
        REQUIRE(c >= 0x20 || c == '\n');
        REQUIRE(c != 0x7f);
        REQUIRE(c != 0xc2 || (unsigned char)text.ptr[i + 1] >= 0xa0); /* C1 */
        i += length;
    }
}

bool fuzz_evaluate(const ddbexpr_program *program, const ddbexpr_value *item)
{
    bool matched = false;
    REQUIRE(ddbexpr_evaluate(program, item, &matched) == DDBEXPR_OK);
    return matched;
}

str fuzz_json_of(arena *a, const ddbexpr_value *item)
{
    ddbexpr_buffer *out = fuzz_buffer();
    REQUIRE(ddbexpr_json_write_item(item, DDBEXPR_JSON_TYPED, 0, out) == DDBEXPR_OK);
    REQUIRE(fuzz_is_json(ddbexpr_buffer_text(out)));
    str copy = arena_copy(a, ddbexpr_buffer_text(out));
    REQUIRE(copy.ptr);
    ddbexpr_buffer_free(out);
    return copy;
}

/* --- diagnostics --- */

static void check_span(ddbexpr_span span, str text)
{
    REQUIRE(span.start <= span.end);
    REQUIRE(!text.ptr || span.end <= text.len);
}

/* Edits of one fix lie in the text, in any order, and outside of each other. */
static void check_edits(const ddbexpr_diag *diag)
{
    size_t count = ddbexpr_diag_edit_count(diag);
    REQUIRE((count > 0) == (ddbexpr_diag_fix_safety(diag) != DDBEXPR_FIX_NONE));
    REQUIRE((count > 0) == (ddbexpr_diag_fix_title(diag).len > 0));
    for (size_t i = 0; i < count; i++) {
        ddbexpr_edit a = ddbexpr_diag_edit_at(diag, i);
        if (a.kind != DDBEXPR_EDIT_REPLACE)
            continue;
        check_span(a.span, ddbexpr_diag_text(diag));
        for (size_t n = 0; n < i; n++) {
            ddbexpr_edit b = ddbexpr_diag_edit_at(diag, n);
            REQUIRE(b.kind != DDBEXPR_EDIT_REPLACE || a.span.end <= b.span.start || b.span.end <= a.span.start);
        }
    }
}

static void check_diag(const ddbexpr_diag *diag, ddbexpr_buffer *out)
{
    str text = ddbexpr_diag_text(diag);
    REQUIRE(strncmp(ddbexpr_diag_code(diag), "DX", 2) == 0);
    REQUIRE(ddbexpr_diag_message(diag).len > 0);
    if (ddbexpr_diag_has_span(diag))
        check_span(ddbexpr_diag_span(diag), text);
    for (size_t i = 0; i < ddbexpr_diag_label_count(diag); i++)
        check_span(ddbexpr_diag_label_at(diag, i).span, text);
    check_edits(diag);
    const ddbexpr_style styles[] = {{.size = sizeof styles[0]}, {.size = sizeof styles[0], .width = 40}};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        ddbexpr_buffer_clear(out);
        REQUIRE(ddbexpr_diag_render(diag, &styles[i], out) == DDBEXPR_OK);
        fuzz_check_visible(ddbexpr_buffer_text(out));
    }
}

void fuzz_check_diags(const ddbexpr_diags *diags)
{
    ddbexpr_buffer *out = fuzz_buffer();
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        check_diag(ddbexpr_diags_at(diags, i), out);
    ddbexpr_buffer_clear(out);
    REQUIRE(ddbexpr_json_write_diags(diags, 0, out) == DDBEXPR_OK);
    REQUIRE(fuzz_is_json(ddbexpr_buffer_text(out)));
    ddbexpr_buffer_free(out);
}

void fuzz_check_told(const ddbexpr_diags *diags, ddbexpr_status status)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    REQUIRE(status == DDBEXPR_OK || status == DDBEXPR_INVALID);
    REQUIRE((status == DDBEXPR_INVALID) == (verdict != NULL));
    REQUIRE(!verdict || ddbexpr_diag_service_message(verdict).len > 0 ||
            ddbexpr_diag_source(verdict) == DDBEXPR_SOURCE_JSON); /* of files the service knows nothing */
    fuzz_check_diags(diags);
}

/* --- the tool's complaints --- */

static char *told;
static size_t told_length;

void fuzz_listen(void)
{
    real_stderr = stderr;
    listened = open_memstream(&told, &told_length);
    REQUIRE(listened);
    stderr = listened; /* glibc lets programs do this */
}

char *fuzz_told(void)
{
    stderr = real_stderr;
    fclose(listened);
    real_stderr = NULL;
    fuzz_check_visible(str_of(told, told_length));
    return told;
}
