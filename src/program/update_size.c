/* SPDX-License-Identifier: Apache-2.0 */
/* What an updated item counts against the limit of an item's size. */
#include "program/program.h"

/* Bytes of the statement against the limit: 3, and 19 for each SET or ADD, 2 for each REMOVE or DELETE, with what is
 * written (aws: nub-size-upd-ceiling). A transaction measures the finished item only (nub-size-tx-upd-over). */
static size_t statement_size(const struct ddbexpr_program *program, const value *item)
{
    size_t size = 3;
    for (uint32_t i = 0; i < program->action_count; i++) {
        const struct action *action = &program->actions[i];
        bool writes = action->section == SECTION_SET || action->section == SECTION_ADD;
        size += writes ? 19 : 2;
        const value *written = writes ? path_find(action->target, item) : NULL;
        if (!written)
            continue;
        size += value_size(written);
        for (uint32_t s = 0; s < action->target->count; s++)
            size += action->target->steps[s].name.len;
    }
    return size;
}

size_t update_counted_size(const struct ddbexpr_program *program, const value *item, bool in_transaction)
{
    size_t size = value_item_size(item), statement = in_transaction ? 0 : statement_size(program, item);
    return statement > size ? statement : size;
}
