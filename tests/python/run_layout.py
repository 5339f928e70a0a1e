#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What bindings/python declares of the library for ctypes is what the headers declare: the compiler is asked where each
member of each structure lies, what the constants are, and what each function takes and gives.

usage: run_layout.py LIBRARY_DIR INCLUDE_DIR CC..."""
import ctypes
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bindings" / "python")]
from tap import Tap  # noqa: E402

STRUCTURES = {
    "Str": "ddbexpr_str",
    "Span": "ddbexpr_span",
    "Edit": "ddbexpr_edit",
    "Bindings": "ddbexpr_bindings",
    "Request": "ddbexpr_request",
    "KeyAttribute": "ddbexpr_key_attribute",
    "Table": "ddbexpr_table",
    "Question": "ddbexpr_question",
    "ExecuteOptions": "ddbexpr_execute_options",
    "ExplainOptions": "ddbexpr_explain_options",
    "IndexKey": "ddbexpr_index_key",
    "LintOptions": "ddbexpr_lint_options",
    "Search": "ddbexpr_json_search",
    "FoundRequest": "ddbexpr_found_request",
    "Items": "ddbexpr_json_items",
}

HEAD = """
#include <ddbexpr/ddbexpr.h>
#include <ddbexpr/json.h>
#include <ddbexpr/located.h>
#include <stdio.h>

"""


def constants(lib):
    """-> {name in C: value in Python}"""
    wanted = {
        name: getattr(lib, name.removeprefix("DDBEXPR_"))
        for name in (
            "DDBEXPR_OK DDBEXPR_INVALID DDBEXPR_NO_MEMORY DDBEXPR_LIMIT DDBEXPR_MISUSE DDBEXPR_CONDITION DDBEXPR_FILTER "
            "DDBEXPR_KEY_CONDITION DDBEXPR_UPDATE DDBEXPR_PROJECTION DDBEXPR_FIX_NONE DDBEXPR_FIX_SAFE"
        ).split()
    }
    wanted.update({"DDBEXPR_JSON_TYPED": lib.TYPED, "DDBEXPR_JSON_LINES": lib.LINES})
    wanted.update({f"DDBEXPR_MESSAGES_{name.upper()}": value for name, value in lib.MESSAGES.items()})
    wanted.update({f"DDBEXPR_{name}": value for name, value in lib.TYPES.items()})
    wanted.update({f"DDBEXPR_EDIT_{name.upper()}": value for value, name in enumerate(lib.EDIT_KINDS)})
    return wanted


def asked(lib, structures):
    """The C program, and what it has to print."""
    lines, wanted = [], []
    for python, c in STRUCTURES.items():
        structure = structures[python]
        lines.append(f'printf("{c} %zu\\n", sizeof({c}));')
        wanted.append(f"{c} {ctypes.sizeof(structure)}")
        for name, _ in structure._fields_:
            field = getattr(structure, name)
            lines.append(f'printf("{c}.{name} %zu %zu\\n", offsetof({c}, {name}), sizeof((({c} *)0)->{name}));')
            wanted.append(f"{c}.{name} {field.offset} {field.size}")
    for name, value in constants(lib).items():
        lines.append(f'printf("{name} %d\\n", (int){name});')
        wanted.append(f"{name} {value}")
    return HEAD + "int main(void)\n{\n    " + "\n    ".join(lines) + "\n    return 0;\n}\n", wanted


def c_type(lib, python):
    """A type that what ctypes has can be converted to or from without a warning."""
    simple = {
        None: "void",
        ctypes.c_bool: "bool",
        ctypes.c_int: "int",
        ctypes.c_uint: "unsigned",
        ctypes.c_size_t: "size_t",
        ctypes.c_void_p: "void *",
        ctypes.c_char_p: "const char *",
    }
    if python in simple:
        return simple[python]
    if python.__name__ in STRUCTURES:
        return STRUCTURES[python.__name__]
    return "void *"  # a pointer to something


def signatures(lib):
    """A C program that calls each function with what ctypes hands over: it compiles if they fit."""
    lines = []
    for name, (result, arguments) in {**lib._CORE_FUNCTIONS, **lib._JSON_FUNCTIONS}.items():
        types = [c_type(lib, one) for one in arguments]
        given = ", ".join(f"{kind} a{i}" for i, kind in enumerate(types)) or "void"
        call = f"ddbexpr_{name}({', '.join(f'a{i}' for i in range(len(types)))})"
        returned = c_type(lib, result)
        if returned == "void *":
            call = f"(void *){call}"  # what is const in C
        lines.append(f"{returned} call_{name}({given});")
        lines.append(f"{returned} call_{name}({given}) {{ {'' if result is None else 'return '}{call}; }}")
        if result is not None:
            zeros = ", ".join(f"({kind}){{0}}" for kind in types)
            lines.append(f'_Static_assert(sizeof({returned}) == sizeof(ddbexpr_{name}({zeros})), "{name}");')
    return HEAD + "\n".join(lines) + "\n"


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def main():
    libraries, includes, compiler = sys.argv[1], sys.argv[2].split(":"), sys.argv[3:]
    os.environ["DDBEXPR_LIBRARY_DIR"] = libraries
    from ddbexpr import _library as lib

    structures = {k: v for k, v in vars(lib).items() if isinstance(v, type) and issubclass(v, ctypes.Structure)}
    structures.pop("Structure")
    tap = Tap()
    tap.case("every structure is looked at", sorted(structures.keys() ^ STRUCTURES.keys()))
    flags = ["-std=c17", "-Wall", "-Wextra", "-Wconversion", "-Wno-sign-conversion", "-Werror", *(f"-I{folder}" for folder in includes)]
    with tempfile.TemporaryDirectory() as folder:
        source, program = pathlib.Path(folder) / "ask.c", pathlib.Path(folder) / "ask"
        text, wanted = asked(lib, structures)
        source.write_text(text, encoding="utf-8")
        done = run([*compiler, *flags, "-o", str(program), str(source)])
        tap.case("structures and constants can be asked for", [done.stdout] if done.returncode else [])
        printed = run([str(program)]).stdout.splitlines() if done.returncode == 0 else []
        for line, other in zip(wanted, printed):
            tap.case(line.split()[0], [] if line == other else [f"Python: {line}", f"C: {other}"])
        source.write_text(signatures(lib), encoding="utf-8")
        done = run([*compiler, *flags, "-fsyntax-only", str(source)])
        tap.case("functions take and give what ctypes hands over", [done.stdout] if done.returncode else [])
    return tap.finish()


sys.exit(main())
