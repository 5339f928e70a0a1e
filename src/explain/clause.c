/* SPDX-License-Identifier: Apache-2.0 */
/* One clause: its outcome, its operands, and the reason in one sentence. */
#include "explain/explain.h"

bool explain_clause(struct explainer *x, const struct test *test, ddbexpr_clause *clause)
{
    ddbexpr_operand *operands = ARENA_ARRAY(x->arena, ddbexpr_operand, test->operand_count);
    if (!operands)
        return false;
    *clause = (ddbexpr_clause){
        .span = test->node->span,
        .text = str_slice(x->checked->expression->text, test->node->span),
        .outcome = test_holds(test, x->item),
        .operands = operands,
        .operand_count = test->operand_count,
    };
    for (uint32_t i = 0; i < test->operand_count; i++)
        if (!operand_resolve(x, &test->operands[i], &operands[i]))
            return false;
    put_operands(x, operands, test->operand_count, x->text);
    clause->reason = explainer_keep(x);
    return clause->reason.ptr != NULL;
}
