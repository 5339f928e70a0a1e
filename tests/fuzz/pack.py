#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packed corpora: a text file with one input a line, so that a corpus is one file whose changes can be read.

usage: pack.py pack FOLDER FILE      the files of a folder, shortest first, into FILE; of too many some of every length
       pack.py unpack FILE FOLDER    the lines of FILE (it need not exist) into files of a folder, named by content

A line end in an input is written \\n, a backslash \\\\, and bytes that are no printable ASCII \\x1f. replay.c reads it."""
import hashlib
import pathlib
import re
import sys

BYTES_AT_MOST = 1 << 20  # of a packed file: what is longest is left out
INPUTS_AT_MOST = 600  # every build's tests run all of them
FEWER_INPUTS = {"source.txt": 60}  # whose inputs take longer


def packed_byte(byte):
    if byte == ord("\n"):
        return "\\n"
    if byte == ord("\\"):
        return "\\\\"
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}"


def packed(data):
    line = "".join(packed_byte(byte) for byte in data)
    return line[:-1] + "\\x20" if line.endswith(" ") else line


def unpacked(line):
    def character(match):
        code = match[1]
        return b"\n" if code == b"n" else b"\\" if code == b"\\" else bytes([int(code[1:], 16)])

    return re.sub(rb"\\(n|\\|x[0-9a-f]{2})", character, line)


def pack(folder, file):
    contents = {path.read_bytes() for path in pathlib.Path(folder).iterdir() if path.is_file()}
    ordered = sorted(contents, key=lambda c: (len(c), c))
    most = min(len(ordered), FEWER_INPUTS.get(pathlib.Path(file).name, INPUTS_AT_MOST))
    step = len(ordered) / max(most, 1)
    lines, size = [], 0
    for content in (ordered[int(i * step)] for i in range(most)):
        line = packed(content) + "\n"
        size += len(line)
        if size > BYTES_AT_MOST:
            break
        lines.append(line)
    pathlib.Path(file).write_text("".join(lines), encoding="ascii")
    print(f"{file}: {len(lines)} of {len(contents)} inputs, {sum(map(len, lines))} bytes")


def unpack(file, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = pathlib.Path(file)
    for line in path.read_bytes().splitlines() if path.exists() else []:
        content = unpacked(line)
        (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


def main():
    commands = {"pack": pack, "unpack": unpack}
    if len(sys.argv) != 4 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])


main()
