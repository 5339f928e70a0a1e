/* SPDX-License-Identifier: Apache-2.0 */
/* What all fuzz targets share: how the bytes of an input become choices and texts, and what must hold of whatever the
 * library tells. A target is one file with LLVMFuzzerTestOneInput; libFuzzer, AFL++ and replay.c call it. */
#ifndef DDBEXPR_TESTS_FUZZ_H
#define DDBEXPR_TESTS_FUZZ_H

#include "base/arena.h"

#include <ddbexpr/ddbexpr.h>
#include <ddbexpr/json.h>

/* What must hold. Where it does not the program ends by abort(), having said what. */
#define REQUIRE(holds)                                                                                                 \
    do {                                                                                                               \
        if (!(holds))                                                                                                  \
            fuzz_fail(#holds, __FILE__, __LINE__);                                                                     \
    } while (0)

_Noreturn void fuzz_fail(const char *what, const char *file, int line);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* --- the input --- */

#define FUZZ_PARTS 8

/* An input while it is read. Every part is a heap block of exactly its length, so that a look behind it is seen. */
struct fuzz_input {
    const uint8_t *data;
    size_t size;
    void *parts[FUZZ_PARTS];
    size_t part_count;
};

struct fuzz_input fuzz_open(const uint8_t *data, size_t size);
void fuzz_close(struct fuzz_input *input);

/* A number below `count`, from one byte: '0' is 0. At the end of the input 0. */
unsigned fuzz_choice(struct fuzz_input *input, unsigned count);

/* What follows up to a NUL byte, which is dropped; all that follows. */
str fuzz_part(struct fuzz_input *input);
str fuzz_rest(struct fuzz_input *input);

/* --- objects without which nothing can be tested --- */

arena *fuzz_arena(void);
ddbexpr_diags *fuzz_diags(void);
ddbexpr_buffer *fuzz_buffer(void);

/* --- properties --- */

/* Of everything told: a code, a message, places in the text, fixes whose edits lie in it and outside of each other;
 * what is printed for people has no control characters, and what is printed as JSON is JSON. */
void fuzz_check_diags(const ddbexpr_diags *diags);

/* The same, and that there is a verdict exactly where the status is INVALID; others are OK. */
void fuzz_check_told(const ddbexpr_diags *diags, ddbexpr_status status);

/* Whether a text is JSON, by another reader than ours. */
bool fuzz_is_json(str text);

/* Whether that reader has met a number that is too large for it, and says nothing of the rest. */
bool fuzz_is_beyond_json(str text);

/* What that reader makes of it; NULL: it is none. NUL characters have become others, which it does not take in names.
 */
struct json_t *fuzz_json(str text);

/* Whether a condition is true of an item (NULL: there is none). */
bool fuzz_evaluate(const ddbexpr_program *program, const ddbexpr_value *item);

/* UTF-8 without control characters other than line ends. */
void fuzz_check_visible(str text);

/* The item as DynamoDB JSON, checked to be JSON. Lives in the arena. */
str fuzz_json_of(arena *a, const ddbexpr_value *item);

/* --- the tool's complaints --- */

/* Takes what is written to `stderr` meanwhile. */
void fuzz_listen(void);

/* What was written; it has passed fuzz_check_visible. The caller frees it. */
char *fuzz_told(void);

#endif
