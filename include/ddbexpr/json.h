/* SPDX-License-Identifier: Apache-2.0 */
/* libddbexpr-json: DynamoDB JSON and plain JSON to values, requests and questions, and back. The reader is strict
 * (RFC 8259, UTF-8, no member twice), keeps number texts as written, and knows the place of everything. Since 0.1.0. */
#ifndef DDBEXPR_JSON_H
#define DDBEXPR_JSON_H

#include <ddbexpr/coverage.h>
#include <ddbexpr/diff.h>
#include <ddbexpr/explain_request.h>
#include <ddbexpr/mutants.h>
#include <ddbexpr/request.h>
#include <ddbexpr/survey.h>

DDBEXPR_BEGIN_DECLS

/* How values are written in JSON. */
typedef enum ddbexpr_json_form {
    DDBEXPR_JSON_TYPED, /* DynamoDB JSON: {"N": "5"} */
    DDBEXPR_JSON_PLAIN  /* 5; types are inferred when reading: strings S, numbers N, arrays L, objects M */
} ddbexpr_json_form;

/* --- reading. Texts are borrowed: strings without escapes point into them, so the text must live as long as what was
 * read, which lives in `arena`. Errors: INVALID (the diagnostics have place and fault), NO_MEMORY, LIMIT (a text of
 * 2 GB or more). --- */

/* One item: an object of attributes, also as {"Item": {…}}. */
DDBEXPR_API ddbexpr_status ddbexpr_json_read_item(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                                  ddbexpr_diags *diags, const ddbexpr_value **ret_item);

/* Many items, as a table may hold them: one object, an array of objects, JSON Lines (objects with a blank or a line end
 * between them), or the answer of Scan or Query, {"Items": […], …}; each object an item or, typed, {"Item": {…}} as in
 * table exports. An object with an array Items is such an answer: a typed item cannot look so. A plain one can: there
 * the numbers Count and ScannedCount must stand in it as well. What no table can hold (ddbexpr_item_is_faulty) is
 * INVALID. *ret_items and the items live in the arena. */
DDBEXPR_API ddbexpr_status ddbexpr_json_read_items(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                                   ddbexpr_diags *diags, const ddbexpr_value *const **ret_items,
                                                   size_t *ret_count);

/* The items of a table whose `key` is set: reads `items`. An item without the key's attributes, or with the key of an
 * earlier one, is INVALID, too. Errors: also MISUSE (sizes, no usable key). */
DDBEXPR_API ddbexpr_status ddbexpr_json_read_table(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                                   ddbexpr_diags *diags, ddbexpr_table *table);

/* How items stand in a text. */
typedef enum ddbexpr_json_layout {
    DDBEXPR_JSON_LINES, /* one after another; also a single one, and none at all */
    DDBEXPR_JSON_ARRAY,
    DDBEXPR_JSON_ANSWER /* in the member Items of Scan's or Query's answer */
} ddbexpr_json_layout;

/* Attributes of items that somebody wants to see. Immutable: any number of threads may read with it. */
typedef struct ddbexpr_json_wanted ddbexpr_json_wanted;

/* The attributes with these names, which are copied; with `count` 0 none. Lives in the arena. What a condition wants
 * to see is said by ddbexpr_program_attributes. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_json_wanted_new(ddbexpr_arena *arena, const ddbexpr_str *names, size_t count,
                                                   const ddbexpr_json_wanted **ret_wanted);

/* The same as ddbexpr_json_read_items, item by item, so that a text of any size needs no more memory than its largest
 * item: nothing is kept in the arena between two calls, which may be reset. Zero-initialise; set `size`, `text` and
 * `form`.
 *
 * With `wanted` an item has of its attributes only those; the others are judged as strictly, with the same diagnostics,
 * but not built, which takes a fraction of the time.
 *
 * A text that is too large to be held can be handed in piece by piece: with `partial` more of it may follow. Where the
 * next item, or what tells that there is none, is not whole, *ret_item is NULL and `breaks_off` is set. Then let `text`
 * hold more (whatever lies before `offset` may go; `offset` is then the caller's to set) and call again; without
 * `partial` once it is the rest. What has been read and the diagnostics are the same wherever the pieces end, but for
 * places, which are those in `text`. An answer of Scan or Query has to be there as a whole. */
typedef struct ddbexpr_json_items {
    size_t size; /* sizeof(ddbexpr_json_items) */
    ddbexpr_str text;
    ddbexpr_json_form form;
    ddbexpr_json_layout layout;        /* set by the first call */
    ddbexpr_span span;                 /* set: of the item most recently read, in `text` */
    bool exported;                     /* set: that one stood in {"Item": {…}} */
    size_t offset;                     /* set: where reading goes on */
    bool ended;                        /* set: there was no further item */
    const ddbexpr_json_wanted *wanted; /* NULL: all */
    bool partial;
    bool breaks_off; /* set */
    bool begun;      /* set: the layout is known and an item has been read */
} ddbexpr_json_items;

/* The next item, or *ret_item NULL at the end. After an error `items` is as it was. Errors: also MISUSE (size). */
DDBEXPR_API ddbexpr_status ddbexpr_json_next_item(ddbexpr_json_items *items, ddbexpr_arena *arena, ddbexpr_diags *diags,
                                                  const ddbexpr_value **ret_item);

/* ExpressionAttributeNames and ExpressionAttributeValues. */
DDBEXPR_API ddbexpr_status ddbexpr_json_read_names(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_diags *diags,
                                                   const ddbexpr_name_binding **ret_names, size_t *ret_count);
DDBEXPR_API ddbexpr_status ddbexpr_json_read_values(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                                    ddbexpr_diags *diags, const ddbexpr_value_binding **ret_values,
                                                    size_t *ret_count);

/* A request's body as sent on the wire. Members that it does not know are ignored. */
DDBEXPR_API ddbexpr_status ddbexpr_json_read_request(ddbexpr_arena *arena, ddbexpr_operation operation,
                                                     ddbexpr_str text, ddbexpr_diags *diags,
                                                     ddbexpr_request *ret_request);

/* The actions of a transaction: the array that TransactItems is. */
DDBEXPR_API ddbexpr_status ddbexpr_json_read_actions(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_diags *diags,
                                                     const ddbexpr_request **ret_actions, size_t *ret_count);

/* A question of `ddbexpr request --jsonl`: operation, tables, request. */
typedef struct ddbexpr_question {
    size_t size; /* sizeof(ddbexpr_question); set by the reader */
    ddbexpr_request request;
    const ddbexpr_table *tables;
    size_t table_count;
    bool tables_named; /* the question had "tables", not "key" and "items" */
} ddbexpr_question;

/* One line as `ddbexpr request --jsonl` takes it. */
DDBEXPR_API ddbexpr_status ddbexpr_json_read_question(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_diags *diags,
                                                      ddbexpr_question *ret_question);

/* --- writing: appended to the buffer; always valid UTF-8 (bytes that are not become U+FFFD). `indent` blanks a level,
 * 0 for one line. Errors: NO_MEMORY. Any thread. --- */

/* A value: typed {"N": "5"}, plain 5. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_value(const ddbexpr_value *value, ddbexpr_json_form form, unsigned indent,
                                                    ddbexpr_buffer *buffer);

/* An item: the object of its attributes. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_item(const ddbexpr_value *item, ddbexpr_json_form form, unsigned indent,
                                                   ddbexpr_buffer *buffer);

/* The answer to a question: {"ok":true,"response":{…},"items":[…]} or {"ok":false,"error":{…}}. `explanation` and
 * `diags` may be NULL; given, they are added as members. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_answer(const ddbexpr_outcome *outcome, const ddbexpr_question *question,
                                                     const ddbexpr_request_explanation *explanation,
                                                     const ddbexpr_diags *diags, unsigned indent,
                                                     ddbexpr_buffer *buffer);

/* The answer to a line that is no question: a SerializationException with the first diagnostic. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_refusal(const ddbexpr_diags *diags, ddbexpr_buffer *buffer);

/* Diagnostics as an array of objects; explanations as objects. Documented in docs/json-output.md. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_diags(const ddbexpr_diags *diags, unsigned indent,
                                                    ddbexpr_buffer *buffer);
DDBEXPR_API ddbexpr_status ddbexpr_json_write_explanation(const ddbexpr_explanation *explanation, unsigned indent,
                                                          ddbexpr_buffer *buffer);

/* The result of ddbexpr_diff. */
typedef struct ddbexpr_changes {
    const ddbexpr_change *list;
    size_t count;
} ddbexpr_changes;

/* The condition's object with what belongs to it: the members `update` and `changes`; of a query that of the key
 * condition, with the member `filter`. Each may be NULL. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_explanations(const ddbexpr_explanation *key_condition,
                                                           const ddbexpr_explanation *condition,
                                                           const ddbexpr_update_explanation *update,
                                                           const ddbexpr_changes *changes, unsigned indent,
                                                           ddbexpr_buffer *buffer);

/* An item that stands for a blame set of a survey: its number in the input, from 1, and the item or its key. */
typedef struct ddbexpr_survey_sample {
    uint64_t number;
    const ddbexpr_value *item;
} ddbexpr_survey_sample;

/* Items that an update cannot be applied to, by the code of what the service tells. */
typedef struct ddbexpr_survey_refusal {
    const char *code; /* "DX802" */
    uint64_t count;
    ddbexpr_survey_sample sample;
} ddbexpr_survey_refusal;

/* What became of an update of the items that a condition was true of. */
typedef struct ddbexpr_survey_updates {
    uint64_t applied;
    const ddbexpr_survey_refusal *refusals;
    size_t refusal_count;
} ddbexpr_survey_updates;

/* A survey of `total` items as an object. `survey` with a sample for each of its sets, or NULL where there is no
 * condition; `updates` or NULL; `complete`: the items were read to the end. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_survey(const ddbexpr_survey *survey, const ddbexpr_survey_sample *samples,
                                                     const ddbexpr_survey_updates *updates, uint64_t total,
                                                     bool complete, unsigned indent, ddbexpr_buffer *buffer);

/* What ddbexpr_coverage_witness found for a goal. */
typedef struct ddbexpr_coverage_example {
    bool found;
    const ddbexpr_value *item; /* NULL: that there is no item */
} ddbexpr_coverage_example;

/* The coverage of a condition as an object. `examples`: two a clause, for the outcomes false and true, of which those
 * of goals that are not reached are read; or NULL. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_coverage(const ddbexpr_coverage *coverage,
                                                       const ddbexpr_coverage_example *examples, unsigned indent,
                                                       ddbexpr_buffer *buffer);

/* The coverage of an update as an object. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_update_coverage(const ddbexpr_update_coverage *coverage, unsigned indent,
                                                              ddbexpr_buffer *buffer);

/* What ddbexpr_mutants_witness found for a mutant. */
typedef struct ddbexpr_mutant_example {
    bool sought; /* it was looked for */
    bool found;
    bool matched;                /* the condition is true of it, and the mutant is not; or the other way round */
    const ddbexpr_value *item;   /* NULL: that there is no item */
    const ddbexpr_value *values; /* of the placeholders, an M; NULL: not told */
} ddbexpr_mutant_example;

/* The mutants of a condition that are alive, and how many there are, as an object. `examples`: one a mutant, of which
 * those of the living are read; or NULL. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_mutants(const ddbexpr_mutants *mutants,
                                                      const ddbexpr_mutant_example *examples, unsigned indent,
                                                      ddbexpr_buffer *buffer);

/* The explanation of an update, and of a whole request, as an object. */
DDBEXPR_API ddbexpr_status ddbexpr_json_write_update_explanation(const ddbexpr_update_explanation *explanation,
                                                                 unsigned indent, ddbexpr_buffer *buffer);
DDBEXPR_API ddbexpr_status ddbexpr_json_write_request_explanation(const ddbexpr_request_explanation *explanation,
                                                                  unsigned indent, ddbexpr_buffer *buffer);

DDBEXPR_END_DECLS

#endif
