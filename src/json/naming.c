/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the name of an operation in a text: its letters in order, from the beginning of a word to the end of one, in
 * whichever case, with anything but letters between them. */
#include "json/naming.h"

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_letter(char c) { return is_upper(c) || is_lower(c); }
static char lower(char c) { return is_upper(c) ? (char)(c | 0x20) : c; }

static bool begins_word(str text, size_t at)
{
    return is_letter(text.ptr[at]) &&
           (at == 0 || !is_letter(text.ptr[at - 1]) || (is_lower(text.ptr[at - 1]) && is_upper(text.ptr[at])));
}

static bool ends_word(str text, size_t end) { return end == text.len || !is_lower(text.ptr[end]); }

/* Where the name ends that begins at `at`, or 0. */
static size_t match(str text, size_t at, const char *name)
{
    if (!begins_word(text, at))
        return 0;
    for (; at < text.len && *name; at++) {
        if (!is_letter(text.ptr[at]))
            continue;
        if (lower(text.ptr[at]) != lower(*name++))
            return 0;
    }
    return !*name && ends_word(text, at) ? at : 0;
}

bool json_names_operation(str text, ddbexpr_operation *ret)
{
    for (size_t at = 0; at < text.len; at++)
        for (int o = DDBEXPR_PUT_ITEM; o <= DDBEXPR_TRANSACT_WRITE_ITEMS; o++) {
            size_t end = match(text, at, ddbexpr_operation_name((ddbexpr_operation)o));
            str rest = {text.ptr + end, text.len - end};
            if (!end || (at > 0 && text.ptr[at - 1] != '.') || (rest.len && !str_is(rest, STR("Command"))))
                continue;
            *ret = (ddbexpr_operation)o;
            return true;
        }
    return false;
}

bool json_file_names_operation(str name, ddbexpr_operation *ret)
{
    ddbexpr_operation found = DDBEXPR_PUT_ITEM;
    unsigned count = 0;
    for (size_t i = name.len; i-- > 0;)
        if (name.ptr[i] == '/') {
            name = (str){name.ptr + i + 1, name.len - i - 1};
            break;
        }
    for (size_t at = 0; at < name.len; at++)
        for (int o = DDBEXPR_PUT_ITEM; o <= DDBEXPR_TRANSACT_WRITE_ITEMS; o++)
            if (match(name, at, ddbexpr_operation_name((ddbexpr_operation)o))) {
                count += count == 0 || found != (ddbexpr_operation)o;
                found = (ddbexpr_operation)o;
            }
    if (count != 1)
        return false;
    *ret = found;
    return true;
}
