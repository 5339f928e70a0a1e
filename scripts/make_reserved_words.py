#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the C table of reserved words. usage: make_reserved_words.py reserved_words.txt OUTPUT

Refuses a list that is not sorted, has doubles, or holds anything but upper-case letters and underscores."""
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

starts = [sum(w[0] < chr(ord("A") + i) for w in words) for i in range(27)]
with open(target, "w", encoding="ascii") as f:
    f.write("/* Made by scripts/make_reserved_words.py: do not edit. */\n")
    f.write(f"#define RESERVED_LONGEST {max(map(len, words))}\n")
    f.write(f"static const str reserved_words[{len(words)}] = {{\n")
    for word in words:
        f.write(f'    {{"{word}", {len(word)}}},\n')
    f.write("};\n")
    f.write(f"static const unsigned short reserved_starts[27] = {{{', '.join(map(str, starts))}}};\n")
