/* SPDX-License-Identifier: Apache-2.0 */
/* Diagnostics: everything this library has to say about an input, as data. The service reports one fault in a fixed
 * order; we find all, and the first fault in a collector is the one that the service reports. Lints (ddbexpr/lint.h)
 * stand beside the faults: the service accepts what they are about.
 *
 * Codes (DX107) are stable and never reused. `message` and `hint` are ours and may be bettered; `service_message` is
 * the service's own text, byte for byte. Since 0.1.0. */
#ifndef DDBEXPR_DIAGNOSTIC_H
#define DDBEXPR_DIAGNOSTIC_H

#include <ddbexpr/memory.h>

DDBEXPR_BEGIN_DECLS

typedef enum ddbexpr_severity {
    DDBEXPR_ERROR,   /* the service refuses it; of lints: it can never do what it says */
    DDBEXPR_WARNING, /* the service accepts it; it is probably not what was meant */
    DDBEXPR_INFO     /* worth knowing */
} ddbexpr_severity;

/* Which text or part of a request a span belongs to. */
typedef enum ddbexpr_source {
    DDBEXPR_SOURCE_REQUEST, /* the request as a whole; no span */
    DDBEXPR_SOURCE_CONDITION,
    DDBEXPR_SOURCE_FILTER,
    DDBEXPR_SOURCE_KEY_CONDITION,
    DDBEXPR_SOURCE_UPDATE,
    DDBEXPR_SOURCE_PROJECTION,
    DDBEXPR_SOURCE_NAMES,  /* ExpressionAttributeNames; `member` is the key */
    DDBEXPR_SOURCE_VALUES, /* ExpressionAttributeValues; `member` is the key */
    DDBEXPR_SOURCE_KEY,    /* the request's Key; `member` is the attribute */
    DDBEXPR_SOURCE_ITEM,   /* the request's Item or the stored item; `member` is the attribute */
    DDBEXPR_SOURCE_JSON    /* a JSON text that was read */
} ddbexpr_source;

/* Whose wording: the service changed many texts between June and October 2026. */
typedef enum ddbexpr_messages {
    DDBEXPR_MESSAGES_CURRENT, /* since 2026: PutItem, UpdateItem, DeleteItem envelope what they say of a request */
    DDBEXPR_MESSAGES_CLASSIC  /* before */
} ddbexpr_messages;

/* A collector, owned by the caller; one thread at a time. Wherever one is taken, NULL means: nobody wants to know. */
typedef struct ddbexpr_diags ddbexpr_diags;

/* One diagnostic, owned by its collector; valid until the collector is cleared or freed. */
typedef struct ddbexpr_diag ddbexpr_diag;

/* A new, empty collector. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_diags_new(const ddbexpr_alloc *alloc, ddbexpr_diags **ret_diags);

/* Frees the collector with its diagnostics. NULL is fine. */
DDBEXPR_API void ddbexpr_diags_free(ddbexpr_diags *diags);

/* Drops all diagnostics: the collector is as new. */
DDBEXPR_API void ddbexpr_diags_clear(ddbexpr_diags *diags);

/* How many there are, and one of them, in the order in which the service would have come to them; NULL past the end. */
DDBEXPR_API size_t ddbexpr_diags_count(const ddbexpr_diags *diags);
DDBEXPR_API const ddbexpr_diag *ddbexpr_diags_at(const ddbexpr_diags *diags, size_t index);

/* The one that the service would report, or NULL if it would accept. */
DDBEXPR_API const ddbexpr_diag *ddbexpr_diags_verdict(const ddbexpr_diags *diags);

/* Getters. Texts are borrowed from the diagnostic. Any thread. */
DDBEXPR_API bool ddbexpr_diag_is_verdict(const ddbexpr_diag *diag);  /* the one the service reports */
DDBEXPR_API const char *ddbexpr_diag_code(const ddbexpr_diag *diag); /* "DX107" */
DDBEXPR_API const char *ddbexpr_diag_name(const ddbexpr_diag *diag); /* "reserved-word" */
DDBEXPR_API ddbexpr_severity ddbexpr_diag_severity(const ddbexpr_diag *diag);

/* Gives one of a collector another severity, for those who let people choose how much a rule matters to them. What the
 * service says of it, and the verdict, stay. Nothing past the end. */
DDBEXPR_API void ddbexpr_diags_set_severity(ddbexpr_diags *diags, size_t index, ddbexpr_severity severity);

/* Takes the suggested fix from one of a collector, for those who do not want it made. Nothing past the end. */
DDBEXPR_API void ddbexpr_diags_drop_fix(ddbexpr_diags *diags, size_t index);

/* More getters: the place, the words. Texts are borrowed from the diagnostic. Any thread. */
DDBEXPR_API ddbexpr_source ddbexpr_diag_source(const ddbexpr_diag *diag);
DDBEXPR_API ddbexpr_str ddbexpr_diag_member(const ddbexpr_diag *diag); /* see ddbexpr_source; or empty */
DDBEXPR_API bool ddbexpr_diag_has_span(const ddbexpr_diag *diag);
DDBEXPR_API ddbexpr_span ddbexpr_diag_span(const ddbexpr_diag *diag);           /* bytes of the source's text */
DDBEXPR_API ddbexpr_str ddbexpr_diag_text(const ddbexpr_diag *diag);            /* the source's text, if known */
DDBEXPR_API ddbexpr_str ddbexpr_diag_message(const ddbexpr_diag *diag);         /* ours, lower case, no full stop */
DDBEXPR_API ddbexpr_str ddbexpr_diag_hint(const ddbexpr_diag *diag);            /* how to mend it; or empty */
DDBEXPR_API ddbexpr_str ddbexpr_diag_service_message(const ddbexpr_diag *diag); /* exact; empty for lints */
DDBEXPR_API const char *ddbexpr_diag_service_type(const ddbexpr_diag *diag);    /* "ValidationException", … or "" */
DDBEXPR_API int ddbexpr_diag_action(const ddbexpr_diag *diag);                  /* transaction action, from 0; or -1 */

/* A second place that belongs to the diagnostic, with what is to be seen there ("first used here"). */
typedef struct ddbexpr_label {
    ddbexpr_span span;
    ddbexpr_str text;
} ddbexpr_label;

/* How many there are, and one of them; borrowed from the diagnostic, empty past the end. Any thread. */
DDBEXPR_API size_t ddbexpr_diag_label_count(const ddbexpr_diag *diag);
DDBEXPR_API ddbexpr_label ddbexpr_diag_label_at(const ddbexpr_diag *diag, size_t index);

/* --- suggested fixes --- */

/* Whether a diagnostic suggests a fix, and of which sort. */
typedef enum ddbexpr_fix_safety {
    DDBEXPR_FIX_NONE,  /* it suggests none */
    DDBEXPR_FIX_SAFE,  /* it keeps the only meaning that what was written can have */
    DDBEXPR_FIX_UNSAFE /* it is what was probably meant: somebody should look */
} ddbexpr_fix_safety;

typedef enum ddbexpr_edit_kind {
    DDBEXPR_EDIT_REPLACE,       /* the bytes of `span` become `text`; both may be empty */
    DDBEXPR_EDIT_ADD_MEMBER,    /* the map gets `member`; nothing to do if it has it with the same value already */
    DDBEXPR_EDIT_REMOVE_MEMBER, /* `member` is dropped from the map; `member` empty: the whole map is */
    DDBEXPR_EDIT_WRAP_MEMBER    /* the value of `member` becomes a list (L) with that value as its only element */
} ddbexpr_edit_kind;

/* One change. What is replaced is in the text that the diagnostic is about; members are of ExpressionAttributeNames or
 * ExpressionAttributeValues, of the diagnostic's action if it has one. */
typedef struct ddbexpr_edit {
    ddbexpr_edit_kind kind;
    ddbexpr_source source;
    ddbexpr_span span;  /* REPLACE */
    ddbexpr_str member; /* the others: a placeholder with its sign */
    ddbexpr_str text;   /* REPLACE: what comes in; ADD_MEMBER: the attribute name, or the value as DynamoDB JSON */
} ddbexpr_edit;

/* The fix that a diagnostic suggests: all its edits, or none of them. Spans are those of the text as it was checked.
 * Texts are borrowed from the diagnostic. Any thread. */
DDBEXPR_API ddbexpr_fix_safety ddbexpr_diag_fix_safety(const ddbexpr_diag *diag);
DDBEXPR_API ddbexpr_str ddbexpr_diag_fix_title(const ddbexpr_diag *diag); /* "write `<>`"; empty if there is none */
DDBEXPR_API size_t ddbexpr_diag_edit_count(const ddbexpr_diag *diag);
DDBEXPR_API ddbexpr_edit ddbexpr_diag_edit_at(const ddbexpr_diag *diag, size_t index);

/* Appends one text of the request with the fixes of its diagnostics: those about `source` of `action` (-1: of no
 * transaction) whose text this is, in text order; one that changes what an earlier one changes is left out, and so is
 * one that changes nothing in the text. What comes out is to be checked again: a mended fault uncovers others.
 * ret_applied (may be NULL) points to a bool for each diagnostic of `diags`, which becomes true where the fix was
 * applied: its edits of members are then the caller's to make, in the order of the diagnostics (a map that was dropped
 * is there again once a member is added). ret_count (may be NULL): how many were. Errors:
 * NO_MEMORY. Any thread. */
DDBEXPR_API ddbexpr_status ddbexpr_fix_text(const ddbexpr_diags *diags, int action, ddbexpr_source source,
                                            ddbexpr_str text, bool include_unsafe, ddbexpr_buffer *buffer,
                                            bool *ret_applied, size_t *ret_count);

/* "error", "warning", "info". Static. */
DDBEXPR_API const char *ddbexpr_severity_name(ddbexpr_severity severity);

/* "ConditionExpression", "ExpressionAttributeNames", "Key", … Static. */
DDBEXPR_API const char *ddbexpr_source_name(ddbexpr_source source);

/* --- for readers of other formats --- */

/* What can be wrong with a JSON text. {0} and {1} are the arguments of ddbexpr_diags_report_input. */
typedef enum ddbexpr_input_fault {
    DDBEXPR_INPUT_SYNTAX,           /* {0} what was expected */
    DDBEXPR_INPUT_STRING,           /* a string with a bad escape, a control character, or no end */
    DDBEXPR_INPUT_ENCODING,         /* bytes that are not UTF-8 */
    DDBEXPR_INPUT_DEPTH,            /* nested too deep */
    DDBEXPR_INPUT_DUPLICATE_MEMBER, /* {0} the name */
    DDBEXPR_INPUT_TRAILING,         /* something follows the value */
    DDBEXPR_INPUT_NOT_STRING, /* {0} what is there, in the service's words ("NUMBER_VALUE"), {1} String, Integer, … */
    DDBEXPR_INPUT_UNEXPECTED_START, /* an object or list where a scalar belongs */
    DDBEXPR_INPUT_NOT_CONTAINER,    /* a scalar where an object or list belongs */
    DDBEXPR_INPUT_BASE64,           /* not base64 with padding */
    DDBEXPR_INPUT_NOT_ITEM,         /* {0} what an item must be */
    DDBEXPR_INPUT_NO_REQUEST,       /* {0} what is missing in a question */
    DDBEXPR_INPUT_STORED_VALUE,     /* an item of a table with a value that the service refuses */
    DDBEXPR_INPUT_STORED_KEY,       /* … without a key attribute: {0} its name, {1} its type */
    DDBEXPR_INPUT_SAME_KEY,         /* … with the key of another: {0} the other's number, from 1 */
    DDBEXPR_INPUT_UNUSED_IGNORE     /* no fault but a lint: {0} the code that is to be ignored where there is none */
} ddbexpr_input_fault;

/* Adds a fault of a JSON text, with its span in `text`. NULL `diags` is fine. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_diags_report_input(ddbexpr_diags *diags, ddbexpr_input_fault fault, ddbexpr_str text,
                                                      ddbexpr_span span, ddbexpr_str argument0, ddbexpr_str argument1);

/* How ddbexpr_diag_render and others write for people. */
typedef struct ddbexpr_style {
    size_t size;    /* sizeof(ddbexpr_style) */
    bool colour;    /* ANSI colours */
    unsigned width; /* columns; 0: as wide as need be */
    bool markdown;  /* explanations only: headlines in bold type, the rest as code blocks; no colours */
} ddbexpr_style;

/* Appends a diagnostic for people: place, message, the line with a caret, hint, the service's words. Control
 * characters of user data are made visible, so that they cannot drive a terminal. style NULL: plain, any width. Errors:
 * NO_MEMORY. Any thread. */
DDBEXPR_API ddbexpr_status ddbexpr_diag_render(const ddbexpr_diag *diag, const ddbexpr_style *style,
                                               ddbexpr_buffer *buffer);

/* The same for what stands in a file: `place` ("orders/update.json:4:33") comes first, then in parentheses the place in
 * the request. Empty: as above. Errors: NO_MEMORY. Any thread. */
DDBEXPR_API ddbexpr_status ddbexpr_diag_render_at(const ddbexpr_diag *diag, ddbexpr_str place,
                                                  const ddbexpr_style *style, ddbexpr_buffer *buffer);

DDBEXPR_END_DECLS

#endif
