/* SPDX-License-Identifier: Apache-2.0 */
/* Members twice (duplicates.c): found at the right place however many there are and however they are named. */
#include "collide.h"
#include "kit.h"
#include "prng.h"

#include "json/document.h"
#include "json/text.h"

/* An object with these members, in this order. The caller frees the text. */
static char *object_of(const char *const *names, size_t count, size_t *ret_length)
{
    size_t length = 2;
    for (size_t i = 0; i < count; i++)
        length += strlen(names[i]) + 5;
    char *text = malloc(length + 1), *end = text;
    assert_non_null(text);
    *end++ = '{';
    for (size_t i = 0; i < count; i++)
        end += sprintf(end, "%s\"%s\":0", i ? "," : "", names[i]);
    end += sprintf(end, "}");
    *ret_length = (size_t)(end - text);
    return text;
}

/* Which member is told as one that stands there a second time; `count` if none is. */
static size_t told(const char *const *names, size_t count)
{
    struct kit k;
    kit_open(&k);
    size_t length, result = count;
    char *text = object_of(names, count, &length);
    struct json_document d;
    ddbexpr_status status = json_parse(k.arena, str_of(text, length), k.diags, &d);
    if (status != DDBEXPR_OK) {
        assert_int_equal(status, DDBEXPR_INVALID);
        assert_codes(&k, "DX903");
        uint32_t start = ddbexpr_diag_span(ddbexpr_diags_at(k.diags, 0)).start;
        result = 0;
        for (uint32_t i = 0; i < start; i++)
            result += text[i] == ',';
    }
    free(text);
    kit_close(&k);
    return result;
}

/* The same by looking at every pair. */
static size_t told_naively(const char *const *names, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(names[i], names[j]) == 0)
                return i;
    return count;
}

static void random_names_are_judged_as_by_looking_at_every_pair(void **state)
{
    (void)state;
    struct prng p = {11};
    for (int round = 0; round < 3000; round++) {
        size_t count = prng_below(&p, 60);
        uint32_t variety = 1 + prng_below(&p, round % 2 ? 60 : 5000);
        char space[60][24];
        const char *names[60];
        for (size_t i = 0; i < count; i++) {
            uint32_t n = prng_below(&p, variety);
            /* lengths from 0 to 20, with what differs at the beginning, in the middle, at the end */
            static const char *const before[] = {"", "abcdefghijkl", "", "abcdef"}, *const after[] = {"", "",
                                                                                                      "abcdefghijkl",
                                                                                                      "abcdef"};
            if (n == 0)
                space[i][0] = '\0';
            else
                sprintf(space[i], "%s%u%s", before[n % 4], n, after[n % 4]);
            names[i] = space[i];
        }
        assert_int_equal(told(names, count), told_naively(names, count));
    }
}

static void the_first_one_that_repeats_is_told(void **state)
{
    (void)state;
    for (size_t count = 16; count <= 40; count += 12) {
        char space[40][8];
        const char *names[40];
        for (size_t i = 0; i < count; i++) {
            sprintf(space[i], "n%zu", i);
            names[i] = space[i];
        }
        names[count - 1] = names[0];
        names[count - 2] = names[1];
        assert_int_equal(told(names, count), count - 2);
        names[3] = names[2];
        assert_int_equal(told(names, count), 3);
    }
}

/* Names whose hashes fall into one slot of the table, found by trying: what someone would send who wants to cost us
 * time. With such names a table alone would need some hundred thousand looks. */
static void chosen_names_are_judged_rightly(void **state)
{
    (void)state;
    enum { COUNT = 600, MASK = 2047 /* of the table for as many */ };
    const char **names = malloc((COUNT + 1) * sizeof *names);
    assert_non_null(names);
    char *space = malloc((COUNT + 1) * 16);
    assert_non_null(space);
    size_t count = 0;
    for (uint32_t n = 0; count < COUNT; n++) {
        char *name = space + count * 16;
        int length = sprintf(name, "%u", n);
        if ((json_hash(str_of(name, (size_t)length)) & MASK) == 77)
            names[count++] = name;
    }
    assert_int_equal(told(names, COUNT), COUNT);
    names[COUNT] = names[400];
    assert_int_equal(told(names, COUNT + 1), COUNT);
    const char *kept = names[300];
    names[300] = names[7];
    assert_int_equal(told(names, COUNT + 1), 300);
    names[300] = kept;
    names[401] = names[399];
    assert_int_equal(told(names, COUNT + 1), 401);
    names[401] = "";
    names[COUNT] = "";
    assert_int_equal(told(names, COUNT + 1), COUNT);
    free(space);
    free(names);
}

/* Where two names have one hash, it is the names that count. */
static void equal_hashes_are_not_enough(void **state)
{
    (void)state;
    enum { MANY = 40 };
    for (int same_length = 0; same_length < 2; same_length++) {
        struct colliding pair;
        char space[MANY][8];
        const char *names[MANY];
        find_colliding(json_hash, same_length, &pair);
        for (size_t i = 0; i < MANY; i++) {
            sprintf(space[i], "m%zu", i);
            names[i] = space[i];
        }
        names[0] = pair.texts[0];
        names[1] = pair.texts[1];
        assert_int_equal(told(names, 2), 2);
        assert_int_equal(told(names, MANY), MANY);
        names[MANY - 1] = pair.texts[0];
        assert_int_equal(told(names, MANY), MANY - 1);
        names[2] = pair.texts[1];
        assert_int_equal(told(names, 3), 2);
    }
}

/* The same name written in two ways is the same name; it is compared after its escapes are gone. */
static void escapes_do_not_hide_a_repetition(void **state)
{
    (void)state;
    const char *few[] = {"a", "b", "\\u0061"};
    assert_int_equal(told(few, 3), 2);
    const char *different[] = {"a", "\\\\u0061", "\\u00e1", "A"};
    assert_int_equal(told(different, 4), 4);
    char space[40][16];
    const char *many[40];
    for (size_t i = 0; i < 40; i++) {
        sprintf(space[i], i == 33 ? "\\u006e5" : "n%zu", i);
        many[i] = space[i];
    }
    assert_int_equal(told(many, 40), 33);
}

static void members_of_different_objects_may_have_one_name(void **state)
{
    (void)state;
    struct kit k;
    struct json_document d;
    kit_open(&k);
    assert_int_equal(
        json_parse(k.arena, STR("{\"a\":{\"a\":1,\"b\":{\"a\":2}},\"b\":[{\"a\":1},{\"a\":1}]}"), k.diags, &d),
        DDBEXPR_OK);
    assert_int_equal(json_parse(k.arena, STR("{\"b\":{\"a\":1,\"c\":{\"x\":1},\"a\":{}}}"), k.diags, &d),
                     DDBEXPR_INVALID);
    assert_spanned(&k, 0, "\"a\"");
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_names_are_judged_as_by_looking_at_every_pair),
        cmocka_unit_test(the_first_one_that_repeats_is_told),
        cmocka_unit_test(chosen_names_are_judged_rightly),
        cmocka_unit_test(equal_hashes_are_not_enough),
        cmocka_unit_test(escapes_do_not_hide_a_repetition),
        cmocka_unit_test(members_of_different_objects_may_have_one_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
