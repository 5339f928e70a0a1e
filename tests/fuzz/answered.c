/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of every question that can be read, and of its answer. */
#include "answered.h"

#include "../generate/agree.h"

static void check_json(ddbexpr_buffer *out, ddbexpr_status status)
{
    REQUIRE(status == DDBEXPR_OK);
    REQUIRE(fuzz_is_json(ddbexpr_buffer_text(out)));
    ddbexpr_buffer_clear(out);
}

/* What is left in the tables after a request that was refused is what was there. */
static void check_unchanged(const ddbexpr_question *q, const ddbexpr_outcome *outcome)
{
    REQUIRE(ddbexpr_outcome_table_count(outcome) == q->table_count);
    for (size_t t = 0; t < q->table_count; t++) {
        REQUIRE(ddbexpr_outcome_table_item_count(outcome, t) == q->tables[t].item_count);
        for (size_t i = 0; i < q->tables[t].item_count; i++)
            REQUIRE(ddbexpr_value_equal(ddbexpr_outcome_table_item_at(outcome, t, i), q->tables[t].items[i]));
    }
}

/* Whatever was done, tables hold only what tables can. */
static void check_tables(const ddbexpr_outcome *outcome)
{
    for (size_t t = 0; t < ddbexpr_outcome_table_count(outcome); t++)
        for (size_t i = 0; i < ddbexpr_outcome_table_item_count(outcome, t); i++)
            REQUIRE(!ddbexpr_item_is_faulty(ddbexpr_outcome_table_item_at(outcome, t, i)));
}

static void check_agreement(const ddbexpr_question *q, const ddbexpr_outcome *outcome)
{
    struct agreement agreement = {fuzz_buffer(), fuzz_buffer()};
    const char *wrong = agree(&agreement, q, outcome);
    if (wrong)
        fuzz_fail(wrong, __FILE__, __LINE__);
    ddbexpr_buffer_free(agreement.text);
    ddbexpr_buffer_free(agreement.again);
}

static void check_outcome(const ddbexpr_question *q, const ddbexpr_outcome *outcome, const ddbexpr_diags *diags)
{
    bool ok = ddbexpr_outcome_ok(outcome), reads = q->request.operation == DDBEXPR_GET_ITEM ||
                                                   q->request.operation == DDBEXPR_QUERY ||
                                                   q->request.operation == DDBEXPR_SCAN;
    ddbexpr_buffer *out = fuzz_buffer();
    check_json(out, ddbexpr_json_write_answer(outcome, q, NULL, NULL, 0, out));
    check_json(out, ddbexpr_json_write_answer(outcome, q, NULL, diags, 2, out));
    ddbexpr_buffer_free(out);
    REQUIRE(ok == (ddbexpr_outcome_error_type(outcome)[0] == '\0'));
    check_tables(outcome);
    if (!ok || reads)
        check_unchanged(q, outcome);
    check_agreement(q, outcome);
}

void check_question(const ddbexpr_question *q, ddbexpr_buffer *answer)
{
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_outcome *outcome;
    ddbexpr_status status = ddbexpr_execute(&q->request, q->tables, q->table_count, NULL, NULL, diags, &outcome);
    REQUIRE(status == DDBEXPR_OK);
    fuzz_check_diags(diags);
    check_outcome(q, outcome, diags);
    REQUIRE(ddbexpr_json_write_answer(outcome, q, NULL, NULL, 0, answer) == DDBEXPR_OK);
    ddbexpr_outcome_free(outcome);
    ddbexpr_diags_free(diags);
}
