/* SPDX-License-Identifier: Apache-2.0 */
/* Putting a table back into its file. */
#include "cli/file_form.h"
#include "cli/input.h"
#include "cli/operation.h"
#include "cli/replace_file.h"

bool write_back(struct session *s, const char *path, const ddbexpr_outcome *outcome, size_t table)
{
    path = without_scheme(path);
    const ddbexpr_str text = s->stored[table]; /* not what is there by now: that would be lost */
    ddbexpr_buffer *out;
    if (ddbexpr_buffer_new(NULL, &out) != DDBEXPR_OK) {
        complain_no_memory(NULL);
        return false;
    }
    struct file_form form;
    ddbexpr_status status = find_form(s, text, &form);
    if (status == DDBEXPR_OK)
        status = put_table(s, form, outcome, table, out);
    bool done = status == DDBEXPR_OK && replace_file(path, text, ddbexpr_buffer_text(out)) == EXIT_TRUE;
    if (status != DDBEXPR_OK)
        exit_for_status(status);
    ddbexpr_buffer_clear(s->out);
    ddbexpr_buffer_free(out);
    return done;
}
