/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of a suite's parts share. Whatever returns bool is false where something was wrong that the reader
 * knows: a fault, or no memory. */
#ifndef DDBEXPR_CLI_TEST_SUITE_READER_H
#define DDBEXPR_CLI_TEST_SUITE_READER_H

#include "cli/test/suite_names.h"
#include "cli/test/test.h"
#include "cli/yaml/yaml_members.h"

/* A table of the suite, with what it holds before every test. */
struct suite_table {
    ddbexpr_str name; /* empty: the only one, written as `table` */
    const ddbexpr_key_attribute *key;
    size_t key_count;
    const ddbexpr_value *const *items;
    size_t item_count;
    const struct suite_key *sorted; /* their keys */
};

struct suite_reader {
    struct yaml_reader yaml; /* first: members are read into a suite_reader by functions that know a yaml_reader */
    struct session *session;
    ddbexpr_buffer *json;     /* a text that is put together */
    ddbexpr_builder *builder; /* of values */
    ddbexpr_diags *diags;     /* of what is read now */
    ddbexpr_diags **refusals; /* of requests that are none, to be freed */
    size_t refusal_count, refusal_size;
    ddbexpr_str text;   /* of the suite; NULL pointer: the places of its nodes are not known in bytes */
    const char *folder; /* of the suite, with its slash; empty: the working directory */
    struct suite_names items, requests, files, titles, table_names;
    struct suite_request *named; /* as they stand in `requests` */
    size_t named_count;
    struct suite_table *tables;
    size_t table_count;
    size_t made;                 /* bytes, by changes */
    const ddbexpr_table *stored; /* the tables with what they hold before every test */
    const struct test *tests;
    size_t test_count;
};

/* --- suite_value.c: values --- */

/* Append to `json`: a value, the object of a map's attributes, a node as the JSON that it looks like, a text. What is
 * missing of memory is known by the reader. */
void suite_put_value(struct suite_reader *reader, const struct yaml_node *node);
void suite_put_attributes(struct suite_reader *reader, const struct yaml_node *map);
void suite_put_json(struct suite_reader *reader, const struct yaml_node *node);
void suite_put_string(struct suite_reader *reader, ddbexpr_str text);
void suite_put(struct suite_reader *reader, const char *text);

/* Tells an expression of which YAML took a part for a comment: `SET #s = :s` without quotes is `SET`. */
void suite_check_comment(struct suite_reader *reader, const struct yaml_node *node);

/* What was appended, in the arena; `json` is empty again. */
bool suite_take_json(struct suite_reader *reader, ddbexpr_str *ret);

/* Whether a map is a value in DynamoDB's form: one member, whose name is a type. */
bool suite_is_typed(const struct yaml_node *node);

/* A map of attributes, which a table could hold. */
bool suite_read_attributes(struct suite_reader *reader, const struct yaml_node *map, const ddbexpr_value **ret);

/* --- suite_budget.c: how much changes make --- */

/* Counts bytes that a change is going to make, or has made of a text. False: it is too much, which was told. */
bool suite_may_make(struct suite_reader *reader, const struct yaml_node *change, size_t bytes);

/* --- suite_items.c: items --- */

/* Reads the map `items`. */
void suite_read_named_items(struct suite_reader *reader, const struct yaml_node *map);

/* An item: a name, a map of attributes, or a change. */
bool suite_read_item(struct suite_reader *reader, const struct yaml_node *node, const ddbexpr_value **ret);

/* Items: one, or a list of them. *ret_nodes (may be NULL): where they stand. */
bool suite_read_items(struct suite_reader *reader, const struct yaml_node *node, const ddbexpr_value *const **ret,
                      size_t *ret_count);

/* Whether a map is {item: …} with `set`, `remove` or neither. */
bool suite_is_change(const struct yaml_node *node);

/* The object of a change's attributes, whatever its `set` has: appended to `json`. */
bool suite_put_change(struct suite_reader *reader, const struct yaml_node *change);

/* --- suite_tables.c: tables --- */

void suite_read_tables(struct suite_reader *reader, const struct yaml_node *map);
void suite_read_only_table(struct suite_reader *reader, const struct yaml_node *node);

/* The table of a name; NULL: told. */
const struct suite_table *suite_table_named(struct suite_reader *reader, const struct yaml_node *name);

/* The tables before a test: `given` laid over what they hold anyway. NULL: nothing is given. */
bool suite_read_given(struct suite_reader *reader, const struct yaml_node *given, const ddbexpr_table **ret);

/* --- suite_requests.c, suite_overlay.c, suite_body.c: requests --- */

/* Reads the map `requests`. */
void suite_read_named_requests(struct suite_reader *reader, const struct yaml_node *map);

/* Members of a request that are replaced, added or taken out. */
struct suite_overlay {
    struct suite_change {
        ddbexpr_str name;
        const struct yaml_node *place;
        const struct yaml_node *value; /* NULL: taken out */
        const struct yaml_node *with;  /* the map that it stands in; NULL: another node */
        bool used;
    } * changes;
    size_t count, size;
    struct suite_names places; /* of changes, by their names; from 1 */
};

/* Lays `without`, then `with` (each may be NULL), then the placeholders that stand straight in `row` (may be NULL) over
 * what is there. */
bool suite_overlay_add(struct suite_reader *reader, struct suite_overlay *overlay, const struct yaml_node *without,
                       const struct yaml_node *with, const struct yaml_node *row);
bool suite_overlay_copy(struct suite_reader *reader, const struct suite_overlay *from, struct suite_overlay *ret);
bool suite_is_placeholder(ddbexpr_str name); /* :v or #n */
struct suite_change *suite_overlay_find(const struct suite_overlay *overlay, ddbexpr_str name);

/* A request as it is written: a map of the suite, or an object of a file. */
struct suite_request {
    ddbexpr_str name; /* of `requests`, or of the file */
    const struct yaml_node *node;
    const struct yaml_node *body; /* the map of its members; NULL: it is unusable, which was told */
    ddbexpr_str text;             /* the same as JSON */
    bool is_seen;                 /* `body` has been looked for */
    bool is_captured;             /* from a file: its values are as sent */
    bool is_filled_in;            /* a state machine's */
    bool knows_operation;
    ddbexpr_operation operation;
    bool is_read; /* without changes; then: */
    ddbexpr_request request;
    const ddbexpr_diags *refusal;
};

/* What `request` is: a name, a map, {from: …}. NULL: told. */
struct suite_request *suite_find_request(struct suite_reader *reader, const struct yaml_node *node);

/* Appends a request's body as JSON, with changes; these are then `used`. */
bool suite_put_body(struct suite_reader *reader, const struct suite_request *request, struct suite_overlay *overlay);

/* The request of a step, with changes. `place` is where it is asked for. */
bool suite_make_request(struct suite_reader *reader, struct suite_request *request, const struct yaml_node *place,
                        struct suite_overlay *overlay, struct test_step *step);

/* Reads a request's text, with what a state machine fills in left open. Faults are in the reader's `diags`. */
ddbexpr_status suite_read_text(struct suite_reader *reader, const struct suite_request *request,
                               ddbexpr_operation operation, ddbexpr_str text, ddbexpr_request *ret);

/* --- suite_unchanged.c: named requests without the changes of tests --- */

/* Those that can be read. NULL: no memory. */
const struct test_request *suite_read_unchanged(struct suite_reader *reader, size_t *ret_count);

/* --- suite_expect.c: expectations --- */

bool suite_read_expect(struct suite_reader *reader, const struct yaml_node *node, struct expectation *ret);

/* --- suite_tests.c: tests --- */

void suite_read_tests(struct suite_reader *reader, const struct yaml_node *list);

struct test_place suite_place(const struct yaml_node *node);

#endif
