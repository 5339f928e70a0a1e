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
    bool lined;       /* array: each item begins a line of its own */
    bool indented;    /* an item spreads over lines */
    bool exported;    /* {"Item": {…}} */
    ddbexpr_str lead; /* array: the blanks before an item */
};

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static size_t skip_blanks(ddbexpr_str text, size_t at)
{
    while (at < text.len && is_blank(text.ptr[at]))
        at++;
    return at;
}

static struct file_form form_of(ddbexpr_str text)
{
    struct file_form form = {false, false, false, false, {NULL, 0}};
    size_t at = skip_blanks(text, 0);
    form.array = at < text.len && text.ptr[at] == '[';
    if (form.array) {
        size_t item = skip_blanks(text, at + 1), line = item;
        while (line > at + 1 && text.ptr[line - 1] != '\n')
            line--;
        form.lined = line > at + 1;
        form.lead = (ddbexpr_str){text.ptr + line, form.lined ? item - line : 0};
        at = item;
    }
    /* The item's first line ends in its closing brace (and a comma), or the item goes on. */
    const char *newline = at < text.len ? memchr(text.ptr + at, '\n', text.len - at) : NULL;
    size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
    while (end > at && (is_blank(text.ptr[end - 1]) || text.ptr[end - 1] == ','))
        end--;
    form.indented = newline && end > at && text.ptr[end - 1] != '}' && text.ptr[end - 1] != ']';
    const char *item = memmem(text.ptr, text.len, "\"Item\"", 6);
    form.exported = item && item == memchr(text.ptr, '"', text.len); /* the first name of all is Item */
    return form;
}

/* Appends a text with every line but the first behind `lead`. */
static ddbexpr_status put_led(ddbexpr_str text, ddbexpr_str lead, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    while (text.len && status == DDBEXPR_OK) {
        const char *newline = memchr(text.ptr, '\n', text.len);
        size_t length = newline ? (size_t)(newline - text.ptr) + 1 : text.len;
        status = ddbexpr_buffer_append(out, (ddbexpr_str){text.ptr, length});
        if (newline && status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(out, lead);
        text.ptr += length;
        text.len -= length;
    }
    return status;
}

static ddbexpr_status put_one(struct session *s, struct file_form form, const ddbexpr_value *item, ddbexpr_buffer *out)
{
    ddbexpr_buffer_clear(s->out);
    ddbexpr_status status = form.exported ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("{\"Item\":")) : DDBEXPR_OK;
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_item(item, s->form, form.indented ? 2 : 0, s->out);
    if (status == DDBEXPR_OK && form.exported)
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("}"));
    return status == DDBEXPR_OK ? put_led(ddbexpr_buffer_text(s->out), form.lead, out) : status;
}

static ddbexpr_status put_all(struct session *s, struct file_form form, const ddbexpr_outcome *o, size_t table,
                              ddbexpr_buffer *out)
{
    size_t count = ddbexpr_outcome_table_item_count(o, table);
    if (!form.array && count != 1)
        form.indented = false; /* an object that became several: one a line */
    ddbexpr_status status = form.array ? ddbexpr_buffer_append(out, ddbexpr_cstr("[")) : DDBEXPR_OK;
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++) {
        const char *before = !form.array ? "" : form.lined ? (i ? ",\n" : "\n") : (i ? ", " : "");
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(before));
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(out, form.lead);
        if (status == DDBEXPR_OK)
            status = put_one(s, form, ddbexpr_outcome_table_item_at(o, table, i), out);
        if (status == DDBEXPR_OK && !form.array)
            status = ddbexpr_buffer_append(out, ddbexpr_cstr("\n"));
    }
    if (status == DDBEXPR_OK && form.array)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(form.lined ? "\n]\n" : "]\n"));
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
    ddbexpr_buffer_clear(s->out);
    ddbexpr_buffer_free(out);
    return done;
}
