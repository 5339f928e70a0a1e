/* SPDX-License-Identifier: Apache-2.0 */
/* Items that tell what survived: made of the evaluations that were kept, each with its own names and values. */
#include "cli/test/test_mutants_entry.h"

#include <string.h>

static ddbexpr_status find(struct test_mutants *m, struct mutants_entry *entry, size_t index,
                           const struct revived *revived, ddbexpr_str test)
{
    const ddbexpr_witness_options options = {.size = sizeof options, .key = revived->key};
    ddbexpr_mutant_example example = {.sought = true, .values = revived->values};
    ddbexpr_status status = ddbexpr_mutants_witness(entry->mutants, index, revived->program, revived->item, &options,
                                                    m->arena, &example.found, &example.item);
    if (status == DDBEXPR_OK && example.found)
        status = ddbexpr_evaluate(revived->program, example.item, &example.matched);
    if (status == DDBEXPR_OK) {
        entry->examples[index] = example;
        entry->made_of[index] = (struct mutant_base){revived->item, revived->key, test};
    }
    return status;
}

static ddbexpr_status find_all(struct test_mutants *m, struct mutants_entry *entry, const struct revived *revived,
                               ddbexpr_str test)
{
    ddbexpr_status status = DDBEXPR_OK;
    size_t count = ddbexpr_mutants_count(entry->mutants);
    for (size_t i = 0; i < count && status == DDBEXPR_OK && mutants_have_time(m); i++) {
        if (ddbexpr_mutants_at(entry->mutants, i)->killed || entry->examples[i].found)
            continue;
        double began = mutants_clock();
        status = find(m, entry, i, revived, test);
        m->seconds += mutants_clock() - began;
        progress_look(&m->progress, m->runs);
    }
    return status;
}

static ddbexpr_status find_of_entry(struct test_mutants *m, struct mutants_entry *entry)
{
    size_t count = ddbexpr_mutants_count(entry->mutants);
    if (entry->examples || entry->left_out || !mutants_entry_alive(entry))
        return DDBEXPR_OK;
    ddbexpr_mutant_example *examples = ddbexpr_arena_alloc(m->arena, count * sizeof *examples);
    entry->made_of = ddbexpr_arena_alloc(m->arena, count * sizeof *entry->made_of);
    if (!examples || !entry->made_of)
        return DDBEXPR_NO_MEMORY;
    memset(examples, 0, count * sizeof *examples);
    entry->examples = examples;
    for (size_t i = 0; i < entry->kept.count; i++) {
        struct revived revived = {.program = NULL};
        ddbexpr_status status = kept_evaluation_revive(&entry->kept.all[i], ddbexpr_mutants_kind(entry->mutants),
                                                       ddbexpr_mutants_text(entry->mutants), m->arena, &revived);
        if (status == DDBEXPR_OK)
            status = find_all(m, entry, &revived, entry->kept.all[i].test);
        ddbexpr_program_free(revived.program);
        if (status == DDBEXPR_NO_MEMORY)
            return status;
    }
    return DDBEXPR_OK;
}

ddbexpr_status mutants_find_examples(struct test_mutants *m)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < m->count && status == DDBEXPR_OK; i++)
        status = find_of_entry(m, &m->entries[i]);
    progress_end(&m->progress, m->runs);
    return status;
}
