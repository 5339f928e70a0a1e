/* SPDX-License-Identifier: Apache-2.0 */
/* The dice: the same numbers everywhere, within their bounds, every face about as often as it should come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants those first */
#include <cmocka.h>

#include "cli/generate/generate_dice.h"

/* From the reference implementation of splitmix64, seed 1234567. */
static void test_numbers_are_those_of_splitmix64(void **state)
{
    static const uint64_t wanted[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
                                      UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
                                      UINT64_C(16408922859458223821)};
    struct dice dice = {.state = 1234567};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_true(dice_next(&dice) == wanted[i]);
    (void)state;
}

static void test_bounds_are_kept_and_reached(void **state)
{
    struct dice dice = dice_of(1, 1);
    for (uint32_t n = 1; n <= 40; n++) {
        uint64_t faces = 0;
        for (int i = 0; i < 2000; i++) {
            uint32_t face = dice_below(&dice, n);
            assert_true(face < n);
            faces |= UINT64_C(1) << face;
        }
        assert_true(faces == (UINT64_C(1) << n) - 1);
    }
    for (int i = 0; i < 100; i++)
        assert_int_equal(dice_below(&dice, 1), 0);
    assert_true(dice_below(&dice, UINT32_MAX) < UINT32_MAX);
    (void)state;
}

static void test_between_has_both_ends(void **state)
{
    struct dice dice = dice_of(2, 1);
    bool low = false, high = false;
    for (int i = 0; i < 1000; i++) {
        int32_t n = dice_between(&dice, -3, 4);
        assert_in_range(n + 3, 0, 7);
        low |= n == -3;
        high |= n == 4;
    }
    assert_true(low && high);
    assert_int_equal(dice_between(&dice, 7, 7), 7);
    (void)state;
}

static void test_percent_is_percent(void **state)
{
    struct dice dice = dice_of(3, 1);
    int hits = 0;
    for (int i = 0; i < 10000; i++) {
        hits += dice_percent(&dice, 30);
        assert_false(dice_percent(&dice, 0));
        assert_true(dice_percent(&dice, 100));
    }
    assert_in_range(hits, 2800, 3200);
    (void)state;
}

static void test_weights_are_weights(void **state)
{
    static const uint8_t weights[] = {0, 10, 0, 30, 60, 0};
    struct dice dice = dice_of(4, 1);
    int counts[6] = {0};
    for (int i = 0; i < 10000; i++)
        counts[dice_weighted(&dice, weights, 6)]++;
    assert_int_equal(counts[0] + counts[2] + counts[5], 0);
    assert_in_range(counts[1], 850, 1150);
    assert_in_range(counts[3], 2800, 3200);
    (void)state;
}

/* Neighbours share nothing: over many near seeds and numbers every face of a die comes equally often. */
static void test_near_seeds_have_nothing_in_common(void **state)
{
    int counts[10] = {0};
    for (uint64_t seed = 0; seed < 100; seed++)
        for (uint64_t number = 0; number < 100; number++) {
            struct dice dice = dice_of(seed, number);
            counts[dice_below(&dice, 10)]++;
        }
    for (int i = 0; i < 10; i++)
        assert_in_range(counts[i], 850, 1150);
    struct dice a = dice_of(1, 2), b = dice_of(2, 1);
    assert_true(dice_next(&a) != dice_next(&b));
    (void)state;
}

/* Fuzzing gives the first throws; then the dice go on by themselves. */
static void test_a_tape_comes_first(void **state)
{
    static const uint8_t tape[] = {0x00, 0x00, 0x80, 0x00, 0xff, 0xff, 0x11};
    struct dice dice = {.state = 1234567, .tape = tape, .tape_length = sizeof tape};
    assert_int_equal(dice_below(&dice, 10), 0);
    assert_int_equal(dice_below(&dice, 10), 5);
    assert_int_equal(dice_below(&dice, 10), 9);
    assert_true(dice_next(&dice) == UINT64_C(6457827717110365317));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_those_of_splitmix64),
        cmocka_unit_test(test_bounds_are_kept_and_reached),
        cmocka_unit_test(test_between_has_both_ends),
        cmocka_unit_test(test_percent_is_percent),
        cmocka_unit_test(test_weights_are_weights),
        cmocka_unit_test(test_near_seeds_have_nothing_in_common),
        cmocka_unit_test(test_a_tape_comes_first),
    };
    return cmocka_run_group_tests_name("dice", tests, NULL, NULL);
}
