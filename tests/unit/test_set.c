/* SPDX-License-Identifier: Apache-2.0 */
/* Sets: sorting, membership, union and difference against doing it by hand. */
#include "kit.h"
#include "prng.h"

#include "value/set.h"

static void assert_set(const value *set, const bool *members, int count)
{
    uint32_t at = 0;
    for (int i = 0; i < count; i++) {
        if (!members[i])
            continue;
        struct number n = number_of((uint64_t)i);
        assert_true(at < set->count);
        assert_true(set->at.elements[at++].more.coefficient == n.coefficient);
    }
    assert_int_equal(at, set->count);
}

/* A set of distinct numbers below `count`, in random order; which they are, in `members`. */
static value random_set(struct prng *p, ddbexpr_arena *a, bool *members, int count)
{
    value *values = ARENA_ARRAY(a, value, (size_t)count);
    assert_non_null(values);
    uint32_t n = 0;
    for (int i = 0; i < count; i++) {
        members[i] = prng_once_in(p, 2) || i == 0;
        if (!members[i])
            continue;
        struct number number = number_of((uint64_t)i);
        uint32_t at = prng_below(p, n + 1);
        values[n] = values[at];
        values[at] = value_of_number(&number);
        n++;
    }
    value set;
    assert_true(value_set_from(a, DDBEXPR_NS, values, n, &set));
    assert_false(set.flags & VALUE_FAULTY);
    return set;
}

static void operations_agree_with_doing_it_by_hand(void **state)
{
    (void)state;
    enum { MOST = 40 };
    struct prng p = {3};
    for (int round = 0; round < 2000; round++) {
        struct kit k;
        kit_open(&k);
        bool in_a[MOST] = {false}, in_b[MOST] = {false}, in_union[MOST], in_difference[MOST];
        int count = 1 + (int)prng_below(&p, MOST);
        value a = random_set(&p, k.arena, in_a, count), b = random_set(&p, k.arena, in_b, count), result;
        for (int i = 0; i < count; i++) {
            in_union[i] = in_a[i] || in_b[i];
            in_difference[i] = in_a[i] && !in_b[i];
            struct number n = number_of((uint64_t)i);
            value member = value_of_number(&n);
            assert_int_equal(value_set_has(&a, &member), in_a[i]);
        }
        assert_set(&a, in_a, count);
        assert_true(value_set_union(k.arena, &a, &b, &result));
        assert_set(&result, in_union, count);
        assert_true(value_set_difference(k.arena, &a, &b, &result));
        assert_set(&result, in_difference, count);
        kit_close(&k);
    }
}

static void members_of_another_type_are_none(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const value *set = value_of(k.arena, "<'1', '2'>");
    assert_true(value_set_has(set, value_of(k.arena, "'1'")));
    assert_false(value_set_has(set, value_of(k.arena, "1")));
    assert_false(value_set_has(set, value_of(k.arena, "b'1'")));
    assert_false(value_set_has(set, value_of(k.arena, "<'1'>")));
    kit_close(&k);
}

static void duplicates_keep_the_members_as_sent(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct fault_place place;
    assert_true(value_first_fault(value_of(k.arena, "<'b', 'a', 'b'>"), &place));
    assert_int_equal(place.fault->kind, FAULT_DUPLICATES);
    assert_int_equal(place.fault->count, 3);
    assert_str_is(value_bytes(&place.fault->elements[0]), "b");
    assert_str_is(value_bytes(&place.fault->elements[1]), "a");
    kit_close(&k);
}

static void a_bad_number_comes_before_duplicates(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct fault_place place;
    assert_true(value_first_fault(value_of(k.arena, "<1, 1, n'x'>"), &place));
    assert_int_equal(place.fault->kind, FAULT_NOT_NUMERIC);
    assert_str_is(place.fault->text, "x");
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_agree_with_doing_it_by_hand),
        cmocka_unit_test(members_of_another_type_are_none),
        cmocka_unit_test(duplicates_keep_the_members_as_sent),
        cmocka_unit_test(a_bad_number_comes_before_duplicates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
