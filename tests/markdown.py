# SPDX-License-Identifier: Apache-2.0
"""Markdown as the repository's web pages show it: which files there are, blocks of code, headings and their anchors, links."""
import re

# A block of code, fenced; its kind is the first word behind the fence.
FENCED = re.compile(r"^(?P<indent> *)```(?P<kind>[^\n]*)\n(?P<body>.*?)^(?P=indent)```[ ]*$", re.M | re.S)
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.M)
LINK = re.compile(r"(?<!\\)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()\s]*\))?)\)")


def anchor(heading):
    """What a link to a heading has behind its #."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", text.lower().strip()).replace(" ", "-")


def without_code(text):
    """The text without blocks and spans of code: nothing in them is a link or a heading."""
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "``", FENCED.sub("", text))


def anchors(text):
    """All anchors of a page: those of headings that are there again get a number."""
    seen, found = {}, set()
    for heading in HEADING.findall(FENCED.sub("", text)):
        name = anchor(heading)
        count = seen.get(name, 0)
        seen[name] = count + 1
        found.add(f"{name}-{count}" if count else name)
    return found | set(re.findall(r'<a (?:id|name)="([^"]+)"', text))


def links(text):
    """Where a page's links lead to."""
    return LINK.findall(without_code(text))


# Folders in which files are made: by builds, packaging, and tools that begin with a dot.
MADE = re.compile(r"build|subprojects$|debian$|\.(?!github$|ci$)")


def pages(root):
    """The Markdown files that people write."""
    found = [*root.glob("*.md"), *root.glob("*/**/*.md")]
    return sorted(path for path in found if not MADE.match(path.relative_to(root).parts[0]))
