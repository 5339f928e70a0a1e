/* SPDX-License-Identifier: Apache-2.0 */
/* Texts to what they stand for, in logarithmic time whatever the texts are: a suite may have thousands of names, and
 * whoever wrote it may have chosen them. */
#ifndef DDBEXPR_CLI_TEST_SUITE_NAMES_H
#define DDBEXPR_CLI_TEST_SUITE_NAMES_H

#include "cli/yaml/yaml_tree.h"

/* Zero-initialise. Lives in the reader's arena; names are borrowed. */
struct suite_names {
    struct suite_name {
        ddbexpr_str name;
        void *value;
        struct suite_name *less, *more; /* shorter names are less; of the same length the bytes decide */
        struct suite_name *next;        /* that was put after it */
        unsigned level;
    } * root, *first, *last;
};

/* NULL: there is no such name. */
void *suite_names_get(const struct suite_names *names, ddbexpr_str name);

/* Adds a name that is not there. False: no memory, which the reader knows. */
bool suite_names_put(struct yaml_reader *reader, struct suite_names *names, ddbexpr_str name, void *value);

/* The name that was probably meant; its pointer is NULL if none is near, or if nobody would be told. */
ddbexpr_str suite_names_nearest(const struct yaml_reader *reader, const struct suite_names *names, ddbexpr_str name);

#endif
