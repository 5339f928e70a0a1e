/* SPDX-License-Identifier: Apache-2.0 */
/* A program that uses the libraries may have a locale. In Turkish the capital of i is no I, a number has a comma, and
 * letters sort in another way: the answers to all cases must be the same, byte for byte.
 *
 * usage: test_locale LOCALE FILE...      prints TAP, one test a file */
#include "../unit/support.h"

#include <ddbexpr/json.h>
#include <ddbexpr/lint.h>

#include <locale.h>

static void answer(str line, ddbexpr_buffer *out)
{
    ddbexpr_arena *arena = NULL;
    ddbexpr_diags *diags = NULL;
    ddbexpr_outcome *outcome = NULL;
    ddbexpr_request_explanation *explanation = NULL;
    ddbexpr_question q;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK || ddbexpr_diags_new(NULL, &diags) != DDBEXPR_OK)
        abort();
    if (ddbexpr_json_read_question(arena, line, diags, &q) == DDBEXPR_OK &&
        ddbexpr_execute(&q.request, q.tables, q.table_count, NULL, NULL, diags, &outcome) == DDBEXPR_OK) {
        const ddbexpr_lint_options options = {.size = sizeof options, .tables = q.tables, .table_count = q.table_count};
        ddbexpr_explain_request(&q.request, q.tables, q.table_count, NULL, NULL, NULL, &explanation);
        ddbexpr_lint(&q.request, &options, NULL, diags);
        ddbexpr_json_write_answer(outcome, &q, explanation, diags, 0, out);
        if (explanation)
            ddbexpr_request_explanation_render(explanation, NULL, out);
    }
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        ddbexpr_diag_render(ddbexpr_diags_at(diags, i), NULL, out);
    ddbexpr_request_explanation_free(explanation);
    ddbexpr_outcome_free(outcome);
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(arena);
}

static bool has_same_answers(str line, const char *locale)
{
    ddbexpr_buffer *plain, *other;
    if (ddbexpr_buffer_new(NULL, &plain) != DDBEXPR_OK || ddbexpr_buffer_new(NULL, &other) != DDBEXPR_OK)
        abort();
    setlocale(LC_ALL, "C");
    answer(line, plain);
    setlocale(LC_ALL, locale);
    answer(line, other);
    bool same = ddbexpr_buffer_text(plain).len > 0 && str_equal(ddbexpr_buffer_text(plain), ddbexpr_buffer_text(other));
    ddbexpr_buffer_free(plain);
    ddbexpr_buffer_free(other);
    return same;
}

static bool compare_file(int number, const char *path, const char *locale)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t size = 0, cases = 0, wrong = 0;
    for (ssize_t length; f && (length = getline(&line, &size, f)) > 0; cases++) {
        const str text = {line, (size_t)length - 1};
        if (!has_same_answers(text, locale)) {
            printf("# otherwise in %s: %.200s\n", locale, line);
            wrong++;
        }
    }
    if (f)
        fclose(f);
    free(line);
    bool good = cases && !wrong;
    printf("%s %d - %s: %zu answers are the same in %s\n", good ? "ok" : "not ok", number, strrchr(path, '/') + 1,
           cases, locale);
    return good;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: test_locale LOCALE FILE...\n");
        return 2;
    }
    if (!setlocale(LC_ALL, argv[1])) {
        printf("1..1\nok 1 - answers in %s # SKIP there is no such locale\n", argv[1]);
        return 0;
    }
    /* So that a locale of that name which is none does not pass. */
    bool good = strcmp(localeconv()->decimal_point, ",") == 0;
    printf("1..%d\n%s 1 - %s is another locale\n", argc - 1, good ? "ok" : "not ok", argv[1]);
    for (int i = 2; i < argc; i++)
        good &= compare_file(i, argv[i], argv[1]);
    return !good;
}
