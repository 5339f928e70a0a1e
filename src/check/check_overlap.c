/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that clash: one is the other or leads through it (overlap), or one place is used as a map and as a list
 * (conflict). Which of several clashes is told first: ruling 16. */
#include "check/check.h"
#include "check/path_tree.h"

struct overlap_check {
    struct checked *c;
    const struct node *const *paths;
    bool *told; /* by path: it was part of a clash already */
};

static void report_clash(struct overlap_check *o, enum diag_id id, uint32_t a, uint32_t b)
{
    uint32_t one = a < b ? a : b, two = a < b ? b : a; /* path one stands earlier in the text */
    if (o->told[two])
        return;
    o->told[two] = true;
    const struct node *first = o->paths[one], *second = o->paths[two];
    struct diag_draft draft = check_draft(o->c, id, second);
    draft.args[0] = check_bracketed(o->c, &checked_at(o->c, first)->path);
    draft.args[1] = check_bracketed(o->c, &checked_at(o->c, second)->path);
    draft.labels[0] = (ddbexpr_label){first->span, ddbexpr_cstr(diag_text(TEXT_ALSO_HERE))};
    draft.label_count = 1;
    check_report(o->c, &draft);
}

/* The newest branch first, what is below it before itself, each against the others of its level. INVARIANT: the tree
 * has at most LIMIT_PATH_STEPS levels (longer paths are faulty and were left out). */
static void visit(struct overlap_check *o, const struct path_branch *branch)
{
    for (const struct path_branch *child = branch->last; child; child = child->previous) {
        visit(o, child);
        if (child->path != child->newest_path)
            report_clash(o, DIAG_PATH_OVERLAP, child->path, child->newest_path);
        if (child->path != PATH_TREE_NONE && child->last)
            report_clash(o, DIAG_PATH_OVERLAP, child->path, child->last->any_path);
        if (child->other_kind)
            report_clash(o, DIAG_PATH_CONFLICT, child->any_path, child->other_kind->any_path);
    }
}

void check_overlap(struct checked *c, const struct node *const *paths, size_t count)
{
    struct path_branch *root = path_tree_new(c->arena);
    struct overlap_check o = {c, paths, ARENA_ARRAY(c->arena, bool, count)};
    if (!root || !o.told) {
        c->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct document_path *path = &checked_at(c, paths[i])->path;
        if (path->count > 0 && !path_tree_add(c->arena, root, path, (uint32_t)i)) {
            c->no_memory = true;
            return;
        }
    }
    c->paths = root;
    visit(&o, root);
}
