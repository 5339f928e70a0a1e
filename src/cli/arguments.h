/* SPDX-License-Identifier: Apache-2.0 */
/* From options to requests: what all commands that take expressions have in common. */
#ifndef DDBEXPR_CLI_ARGUMENTS_H
#define DDBEXPR_CLI_ARGUMENTS_H

#include "cli/command.h"

#include <ddbexpr/json.h>

/* What a command works with; everything lives in the arena. */
struct session {
    const struct options *options;
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    ddbexpr_buffer *out; /* a text to build results in */
    bool json;           /* --format json */
    bool markdown;       /* --format markdown */
    bool may_be_markdown;
    ddbexpr_json_form form;
    ddbexpr_messages messages;
    ddbexpr_str input;         /* the text of --cli-input-json, once it has been read */
    const ddbexpr_str *stored; /* the texts of the tables' files, by table, once they have been read */
};

/* Sets a session up and checks the options that many commands have. EXIT_TRUE, or told and an exit status. */
int session_begin(struct session *session, const struct options *options);
int session_begin_with(struct session *session, const struct options *options, bool may_be_markdown);
void session_end(struct session *session);

/* Prints what a command has put into `out`, unless that came to an error. EXIT_TRUE, or told and an exit status. */
int session_put_out(const struct session *session, ddbexpr_status status);

/* Prints all diagnostics on stderr. */
void session_print_diags(const struct session *session);

/* A status of a reader: prints what was wrong and says how to exit. `what` names the text ("--key"). */
int session_unusable(const struct session *session, ddbexpr_status status, const char *what);

/* The request of --cli-input-json with the other options laid over it. EXIT_TRUE, or told. */
int read_request(struct session *session, ddbexpr_operation operation, ddbexpr_request *ret);

/* The same of whatever operation, for what has to do with its condition and update only: an update's, a transaction's
 * (with its actions), or a query's. */
int read_request_of_condition(struct session *session, ddbexpr_request *ret);

/* One option's value as an item. */
int read_item_option(struct session *session, int option, const char *name, const ddbexpr_value **ret);

/* How to render for a stream. */
ddbexpr_style style_for(const struct session *session, int fd);

#endif
