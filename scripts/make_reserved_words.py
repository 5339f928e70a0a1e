#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the C table of reserved words. usage: make_reserved_words.py reserved_words.txt OUTPUT

Refuses a list that is not sorted, has doubles, or holds anything but upper-case letters and underscores."""
import bisect
import re
import sys

source, target = sys.argv[1:]
with open(source, encoding="ascii") as f:
    words = f.read().split()
if words != sorted(set(words)):
    sys.exit(f"{source}: must be sorted and without doubles")
for word in words:
    if not re.fullmatch(r"[A-Z][A-Z_]*", word):
        sys.exit(f"{source}: {word!r} is no reserved word")

# Four letters and the length choose a slot. These factors spread the documented words best of 1,500 tried at random: at
# most three share one, and most other words meet none or one.
SLOTS = 1024
FORMULA = "(first) * 440 + (middle) * 734 + (last) * 893 + (second) * 246 + (length) * 592"


def slot(word):
    at = {"first": 0, "second": min(1, len(word) - 1), "middle": len(word) // 2, "last": len(word) - 1}
    known = {name: ord(word[i]) & 31 for name, i in at.items()}
    return eval(FORMULA, known | {"length": len(word)}) % SLOTS


slots = sorted(map(slot, words))
starts = [bisect.bisect_left(slots, i) for i in range(SLOTS + 1)]
with open(target, "w", encoding="ascii") as f:
    f.write("/* Made by scripts/make_reserved_words.py: do not edit. */\n")
    f.write(f"#define RESERVED_LONGEST {max(map(len, words))}\n")
    f.write(f"#define RESERVED_SLOT(first, second, middle, last, length) (({FORMULA}) % {SLOTS})\n")
    f.write(f"static const str reserved_words[{len(words)}] = {{\n")
    for word in sorted(words, key=slot):
        f.write(f'    {{"{word}", {len(word)}}},\n')
    f.write("};\n")
    f.write(f"static const unsigned short reserved_starts[{SLOTS + 1}] = {{{', '.join(map(str, starts))}}};\n")
