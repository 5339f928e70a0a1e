/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: stepping over characters and counting what the service and people count. */
#ifndef DDBEXPR_BASE_UTF8_H
#define DDBEXPR_BASE_UTF8_H

#include "base/str.h"

/* Bytes of the character at the start of `text` (not empty): 1-4 if it is well-formed (no overlongs, no surrogates,
 * at most U+10FFFF), else 0. */
size_t utf8_length(str text);

/* The code point of a well-formed character of `length` bytes. */
uint32_t utf8_decode(const char *ptr, size_t length);

/* Writes 1-4 bytes; returns how many. `code` must be a Unicode scalar value. */
size_t utf8_write(uint32_t code, char out[4]);

/* UTF-16 code units the text would have; a byte that is not UTF-8 counts 1. size() of a string counts these (aws;
 * ruling 3). */
size_t utf8_utf16_units(str text);

/* Characters before byte `offset`; bytes that are not UTF-8 count 1 each. For columns. */
size_t utf8_characters(str text, size_t offset);

bool utf8_valid(str text);

#endif
