/* SPDX-License-Identifier: Apache-2.0 */
/* Lines as trees: what they say is read by the library, in which members keep their order; their places are found by
 * walking along the text, which is JSON by then. */
#include "cli/test/case_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- faults --- */

static struct test_place place_of(const struct case_line *line, size_t offset)
{
    size_t column = 1;
    for (size_t i = 0; i < offset && i < line->text.len; i++)
        column += ((unsigned char)line->text.ptr[i] & 0xc0) != 0x80;
    return (struct test_place){line->number, column};
}

static size_t offset_of(const struct case_line *line, const struct case_node *node)
{
    return (size_t)(node->text.ptr - line->text.ptr);
}

struct test_place case_place(const struct case_line *line, const struct case_node *node)
{
    return place_of(line, offset_of(line, node));
}

__attribute__((format(printf, 3, 0))) static void tell(struct case_line *line, size_t offset, const char *format,
                                                       va_list arguments)
{
    char message[1024];
    struct test_place place = place_of(line, offset);
    vsnprintf(message, sizeof message, format, arguments);
    line->faults++;
    complain("%s:%zu:%zu: %s", line->path, place.line, place.column, message);
}

void case_fault_at(struct case_line *line, size_t offset, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(line, offset, format, arguments);
    va_end(arguments);
}

void case_fault(struct case_line *line, const struct case_node *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(line, offset_of(line, at), format, arguments);
    va_end(arguments);
}

void case_tell_refusal(struct case_line *line, size_t offset, const char *what)
{
    const ddbexpr_diag *diag = ddbexpr_diags_verdict(line->diags);
    ddbexpr_str message = diag ? ddbexpr_diag_message(diag) : ddbexpr_cstr("it cannot be read");
    if (diag && ddbexpr_diag_has_span(diag))
        offset += ddbexpr_diag_span(diag).start;
    case_fault_at(line, offset, "%s%.*s", what, (int)message.len, message.ptr);
    ddbexpr_diags_clear(line->diags);
}

void *case_alloc(struct case_line *line, size_t count, size_t size)
{
    /* counts are of nodes, each of which took a byte of the line at least */
    void *memory = ddbexpr_arena_alloc(line->arena, count * size + 1);
    if (memory)
        memset(memory, 0, count * size + 1);
    else
        line->no_memory = true;
    return memory;
}

/* --- the line --- */

static size_t skip_blanks(ddbexpr_str text, size_t at)
{
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t' || text.ptr[at] == '\r'))
        at++;
    return at;
}

static size_t end_of_string(ddbexpr_str text, size_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"'; at++)
        if (text.ptr[at] == '\\')
            at++;
    return at + 1;
}

/* Where the value ends that begins at `at`. */
static size_t end_of_value(ddbexpr_str text, size_t at)
{
    size_t depth = 0;
    do {
        char c = text.ptr[at];
        if (c == '"') {
            at = end_of_string(text, at);
        } else if (c == '{' || c == '[') {
            depth++;
            at++;
        } else if (c == '}' || c == ']') {
            depth--;
            at++;
        } else if (depth) {
            at++;
        } else {
            return at + strcspn(text.ptr + at, ",]} \t\r\n"); /* a NUL stands behind every line */
        }
    } while (depth && at < text.len);
    return at;
}

bool case_read_line(struct case_line *line, struct case_node *ret)
{
    size_t start = skip_blanks(line->text, 0);
    ddbexpr_status status =
        ddbexpr_json_read_item(line->arena, line->text, DDBEXPR_JSON_PLAIN, line->diags, &ret->value);
    if (status == DDBEXPR_OK)
        ret->text = (ddbexpr_str){line->text.ptr + start, end_of_value(line->text, start) - start};
    else if (status == DDBEXPR_INVALID && strcmp(ddbexpr_diag_code(ddbexpr_diags_at(line->diags, 0)), "DX906") == 0)
        case_fault_at(line, start, "a case is an object");
    else if (status == DDBEXPR_INVALID)
        case_tell_refusal(line, 0, "no JSON: ");
    else
        status == DDBEXPR_LIMIT ? case_fault_at(line, 0, "larger than 2 GB") : (void)(line->no_memory = true);
    return status == DDBEXPR_OK;
}

/* --- walking --- */

bool case_next(struct case_walk *walk, ddbexpr_str *ret_name, struct case_node *ret)
{
    const ddbexpr_value *value = walk->of->value;
    ddbexpr_str text = walk->of->text;
    if (walk->index == ddbexpr_value_count(value))
        return false;
    size_t at = skip_blanks(text, walk->offset);
    if (ddbexpr_value_type(value) == DDBEXPR_M)
        at = skip_blanks(text, skip_blanks(text, end_of_string(text, at)) + 1);
    size_t end = end_of_value(text, at);
    *ret = (struct case_node){ddbexpr_value_at(value, walk->index), {text.ptr + at, end - at}};
    if (ret_name)
        *ret_name = ddbexpr_value_name_at(value, walk->index);
    walk->index++;
    walk->offset = skip_blanks(text, end) + 1; /* behind the comma */
    return true;
}

bool case_member(const struct case_node *object, const char *name, struct case_node *ret)
{
    struct case_walk walk = case_walk_of(object);
    ddbexpr_str found;
    bool is_there = ddbexpr_value_get(object->value, ddbexpr_cstr(name)) != NULL;
    while (is_there && (is_there = case_next(&walk, &found, ret)) && !same_text(found, ddbexpr_cstr(name)))
        continue;
    return is_there;
}

/* --- what a node should be --- */

bool case_is(struct case_line *line, const struct case_node *node, ddbexpr_type type, const char *what)
{
    bool good = ddbexpr_value_type(node->value) == type;
    if (!good)
        case_fault(line, node, "%s", what);
    return good;
}

bool case_is_null(const struct case_node *node) { return ddbexpr_value_type(node->value) == DDBEXPR_NULL; }

static void unknown_member(struct case_line *line, const struct case_node *node, const char *what, ddbexpr_str name,
                           const char *const *names)
{
    char known[256] = "";
    for (; *names; names++) {
        strncat(known, *names, sizeof known - strlen(known) - 1);
        strncat(known, names[1] ? ", " : "", sizeof known - strlen(known) - 1);
    }
    case_fault(line, node, "%s has no `%.*s`; it may have %s", what, (int)name.len, name.ptr, known);
}

bool case_has_only(struct case_line *line, const struct case_node *node, const char *what, const char *const *names)
{
    struct case_walk walk = case_walk_of(node);
    struct case_node member;
    ddbexpr_str name;
    size_t faults = line->faults;
    if (ddbexpr_value_type(node->value) != DDBEXPR_M) {
        case_fault(line, node, "%s is an object", what);
        return false;
    }
    while (case_next(&walk, &name, &member)) {
        size_t n = 0;
        while (names[n] && !same_text(name, ddbexpr_cstr(names[n])))
            n++;
        if (!names[n])
            unknown_member(line, &member, what, name, names);
    }
    return line->faults == faults;
}

bool case_texts(struct case_line *line, const struct case_node *node, const char *name, bool may_be_list,
                const ddbexpr_str **ret, size_t *ret_count)
{
    bool is_list = may_be_list && ddbexpr_value_type(node->value) == DDBEXPR_L;
    size_t count = is_list ? ddbexpr_value_count(node->value) : 1;
    ddbexpr_str *texts = case_alloc(line, count, sizeof *texts);
    bool good = count > 0;
    for (size_t i = 0; texts && good && i < count; i++) {
        const ddbexpr_value *text = is_list ? ddbexpr_value_at(node->value, i) : node->value;
        good = ddbexpr_value_type(text) == DDBEXPR_S;
        texts[i] = ddbexpr_value_bytes(text);
    }
    if (!good)
        case_fault(line, node, "`%s` is a text%s", name, may_be_list ? " or a list of texts" : "");
    *ret = texts;
    *ret_count = count;
    return texts && good;
}
