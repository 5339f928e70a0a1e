/* SPDX-License-Identifier: Apache-2.0 */
/* What is too long for str.h, and the names of the enums in <ddbexpr/api.h>. */
#include "base/str.h"

ddbexpr_str ddbexpr_cstr(const char *text) { return str_of(text, strlen(text)); }

const char *ddbexpr_kind_name(ddbexpr_kind kind)
{
    static const char *const names[] = {
        [DDBEXPR_CONDITION] = "ConditionExpression",        [DDBEXPR_FILTER] = "FilterExpression",
        [DDBEXPR_KEY_CONDITION] = "KeyConditionExpression", [DDBEXPR_UPDATE] = "UpdateExpression",
        [DDBEXPR_PROJECTION] = "ProjectionExpression",
    };
    return names[kind];
}

const char *ddbexpr_status_name(ddbexpr_status status)
{
    static const char *const names[] = {
        [DDBEXPR_OK] = "OK",       [DDBEXPR_INVALID] = "INVALID", [DDBEXPR_NO_MEMORY] = "NO_MEMORY",
        [DDBEXPR_LIMIT] = "LIMIT", [DDBEXPR_MISUSE] = "MISUSE",
    };
    return names[status];
}
