# SPDX-License-Identifier: Apache-2.0
"""The document paths of a checked tree."""


def paths_of(tree):
    """Yields the steps of each path, in text order."""
    if tree[0] == "path":
        yield tree[1]
    elif tree[0] != "value":
        for part in tree[1:]:
            if isinstance(part, tuple):
                yield from paths_of(part)
            elif isinstance(part, list):
                for inner in part:
                    yield from paths_of(inner)
