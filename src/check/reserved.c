/* SPDX-License-Identifier: Apache-2.0 */
/* Looking up reserved words in the table that scripts/make_reserved_words.py makes from grammar/reserved_words.txt. */
#include "check/reserved.h"

#include "reserved_words.inc" /* reserved_words[] slot by slot; reserved_starts[]; RESERVED_SLOT, RESERVED_LONGEST */

/* A letter, in either case, as a small number. */
static unsigned letter(char c) { return (unsigned char)c & 31; }

static unsigned slot_of(str name)
{
    return RESERVED_SLOT(letter(name.ptr[0]), letter(name.ptr[name.len > 1]), letter(name.ptr[name.len / 2]),
                         letter(name.ptr[name.len - 1]), (unsigned)name.len);
}

enum reserved_state reserved_word(str name)
{
    if (name.len == 0 || name.len > RESERVED_LONGEST)
        return RESERVED_NOT;
    unsigned slot = slot_of(name);
    for (unsigned i = reserved_starts[slot]; i < reserved_starts[slot + 1]; i++) {
        str word = reserved_words[i];
        if (str_equal_ignoring_case(word, name))
            return str_equal(word, STR("CONVERT")) || str_equal(word, STR("SIZE")) ? RESERVED_DISPUTED : RESERVED_YES;
    }
    return RESERVED_NOT;
}
