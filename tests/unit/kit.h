/* SPDX-License-Identifier: Apache-2.0 */
/* What most tests above the values need: an arena, a collector, a buffer, compiled programs, and assertions on what was
 * reported. Everything comes from one counting allocator; kit_close finds leaks. It must not know requests. */
#ifndef DDBEXPR_TESTS_KIT_H
#define DDBEXPR_TESTS_KIT_H

#include "values.h"

#include "base/arena.h"

#include <ddbexpr/program.h>

#define KIT_PROGRAMS 64

struct kit {
    struct test_alloc memory;
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    ddbexpr_buffer *text; /* what kit_codes and others print into */
    ddbexpr_program *programs[KIT_PROGRAMS];
    size_t program_count;
};

static inline void kit_open(struct kit *k)
{
    *k = (struct kit){.program_count = 0};
    test_alloc_init(&k->memory);
    assert_int_equal(ddbexpr_arena_new(&k->memory.alloc, &k->arena), DDBEXPR_OK);
    assert_int_equal(ddbexpr_diags_new(&k->memory.alloc, &k->diags), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_new(&k->memory.alloc, &k->text), DDBEXPR_OK);
}

static inline void kit_free_programs(struct kit *k)
{
    while (k->program_count)
        ddbexpr_program_free(k->programs[--k->program_count]);
}

/* Everything is freed; whoever has lost something fails here. */
static inline void kit_close(struct kit *k)
{
    kit_free_programs(k);
    ddbexpr_buffer_free(k->text);
    ddbexpr_diags_free(k->diags);
    ddbexpr_arena_free(k->arena);
    test_alloc_check_clean(&k->memory);
}

/* --- placeholders --- */

/* Bindings from two maps in the notation: "{#n: 'name'}", "{:v: 5}"; NULL for none. They live in the arena. */
static inline const ddbexpr_bindings *bindings_of(ddbexpr_arena *a, const char *names, const char *values)
{
    ddbexpr_bindings *b = arena_alloc_zeroed(a, 1, sizeof *b);
    assert_non_null(b);
    b->size = sizeof *b;
    if (names) {
        const ddbexpr_value *map = value_of(a, names);
        ddbexpr_name_binding *all = arena_alloc(a, ddbexpr_value_count(map) * sizeof *all);
        assert_non_null(all);
        b->name_count = ddbexpr_value_count(map);
        b->names = all;
        for (size_t i = 0; i < b->name_count; i++)
            all[i] =
                (ddbexpr_name_binding){ddbexpr_value_name_at(map, i), ddbexpr_value_bytes(ddbexpr_value_at(map, i))};
    }
    if (values) {
        const ddbexpr_value *map = value_of(a, values);
        ddbexpr_value_binding *all = arena_alloc(a, ddbexpr_value_count(map) * sizeof *all);
        assert_non_null(all);
        b->value_count = ddbexpr_value_count(map);
        b->values = all;
        for (size_t i = 0; i < b->value_count; i++)
            all[i] = (ddbexpr_value_binding){ddbexpr_value_name_at(map, i), ddbexpr_value_at(map, i)};
    }
    return b;
}

/* --- what was reported --- */

static inline void kit_print_diags(const ddbexpr_diags *diags)
{
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++) {
        const ddbexpr_diag *d = ddbexpr_diags_at(diags, i);
        fprintf(stderr, "%s ", ddbexpr_diag_code(d));
        test_print_str("", ddbexpr_diag_service_message(d));
    }
}

/* All codes in order: "DX107 DX110"; "" for none. */
static inline str codes_of(const ddbexpr_diags *diags, ddbexpr_buffer *out)
{
    ddbexpr_buffer_clear(out);
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++) {
        if (i)
            notation_put(out, " ");
        notation_put(out, ddbexpr_diag_code(ddbexpr_diags_at(diags, i)));
    }
    return ddbexpr_buffer_text(out);
}

static inline void test_codes(const ddbexpr_diags *diags, ddbexpr_buffer *out, const char *expected, const char *file,
                              int line)
{
    str actual = codes_of(diags, out);
    if (!str_equal(actual, ddbexpr_cstr(expected)))
        kit_print_diags(diags);
    test_str_equal(actual, ddbexpr_cstr(expected), file, line);
}

#define assert_codes(kit, expected) test_codes((kit)->diags, (kit)->text, (expected), __FILE__, __LINE__)

static inline void test_verdict(const ddbexpr_diags *diags, const char *expected, const char *file, int line)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    str actual = verdict ? ddbexpr_diag_service_message(verdict) : STR("(accepted)");
    test_str_equal(actual, ddbexpr_cstr(expected), file, line);
}

/* The service's words for the first fault, or "(accepted)". */
#define assert_verdict(kit, expected) test_verdict((kit)->diags, (expected), __FILE__, __LINE__)

/* The source text under the span of the diagnostic with this number. */
static inline str spanned_text(const ddbexpr_diags *diags, size_t index)
{
    const ddbexpr_diag *d = ddbexpr_diags_at(diags, index);
    return d && ddbexpr_diag_has_span(d) ? str_slice(ddbexpr_diag_text(d), ddbexpr_diag_span(d)) : STR("(no span)");
}

#define assert_spanned(kit, index, expected) assert_str_is(spanned_text((kit)->diags, (index)), (expected))

/* --- programs --- */

/* Compiles into a cleared collector; NULL if refused. The kit owns the program. */
static inline ddbexpr_program *kit_try(struct kit *k, ddbexpr_kind kind, const char *text, const char *names,
                                       const char *values)
{
    ddbexpr_program *program = NULL;
    ddbexpr_diags_clear(k->diags);
    ddbexpr_status status = ddbexpr_compile(kind, ddbexpr_cstr(text), bindings_of(k->arena, names, values),
                                            &k->memory.alloc, k->diags, &program);
    if (status != DDBEXPR_OK) {
        assert_int_equal(status, DDBEXPR_INVALID);
        assert_null(program);
        assert_non_null(ddbexpr_diags_verdict(k->diags));
        return NULL;
    }
    assert_int_equal(ddbexpr_diags_count(k->diags), 0);
    assert_true(k->program_count < KIT_PROGRAMS);
    return k->programs[k->program_count++] = program;
}

static inline ddbexpr_program *test_compile(struct kit *k, ddbexpr_kind kind, const char *text, const char *names,
                                            const char *values, const char *file, int line)
{
    ddbexpr_program *program = kit_try(k, kind, text, names, values);
    if (!program) {
        fprintf(stderr, "refused: %s\n", text);
        kit_print_diags(k->diags);
        _fail(file, line);
    }
    return program;
}

/* Compiles what must be accepted. */
#define kit_compile(kit, kind, text, names, values)                                                                    \
    test_compile((kit), (kind), (text), (names), (values), __FILE__, __LINE__)

static inline void test_refused(struct kit *k, ddbexpr_kind kind, const char *text, const char *names,
                                const char *values, const char *message, const char *file, int line)
{
    if (kit_try(k, kind, text, names, values)) {
        fprintf(stderr, "accepted: %s\n", text);
        _fail(file, line);
    }
    test_verdict(k->diags, message, file, line);
}

/* Compiles what must be refused with this message. */
#define assert_refused(kit, kind, text, names, values, message)                                                        \
    test_refused((kit), (kind), (text), (names), (values), (message), __FILE__, __LINE__)

/* Whether a condition is true of an item in the notation; NULL: no item. */
static inline bool kit_matches(struct kit *k, const char *text, const char *names, const char *values, const char *item)
{
    ddbexpr_program *program = kit_compile(k, DDBEXPR_CONDITION, text, names, values);
    bool matched = false;
    assert_int_equal(ddbexpr_evaluate(program, item ? value_of(k->arena, item) : NULL, &matched), DDBEXPR_OK);
    ddbexpr_program_free(k->programs[--k->program_count]);
    return matched;
}

#endif
