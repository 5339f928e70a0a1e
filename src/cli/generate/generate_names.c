/* SPDX-License-Identifier: Apache-2.0 */
/* Names. Those of attributes differ in what they ask of an engine: some are reserved, some hold what no name in an
 * expression can, some differ by one letter or by its case. */
#include "cli/generate/generate_names.h"

static const char *const plain[] = {
    "price", "stock", "score",   "rating",  "title",   "email",  "nickname", "tags",  "labels", "address", "meta",
    "photo", "flags", "enabled", "note",    "visits",  "a",      "b",        "Price", "price2", "amount",  "balance",
    "zip",   "qty",   "rev",     "version", "history", "matrix", "payload",  "NULLs", "sizes",  "x_1"};

static const char *const aliased[] = {"status", "name", "count", "size",  "data",   "Value", "first name", "a.b",
                                      "x-y",    "_rev", "2fast", "naïve", "日本語", "a[0]",  "#n",         ":v",
                                      "😀",      "SET",  "and",   "\"q\"", " ",      "items", "comment"};

ddbexpr_str names_attribute(struct generator *g)
{
    return ddbexpr_cstr(throw_percent(g, 75) ? PICK(g, plain) : PICK(g, aliased));
}

static const char *const partitions[] = {"pk", "id", "uid", "order"};
static const char *const sorts[] = {"sk", "ts", "range", "part_no"};

ddbexpr_str names_partition(struct generator *g) { return ddbexpr_cstr(PICK(g, partitions)); }
ddbexpr_str names_sort(struct generator *g) { return ddbexpr_cstr(PICK(g, sorts)); }

ddbexpr_str names_table(struct generator *g)
{
    static const char *const tables[] = {"Orders", "Accounts", "users.v2", "Log-1", "a_b"};
    return ddbexpr_cstr(PICK(g, tables));
}

ddbexpr_str names_reserved(struct generator *g)
{
    static const char *const words[] = {"status", "Name",  "SIZE", "data",  "Year",  "abort",  "zone",
                                        "value",  "count", "TRUE", "false", "null",  "date",   "select",
                                        "order",  "items", "from", "where", "list",  "map",    "number",
                                        "user",   "ttl",   "hash", "range", "limit", "values", "exists"};
    return ddbexpr_cstr(PICK(g, words));
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool names_is_plain(ddbexpr_str name)
{
    static const char *const reserved[] = {"status", "name", "count", "size",    "data",  "Value",
                                           "SET",    "and",  "items", "comment", "order", "range"};
    if (name.len == 0 || !is_letter(name.ptr[0]))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (!is_letter(name.ptr[i]) && !(name.ptr[i] >= '0' && name.ptr[i] <= '9') && name.ptr[i] != '_')
            return false;
    for (size_t i = 0; i < COUNT(reserved); i++)
        if (str_is(name, reserved[i]))
            return false;
    return true;
}
