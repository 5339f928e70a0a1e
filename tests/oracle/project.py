# SPDX-License-Identifier: Apache-2.0
"""The part of an item that paths lead to."""


def project(paths, item):
    """-> what is found, within the maps and lists on the way; list elements stand close together"""
    found = part(("M", item), paths)
    return found[1] if found else {}


def part(value, paths):
    """-> the value cut down to what the paths (steps from here) lead to, or None where they lead nowhere"""
    if [] in paths:
        return value
    tag, content = value
    kept = {}
    for step in dict.fromkeys(steps[0] for steps in paths):
        if isinstance(step, int):
            there = tag == "L" and step < len(content)
        else:
            there = tag == "M" and step in content
        if there:
            inner = part(content[step], [steps[1:] for steps in paths if steps[0] == step])
            if inner:
                kept[step] = inner
    if not kept:
        return None
    return (tag, kept) if tag == "M" else (tag, [kept[index] for index in sorted(kept)])
