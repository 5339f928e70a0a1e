/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the skeleton of a condition off its tree, and folding outcomes along it. */
#include "mutants/skeleton.h"

#include "explain/explain.h"
#include "syntax/token.h"

/* --- reading --- */

static void put_joint(struct skeleton *s, enum joint_kind kind, span where, const struct node *node)
{
    struct joint joint = {.kind = kind, .span = where, .node = node};
    if (kind == JOINT_CLAUSE)
        joint.clause = s->clause_count++;
    s->joints[s->count++] = joint;
}

static void put_parentheses(struct skeleton *s, enum joint_kind kind, const struct node *node)
{
    for (uint32_t i = 0; i < node->parens; i++)
        put_joint(s, kind, node->outer, node);
}

/* The operator between a node and the next one: the token behind it. */
static void put_operator(struct skeleton *s, str text, const struct node *before)
{
    span where = lexer_next(text, before->outer.end).span;
    put_joint(s, before->parent->kind == NODE_AND ? JOINT_AND : JOINT_OR, where, before);
}

static bool is_group(const struct node *node) { return node->kind == NODE_AND || node->kind == NODE_OR; }

/* Goes down to the next clause: what stands before it. */
static struct node *enter(struct skeleton *s, struct node *node, uint32_t *group_of)
{
    for (;; node = node->first_child) {
        put_parentheses(s, JOINT_OPEN, node);
        if (is_leaf(node)) {
            put_joint(s, JOINT_CLAUSE, node->span, node);
            return node;
        }
        if (node->kind == NODE_NOT)
            put_joint(s, JOINT_NOT, node->op_span, node);
        if (is_group(node)) {
            group_of[node->id] = s->group_count;
            s->groups[s->group_count++] = (struct group){.node = node, .first = s->count};
        }
    }
}

/* Goes up from a clause to what has something behind it, and on to that; NULL at the end. */
static struct node *leave(struct skeleton *s, str text, const struct node *root, struct node *node,
                          const uint32_t *group_of)
{
    for (;; node = node->parent) {
        if (is_group(node))
            s->groups[group_of[node->id]].last = s->count - 1;
        put_parentheses(s, JOINT_CLOSE, node);
        if (node == root)
            return NULL;
        if (node->next) {
            put_operator(s, text, node);
            return node->next;
        }
    }
}

/* No more joints than nodes, pairs of parentheses twice, and operators, of which each has a node behind it. */
static uint32_t count_joints(struct node *root)
{
    uint32_t count = 0;
    for (struct node *node = root; node; node = explain_next(root, node))
        count += 2 + 2 * node->parens;
    return count;
}

bool skeleton_read(struct skeleton *s, const struct ddbexpr_program *program, arena *a)
{
    const ddbexpr_expression *expression = program->checked->expression;
    uint32_t *group_of = ARENA_ARRAY(a, uint32_t, expression->node_count);
    uint32_t room = count_joints(expression->root);
    *s = (struct skeleton){.joints = ARENA_ARRAY(a, struct joint, room),
                           .groups = ARENA_ARRAY(a, struct group, expression->node_count),
                           .open = ARENA_ARRAY(a, struct open_part, room)};
    if (!group_of || !s->joints || !s->groups || !s->open)
        return false;
    for (struct node *node = expression->root; node;) {
        node = enter(s, node, group_of);
        node = leave(s, expression->text, expression->root, node, group_of);
    }
    return true;
}

/* --- folding --- */

static const struct open_part opened = {.any = 0, .all = UINT64_MAX, .nots = 0};

/* A clause, or a part in parentheses: the NOTs before it, then it is one more of what AND joins. */
static void take(struct open_part *part, uint64_t outcome)
{
    part->all &= outcome ^ part->nots;
    part->nots = 0;
}

uint64_t skeleton_fold(const struct skeleton *s, const struct skeleton_change *change, const uint64_t *outcomes)
{
    struct open_part *part = s->open;
    *part = opened;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct joint *joint = &s->joints[i];
        if (i == change->first) {
            take(part, change->forced);
            i = change->last;
            continue;
        }
        switch (joint->kind) { /* UNREACHABLE: another joint */
        case JOINT_CLAUSE:
            take(part, outcomes[joint->clause]);
            break;
        case JOINT_NOT:
            part->nots ^= i == change->skipped ? 0 : UINT64_MAX;
            break;
        case JOINT_OPEN:
            *++part = opened;
            break;
        case JOINT_CLOSE:
            part--;
            take(part, part[1].any | part[1].all);
            break;
        case JOINT_AND:
        case JOINT_OR:
            if ((joint->kind == JOINT_OR) != (i == change->flipped)) {
                part->any |= part->all;
                part->all = UINT64_MAX;
            }
            break;
        }
    }
    return part->any | part->all;
}
