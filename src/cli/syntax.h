/* SPDX-License-Identifier: Apache-2.0 */
/* fmt and ast: commands that look at the texts of expressions only. */
#ifndef DDBEXPR_CLI_SYNTAX_H
#define DDBEXPR_CLI_SYNTAX_H

#include "cli/arguments.h"

/* Calls `print` for each expression that the options give, or for the one in the file (--kind, default condition) that
 * is the argument. An exit status. */
int for_each_expression(const struct options *options,
                        ddbexpr_status (*print)(struct session *session, const ddbexpr_expression *expression));

#define OPTION_SPECS_SYNTAX                                                                                            \
    OPTION_SPEC_CONDITION, OPTION_SPEC_UPDATE, OPTION_SPEC_FILTER, OPTION_SPEC_PROJECTION, OPTION_SPEC_KEY_CONDITION,  \
        {"kind", "KIND", "of the text in a file: condition, update, projection, filter, key-condition", OPTION_KIND},  \
        OPTION_SPEC_COLOR, OPTION_SPEC_HELP

#endif
