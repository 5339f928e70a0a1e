# SPDX-License-Identifier: Apache-2.0
"""Texts as manual pages have them (the man macros, which groff and mandoc read). Knows no page."""
import re

ESCAPES = {"\\": "\\e", "-": "\\-", "`": "\\`", "'": "\\(aq", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}


def escaped(text):
    """User text within a line. What is no ASCII becomes an escape: no locale can spoil it."""
    return "".join(ESCAPES.get(c, c if ord(c) < 128 else f"\\[u{ord(c):04X}]") for c in text)


def line(text):
    """A line of text: what it begins with is no macro."""
    return ("\\&" if text.startswith(".") else "") + escaped(text)


def words(text):
    """A line of prose: `code` is bold."""
    pieces = re.split(r"`([^`]+)`", text)
    made = "".join(f"\\fB{escaped(piece)}\\fP" if i % 2 else escaped(piece) for i, piece in enumerate(pieces))
    return ("\\&" if text.startswith(".") else "") + made


def literal(text):
    """Lines as they are."""
    return [".nf", *(line(each) if each else ".sp" for each in text.strip("\n").split("\n")), ".fi"]


def indented(text):
    return [".RS 4", *literal(text), ".RE"]


def head(name, section, date, source, manual):
    return ['.\\" Made by the build from tables and headers: do not edit.',
            f'.TH "{escaped(name.upper())}" {section} "{date}" "{source}" "{manual}"']


def see_also(pages):
    """Pages as (name, section)."""
    ends = [","] * (len(pages) - 1) + [""]
    return [".SH SEE ALSO", *(f".BR {escaped(name)} ({section}){end}" for (name, section), end in zip(pages, ends))]


def release_date(changelog, version):
    """The date that the changelog gives a version, or nothing: it is not released."""
    found = re.search(rf"^## \[{re.escape(version)}\] - (\d{{4}}-\d\d-\d\d)$", changelog, re.MULTILINE)
    return found[1] if found else ""
