/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical forms of what findings are about. INVARIANT: baselines in people's repositories hold them, so what they
 * are made of cannot change without all of these findings coming up again. */
#include "cli/check/finding_key.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* False: the source is no expression. */
static bool kind_of_source(ddbexpr_source source, ddbexpr_kind *ret)
{
    static const struct {
        ddbexpr_source source;
        ddbexpr_kind kind;
    } kinds[] = {
        {DDBEXPR_SOURCE_CONDITION, DDBEXPR_CONDITION},         {DDBEXPR_SOURCE_FILTER, DDBEXPR_FILTER},
        {DDBEXPR_SOURCE_KEY_CONDITION, DDBEXPR_KEY_CONDITION}, {DDBEXPR_SOURCE_UPDATE, DDBEXPR_UPDATE},
        {DDBEXPR_SOURCE_PROJECTION, DDBEXPR_PROJECTION},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].source == source) {
            *ret = kinds[i].kind;
            return true;
        }
    return false;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* A text that is no expression: every stretch of blanks as one. */
static ddbexpr_status append_squeezed(ddbexpr_buffer *buffer, ddbexpr_str text)
{
    ddbexpr_status status = DDBEXPR_OK;
    bool first = true;
    for (size_t i = 0; status == DDBEXPR_OK && i < text.len;) {
        size_t start = i;
        while (i < text.len && !is_blank(text.ptr[i]))
            i++;
        if (i > start) {
            if (!first)
                status = ddbexpr_buffer_append(buffer, ddbexpr_cstr(" "));
            if (status == DDBEXPR_OK)
                status = ddbexpr_buffer_append_visible(buffer, (ddbexpr_str){text.ptr + start, i - start}, NULL);
            first = false;
        }
        while (i < text.len && is_blank(text.ptr[i]))
            i++;
    }
    return status;
}

static ddbexpr_status append_canonical(ddbexpr_buffer *buffer, ddbexpr_kind kind, ddbexpr_str text)
{
    static const ddbexpr_format_options options = {sizeof options, 0, true};
    ddbexpr_expression *expression;
    ddbexpr_buffer *formatted;
    ddbexpr_status status = ddbexpr_parse_lenient(kind, text, NULL, NULL, &expression);
    if (status != DDBEXPR_OK)
        return status == DDBEXPR_NO_MEMORY ? status : append_squeezed(buffer, text);
    status = ddbexpr_buffer_new(NULL, &formatted);
    if (status == DDBEXPR_OK) {
        status = ddbexpr_expression_format(expression, &options, formatted);
        if (status == DDBEXPR_OK) /* one that is too long to be formatted is left as it was */
            status = append_squeezed(buffer, ddbexpr_buffer_text(formatted));
        ddbexpr_buffer_free(formatted);
    }
    ddbexpr_expression_free(expression);
    return status;
}

ddbexpr_status finding_append_subject(const struct finding *finding, ddbexpr_buffer *buffer)
{
    const ddbexpr_diag *diag = finding->diag;
    ddbexpr_kind kind;
    if (kind_of_source(ddbexpr_diag_source(diag), &kind) && ddbexpr_diag_text(diag).ptr)
        return append_canonical(buffer, kind, ddbexpr_diag_text(diag));
    ddbexpr_str member = ddbexpr_diag_member(diag);
    ddbexpr_status status = ddbexpr_buffer_append(buffer, ddbexpr_cstr(ddbexpr_source_name(ddbexpr_diag_source(diag))));
    if (status == DDBEXPR_OK && member.len)
        status = ddbexpr_buffer_append(buffer, ddbexpr_cstr(" "));
    return status == DDBEXPR_OK ? ddbexpr_buffer_append_visible(buffer, member, NULL) : status;
}

ddbexpr_status finding_append_file(const struct finding *finding, ddbexpr_buffer *buffer)
{
    const char *path = finding->unit->file ? finding->unit->file->path : NULL;
    if (!path)
        return DDBEXPR_OK;
    while (path[0] == '.' && path[1] == '/')
        path += 2 + strspn(path + 2, "/");
    return ddbexpr_buffer_append_visible(buffer, ddbexpr_cstr(path), NULL);
}

/* FNV-1a: to tell findings apart, not to keep anybody out. */
static uint64_t hash_more(uint64_t hash, ddbexpr_str text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(1099511628211);
    return (hash ^ 0xff) * UINT64_C(1099511628211); /* a byte that is in no text: the end */
}

ddbexpr_status finding_hash(const struct finding *finding, ddbexpr_buffer *scratch, char ret[17])
{
    ddbexpr_buffer_clear(scratch);
    ddbexpr_status status = finding_append_subject(finding, scratch);
    if (status != DDBEXPR_OK)
        return status;
    uint64_t hash = hash_more(UINT64_C(14695981039346656037), ddbexpr_cstr(ddbexpr_diag_code(finding->diag)));
    snprintf(ret, 17, "%016" PRIx64, hash_more(hash, ddbexpr_buffer_text(scratch)));
    return DDBEXPR_OK;
}
