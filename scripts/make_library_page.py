#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the manual page of the libraries, libddbexpr(3), from the public headers and their comments.

usage: make_library_page.py VERSION OUTPUT CHANGELOG.md EXAMPLE.c HEADER...

Each header becomes a section: what its first comment says, then its declarations with the comment of each under it."""
import pathlib
import re
import sys

import roff

BEGIN, END = "\nDDBEXPR_BEGIN_DECLS\n", "\nDDBEXPR_END_DECLS\n"
MARK = "DDBEXPR_API "
COMMENT = re.compile(r"/\*(.*?)\*/\n?", re.DOTALL)


def prose(comment):
    """The paragraphs of a comment, without its stars and dashes."""
    lines = [re.sub(r"^\s*\* ?", "", line) for line in comment.split("\n")]
    text = re.sub(r"^-+\s+|\s+-+$", "", "\n".join(lines).strip())
    return [re.sub(r"\s*\n\s*", " ", part) for part in re.split(r"\n\s*\n", text)]


def written(paragraphs):
    lines = []
    for paragraph in paragraphs:
        lines += [".PP", *(roff.words(sentence) for sentence in re.split(r"(?<=[.:;]) +", paragraph))]
    return lines[1:]


def blocks(body):
    """The declarations, as they stand between blank lines outside of braces."""
    block = ""
    for line in body.split("\n"):
        whole = block.count("{") - block.count("}") == 0 and block.count("/*") == block.count("*/")
        if line.strip() or not whole:
            block += line + "\n"
        elif block:
            yield block
            block = ""
    if block:
        yield block


def block_lines(block):
    comment = COMMENT.match(block)
    code = block[comment.end():] if comment else block
    if MARK in code:  # which moves what goes on in the next line
        code = code.replace(MARK, "").replace("\n" + " " * len(MARK), "\n")
    if not comment:
        return [".PP", *roff.literal(code)]
    if not code.strip():  # about all that follow
        return [".PP", *written(prose(comment[1]))]
    return [".PP", *roff.literal(code), ".RS 4", *written(prose(comment[1])), ".RE"]


def section(path):
    text = path.read_text(encoding="utf-8")
    about = re.match(r"/\* SPDX[^\n]*\*/\n/\*(.*?)\*/", text, re.DOTALL)
    if not about:
        sys.exit(f"{path}: does not begin with its licence and its job")
    lines = [f".SH {roff.escaped('ddbexpr/' + path.name)}", *written(prose(about[1]))]
    defines = re.findall(r"^#define DDBEXPR_VERSION\w* .+$", text, re.MULTILINE)
    if defines:
        lines += [".PP", *roff.literal("\n".join(defines))]
    for block in blocks(text.partition(BEGIN)[2].partition(END)[0]):
        lines += block_lines(block)
    return lines


def main():
    version, target, changelog, example = sys.argv[1:5]
    headers = [pathlib.Path(name) for name in sys.argv[5:]]
    umbrella = [path for path in headers if path.name == "ddbexpr.h"]
    date = roff.release_date(pathlib.Path(changelog).read_text(encoding="utf-8"), version)
    lines = roff.head("libddbexpr", 3, date, f"ddbexpr {version}", "ddbexpr manual")
    lines += [".SH NAME", "libddbexpr, libddbexpr\\-json \\- the expression language of Amazon DynamoDB, offline"]
    lines += [".SH SYNOPSIS", *roff.literal("#include <ddbexpr/ddbexpr.h>\n#include <ddbexpr/json.h>")]
    lines += [".PP", *roff.literal("cc program.c $(pkg-config --cflags --libs ddbexpr-json)")]
    lines += [".SH DESCRIPTION"]
    lines += ["Checks expressions as the service would, evaluates conditions, applies updates, and explains why."]
    lines += ["The libraries need nothing but the C library: no files, no network, no global variables."]
    lines += ["libddbexpr\\-json reads and writes DynamoDB JSON; a program that has values of its own needs libddbexpr only."]
    for path in headers:
        if path not in umbrella:
            lines += section(path)
    lines += [".SH EXAMPLE", *roff.literal(pathlib.Path(example).read_text(encoding="utf-8").partition("\n")[2])]
    lines += roff.see_also([("ddbexpr", 1), ("pkg-config", 1)])
    pathlib.Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
