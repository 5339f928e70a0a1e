/* SPDX-License-Identifier: Apache-2.0 */
/* Values as suites have them. INVARIANT: values are at most 34 levels high, so is the recursion. */
#include "cli/test/test_coverage_item.h"

#include <string.h>

static ddbexpr_status put(ddbexpr_buffer *out, const char *text)
{
    return ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

static bool is_bare(ddbexpr_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '-')))
            return false;
    }
    return name.len > 0;
}

/* What would be no string as a value: not so as a name, but it would look so. */
static bool is_word_of_yaml(ddbexpr_str name)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (name.len == strlen(words[i]) && memcmp(name.ptr, words[i], name.len) == 0)
            return true;
    return false;
}

static ddbexpr_status put_quoted(ddbexpr_str text, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    const ddbexpr_value *value = ddbexpr_value_string(arena, text);
    return value ? ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 0, out) : DDBEXPR_NO_MEMORY;
}

ddbexpr_status suite_put_name(ddbexpr_str name, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    return is_bare(name) && !is_word_of_yaml(name) ? ddbexpr_buffer_append(out, name) : put_quoted(name, arena, out);
}

/* A map that a reader would take for a typed value. */
static bool looks_typed(const ddbexpr_value *value)
{
    ddbexpr_str name = ddbexpr_value_name_at(value, 0);
    for (unsigned type = 0; type < DDBEXPR_TYPE_COUNT; type++) {
        const char *tag = ddbexpr_type_name((ddbexpr_type)type);
        if (ddbexpr_value_count(value) == 1 && name.len == strlen(tag) && memcmp(name.ptr, tag, name.len) == 0)
            return true;
    }
    return false;
}

static ddbexpr_status put_members(const ddbexpr_value *value, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    bool named = ddbexpr_value_type(value) == DDBEXPR_M;
    ddbexpr_status status = put(out, named ? "{" : "[");
    for (size_t i = 0; i < ddbexpr_value_count(value) && status == DDBEXPR_OK; i++) {
        if (i)
            status = put(out, ", ");
        if (status == DDBEXPR_OK && named)
            status = suite_put_name(ddbexpr_value_name_at(value, i), arena, out);
        if (status == DDBEXPR_OK && named)
            status = put(out, ": ");
        if (status == DDBEXPR_OK)
            status = suite_put_value(ddbexpr_value_at(value, i), arena, out);
    }
    return status == DDBEXPR_OK ? put(out, named ? "}" : "]") : status;
}

static ddbexpr_status put_tagged(const char *tag, const ddbexpr_value *value, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    ddbexpr_status status = put(out, tag);
    if (status == DDBEXPR_OK)
        status = put_members(value, arena, out);
    return status == DDBEXPR_OK ? put(out, "}") : status;
}

ddbexpr_status suite_put_value(const ddbexpr_value *value, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    switch (ddbexpr_value_type(value)) {
    case DDBEXPR_S:
        return put_quoted(ddbexpr_value_bytes(value), arena, out);
    case DDBEXPR_N:
        return ddbexpr_value_print_number(value, out);
    case DDBEXPR_BOOL:
        return put(out, ddbexpr_value_truth(value) ? "true" : "false");
    case DDBEXPR_NULL:
        return put(out, "null");
    case DDBEXPR_L:
        return put_members(value, arena, out);
    case DDBEXPR_M:
        return looks_typed(value) ? put_tagged("{M: ", value, arena, out) : put_members(value, arena, out);
    case DDBEXPR_SS:
        return put_tagged("{SS: ", value, arena, out);
    case DDBEXPR_NS:
        return put_tagged("{NS: ", value, arena, out);
    case DDBEXPR_B:
    case DDBEXPR_BS:
        break;
    }
    return ddbexpr_json_write_value(value, DDBEXPR_JSON_TYPED, 0, out);
}
