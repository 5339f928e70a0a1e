/* SPDX-License-Identifier: Apache-2.0 */
/* The words every other header uses: export macro, byte strings, status codes. Since 0.1.0. */
#ifndef DDBEXPR_API_H
#define DDBEXPR_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define DDBEXPR_BEGIN_DECLS extern "C" {
#define DDBEXPR_END_DECLS   }
#else
#define DDBEXPR_BEGIN_DECLS
#define DDBEXPR_END_DECLS
#endif

#if defined(__GNUC__)
#define DDBEXPR_API __attribute__((visibility("default")))
#else
#define DDBEXPR_API
#endif

DDBEXPR_BEGIN_DECLS

/* A byte string: pointer and length. Never NUL-terminated by promise; NUL bytes inside are ordinary bytes. A string
 * of length 0 may have a NULL pointer. */
typedef struct ddbexpr_str {
    const char *ptr; /* first byte; owned by whoever the function's comment says */
    size_t len;      /* bytes */
} ddbexpr_str;

/* What every function that can fail returns. "The condition is false" is a result, not a status. */
typedef enum ddbexpr_status {
    DDBEXPR_OK,        /* done; outputs are set */
    DDBEXPR_INVALID,   /* the input is wrong; the diagnostics say how; outputs are untouched */
    DDBEXPR_NO_MEMORY, /* the allocator returned NULL; nothing leaked; outputs are untouched */
    DDBEXPR_LIMIT,     /* an input is larger than this library handles (see each function) */
    DDBEXPR_MISUSE     /* the caller broke a rule that the function's comment states */
} ddbexpr_status;

/* The five kinds of expression, in the service's words. A filter has a condition's grammar. */
typedef enum ddbexpr_kind {
    DDBEXPR_CONDITION,
    DDBEXPR_FILTER,
    DDBEXPR_KEY_CONDITION,
    DDBEXPR_UPDATE,
    DDBEXPR_PROJECTION
} ddbexpr_kind;

/* A stretch of a text in bytes: [start, end). Columns and lines are made from it only when something is printed. */
typedef struct ddbexpr_span {
    uint32_t start;
    uint32_t end;
} ddbexpr_span;

/* A byte string from a NUL-terminated one. Any thread. */
DDBEXPR_API ddbexpr_str ddbexpr_cstr(const char *text);

/* The name of a kind as the request member is called: "ConditionExpression", "FilterExpression", … Static. Any thread.
 */
DDBEXPR_API const char *ddbexpr_kind_name(ddbexpr_kind kind);

/* "OK", "INVALID", … Static. Any thread. */
DDBEXPR_API const char *ddbexpr_status_name(ddbexpr_status status);

DDBEXPR_END_DECLS

#endif
