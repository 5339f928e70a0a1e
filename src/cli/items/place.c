/* SPDX-License-Identifier: Apache-2.0 */
/* Counting line ends and characters. */
#define _GNU_SOURCE 1 /* memrchr */
#include "cli/items/place.h"

struct place_step place_measure(const char *text, size_t length)
{
    struct place_step step = {0, 0};
    const char *end = text + length, *line = length ? memrchr(text, '\n', length) : NULL;
    for (const char *p = text; line && p <= line; p++) {
        p = memchr(p, '\n', (size_t)(end - p));
        step.lines++;
    }
    for (const char *p = line ? line + 1 : text; p < end; p++)
        step.characters += ((unsigned char)*p & 0xc0) != 0x80;
    return step;
}

void place_move(struct place *place, struct place_step step)
{
    place->lines += step.lines;
    place->characters = step.lines ? step.characters : place->characters + step.characters;
}
