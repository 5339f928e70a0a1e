#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The comments of the public headers: since when there is what they declare; of each function what it does, of what gives
a status which errors there are, of what gives a pointer whose it is or what NULL means.

A comment is of the declarations that follow it without a blank line between them; one on a declaration's line is of that
alone; a section's, /* --- reading ... --- */, of all up to the next section's."""
import re
import sys

from tree import ROOT, Tap, files, name, read

PIECE = re.compile(
    r"(?P<comment>/\*.*?\*/)"
    r"|(?P<blank>\n[ \t]*\n)"
    r"|DDBEXPR_API\s+(?P<returns>[^;(]*?)(?P<function>\w+)\((?P<parameters>[^;]*)\);(?P<beside>[ \t]*/\*.*?\*/)?"
    r"|(?P<body>\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})",
    re.DOTALL,
)
SECTION = "/* ---"
SINCE = re.compile(r"\bSince \d+\.\d+\.\d+\b")
ERRORS = re.compile(r"Errors:")
WHOSE = re.compile(r"NULL|[Ss]tatic|[Bb]orrowed|[Oo]wned|in the arena|`arena`")


class Function:
    def __init__(self, header, match, comment, section):
        self.place = f"{name(header)}: {match['function']}"
        self.returns = " ".join(match["returns"].split())
        self.comment = comment + (match["beside"] or "")
        self.section = section

    def says(self, pattern):
        return pattern.search(self.comment) or pattern.search(self.section)


def functions(header):
    comment = section = ""
    for match in PIECE.finditer(read(header)):
        if match["comment"]:
            if match["comment"].startswith(SECTION):
                section, comment = match["comment"], ""
            else:
                comment = match["comment"]
        elif match["blank"]:
            comment = ""
        elif match["function"]:
            yield Function(header, match, comment, section)


def first_comment(header):
    return re.findall(r"/\*.*?\*/", read(header), re.DOTALL)[1]


def main():
    headers = files(".h", ".h.in", folders=["include"])
    all_functions = [function for header in headers for function in functions(header)]
    tap = Tap()
    tap.case("the headers declare functions", [] if len(all_functions) > 200 else [str(len(all_functions))])
    tap.case("every header says since when there is what it declares",
             (name(header) for header in headers if not SINCE.search(first_comment(header))))
    tap.case("every header says which threads may do what",
             (name(header) for header in headers if "thread" not in read(header)))
    tap.case("every function has a comment",
             (f.place for f in all_functions if not f.comment))
    tap.case("every function that gives a status says which errors there are",
             (f.place for f in all_functions if f.returns == "ddbexpr_status" and not f.says(ERRORS)))
    tap.case("every function that gives a pointer says whose it is, or what NULL means",
             (f.place for f in all_functions if f.returns.endswith("*") and not f.says(WHOSE)))
    return tap.finish()


sys.exit(main())
