/* SPDX-License-Identifier: Apache-2.0 */
/* Attribute values in a short notation, read and written, so that tests say what they mean in one line:
 *
 *     'text'  S       12.5   N       b'bytes'  B       true  false  BOOL       null  NULL
 *     [1, 'a']  L     {name: 1, 'odd name': 2}  M      <'a', 'b'>  <1, 2>  <b'x'>  SS NS BS
 *     SS<>  NS<>  BS<>  empty sets, which are faulty       n'no number'  an N of any text
 *
 * Inside quotes \0 is a NUL, \' a quote, \\ a backslash. Written values come in one form only: entries and elements in
 * their order, members of sets sorted, numbers in normal form, one blank after each comma and colon. It must not know
 * what is done with values; reading uses the public constructors, writing the public getters. */
#ifndef DDBEXPR_TESTS_VALUES_H
#define DDBEXPR_TESTS_VALUES_H

#include "support.h"

#include <ddbexpr/value.h>

/* --- reading --- */

struct notation {
    const char *at;
    const char *whole; /* for messages */
    ddbexpr_arena *arena;
};

struct notation_members {
    const ddbexpr_value **values;
    str *names;
    size_t count;
};

static inline const ddbexpr_value *notation_value(struct notation *n);

static inline _Noreturn void notation_bad(const struct notation *n, const char *what)
{
    fprintf(stderr, "notation: %s at '%s' of '%s'\n", what, n->at, n->whole);
    abort();
}

static inline void notation_blanks(struct notation *n) { n->at += strspn(n->at, " \n"); }

static inline bool notation_take(struct notation *n, const char *text)
{
    notation_blanks(n);
    size_t length = strlen(text);
    if (strncmp(n->at, text, length) != 0)
        return false;
    n->at += length;
    return true;
}

/* The content of '…', the first quote of which was taken. The caller frees it. */
static inline str notation_quoted(struct notation *n)
{
    char *bytes = malloc(strlen(n->at) + 1);
    size_t count = 0;
    assert_non_null(bytes);
    for (; *n->at && *n->at != '\''; n->at++) {
        bool escaped = *n->at == '\\' && n->at[1];
        if (escaped)
            n->at++;
        bytes[count++] = escaped && *n->at == '0' ? '\0' : *n->at;
    }
    if (*n->at != '\'')
        notation_bad(n, "quote not closed");
    n->at++;
    return (str){bytes, count};
}

static inline void notation_grow(struct notation_members *m)
{
    m->values = realloc(m->values, (m->count + 1) * sizeof *m->values);
    assert_non_null(m->values);
    m->names = realloc(m->names, (m->count + 1) * sizeof *m->names);
    assert_non_null(m->names);
    m->count++;
}

static inline str notation_name(struct notation *n)
{
    str name;
    if (notation_take(n, "'")) {
        name = notation_quoted(n);
    } else {
        /* a bare name may begin with a colon, as placeholders do */
        size_t length = *n->at ? 1 + strcspn(n->at + 1, ": ,}") : 0;
        char *copy = malloc(length + 1);
        assert_non_null(copy);
        memcpy(copy, n->at, length);
        name = (str){copy, length};
        n->at += length;
    }
    if (!notation_take(n, ":"))
        notation_bad(n, "colon wanted");
    return name;
}

/* What stands up to `close`, the opening sign of which was taken. */
static inline struct notation_members notation_members(struct notation *n, const char *close, bool named)
{
    struct notation_members m = {NULL, NULL, 0};
    while (!notation_take(n, close)) {
        if (m.count && !notation_take(n, ","))
            notation_bad(n, "comma wanted");
        notation_blanks(n);
        notation_grow(&m);
        m.names[m.count - 1] = named ? notation_name(n) : (str){NULL, 0};
        m.values[m.count - 1] = notation_value(n);
    }
    return m;
}

static inline const ddbexpr_value *notation_container(struct notation *n, char sign, ddbexpr_type type)
{
    struct notation_members m = notation_members(n, sign == '[' ? "]" : sign == '{' ? "}" : ">", sign == '{');
    const ddbexpr_value *v;
    if (sign == '[')
        v = ddbexpr_value_list(n->arena, m.values, m.count);
    else if (sign == '{')
        v = ddbexpr_value_map(n->arena, m.names, m.values, m.count);
    else if (m.count)
        v = ddbexpr_value_set(n->arena, (ddbexpr_type)(ddbexpr_value_type(m.values[0]) + DDBEXPR_SS), m.values,
                              m.count);
    else
        v = ddbexpr_value_set(n->arena, type, m.values, 0);
    for (size_t i = 0; i < m.count; i++)
        free((char *)(uintptr_t)m.names[i].ptr);
    free(m.names);
    free(m.values);
    return v;
}

static inline const ddbexpr_value *notation_text(struct notation *n, ddbexpr_type type)
{
    str bytes = notation_quoted(n);
    const ddbexpr_value *v = type == DDBEXPR_S   ? ddbexpr_value_string(n->arena, bytes)
                             : type == DDBEXPR_B ? ddbexpr_value_binary(n->arena, bytes)
                                                 : ddbexpr_value_number(n->arena, bytes);
    free((char *)(uintptr_t)bytes.ptr);
    return v;
}

static inline const ddbexpr_value *notation_any(struct notation *n)
{
    notation_blanks(n);
    if (notation_take(n, "'"))
        return notation_text(n, DDBEXPR_S);
    if (notation_take(n, "b'"))
        return notation_text(n, DDBEXPR_B);
    if (notation_take(n, "n'"))
        return notation_text(n, DDBEXPR_N);
    if (notation_take(n, "["))
        return notation_container(n, '[', DDBEXPR_L);
    if (notation_take(n, "{"))
        return notation_container(n, '{', DDBEXPR_M);
    if (notation_take(n, "SS<"))
        return notation_container(n, '<', DDBEXPR_SS);
    if (notation_take(n, "NS<"))
        return notation_container(n, '<', DDBEXPR_NS);
    if (notation_take(n, "BS<"))
        return notation_container(n, '<', DDBEXPR_BS);
    if (notation_take(n, "<"))
        return notation_container(n, '<', DDBEXPR_NULL);
    if (notation_take(n, "true"))
        return ddbexpr_value_bool(n->arena, true);
    if (notation_take(n, "false"))
        return ddbexpr_value_bool(n->arena, false);
    if (notation_take(n, "null"))
        return ddbexpr_value_null(n->arena);
    size_t length = strspn(n->at, "+-.0123456789eE");
    if (length == 0)
        notation_bad(n, "value wanted");
    n->at += length;
    return ddbexpr_value_number(n->arena, (str){n->at - length, length});
}

static inline const ddbexpr_value *notation_value(struct notation *n)
{
    const ddbexpr_value *v = notation_any(n);
    if (!v) {
        fprintf(stderr, "notation: no value came of what stands before '%s' of '%s'\n", n->at, n->whole);
        _fail(__FILE__, __LINE__);
    }
    return v;
}

/* The value of a text in the notation. Ends the program if the text is wrong: that is a fault of the test. */
static inline const ddbexpr_value *value_of(ddbexpr_arena *a, const char *text)
{
    struct notation n = {text, text, a};
    const ddbexpr_value *v = notation_value(&n);
    notation_blanks(&n);
    if (*n.at)
        notation_bad(&n, "end wanted");
    return v;
}

/* --- writing --- */

static inline void notation_write(const ddbexpr_value *v, ddbexpr_buffer *out);

static inline void notation_put(ddbexpr_buffer *out, const char *text)
{
    ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

static inline void notation_write_quoted(str bytes, ddbexpr_buffer *out)
{
    notation_put(out, "'");
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.ptr[i] == '\0')
            notation_put(out, "\\0");
        else if (bytes.ptr[i] == '\'' || bytes.ptr[i] == '\\')
            ddbexpr_buffer_append(out, (str){bytes.ptr[i] == '\'' ? "\\'" : "\\\\", 2});
        else
            ddbexpr_buffer_append(out, (str){bytes.ptr + i, 1});
    }
    notation_put(out, "'");
}

static inline void notation_write_name(str name, ddbexpr_buffer *out)
{
    bool bare = name.len > 0;
    for (size_t i = 0; i < name.len; i++)
        bare &= name.ptr[i] != '\0' && strchr(" ,}'\\", name.ptr[i]) == NULL && (name.ptr[i] != ':' || i == 0);
    if (bare)
        ddbexpr_buffer_append(out, name);
    else
        notation_write_quoted(name, out);
    notation_put(out, ": ");
}

static inline void notation_write_members(const ddbexpr_value *v, const char *open, const char *close,
                                          ddbexpr_buffer *out)
{
    notation_put(out, open);
    for (size_t i = 0; i < ddbexpr_value_count(v); i++) {
        if (i)
            notation_put(out, ", ");
        if (ddbexpr_value_type(v) == DDBEXPR_M)
            notation_write_name(ddbexpr_value_name_at(v, i), out);
        notation_write(ddbexpr_value_at(v, i), out);
    }
    notation_put(out, close);
}

static inline void notation_write(const ddbexpr_value *v, ddbexpr_buffer *out)
{
    switch (ddbexpr_value_type(v)) {
    case DDBEXPR_S:
        notation_write_quoted(ddbexpr_value_bytes(v), out);
        break;
    case DDBEXPR_N:
        ddbexpr_value_print_number(v, out);
        break;
    case DDBEXPR_B:
        notation_put(out, "b");
        notation_write_quoted(ddbexpr_value_bytes(v), out);
        break;
    case DDBEXPR_BOOL:
        notation_put(out, ddbexpr_value_truth(v) ? "true" : "false");
        break;
    case DDBEXPR_NULL:
        notation_put(out, "null");
        break;
    case DDBEXPR_L:
        notation_write_members(v, "[", "]", out);
        break;
    case DDBEXPR_M:
        notation_write_members(v, "{", "}", out);
        break;
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:
        if (ddbexpr_value_count(v) == 0)
            notation_put(out, ddbexpr_type_name(ddbexpr_value_type(v)));
        notation_write_members(v, "<", ">", out);
        break;
    }
}

static inline void test_value_is(const ddbexpr_value *v, const char *expected, const char *file, int line)
{
    ddbexpr_buffer *out = NULL;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    if (v)
        notation_write(v, out);
    else
        notation_put(out, "(none)");
    str actual = ddbexpr_buffer_text(out);
    bool same = str_equal(actual, ddbexpr_cstr(expected));
    if (!same)
        fprintf(stderr, "value:    %.*s\nexpected: %s\n", (int)actual.len, actual.ptr, expected);
    ddbexpr_buffer_free(out);
    if (!same)
        _fail(file, line);
}

/* The value, written in the notation, is the text; "(none)" for NULL. */
#define assert_value_is(value, text) test_value_is((value), (text), __FILE__, __LINE__)

#endif
