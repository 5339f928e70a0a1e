/* SPDX-License-Identifier: Apache-2.0 */
/* Which table a TableName means. It may be an ARN, whose region and account nobody knows here: they are not looked at.
 */
#include "request/outcome.h"

/* Behind the first place where `part` is; 0: it is nowhere. */
static size_t behind(str text, str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (memcmp(text.ptr + i, part.ptr, part.len) == 0)
            return i + part.len;
    return 0;
}

static str rest_of(str text, size_t start) { return str_of(text.ptr + start, text.len - start); }

/* Between the service and the table stand region and account, which may be tokens with colons of their own. */
ddbexpr_str ddbexpr_table_name_of(ddbexpr_str name)
{
    if (name.len < 4 || memcmp(name.ptr, "arn:", 4) != 0)
        return name;
    size_t service = behind(name, STR(":dynamodb:"));
    if (!service)
        return name;
    size_t table = behind(rest_of(name, service), STR(":table/"));
    str bare = table ? rest_of(name, service + table) : name;
    bool has_more = bare.len == 0 || memchr(bare.ptr, '/', bare.len); /* an index, a stream */
    return has_more ? name : bare;
}

static bool find_exactly(const ddbexpr_table *tables, size_t count, str name, size_t *ret)
{
    for (*ret = 0; *ret < count; ++*ret)
        if (str_equal(tables[*ret].name, name))
            return true;
    return false;
}

static bool find(const ddbexpr_table *tables, size_t count, str name, size_t *ret)
{
    *ret = 0;
    if (count == 1 && (name.len == 0 || tables[0].name.len == 0))
        return true;
    return find_exactly(tables, count, name, ret) || find_exactly(tables, count, ddbexpr_table_name_of(name), ret);
}

const ddbexpr_table *ddbexpr_table_named(const ddbexpr_table *tables, size_t table_count, ddbexpr_str name)
{
    size_t index;
    return find(tables, table_count, name, &index) ? &tables[index] : NULL;
}

/* Those that were set up lie side by side, as those that were given. */
struct table *table_named(struct table *tables, size_t count, str name)
{
    size_t index;
    return count && find(tables[0].given, count, name, &index) ? &tables[index] : NULL;
}
