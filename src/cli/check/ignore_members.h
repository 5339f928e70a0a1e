/* SPDX-License-Identifier: Apache-2.0 */
/* "ddbexpr-ignore" members: which findings a file says shall not be shown. */
#ifndef DDBEXPR_CLI_CHECK_IGNORE_MEMBERS_H
#define DDBEXPR_CLI_CHECK_IGNORE_MEMBERS_H

#include <ddbexpr/ddbexpr.h>

/* One code of a "ddbexpr-ignore": it holds for all that stands in the same object. Offsets are bytes of the file. */
struct ignored_code {
    size_t object_start, object_end;
    size_t depth; /* of the object; 1: the whole text is it */
    size_t start; /* of the code: without the quotation marks */
    ddbexpr_str text;
    bool used;
};

struct ignored_codes {
    struct ignored_code *all; /* in the arena, in the order of the text */
    size_t count;
    struct ignored_code **sorted; /* by object, then by code: to be found among thousands */
    struct ignored_object *objects;
    size_t object_count;
};

/* Finds them in a JSON text. One that is none has those in front of its fault that are complete. Errors: NO_MEMORY. */
ddbexpr_status ignored_codes_find(ddbexpr_arena *arena, ddbexpr_str text, struct ignored_codes *ret);

/* Whether it is about findings with this code: it is the code, or the beginning of it. */
bool ignored_code_covers(const struct ignored_code *ignored, const char *code);

/* Whether one of them is about a finding with this code at this place, and marks it as used: of several the innermost.
 * What has no place is in the whole text. */
bool ignored_codes_match(struct ignored_codes *codes, const char *code, bool has_place, size_t offset);

#endif
