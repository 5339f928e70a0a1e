/* SPDX-License-Identifier: Apache-2.0 */
/* Items that reach what is missing: made of the evaluations that were kept, each with its own names and values. */
#include "cli/test/test_coverage_entry.h"

#include <string.h>

static ddbexpr_status find_goals(struct test_coverage *c, struct coverage_entry *entry, const struct revived *revived,
                                 ddbexpr_str test)
{
    const ddbexpr_witness_options options = {.size = sizeof options, .key = revived->key};
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t goal = 0; goal < coverage_entry_goals(entry) && status == DDBEXPR_OK; goal++) {
        ddbexpr_coverage_example *found = &entry->found[goal];
        if (found->found || ddbexpr_coverage_clause_at(entry->condition, goal / 2).decided[goal % 2])
            continue;
        status = ddbexpr_coverage_witness(revived->program, revived->item, goal / 2, goal % 2, &options, c->arena,
                                          &found->found, &found->item);
        if (status == DDBEXPR_OK && found->found)
            entry->examples[goal] = (struct coverage_example){revived->item, revived->key, revived->values, test};
    }
    return status;
}

ddbexpr_status coverage_find_examples(struct test_coverage *c, struct coverage_entry *entry)
{
    size_t goals = coverage_entry_goals(entry);
    if (!entry->condition || !entry->kept.count || entry->found || coverage_entry_reached(entry) == goals)
        return DDBEXPR_OK;
    ddbexpr_coverage_example *found = ddbexpr_arena_alloc(c->arena, goals * sizeof *found);
    entry->examples = ddbexpr_arena_alloc(c->arena, goals * sizeof *entry->examples);
    if (!found || !entry->examples)
        return DDBEXPR_NO_MEMORY;
    memset(found, 0, goals * sizeof *found);
    entry->found = found;
    for (size_t i = 0; i < entry->kept.count; i++) {
        struct revived revived = {.program = NULL};
        ddbexpr_status status = kept_evaluation_revive(&entry->kept.all[i], ddbexpr_coverage_kind(entry->condition),
                                                       ddbexpr_coverage_text(entry->condition), c->arena, &revived);
        if (status == DDBEXPR_OK)
            status = find_goals(c, entry, &revived, entry->kept.all[i].test);
        ddbexpr_program_free(revived.program);
        if (status == DDBEXPR_NO_MEMORY)
            return status;
    }
    return DDBEXPR_OK;
}
