/* SPDX-License-Identifier: Apache-2.0 */
/* Quoting and blocks of YAML. Must not know what is written. */
#include "cli/report/yaml_text.h"

#include "cli/report/report_clean.h"

#include <stdio.h>

/* Writes the escape of what stands at the start of a valid text. Returns how many bytes that is; 0: none is needed. */
static size_t escape(ddbexpr_str text, char ret_escape[16])
{
    unsigned char c = (unsigned char)text.ptr[0];
    unsigned code = clean_unprintable_code(text);
    if (code) {
        snprintf(ret_escape, 16, code < 0x100 ? "\\x%02x" : "\\u%04x", code);
        return code < 0x800 ? 2 : 3;
    }
    if (c == '"' || c == '\\')
        snprintf(ret_escape, 16, "\\%c", c);
    else if (c == '\n' || c == '\t' || c == '\r')
        snprintf(ret_escape, 16, "\\%c", c == '\n' ? 'n' : c == '\t' ? 't' : 'r');
    else if (c < 0x20 || c == 0x7f)
        snprintf(ret_escape, 16, "\\x%02x", c);
    else
        return 0;
    return 1;
}

static void put_escaped(struct words *words, ddbexpr_str text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.len;) {
        char escaped[16];
        size_t length = escape((ddbexpr_str){text.ptr + i, text.len - i}, escaped);
        if (length) {
            words_bytes(words, (ddbexpr_str){text.ptr + start, i - start});
            words_put(words, escaped);
            start = i + length;
        }
        i += length ? length : 1;
    }
    words_bytes(words, (ddbexpr_str){text.ptr + start, text.len - start});
}

void yaml_quoted(struct words *words, ddbexpr_str text)
{
    struct words valid;
    words_begin(&valid);
    if (valid.status == DDBEXPR_OK)
        valid.status = clean_append(valid.buffer, text, CLEAN_FOR_JSON);
    words_put(words, "\"");
    put_escaped(words, words_text(&valid));
    words_put(words, "\"");
    words_end_part(&valid, words);
}

/* A first line that is empty or begins with a blank would say another indent; what needs escapes has none here; and
 * what ends in several line ends would lose some. */
static bool can_be_block(ddbexpr_str text)
{
    if (text.len == 0 || text.ptr[0] == ' ' || text.ptr[0] == '\n' || text.ptr[text.len - 1] != '\n')
        return false;
    if (text.len >= 2 && text.ptr[text.len - 2] == '\n')
        return false;
    for (size_t i = 0; i < text.len;) {
        char escaped[16];
        ddbexpr_str rest = {text.ptr + i, text.len - i};
        size_t length = clean_length(rest);
        char c = text.ptr[i];
        if (length == 0 || (c != '\n' && c != '"' && c != '\\' && escape(rest, escaped)))
            return false;
        i += length;
    }
    return true;
}

/* Empty lines have their indent as well: some readers take its lack for the end. */
void yaml_lines(struct words *words, ddbexpr_str text, const char *indent)
{
    ddbexpr_str line;
    if (!can_be_block(text)) {
        yaml_quoted(words, text);
        words_put(words, "\n");
        return;
    }
    words_put(words, "|\n");
    while (words_next_line(&text, &line)) {
        words_put(words, indent);
        words_bytes(words, line);
        words_put(words, "\n");
    }
}
