/* SPDX-License-Identifier: Apache-2.0 */
/* Putting a table back into its file. */
#include "cli/file_form.h"
#include "cli/operation.h"
#include "cli/replace_file.h"

#include <string.h>

bool write_back(struct session *s, const char *path, const ddbexpr_outcome *outcome, size_t table)
{
    if (strncmp(path, "file://", 7) == 0)
        path += 7;
    ddbexpr_str text;
    ddbexpr_buffer *out;
    if (strcmp(path, "-") == 0) {
        complain("--write needs a file, not standard input");
        return false;
    }
    if (!read_file(s->arena, path, &text))
        return false;
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
        session_unusable(s, status, path); /* no longer what it was when the table was read */
    ddbexpr_buffer_clear(s->out);
    ddbexpr_buffer_free(out);
    return done;
}
