/* SPDX-License-Identifier: Apache-2.0 */
/* From a fault in a value to its diagnostic: which of them, and how the service lists the members of a set that has
 * one twice (spec: conformance-suite 4, #28). */
#include "check/value_faults.h"

#include "base/base64.h"

static bool begins_with(str text, str prefix)
{
    return text.len >= prefix.len && memcmp(text.ptr, prefix.ptr, prefix.len) == 0;
}

/* The AWS CDK writes a number that it does not know yet as a double with a mark in its highest bits and a small count
 * in its lowest: -1.8881545897087…e+289 (public report: aws-cdk 16175). */
static bool is_cdk_number(str text)
{
    str mark = STR("-1.888154589708"), exponent = STR("289"); /* the shorter of the two */
    return begins_with(text, mark) && begins_with(str_of(text.ptr + text.len - exponent.len, exponent.len), exponent);
}

/* A text that it does not know yet is ${Token[NAME.1]}. */
static bool is_cdk_text(str text) { return begins_with(text, STR("${Token[")); }

static enum diag_id id_of(const struct value_fault *fault)
{
    switch (fault->kind) {
    case FAULT_NO_TYPE:
        return DIAG_VALUE_NO_TYPE;
    case FAULT_SEVERAL_TYPES:
        return DIAG_VALUE_SEVERAL_TYPES;
    case FAULT_NULL_FALSE:
        return DIAG_NULL_FALSE;
    case FAULT_EMPTY_SET:
        return fault->type == DDBEXPR_SS   ? DIAG_EMPTY_STRING_SET
               : fault->type == DDBEXPR_NS ? DIAG_EMPTY_NUMBER_SET
                                           : DIAG_EMPTY_BINARY_SET;
    case FAULT_DUPLICATES:
        return fault->type == DDBEXPR_SS   ? DIAG_DUPLICATE_STRINGS
               : fault->type == DDBEXPR_NS ? DIAG_DUPLICATE_NUMBERS
                                           : DIAG_DUPLICATE_BINARIES;
    case FAULT_NOT_NUMERIC:
        return is_cdk_text(fault->text) ? DIAG_CDK_TEXT : fault->text.len ? DIAG_NOT_NUMERIC : DIAG_EMPTY_NUMBER;
    case FAULT_TOO_MANY_DIGITS:
        return DIAG_TOO_MANY_DIGITS;
    case FAULT_OVERFLOW:
        return is_cdk_number(fault->text) ? DIAG_CDK_NUMBER : DIAG_NUMBER_OVERFLOW;
    case FAULT_UNDERFLOW:
        return DIAG_NUMBER_UNDERFLOW;
    case FAULT_NESTING:;
    }
    return DIAG_VALUE_NESTING;
}

/* A member in a list of members: strings as they are, or quoted in the wording of 2026; binaries in base64. */
static void print_member(const value *member, bool quoted, buffer *out)
{
    if (quoted)
        buffer_char(out, '"');
    if (member->type == DDBEXPR_B)
        base64_print(value_bytes(member), out);
    else
        buffer_put(out, value_bytes(member));
    if (quoted)
        buffer_char(out, '"');
}

/* As sent: "b, a, b". */
static void print_classic(const struct value_fault *fault, buffer *out)
{
    for (uint32_t i = 0; i < fault->count; i++) {
        if (i)
            buffer_text_literal(out, ", ");
        print_member(&fault->elements[i], false, out);
    }
}

/* Stable merge sort of pointers into the members as sent: n log n, also for a set made to be slow. */
static const value **sort_by_member(const value **from, const value **to, uint32_t count)
{
    for (uint64_t width = 1; width < count; width *= 2) {
        for (uint64_t start = 0; start < count; start += 2 * width) {
            uint64_t left = start, middle = start + width < count ? start + width : count;
            uint64_t right = middle, end = start + 2 * width < count ? start + 2 * width : count;
            for (uint64_t at = start; at < end; at++) {
                bool take_left = left < middle && (right == end || value_order_members(from[left], from[right]) <= 0);
                to[at] = from[take_left ? left++ : right++];
            }
        }
        const value **swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/* The members of 2026's text: those before the first repeated one sorted, then that one again, then the rest as sent;
 * strings with a blank after the comma, binaries without (case nub-dup-001; spec: conformance-suite 4, #28). */
static bool print_current(const struct value_fault *fault, arena *a, buffer *out)
{
    const value **pointers = ARENA_ARRAY(a, const value *, fault->count);
    const value **spare = ARENA_ARRAY(a, const value *, fault->count);
    if (!pointers || !spare)
        return false;
    for (uint32_t i = 0; i < fault->count; i++)
        pointers[i] = &fault->elements[i];
    const value **sorted = sort_by_member(pointers, spare, fault->count);
    const value *repeat = fault->elements + fault->count;
    for (uint32_t i = 1; i < fault->count; i++)
        if (sorted[i] < repeat && value_order_members(sorted[i - 1], sorted[i]) == 0)
            repeat = sorted[i];
    str comma = fault->type == DDBEXPR_BS ? STR(",") : STR(", ");
    for (uint32_t i = 0; i < fault->count; i++)
        if (sorted[i] < repeat) {
            print_member(sorted[i], true, out);
            buffer_put(out, comma);
        }
    for (const value *v = repeat; v < fault->elements + fault->count; v++) {
        if (v != repeat)
            buffer_put(out, comma);
        print_member(v, true, out);
    }
    return true;
}

/* Both lists of a set with a member twice, as arguments {0} and {1}. False: no memory. */
static bool list_members(const struct value_fault *fault, arena *a, struct diag_draft *draft)
{
    buffer *out;
    if (ddbexpr_buffer_new(arena_allocator(a), &out) != DDBEXPR_OK)
        return false;
    print_classic(fault, out);
    bool done = buffer_status(out) == DDBEXPR_OK;
    draft->args[0] = arena_copy(a, ddbexpr_buffer_text(out));
    ddbexpr_buffer_clear(out);
    done = done && print_current(fault, a, out) && buffer_status(out) == DDBEXPR_OK;
    draft->args[1] = arena_copy(a, ddbexpr_buffer_text(out));
    ddbexpr_buffer_free(out);
    return done && draft->args[0].ptr && draft->args[1].ptr;
}

bool report_value_fault(const value *v, ddbexpr_source source, str member, bool wrap, ddbexpr_diags *diags)
{
    struct fault_place place;
    struct diag_draft draft = {.source = source, .member = member};
    if (value_height(v) > LIMIT_VALUE_HEIGHT) {
        draft.id = DIAG_VALUE_NESTING;
        draft.wrap_member = wrap;
        diags_add(diags, &draft);
        return true;
    }
    if (!value_first_fault(v, &place))
        return false;
    if (place.bad_name) {
        draft.id = place.name_length == 0 ? DIAG_EMPTY_ATTRIBUTE_NAME : DIAG_ATTRIBUTE_NAME_TOO_LONG;
    } else {
        draft.id = id_of(place.fault);
        draft.wrap_member = wrap;
        draft.args[0] = place.fault->text;
        if (place.fault->kind == FAULT_DUPLICATES && place.fault->type != DDBEXPR_NS && diags &&
            !list_members(place.fault, diags_arena(diags), &draft))
            diags_fail(diags);
    }
    diags_add(diags, &draft);
    return true;
}
