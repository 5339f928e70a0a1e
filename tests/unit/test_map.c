/* SPDX-License-Identifier: Apache-2.0 */
/* Maps of every size: every name is found, no other is, and names made to collide cost nothing but time to compare. */
#include "collide.h"
#include "kit.h"
#include "prng.h"

#include "value/value.h"

static struct map_entry *entries_named(ddbexpr_arena *a, uint32_t count)
{
    struct map_entry *entries = ARENA_ARRAY(a, struct map_entry, count);
    assert_non_null(entries);
    assert_non_null(entries);
    for (uint32_t i = 0; i < count; i++) {
        char *name = arena_alloc(a, 32);
        assert_non_null(name);
        int length = snprintf(name, 32, "attribute-%u", i);
        struct number n = number_of(i);
        entries[i] = (struct map_entry){name, (uint32_t)length, 0, value_of_number(&n)};
    }
    return entries;
}

static void every_name_is_found(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {0, 1, 2, 7, 8, 9, 10, 16, 17, 100, 1000, 20000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct kit k;
        kit_open(&k);
        value map;
        struct map_entry *entries = entries_named(k.arena, sizes[s]);
        assert_int_equal(value_map_from(k.arena, entries, sizes[s], &map, NULL), DDBEXPR_OK);
        for (uint32_t i = 0; i < sizes[s]; i++) {
            str name = str_of(entries[i].name, entries[i].name_len);
            assert_ptr_equal(value_map_get(&map, name, str_hash(name)), &entries[i].value);
        }
        char other[32];
        for (uint32_t i = 0; i < 1000; i++) {
            str name = str_of(other, (size_t)snprintf(other, sizeof other, "other-%u", i));
            assert_null(value_map_get(&map, name, str_hash(name)));
        }
        kit_close(&k);
    }
}

static void the_later_of_two_is_told(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {2, 8, 9, 500};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct kit k;
        kit_open(&k);
        value map;
        uint32_t duplicate = 0;
        struct map_entry *entries = entries_named(k.arena, sizes[s]);
        entries[sizes[s] - 1].name = entries[0].name;
        entries[sizes[s] - 1].name_len = entries[0].name_len;
        assert_int_equal(value_map_from(k.arena, entries, sizes[s], &map, &duplicate), DDBEXPR_INVALID);
        assert_int_equal(duplicate, sizes[s] - 1);
        kit_close(&k);
    }
}

/* Names whose hashes share their upper 12 bits: all fall into one bucket of a map of 4096 or less. */
static struct map_entry *colliding_entries(ddbexpr_arena *a, uint32_t count)
{
    struct map_entry *entries = ARENA_ARRAY(a, struct map_entry, count);
    assert_non_null(entries);
    uint32_t found = 0;
    for (uint32_t i = 0; found < count; i++) {
        char name[16];
        int length = snprintf(name, sizeof name, "%x", i);
        if (str_hash(str_of(name, (size_t)length)) >> 20)
            continue;
        str kept = arena_copy(a, str_of(name, (size_t)length));
        struct number n = number_of(i);
        entries[found++] = (struct map_entry){kept.ptr, (uint32_t)kept.len, 0, value_of_number(&n)};
    }
    return entries;
}

static void colliding_names_are_found(void **state)
{
    (void)state;
    enum { WANTED = 600 };
    struct kit k;
    kit_open(&k);
    struct map_entry *entries = colliding_entries(k.arena, WANTED);
    value map;
    assert_int_equal(value_map_from(k.arena, entries, WANTED, &map, NULL), DDBEXPR_OK);
    for (uint32_t i = 0; i < WANTED; i++) {
        str name = str_of(entries[i].name, entries[i].name_len);
        assert_ptr_equal(value_map_get(&map, name, str_hash(name)), &entries[i].value);
    }
    kit_close(&k);
}

/* Also among many in one bucket: names that collide, and the last ones all alike. */
static void the_later_of_many_is_told(void **state)
{
    (void)state;
    enum { WANTED = 40, ALIKE = 9 };
    struct kit k;
    kit_open(&k);
    struct map_entry *entries = colliding_entries(k.arena, WANTED);
    for (uint32_t i = WANTED - ALIKE; i < WANTED; i++) {
        entries[i].name = entries[0].name;
        entries[i].name_len = entries[0].name_len;
    }
    value map;
    uint32_t duplicate = 0;
    assert_int_equal(value_map_from(k.arena, entries, WANTED, &map, &duplicate), DDBEXPR_INVALID);
    assert_int_equal(duplicate, WANTED - ALIKE);
    kit_close(&k);
}

/* Where two names have one hash, it is the names that count. */
static void equal_hashes_are_not_enough(void **state)
{
    (void)state;
    for (int same_length = 0; same_length < 2; same_length++) {
        struct kit k;
        struct colliding pair;
        kit_open(&k);
        find_colliding(str_hash, same_length, &pair);
        uint32_t hash = str_hash(pair.names[0]);
        assert_int_equal(hash, str_hash(pair.names[1]));
        for (uint32_t count = 2; count <= 100; count *= 7) { /* without an index, and with one */
            struct map_entry *entries = entries_named(k.arena, count);
            entries[0].name = pair.names[0].ptr;
            entries[0].name_len = (uint32_t)pair.names[0].len;
            value map;
            assert_int_equal(value_map_from(k.arena, entries, count, &map, NULL), DDBEXPR_OK);
            assert_ptr_equal(value_map_get(&map, pair.names[0], hash), &entries[0].value);
            assert_null(value_map_get(&map, pair.names[1], hash));
            entries[1].name = pair.names[1].ptr;
            entries[1].name_len = (uint32_t)pair.names[1].len;
            assert_int_equal(value_map_from(k.arena, entries, count, &map, NULL), DDBEXPR_OK);
            assert_ptr_equal(value_map_get(&map, pair.names[1], hash), &entries[1].value);
        }
        kit_close(&k);
    }
}

static void height_and_faults_rise(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_int_equal(value_height(value_of(k.arena, "{}")), 1);
    assert_int_equal(value_height(value_of(k.arena, "{a: [{b: 1}]}")), 3);
    assert_true(ddbexpr_value_is_faulty(value_of(k.arena, "{a: {b: SS<>}}")));
    assert_true(ddbexpr_value_is_faulty(value_of(k.arena, "{'': 1}")));
    assert_false(ddbexpr_value_is_faulty(value_of(k.arena, "{a: ''}")));
    kit_close(&k);
}

/* A value of some height, now and then a faulty one. */
static value some_value(ddbexpr_arena *a, struct prng *p)
{
    static const char *const notations[] = {"1", "'x'", "[]", "[[1]]", "{a: {b: [{}]}}", "<1>"};
    return *value_of(a, prng_once_in(p, 40) ? "SS<>" : notations[prng_below(p, 6)]);
}

static void assert_is_as_if_made_new(ddbexpr_arena *a, const value *map)
{
    struct map_entry *entries = ARENA_ARRAY(a, struct map_entry, map->count);
    assert_non_null(entries);
    memcpy(entries, map->at.entries, map->count * sizeof *entries);
    value fresh;
    assert_int_equal(value_map_from(a, entries, map->count, &fresh, NULL), DDBEXPR_OK);
    assert_int_equal(value_height(map), value_height(&fresh));
    assert_int_equal(map->flags, fresh.flags);
    for (uint32_t i = 0; i < map->count; i++) {
        str name = str_of(entries[i].name, entries[i].name_len);
        assert_ptr_equal(value_map_get(map, name, str_hash(name)), &map->at.entries[i].value);
    }
    assert_null(value_map_get(map, STR("none"), str_hash(STR("none"))));
}

/* What updates do to an item, in steps: some values change, some entries are added. */
static void changed_maps_are_as_if_made_new(void **state)
{
    (void)state;
    for (uint32_t first = 0; first < 40; first++) {
        struct kit k;
        kit_open(&k);
        struct prng p = {first + 1};
        struct map_entry *names = entries_named(k.arena, 200);
        value map;
        for (uint32_t i = 0; i < first; i++)
            names[i].value = some_value(k.arena, &p);
        assert_int_equal(value_map_from(k.arena, names, first, &map, NULL), DDBEXPR_OK);
        for (int step = 0; step < 12; step++) {
            uint32_t added = prng_below(&p, 5), count = map.count;
            struct map_entry *entries = ARENA_ARRAY(k.arena, struct map_entry, count + added);
            assert_non_null(entries);
            struct map_changes changes = {0};
            memcpy(entries, map.at.entries, count * sizeof *entries);
            for (uint32_t i = 0; i < count + added; i++) {
                if (i < count && !prng_once_in(&p, 4))
                    continue;
                value v = some_value(k.arena, &p);
                changes.lower |= i < count && value_height(&entries[i].value) > value_height(&v);
                if (i >= count)
                    entries[i] = names[i];
                entries[i].hash = str_hash(str_of(entries[i].name, entries[i].name_len));
                entries[i].value = v;
                changes.flags |= v.flags;
                if (value_height(&v) > changes.height)
                    changes.height = value_height(&v);
            }
            assert_true(value_map_from_changed(k.arena, &map, entries, count + added, &changes, &map));
            assert_is_as_if_made_new(k.arena, &map);
        }
        kit_close(&k);
    }
}

/* What stays is neither looked at nor indexed again: that a few attributes are written costs as much memory as the
 * entries take, and nothing is asked for what is in them. */
static void few_changes_share_the_index(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct map_entry *entries = entries_named(k.arena, 1009);
    value map, changed, more;
    assert_int_equal(value_map_from(k.arena, entries, 1000, &map, NULL), DDBEXPR_OK);
    for (uint32_t i = 1000; i < 1009; i++)
        entries[i].hash = str_hash(str_of(entries[i].name, entries[i].name_len));
    const struct map_changes changes = {0};
    assert_true(value_map_from_changed(k.arena, &map, entries, 1008, &changes, &changed));
    assert_ptr_equal(changed.more.box.index, map.more.box.index);
    assert_is_as_if_made_new(k.arena, &changed);
    assert_true(value_map_from_changed(k.arena, &changed, entries, 1009, &changes, &more)); /* too many to search */
    assert_ptr_not_equal(more.more.box.index, map.more.box.index);
    assert_is_as_if_made_new(k.arena, &more);
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_is_found),
        cmocka_unit_test(the_later_of_two_is_told),
        cmocka_unit_test(colliding_names_are_found),
        cmocka_unit_test(the_later_of_many_is_told),
        cmocka_unit_test(equal_hashes_are_not_enough),
        cmocka_unit_test(height_and_faults_rise),
        cmocka_unit_test(changed_maps_are_as_if_made_new),
        cmocka_unit_test(few_changes_share_the_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
