/* SPDX-License-Identifier: Apache-2.0 */
/* The shared library through its public headers alone, as any program uses it. What the functions do in detail is
 * tested elsewhere. */
#include <ddbexpr/ddbexpr.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void library_and_headers_have_one_version(void **state)
{
    (void)state;
    assert_string_equal(ddbexpr_version(), DDBEXPR_VERSION);
}

static void text_goes_into_a_buffer_and_out(void **state)
{
    (void)state;
    ddbexpr_buffer *buffer;
    assert_int_equal(ddbexpr_buffer_new(NULL, &buffer), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_append(buffer, ddbexpr_cstr("attribute_")), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_append(buffer, ddbexpr_cstr("exists")), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_text(buffer).len, strlen("attribute_exists"));
    assert_string_equal(ddbexpr_buffer_text(buffer).ptr, "attribute_exists");
    ddbexpr_buffer_free(buffer);
}

static void a_value_is_built_and_read(void **state)
{
    (void)state;
    ddbexpr_arena *arena;
    assert_int_equal(ddbexpr_arena_new(NULL, &arena), DDBEXPR_OK);
    const ddbexpr_value *price = ddbexpr_value_number(arena, ddbexpr_cstr("12.50"));
    const ddbexpr_str name = ddbexpr_cstr("price");
    const ddbexpr_value *item = ddbexpr_value_map(arena, &name, &price, 1);
    assert_non_null(item);
    assert_int_equal(ddbexpr_value_type(item), DDBEXPR_M);
    assert_true(ddbexpr_value_equal(ddbexpr_value_get(item, name), price));
    assert_null(ddbexpr_value_get(item, ddbexpr_cstr("prices")));
    ddbexpr_arena_free(arena);
}

static void a_condition_is_parsed(void **state)
{
    (void)state;
    ddbexpr_expression *expression;
    assert_int_equal(ddbexpr_parse(DDBEXPR_CONDITION, ddbexpr_cstr("price < :max"), NULL, NULL, &expression),
                     DDBEXPR_OK);
    assert_int_equal(ddbexpr_expression_kind(expression), DDBEXPR_CONDITION);
    ddbexpr_expression_free(expression);
}

static void a_syntax_error_is_told(void **state)
{
    (void)state;
    ddbexpr_diags *diags;
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_diags_new(NULL, &diags), DDBEXPR_OK);
    assert_int_equal(ddbexpr_parse(DDBEXPR_CONDITION, ddbexpr_cstr("price <"), NULL, diags, &expression),
                     DDBEXPR_INVALID);
    assert_null(expression);
    assert_int_equal(ddbexpr_diags_count(diags), 1);
    assert_non_null(ddbexpr_diags_verdict(diags));
    ddbexpr_diags_free(diags);
}

static void nothing_can_be_freed(void **state)
{
    (void)state;
    ddbexpr_arena_free(NULL);
    ddbexpr_buffer_free(NULL);
    ddbexpr_diags_free(NULL);
    ddbexpr_expression_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library_and_headers_have_one_version),
        cmocka_unit_test(text_goes_into_a_buffer_and_out),
        cmocka_unit_test(a_value_is_built_and_read),
        cmocka_unit_test(a_condition_is_parsed),
        cmocka_unit_test(a_syntax_error_is_told),
        cmocka_unit_test(nothing_can_be_freed),
    };
    return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
