/* SPDX-License-Identifier: Apache-2.0 */
/* Looking up reserved words in the table that scripts/make_reserved_words.py makes from grammar/reserved_words.txt. */
#include "check/reserved.h"

#include "reserved_words.inc" /* reserved_words[], sorted; reserved_starts[27]; RESERVED_LONGEST */

enum reserved_state reserved_word(str name)
{
    char upper[RESERVED_LONGEST];
    if (name.len == 0 || name.len > RESERVED_LONGEST)
        return RESERVED_NOT;
    for (size_t i = 0; i < name.len; i++)
        upper[i] = (char)(name.ptr[i] >= 'a' && name.ptr[i] <= 'z' ? name.ptr[i] - 32 : name.ptr[i]);
    if (upper[0] < 'A' || upper[0] > 'Z')
        return RESERVED_NOT;
    str word = str_of(upper, name.len);
    size_t low = reserved_starts[upper[0] - 'A'], high = reserved_starts[upper[0] - 'A' + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(reserved_words[middle], word);
        if (order == 0)
            return str_equal(word, STR("CONVERT")) || str_equal(word, STR("SIZE")) ? RESERVED_DISPUTED : RESERVED_YES;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return RESERVED_NOT;
}
