/* SPDX-License-Identifier: Apache-2.0 */
/* What `ddbexpr generate` reaches: every shape of the grammar, function, pair of types and diagnostic, of the
 * well-typed cases how many conditions are true and how many updates apply; and on the way that each printed answer is
 * ours and that the parts of the library agree about each case.
 *
 * usage: test_coverage DDBEXPR COUNT      COUNT wild cases an operation and a quarter of that well typed; prints TAP */
#include "agree.h"
#include "seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Entries of diagnostics.def that no case can bring about, and why. */
static const struct {
    enum diag_id id;
    const char *why;
} out_of_reach[] = {
    {DIAG_TRANSACT_SIZE, "takes a request of more than 4 MB"},
    {DIAG_VALUE_WRAPPER, "is never reported by itself"},
    {DIAG_INPUT_SYNTAX, "the line would be no JSON, and so no case"},
    {DIAG_INPUT_STRING, "the line would be no JSON, and so no case"},
    {DIAG_INPUT_ENCODING, "the line would be no JSON, and so no case"},
    {DIAG_INPUT_TRAILING, "the line would be no JSON, and so no case"},
    {DIAG_INPUT_DEPTH, "other readers of the line have limits of their own"},
    {DIAG_INPUT_DUPLICATE_MEMBER, "other readers of the line keep one of the two members"},
    {DIAG_INPUT_NOT_ITEM, "is about files of items"},
    {DIAG_INPUT_NO_REQUEST, "is about questions: every line is one"},
    {DIAG_INPUT_STORED_VALUE, "is about what the table holds, which is always right"},
    {DIAG_INPUT_STORED_KEY, "is about what the table holds, which is always right"},
    {DIAG_INPUT_SAME_KEY, "is about what the table holds, which is always right"},
};

/* What the parts of the library say to each other is asked for some of the cases: it takes longest. */
#define AGREE_EVERY 4

/* Fewer cases do not have all that is rare. */
#define ENOUGH 10000

/* Of the well-typed cases of one operation. */
struct shares {
    uint64_t cases, refused;        /* refused before any item is looked at */
    uint64_t conditions, fulfilled; /* of writes that are no transactions: those with a condition */
    uint64_t updates, applied;      /* of those that were not stopped by a condition */
    uint64_t scanned, passed;       /* items that a filter was asked about */
};

struct test {
    const char *binary;
    unsigned long count;
    unsigned number, failures;
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    ddbexpr_buffer *answer;
    struct agreement agreement;
    struct seen seen;
    uint64_t lines, accepted; /* of the run at hand */
    struct shares shares;
};

static void tell(struct test *t, bool good, const char *subject, const char *what)
{
    t->number++;
    t->failures += !good;
    printf("%s %u - %s%s\n", good ? "ok" : "not ok", t->number, subject, what);
    fflush(stdout);
}

/* --- one line --- */

static bool has_condition(const ddbexpr_request *transaction)
{
    for (size_t i = 0; i < transaction->action_count; i++)
        if (transaction->actions[i].condition_expression.ptr)
            return true;
    return false;
}

static void share(struct shares *s, const ddbexpr_question *q, const ddbexpr_outcome *outcome,
                  const ddbexpr_diags *diags)
{
    const ddbexpr_request *r = &q->request;
    bool ok = ddbexpr_outcome_ok(outcome);
    bool stopped = strcmp(ddbexpr_outcome_error_type(outcome), "ConditionalCheckFailedException") == 0;
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    bool transaction = r->operation == DDBEXPR_TRANSACT_WRITE_ITEMS;
    bool does_not_apply = verdict && strncmp(ddbexpr_diag_code(verdict), "DX80", 4) == 0;
    s->cases++;
    s->refused += !ok && !stopped && !does_not_apply && !(transaction && ddbexpr_outcome_reason_count(outcome));
    if (transaction) {
        bool any = has_condition(r);
        s->conditions += any;
        s->fulfilled += any && ok;
        return;
    }
    s->conditions += r->condition_expression.ptr != NULL;
    s->fulfilled += r->condition_expression.ptr && !stopped;
    s->updates += r->update_expression.ptr && !stopped;
    s->applied += r->update_expression.ptr && ok;
    if (r->filter_expression.ptr && ok) {
        s->scanned += ddbexpr_outcome_scanned_count(outcome);
        s->passed += ddbexpr_outcome_count(outcome);
    }
}

/* Whether the line goes on with our answer after its question. */
static bool has_answer(str line, str answer)
{
    const char *at = strstr(line.ptr, "\"expect\":");
    for (; at; at = strstr(at + 1, "\"expect\":")) {
        const char *expect = at + strlen("\"expect\":");
        if ((size_t)(line.ptr + line.len - expect) > answer.len && memcmp(expect, answer.ptr, answer.len) == 0)
            return true;
    }
    return false;
}

static const char *run_question(struct test *t, str line, const ddbexpr_question *q)
{
    ddbexpr_outcome *outcome;
    if (ddbexpr_execute(&q->request, q->tables, q->table_count, NULL, NULL, t->diags, &outcome) != DDBEXPR_OK)
        return "running failed";
    ddbexpr_buffer_clear(t->answer);
    const char *wrong = NULL;
    if (ddbexpr_json_write_answer(outcome, q, NULL, NULL, 0, t->answer) != DDBEXPR_OK)
        wrong = "no memory";
    else if (!has_answer(line, ddbexpr_buffer_text(t->answer)))
        wrong = "the answer is another one";
    else if (t->lines % AGREE_EVERY == 0)
        wrong = agree(&t->agreement, q, outcome);
    t->accepted += ddbexpr_outcome_ok(outcome);
    share(&t->shares, q, outcome, t->diags);
    ddbexpr_outcome_free(outcome);
    return wrong;
}

static const char *see_line(struct test *t, str line)
{
    ddbexpr_question question;
    ddbexpr_arena_reset(t->arena);
    ddbexpr_diags_clear(t->diags);
    ddbexpr_status status = ddbexpr_json_read_question(t->arena, line, t->diags, &question);
    const char *wrong = NULL;
    if (status == DDBEXPR_OK) {
        seen_question(&t->seen, &question);
        wrong = run_question(t, line, &question);
    } else if (status != DDBEXPR_INVALID || !has_answer(line, STR("{\"ok\":false,\"error\":{\"__type\":\"Serial"))) {
        wrong = "the line is no question";
    }
    seen_diags(&t->seen, t->diags);
    return wrong;
}

/* --- one run of the generator --- */

static void run_generator(struct test *t, ddbexpr_operation operation, bool wild)
{
    char command[4200], name[80];
    char *line = NULL;
    size_t size = 0;
    unsigned long count = wild ? t->count : t->count / 4, wrong = 0;
    snprintf(command, sizeof command, "'%s' generate --op %s --count %lu --seed %d%s", t->binary,
             ddbexpr_operation_name(operation), count, (int)operation + 1, wild ? " --wild" : "");
    FILE *from = popen(command, "r");
    t->lines = t->accepted = 0;
    t->shares = (struct shares){0};
    for (ssize_t length; from && (length = getline(&line, &size, from)) > 0; t->lines++) {
        const char *fault = see_line(t, str_of(line, (size_t)length - 1));
        if (fault && wrong++ < 5)
            printf("# %s: %.3000s", fault, line);
    }
    free(line);
    bool ended = from && pclose(from) == 0;
    printf("# %lu cases, %llu of them accepted\n", count, (unsigned long long)t->accepted);
    snprintf(name, sizeof name, "%s%s", wild ? "wild " : "", ddbexpr_operation_name(operation));
    tell(t, ended && t->lines == count && !wrong, name,
         ": every line has our answer, and the library agrees with itself");
}

/* --- shares --- */

/* Whether a part lies between two percentages of the whole; tells it. */
static bool is_share(const char *what, uint64_t part, uint64_t whole, uint64_t low, uint64_t high)
{
    if (whole == 0)
        return true;
    printf("# %s: %llu of %llu (%llu %%)\n", what, (unsigned long long)part, (unsigned long long)whole,
           (unsigned long long)(part * 100 / whole));
    return part * 100 >= whole * low && part * 100 <= whole * high;
}

static void tell_shares(struct test *t, ddbexpr_operation operation)
{
    const struct shares *s = &t->shares;
    const char *name = ddbexpr_operation_name(operation);
    tell(t, s->refused == 0, name, ": no well-typed request is refused");
    bool good = is_share("conditions that are true", s->fulfilled, s->conditions, 40, 60);
    good &= is_share("updates that can be applied", s->applied, s->updates, 85, 99);
    good &= is_share("items that a filter lets pass", s->passed, s->scanned, 40, 60);
    tell(t, good, name, ": conditions are true half of the time, updates mostly apply");
}

/* --- what was reached --- */

static void tell_shapes(struct test *t)
{
    bool all = true;
    for (size_t i = 0; i < SHAPE_COUNT; i++) {
        if (t->seen.shapes[i] == 0)
            printf("# not reached: %s\n", shape_words((enum shape)i));
        all &= t->seen.shapes[i] > 0;
    }
    tell(t, all, "every shape of the grammar is reached", "");
}

static void tell_functions(struct test *t)
{
    bool all = t->seen.functions[FUNCTION_UNKNOWN] > 0;
    for (int i = FUNCTION_UNKNOWN + 1; i < FUNCTION_COUNT; i++) {
        str name = function_at((enum function_id)i)->name;
        if (t->seen.functions[i] == 0)
            printf("# not reached: %.*s\n", (int)name.len, name.ptr);
        all &= t->seen.functions[i] > 0;
    }
    tell(t, all, "every function is reached, and an unknown one", "");
}

static const char *type_words(int type)
{
    return type == SEEN_MISSING ? "nothing" : ddbexpr_type_name((ddbexpr_type)type);
}

static void tell_meeting(struct test *t, enum meeting meeting)
{
    uint64_t least = UINT64_MAX;
    bool all = true;
    for (int a = 0; a < SEEN_TYPES; a++)
        for (int b = 0; b < SEEN_TYPES; b++) {
            uint64_t count = t->seen.meetings[meeting][a][b];
            bool constant = (meeting == MEETING_ADD || meeting == MEETING_DELETE) && b == SEEN_MISSING;
            if (constant) /* the operand is a value */
                continue;
            if (count == 0)
                printf("# not reached: %s of %s and %s\n", meeting_words(meeting), type_words(a), type_words(b));
            all &= count > 0;
            least = count < least ? count : least;
        }
    printf("# the rarest pair: %llu times\n", (unsigned long long)least);
    tell(t, all, meeting_words(meeting), " meets every pair of types");
}

static void tell_values(struct test *t)
{
    bool all = true;
    for (int i = 0; i < DDBEXPR_TYPE_COUNT; i++)
        all &= t->seen.values[i] > 0;
    tell(t, all, "values of every type are sent", "");
}

static const char *why_out_of_reach(size_t id)
{
    for (size_t i = 0; i < sizeof out_of_reach / sizeof *out_of_reach; i++)
        if ((size_t)out_of_reach[i].id == id)
            return out_of_reach[i].why;
    return seen_diag_is_lint(id) ? "is a lint: no request is refused for it" : NULL;
}

static void tell_diagnostics(struct test *t)
{
    bool all = true, none = true;
    size_t reached = 0;
    for (size_t id = 0; id < DIAG_COUNT; id++) {
        const char *why = why_out_of_reach(id);
        bool seen = t->seen.diagnostics[id] > 0;
        reached += seen;
        if (seen && why && !seen_diag_is_lint(id)) {
            printf("# reached all the same: %s, which %s\n", seen_diag_id(id), why);
            none = false;
        } else if (!seen && !why) {
            printf("# not reached: DX%d %s\n", seen_diag_code(id), seen_diag_id(id));
            all = false;
        } else if (!seen && !seen_diag_is_lint(id)) {
            printf("# out of reach: DX%d %s %s\n", seen_diag_code(id), seen_diag_id(id), why);
        }
    }
    printf("# %zu entries of diagnostics.def are reached\n", reached);
    tell(t, all, "every diagnostic is reached, but those that are listed as out of reach", "");
    tell(t, none, "what is listed as out of reach is", "");
}

static void tell_all(struct test *t)
{
    tell_shapes(t);
    tell_functions(t);
    for (int i = 0; i < MEETING_COUNT; i++)
        tell_meeting(t, (enum meeting)i);
    tell_values(t);
    tell_diagnostics(t);
}

int main(int argc, char **argv)
{
    static const ddbexpr_operation operations[] = {
        DDBEXPR_PUT_ITEM, DDBEXPR_UPDATE_ITEM, DDBEXPR_DELETE_ITEM,         DDBEXPR_GET_ITEM,
        DDBEXPR_QUERY,    DDBEXPR_SCAN,        DDBEXPR_TRANSACT_WRITE_ITEMS};
    struct test *t = calloc(1, sizeof *t);
    if (argc != 3 || !t || ddbexpr_arena_new(NULL, &t->arena) != DDBEXPR_OK ||
        ddbexpr_diags_new(NULL, &t->diags) != DDBEXPR_OK || ddbexpr_buffer_new(NULL, &t->answer) != DDBEXPR_OK ||
        ddbexpr_buffer_new(NULL, &t->agreement.text) != DDBEXPR_OK ||
        ddbexpr_buffer_new(NULL, &t->agreement.again) != DDBEXPR_OK) {
        fprintf(stderr, "usage: test_coverage DDBEXPR COUNT\n");
        return 2;
    }
    t->binary = argv[1];
    t->count = strtoul(argv[2], NULL, 10);
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        run_generator(t, operations[i], false);
        tell_shares(t, operations[i]);
        run_generator(t, operations[i], true);
    }
    if (t->count >= ENOUGH)
        tell_all(t);
    printf("1..%u\n", t->number);
    ddbexpr_buffer_free(t->agreement.again);
    ddbexpr_buffer_free(t->agreement.text);
    ddbexpr_buffer_free(t->answer);
    ddbexpr_diags_free(t->diags);
    ddbexpr_arena_free(t->arena);
    int exit = t->failures > 0;
    free(t);
    return exit;
}
