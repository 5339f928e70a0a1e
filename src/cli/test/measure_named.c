/* SPDX-License-Identifier: Apache-2.0 */
/* Named requests of suites that no test may have run: their conditions and updates are to be covered as well. One that
 * the service refuses as it stands is left out: a test may be about just that. */
#include "cli/test/measured.h"
#include "cli/test/test_coverage.h"
#include "cli/test/test_measure.h"

/* An expression of a named request at work. */
struct named {
    struct measures *measures;
    const struct test_request *of;
    const ddbexpr_request *request; /* that, or an action of it */
    struct measured measured;
};

/* --- one expression --- */

static int declare_condition(const struct named *n, const ddbexpr_program *program, const char *scope,
                             const char *label)
{
    ddbexpr_explanation *explanation;
    ddbexpr_status status = ddbexpr_explain(program, NULL, NULL, NULL, &explanation);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    int exit = test_coverage_declare_condition(n->measures->coverage, scope, label, explanation, n->request);
    ddbexpr_explanation_free(explanation);
    return exit;
}

static int declare_update(const struct named *n, const ddbexpr_program *program, const char *scope, const char *label)
{
    ddbexpr_update_explanation *explanation;
    ddbexpr_status status = ddbexpr_explain_update(program, NULL, NULL, NULL, &explanation);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    int exit = test_coverage_declare_update(n->measures->coverage, scope, label, explanation, n->request);
    ddbexpr_update_explanation_free(explanation);
    return exit;
}

static int declare(struct named *n, ddbexpr_kind kind, ddbexpr_str text)
{
    ddbexpr_program *program;
    const char *scope, *label;
    ddbexpr_status status = measured_compile(n->request, kind, text, &program);
    if (status != DDBEXPR_OK && status != DDBEXPR_INVALID)
        return exit_for_status(status);
    if (!program)
        return EXIT_TRUE;
    n->measured.kind = kind;
    int exit = measured_words(n->measures->session, &n->measured, &scope, &label);
    if (exit == EXIT_TRUE)
        exit = kind == DDBEXPR_UPDATE ? declare_update(n, program, scope, label)
                                      : declare_condition(n, program, scope, label);
    ddbexpr_program_free(program);
    return exit;
}

/* --- one request --- */

/* What the operation would evaluate. */
static int declare_expressions(struct named *n)
{
    ddbexpr_operation operation = n->request->operation;
    if (operation == DDBEXPR_QUERY || operation == DDBEXPR_SCAN)
        return declare(n, DDBEXPR_FILTER, n->request->filter_expression);
    if (operation == DDBEXPR_GET_ITEM)
        return EXIT_TRUE;
    int exit = declare(n, DDBEXPR_CONDITION, n->request->condition_expression);
    return exit == EXIT_TRUE && operation == DDBEXPR_UPDATE_ITEM
               ? declare(n, DDBEXPR_UPDATE, n->request->update_expression)
               : exit;
}

static int declare_request(struct named *n)
{
    const ddbexpr_request *request = &n->of->request;
    const ddbexpr_execute_options options = {sizeof options, n->measures->session->messages, true};
    int exit = EXIT_TRUE;
    ddbexpr_status status = ddbexpr_request_check(request, n->of->tables, n->of->table_count, &options, NULL, NULL);
    if (status != DDBEXPR_OK)
        return status == DDBEXPR_INVALID ? EXIT_TRUE : exit_for_status(status);
    n->request = request;
    if (!request->actions_given)
        return declare_expressions(n);
    for (size_t i = 0; i < request->action_count && exit == EXIT_TRUE; i++) {
        n->request = &request->actions[i];
        n->measured.action = i + 1;
        exit = declare_expressions(n);
    }
    return exit;
}

int measures_file(struct measures *m, const char *path, const struct test_request *requests, size_t count)
{
    int exit = EXIT_TRUE;
    for (size_t i = 0; m->coverage && i < count && exit == EXIT_TRUE; i++) {
        struct named named = {.measures = m, .of = &requests[i]};
        named.measured = (struct measured){.path = path, .line = requests[i].place.line, .request = requests[i].name};
        exit = declare_request(&named);
    }
    return exit;
}
