/* SPDX-License-Identifier: Apache-2.0 */
/* Wrapping text at blanks. */
#include "base/wrap.h"

#include "base/visible.h"

size_t wrap_put(buffer *out, str text, size_t column, size_t indent, size_t width)
{
    bool line_has_word = false;
    for (size_t at = 0; at < text.len;) {
        size_t blanks = at, end;
        while (blanks < text.len && text.ptr[blanks] == ' ')
            blanks++;
        end = blanks;
        while (end < text.len && text.ptr[end] != ' ')
            end++;
        str word = str_of(text.ptr + blanks, end - blanks);
        size_t columns = visible_put(NULL, word);
        if (width && line_has_word && column + (blanks - at) + columns > width) {
            buffer_char(out, '\n');
            buffer_repeat(out, ' ', indent);
            column = indent;
        } else {
            buffer_repeat(out, ' ', blanks - at);
            column += blanks - at;
        }
        visible_put(out, word);
        column += columns;
        line_has_word = true;
        at = end;
    }
    return column;
}
