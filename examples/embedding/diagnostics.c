/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with an expression: every fault as data, the service's own answer, and the suggested fix. */
#include <ddbexpr/ddbexpr.h>

#include <stdio.h>

/* [print] */
static void print(const char *label, ddbexpr_str text) { printf("%s%.*s\n", label, (int)text.len, text.ptr); }
/* [end] */

/* [each] */
static void print_faults(const ddbexpr_diags *diags)
{
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(diags, i);
        ddbexpr_span span = ddbexpr_diag_span(diag);
        printf("%s %s, bytes %u to %u\n", ddbexpr_diag_code(diag), ddbexpr_diag_name(diag), span.start, span.end);
        print("  ", ddbexpr_diag_message(diag));
        print("  ", ddbexpr_diag_hint(diag));
    }
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    if (verdict)
        print("the service: ", ddbexpr_diag_service_message(verdict));
}
/* [end] */

/* [fix] */
static ddbexpr_status print_fixed(const ddbexpr_diags *diags, ddbexpr_str text)
{
    ddbexpr_buffer *buffer;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &buffer);
    if (status != DDBEXPR_OK)
        return status;
    status = ddbexpr_fix_text(diags, -1, DDBEXPR_SOURCE_CONDITION, text, false, buffer, NULL, NULL);
    if (status == DDBEXPR_OK)
        print("mended: ", ddbexpr_buffer_text(buffer));
    ddbexpr_buffer_free(buffer);
    return status;
}
/* [end] */

int main(void)
{
    /* [compile] */
    ddbexpr_diags *diags;
    ddbexpr_program *program;
    ddbexpr_str text = ddbexpr_cstr("status == paid");
    if (ddbexpr_diags_new(NULL, &diags) != DDBEXPR_OK)
        return 1;
    ddbexpr_status status = ddbexpr_compile(DDBEXPR_CONDITION, text, NULL, NULL, diags, &program);
    if (status == DDBEXPR_INVALID) {
        print_faults(diags);
        status = print_fixed(diags, text);
    } else if (status == DDBEXPR_OK) {
        ddbexpr_program_free(program);
    }
    ddbexpr_diags_free(diags);
    return status != DDBEXPR_OK;
    /* [end] */
}
