/* SPDX-License-Identifier: Apache-2.0 */
/* Updates: target paths in text order, then the operands of the actions from the last to the first (spec:
 * local-engine, passes 2 and 3; case dyl-uopt-001). */
#include "check/check.h"

/* All actions in text order. NULL: no memory. */
static const struct node **list_actions(struct checked *c, size_t *ret_count)
{
    const struct node *update = c->expression->root;
    size_t count = 0;
    for (const struct node *section = update->first_child; section; section = section->next)
        count += section->child_count;
    const struct node **actions = ARENA_ARRAY(c->arena, const struct node *, count);
    size_t at = 0;
    for (const struct node *section = update->first_child; section && actions; section = section->next)
        for (const struct node *action = section->first_child; action; action = action->next)
            actions[at++] = action;
    *ret_count = count;
    return actions;
}

void check_update(struct checked *c)
{
    size_t count;
    const struct node **actions = list_actions(c, &count);
    const struct node **targets = ARENA_ARRAY(c->arena, const struct node *, actions ? count : 0);
    if (!actions || !targets) {
        c->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        targets[i] = actions[i]->first_child;
        if (c->any_unresolved)
            check_path_names(c, targets[i]);
    }
    check_overlap(c, targets, count);
    for (size_t i = count; i-- > 0;)
        check_action_operands(c, actions[i]);
}
