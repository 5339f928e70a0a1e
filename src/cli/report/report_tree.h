/* SPDX-License-Identifier: Apache-2.0 */
/* JSON that is built in memory and printed, by jansson: with texts of users made valid, and without marks that turn
 * text around. What jansson could not allocate is NULL, and putting a NULL into an array or object fails: so it is
 * enough to look at the results of these functions, or at the last one, and at tree_print's in any case. */
#ifndef DDBEXPR_CLI_REPORT_REPORT_TREE_H
#define DDBEXPR_CLI_REPORT_REPORT_TREE_H

#include "cli/report/tree_memory.h"

#include <ddbexpr/ddbexpr.h>

/* A text that may hold anything as a string. NULL: no memory. */
json_t *tree_text(ddbexpr_str text);

/* A tree under construction: once something could not be put into it, the flag stays. */
struct tree {
    bool failed;
};

/* Puts a value (taken over, also if that fails) into an object or an array. Returns it, borrowed, or NULL. */
json_t *tree_set(struct tree *tree, json_t *object, const char *name, json_t *value);
json_t *tree_append(struct tree *tree, json_t *array, json_t *value);

/* Members of frequent types. */
void tree_set_text(struct tree *tree, json_t *object, const char *name, ddbexpr_str text);
void tree_set_number(struct tree *tree, json_t *object, const char *name, size_t number);

/* The array or object as text: over several lines with an indent, on one without; real numbers with six digits. Appends
 * no line end. Errors: NO_MEMORY, also where the tree has failed. */
ddbexpr_status tree_print(const struct tree *tree, const json_t *root, unsigned indent, ddbexpr_buffer *buffer);

#endif
