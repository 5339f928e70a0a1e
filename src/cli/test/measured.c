/* SPDX-License-Identifier: Apache-2.0 */
/* Scopes, labels and programs: "orders.ddbtest.yaml:12: request pay, action 2, ConditionExpression". */
#include "cli/test/measured.h"

#include <stdio.h>

static ddbexpr_status put(ddbexpr_status status, ddbexpr_buffer *out, ddbexpr_str text)
{
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, text) : status;
}

static ddbexpr_status put_scope(ddbexpr_buffer *out, const struct measured *m)
{
    char action[32];
    snprintf(action, sizeof action, "\n%zu\n", m->action);
    ddbexpr_status status = put(DDBEXPR_OK, out, ddbexpr_cstr(m->path));
    if (!m->request.len)
        return status;
    return put(put(status, out, ddbexpr_cstr(action)), out, m->request);
}

static ddbexpr_status put_label(ddbexpr_buffer *out, const struct measured *m)
{
    char number[48];
    snprintf(number, sizeof number, ":%zu: ", m->line);
    ddbexpr_status status = put(put(DDBEXPR_OK, out, ddbexpr_cstr(m->path)), out, ddbexpr_cstr(number));
    if (m->request.len) {
        status = put(put(status, out, ddbexpr_cstr("request ")), out, m->request);
        status = put(status, out, ddbexpr_cstr(", "));
    }
    snprintf(number, sizeof number, "action %zu, ", m->action);
    if (m->action)
        status = put(status, out, ddbexpr_cstr(number));
    return put(status, out, ddbexpr_cstr(ddbexpr_kind_name(m->kind)));
}

int measured_words(struct session *s, const struct measured *m, const char **ret_scope, const char **ret_label)
{
    ddbexpr_buffer_clear(s->out);
    ddbexpr_status status = put(put_scope(s->out, m), s->out, (ddbexpr_str){"", 1});
    size_t scope_end = ddbexpr_buffer_text(s->out).len;
    if (status == DDBEXPR_OK)
        status = put_label(s->out, m);
    *ret_scope = ddbexpr_buffer_text(s->out).ptr;
    *ret_label = *ret_scope + scope_end;
    return status == DDBEXPR_OK ? EXIT_TRUE : exit_for_status(status);
}

ddbexpr_status measured_compile(const ddbexpr_request *r, ddbexpr_kind kind, ddbexpr_str text, ddbexpr_program **ret)
{
    const ddbexpr_bindings bindings = {sizeof bindings, r->names, r->name_count, r->values, r->value_count, true};
    *ret = NULL;
    return text.ptr ? ddbexpr_compile(kind, text, &bindings, NULL, NULL, ret) : DDBEXPR_OK;
}
