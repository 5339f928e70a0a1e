#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The direction of dependencies, read off the #include lines: a folder of the core includes only those above it in
LAYERS; the JSON library and the tool see <ddbexpr/...>, their own folder and the C library; the tool also jansson, libxml2,
libyaml, zlib and libzstd."""
import re
import sys

from tree import ROOT, Tap, files, name, read

LAYERS = ["base", "diagnostic", "value", "syntax", "check", "program", "explain", "coverage", "mutants", "request", "lint"]
DOORS = ["json", "cli"]

# The libraries are silent and total: of the C library's headers the core takes these only.
CORE_HEADERS = {"assert.h", "limits.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h"}
# Sixteen bytes at once, where the compiler says that the machine has them.
JSON_HEADERS = CORE_HEADERS | {"emmintrin.h"}
CLI_HEADERS = CORE_HEADERS | {
    "ctype.h", "dirent.h", "dlfcn.h", "errno.h", "fcntl.h", "fnmatch.h", "getopt.h", "inttypes.h", "locale.h", "math.h", "pthread.h", "regex.h", "sched.h", "setjmp.h", "signal.h",
    "stdarg.h", "stdio.h", "stdnoreturn.h", "strings.h", "sys/file.h", "sys/ioctl.h", "sys/mman.h", "sys/stat.h", "sys/types.h", "sys/wait.h",
    "time.h", "unistd.h",
}
# Reports are written, configurations read, packed items unpacked by libraries.
CLI_LIBRARIES = {"jansson.h", "libxml/xmlwriter.h", "yaml.h", "zlib.h", "zstd.h", "zstd_errors.h"}
C_HEADERS = {"json": JSON_HEADERS, "cli": CLI_HEADERS | CLI_LIBRARIES}

# Numbers alone, so that each limit of the libraries stands in one place.
LIMITS = "base/limits.h"

# The grammar lies beside src but belongs to a layer.
GRAMMAR_LAYER = "syntax"

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def includes(path):
    """(line, quoted, target) of each #include."""
    text = read(path)
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start(2)) + 1, match[1] == '"', match[2]


def fault_in_core(layer, quoted, target):
    if not quoted:
        if target.startswith("ddbexpr/") or target in CORE_HEADERS:
            return None
        return "is no header that the core may use"
    folder, slash, _ = target.partition("/")
    if not slash:
        # A table made by a script has no folder; a header has one.
        return None if target.endswith(".inc") else "must be named with its folder"
    if folder not in LAYERS:
        return f"is not in one of the layers {', '.join(LAYERS)}"
    if LAYERS.index(folder) > LAYERS.index(layer):
        return f"lies in a layer above {layer}"
    return None


def fault_at_door(door, quoted, target):
    if quoted:
        folder, slash, _ = target.partition("/")
        if folder == door or (not slash and target.endswith(".inc")):
            return None
        if door == "json" and target == LIMITS:
            return None
        return f"is private to another folder: {door} sees <ddbexpr/...> and {door}/ only"
    if target.startswith("ddbexpr/") or target in C_HEADERS[door]:
        return None
    return f"is neither <ddbexpr/...> nor another header that {door} may use"


def problems(layer, paths):
    fault = fault_at_door if layer in DOORS else fault_in_core
    for path in paths:
        for line, quoted, target in includes(path):
            complaint = fault(layer, quoted, target)
            if complaint:
                yield f"{name(path)}:{line}: {target} {complaint}"


def main():
    tap = Tap()
    sources = (".c", ".h", ".def", ".inc", ".re", ".y")
    seen = set()
    for layer in LAYERS + DOORS:
        paths = files(*sources, folders=[f"src/{layer}"])
        if layer == GRAMMAR_LAYER:
            paths += files(*sources, folders=["grammar"])
        seen.update(paths)
        tap.case(f"src/{layer} includes only what it may", problems(layer, paths))

    public = files(".h", ".h.in", folders=["include"])
    seen.update(public)
    tap.case(
        "public headers include only public headers",
        (
            f"{name(path)}:{line}: {target}"
            for path in public
            for line, quoted, target in includes(path)
            if quoted or not (target.startswith("ddbexpr/") or target in {"stdbool.h", "stddef.h", "stdint.h"})
        ),
    )
    # Straight in src there may be files that see public headers only.
    top = [path for path in files(*sources, folders=["src"]) if path.parent == ROOT / "src"]
    seen.update(top)
    tap.case(
        "files straight in src include only public headers",
        (
            f"{name(path)}:{line}: {target}"
            for path in top
            for line, quoted, target in includes(path)
            if quoted or not target.startswith("ddbexpr/")
        ),
    )
    strays = [path for path in files(*sources, folders=["src", "include", "grammar"]) if path not in seen]
    tap.case("every source file lies in a known folder", map(name, strays))
    return tap.finish()


sys.exit(main())
