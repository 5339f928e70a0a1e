/* SPDX-License-Identifier: Apache-2.0 */
/* Case files: from lines to tests. */
#include "cli/test/cases.h"

#include "cli/test/cases_expect.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cases {
    ddbexpr_messages messages;
    char *path;
    FILE *file;
    char *text; /* the line */
    size_t size;
    size_t number; /* of the line, from 1 */
    char name[32]; /* of a case without an id */
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    struct test test; /* what was read last */
    struct test_step step;
};

/* --- files --- */

void cases_close(struct cases *c)
{
    if (!c)
        return;
    if (c->file && c->file != stdin)
        fclose(c->file);
    free(c->text);
    free(c->path);
    ddbexpr_diags_free(c->diags);
    ddbexpr_arena_free(c->arena);
    free(c);
}

int cases_open(struct session *s, const char *path, struct cases **ret)
{
    struct cases *c = calloc(1, sizeof *c);
    if (!c || !(c->path = strdup(path)) || ddbexpr_arena_new(NULL, &c->arena) != DDBEXPR_OK ||
        ddbexpr_diags_new(NULL, &c->diags) != DDBEXPR_OK) {
        cases_close(c);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    c->messages = s->messages;
    c->file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (!c->file) {
        int exit = cannot_read(path);
        cases_close(c);
        return exit;
    }
    *ret = c;
    return EXIT_TRUE;
}

/* --- the question --- */

static bool lies_in(ddbexpr_span span, ddbexpr_str part, ddbexpr_str whole)
{
    size_t start = (size_t)(part.ptr - whole.ptr);
    return span.start >= start && span.end <= start + part.len;
}

/* What cannot be read of the request is the service's to refuse; what cannot be read of the tables is no case. */
static void tell_or_refuse(struct cases *c, struct case_line *line, const struct case_node *request)
{
    const ddbexpr_diag *diag = ddbexpr_diags_verdict(c->diags);
    ddbexpr_span span = ddbexpr_diag_span(diag);
    ddbexpr_str message = ddbexpr_diag_message(diag);
    if (request && lies_in(span, request->text, line->text))
        c->step.refusal = c->diags;
    else
        case_fault_at(line, span.start, "%.*s", (int)message.len, message.ptr);
}

static void read_question(struct cases *c, struct case_line *line, const struct case_node *root)
{
    struct case_node request;
    ddbexpr_question question;
    bool has_request = case_member(root, "request", &request);
    ddbexpr_status status = ddbexpr_json_read_question(c->arena, line->text, c->diags, &question);
    if (has_request)
        c->step.request_place = case_place(line, &request);
    if (status == DDBEXPR_INVALID) {
        tell_or_refuse(c, line, has_request ? &request : NULL);
    } else if (status == DDBEXPR_OK) {
        c->step.request = question.request;
        c->test.tables = question.tables;
        c->test.table_count = question.table_count;
        cases_check_tables(line, &c->step.expect, &question);
    } else {
        line->no_memory = true;
    }
}

/* --- the case --- */

static void read_text(struct case_line *line, const struct case_node *root, const char *name, ddbexpr_str *ret)
{
    struct case_node node;
    const ddbexpr_str *text = NULL;
    size_t count;
    if (case_member(root, name, &node) && case_texts(line, &node, name, false, &text, &count))
        *ret = *text;
}

static void name_by_line(struct cases *c)
{
    snprintf(c->name, sizeof c->name, "line %zu", c->number);
    c->test.name = ddbexpr_cstr(c->name);
}

static void read_case(struct cases *c, struct case_line *line)
{
    static const char *const names[] = {"id",     "about",   "tags",   "op",     "key",      "items",
                                        "tables", "request", "expect", "source", "evidence", NULL};
    struct case_node root, expect;
    if (!case_read_line(line, &root) || !case_has_only(line, &root, "a case", names))
        return;
    read_text(line, &root, "id", &c->test.name);
    read_text(line, &root, "about", &c->test.about);
    if (c->test.name.len == 0)
        name_by_line(c);
    if (case_member(&root, "expect", &expect))
        cases_read_expect(line, &expect, c->messages, &c->step.expect);
    else
        case_fault(line, &root, "the member `expect` is missing");
    if (line->faults == 0 && !line->no_memory)
        read_question(c, line, &root);
}

static int take_line(struct cases *c, size_t length)
{
    struct case_line line = {
        .path = c->path, .number = c->number, .text = {c->text, length}, .arena = c->arena, .diags = c->diags};
    ddbexpr_arena_reset(c->arena);
    ddbexpr_diags_clear(c->diags);
    c->step = (struct test_step){.place = {c->number, 1}};
    c->test = (struct test){.place = {c->number, 1}, .steps = &c->step, .step_count = 1};
    read_case(c, &line);
    if (line.no_memory)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    return line.faults ? EXIT_UNUSABLE : EXIT_TRUE;
}

/* --- lines --- */

static bool is_blank(const char *text, size_t length)
{
    while (length && strchr(" \t\r\n", text[length - 1]) && text[length - 1])
        length--;
    return length == 0;
}

/* A file that broke off gives no further line, as one that has ended. */
static int end(struct cases *c)
{
    bool broken = c->file && ferror(c->file);
    if (broken)
        complain("%s: %s", c->path, strerror(errno));
    if (c->file && c->file != stdin)
        fclose(c->file);
    c->file = NULL;
    return broken ? EXIT_UNUSABLE : EXIT_TRUE;
}

static ssize_t read_line(struct cases *c)
{
    errno = 0;
    ssize_t length = c->file ? getline(&c->text, &c->size, c->file) : -1;
    c->number += length >= 0;
    return length;
}

int cases_next(struct cases *c, const struct test **ret_test)
{
    *ret_test = NULL;
    for (ssize_t got; (got = read_line(c)) >= 0;) {
        size_t length = (size_t)got;
        if (is_blank(c->text, length))
            continue;
        while (length && (c->text[length - 1] == '\n' || c->text[length - 1] == '\r'))
            length--;
        int exit = take_line(c, length);
        if (exit == EXIT_TRUE)
            *ret_test = &c->test;
        return exit;
    }
    if (c->file && errno == ENOMEM)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    return end(c);
}
