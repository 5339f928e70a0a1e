/* SPDX-License-Identifier: Apache-2.0 */
/* Putting a table back into its file: all or nothing, whenever the process is killed. */
#define _GNU_SOURCE 1
#include "cli/operation.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The form that a file has. */
struct file_form {
    bool array;
    bool indented; /* the array or object spreads over lines */
    bool exported; /* {"Item": {…}} */
};

static struct file_form form_of(ddbexpr_str text)
{
    struct file_form form = {false, false, false};
    size_t at = 0;
    while (at < text.len && strchr(" \t\r\n", text.ptr[at]))
        at++;
    form.array = at < text.len && text.ptr[at] == '[';
    const char *line_end = memchr(text.ptr, '\n', text.len);
    size_t first = line_end ? (size_t)(line_end - text.ptr) : text.len;
    while (first > 0 && strchr(" \t\r", text.ptr[first - 1]))
        first--;
    form.indented = line_end && first > 0 && text.ptr[first - 1] != '}' && text.ptr[first - 1] != ']';
    const char *item = memmem(text.ptr, text.len, "\"Item\"", 6);
    const char *other = memmem(text.ptr, text.len, "\"", 1);
    form.exported = item && item == other; /* the first name of all is Item */
    return form;
}

static ddbexpr_status put_one(struct session *s, struct file_form form, const ddbexpr_value *item, ddbexpr_buffer *out)
{
    ddbexpr_status status = form.exported ? ddbexpr_buffer_append(out, ddbexpr_cstr("{\"Item\":")) : DDBEXPR_OK;
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_item(item, s->form, form.indented ? 2 : 0, out);
    return status == DDBEXPR_OK && form.exported ? ddbexpr_buffer_append(out, ddbexpr_cstr("}")) : status;
}

static ddbexpr_status put_all(struct session *s, struct file_form form, const ddbexpr_outcome *o, size_t table,
                              ddbexpr_buffer *out)
{
    size_t count = ddbexpr_outcome_table_item_count(o, table);
    if (!form.array && count != 1)
        form.indented = false; /* an object that became several: one a line */
    ddbexpr_status status = form.array ? ddbexpr_buffer_append(out, ddbexpr_cstr("[")) : DDBEXPR_OK;
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++) {
        const char *before = !form.array ? "" : form.indented ? (i ? ",\n" : "\n") : (i ? "," : "");
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(before));
        if (status == DDBEXPR_OK)
            status = put_one(s, form, ddbexpr_outcome_table_item_at(o, table, i), out);
        if (status == DDBEXPR_OK && !form.array)
            status = ddbexpr_buffer_append(out, ddbexpr_cstr("\n"));
    }
    if (status == DDBEXPR_OK && form.array)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(form.indented ? "\n]\n" : "]\n"));
    return status;
}

static bool write_whole(int fd, ddbexpr_str text)
{
    while (text.len > 0) {
        ssize_t written = write(fd, text.ptr, text.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.ptr += written;
        text.len -= (size_t)written;
    }
    return true;
}

/* The folder must be synced as well, or the new name may be lost with the power. */
static bool sync_folder(const char *path)
{
    char *folder = strdup(path);
    if (!folder)
        return false;
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return false;
    bool done = fsync(fd) == 0 || errno == EINVAL;
    close(fd);
    return done;
}

static bool replace_file(const char *path, ddbexpr_str text)
{
    char *real = realpath(path, NULL); /* a link stays a link */
    char *fresh = NULL;
    struct stat old;
    int fd = -1;
    bool done = false;
    if (real && stat(real, &old) == 0 && asprintf(&fresh, "%s.XXXXXX", real) > 0)
        fd = mkostemp(fresh, O_CLOEXEC);
    if (fd >= 0)
        done = fchmod(fd, old.st_mode & 07777) == 0 && write_whole(fd, text) && fsync(fd) == 0;
    int error = errno;
    if (fd >= 0 && close(fd) != 0) {
        error = errno;
        done = false;
    }
    if (done && (rename(fresh, real) != 0 || !sync_folder(real))) {
        error = errno;
        done = false;
    }
    if (!done) {
        if (fd >= 0)
            unlink(fresh);
        complain("%s: cannot be written: %s", path, strerror(error));
    }
    free(fresh);
    free(real);
    return done;
}

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
    if (!read_file(s->arena, path, &text) || ddbexpr_buffer_new(NULL, &out) != DDBEXPR_OK)
        return false;
    ddbexpr_status status = put_all(s, form_of(text), outcome, table, out);
    bool done = status == DDBEXPR_OK && replace_file(path, ddbexpr_buffer_text(out));
    if (status != DDBEXPR_OK)
        exit_for_status(status);
    ddbexpr_buffer_free(out);
    return done;
}
