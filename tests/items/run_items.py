#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gives the tool files of items that are larger than what it reads at once. What comes out must not depend on the number
of threads, on how the items stand in the file, on packing, or on where the file is cut into pieces; and faults must be
told as by a command that reads the file as a whole.

usage: run_items.py DDBEXPR [--measure|--sanitized] [--with=FORMAT|--without=FORMAT]..."""
import gzip
import json
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from packed import zstd  # noqa: E402
from tap import Tap  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
MEASURE = "--measure" in sys.argv
FORMATS = [word.removeprefix("--with=") for word in sys.argv if word.startswith("--with=")]
MISSING = [word.removeprefix("--without=") for word in sys.argv if word.startswith("--without=")]
JOBS = ("1", "3")
PIECE = 1 << 18  # what the tool reads at once (src/cli/items/chunk.h)

CONDITION = ["--condition-expression", "#s = :s AND (version > :v OR attribute_not_exists(amount))",
             "--expression-attribute-names", '{"#s": "status"}',
             "--expression-attribute-values", '{":s": {"S": "paid"}, ":v": {"N": "10"}}']
WORDS = "lorem ipsum dolor sit amet grüße 東京 \"quoted\" back\\slash".split()


# --- items ---


def item(number, chance):
    """A typed item with a key of its own."""
    made = {
        "pk": {"S": f"item-{number}"},
        "status": {"S": chance.choice(["new", "paid", "shipped"])},
        "version": {"N": str(chance.randrange(20))},
        "text": {"S": " ".join(chance.choice(WORDS) for _ in range(chance.randrange(60)))},
        "tags": {"SS": ["a", "b"]},
        "place": {"M": {"city": {"S": "Köln"}, "list": {"L": [{"N": "1.5"}, {"NULL": True}, {"M": {}}]}}},
        "blob": {"B": "3q2+7w=="},
    }
    if chance.random() < 0.5:
        made["amount"] = {"N": "12.50"}
    return made


def is_true(made):
    return made["status"]["S"] == "paid" and (int(made["version"]["N"]) > 10 or "amount" not in made)


def make_items(count, seed=1):
    chance = random.Random(seed)
    return [item(number, chance) for number in range(count)]


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


LAYOUTS = {
    "lines": lambda items: "".join(compact(i) + "\n" for i in items),
    "lines with CR and blanks": lambda items: "\r\n".join(json.dumps(i) + " " for i in items),
    "an export": lambda items: "".join(compact({"Item": i}) + "\n" for i in items),
    "one after another, indented": lambda items: "\n".join(json.dumps(i, indent=2) for i in items),
    "one after another, on one line": lambda items: " ".join(compact(i) for i in items),
    "an array": lambda items: json.dumps(items, indent=2, ensure_ascii=False) + "\n",
    "an array on one line": lambda items: compact(items),
    "an answer": lambda items: compact({"Items": items, "Count": len(items), "ScannedCount": 7}) + "\n",
    "an answer, indented": lambda items: json.dumps({"Count": 1, "Items": items, "ConsumedCapacity": None}, indent=4),
}


# --- running ---


# Told where it takes long: in a slow build, on a busy machine.
PROGRESS = re.compile(rb"^\d+ items, \d+ MB/s.*\n", re.MULTILINE)


def run(command, path, *options, stdin=None):
    words = [BINARY, command, *CONDITION, "--items", path, *options]
    result = subprocess.run(words, input=stdin, capture_output=True, timeout=200)
    result.stderr = PROGRESS.sub(b"", result.stderr)
    return result


def shown(result):
    return f"status {result.returncode}, out {(result.stdout or b'')[-200:]!r}, err {result.stderr[-600:]!r}"


def differ(what, expected, actual):
    same = (expected.returncode, expected.stdout, expected.stderr) == (actual.returncode, actual.stdout, actual.stderr)
    return [] if same else [f"{what}: expected {shown(expected)}", f"{what}: came out {shown(actual)}"]


def write(folder, name, content):
    path = pathlib.Path(folder) / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def alike(path, command, *options):
    """Problems where more threads, or standard input, give something else than one thread; and the result."""
    first = run(command, path, "--jobs", "1", *options)
    problems = []
    for jobs in JOBS[1:]:
        problems += differ(f"--jobs {jobs}", first, run(command, path, "--jobs", jobs, *options))
    piped = run(command, "-", "--jobs", "2", *options, stdin=pathlib.Path(path).read_bytes())
    piped.stderr = piped.stderr.replace(b"standard input", path.encode())
    problems += differ("standard input, --jobs 2", first, piped)
    return problems, first


# --- cases ---


def answers_are_right(tap, folder):
    items = make_items(3500)
    expected = "".join("true\n" if is_true(i) else "false\n" for i in items).encode()
    for name, layout in LAYOUTS.items():
        text = layout(items)
        path = write(folder, "items", text)
        problems, result = alike(path, "eval")
        if len(text.encode()) < 4 * PIECE:
            problems.append("the file is too small to show anything")
        if (result.stdout, result.stderr, result.returncode) != (expected, b"", 1):
            problems.append(f"wrong answers: {shown(result)}")
        tap.case(f"eval, {name}", problems)
        for options in (["--format", "json"], ["--count"]) if name in ("lines", "an array") else ():
            problems, _ = alike(path, "eval", *options)
            tap.case(f"eval {options[0]}, {name}", problems)


def surveys_are_right(tap, folder):
    items = make_items(3500)
    updates = ["--update-expression", "SET place.city = :s ADD version :v"]
    mixed = items + [dict(i, version={"S": "x"}) for i in make_items(600, 2)] + [{"pk": {"S": "bare"}}]
    for name in ("lines", "an export", "an array"):
        path = write(folder, "items", LAYOUTS[name](mixed))
        for options in ([], ["--format", "json"], ["--key-schema", "pk:S"], updates, [*updates, "--format", "json"]):
            problems, result = alike(path, "explain", *options)
            if options == ["--format", "json"]:
                told = json.loads(result.stdout)
                true = sum(map(is_true, mixed[:3500])) + sum("amount" not in i for i in mixed[3500:-1]
                                                             if i["status"]["S"] == "paid")
                if (told["items"], told["matched"]) != (len(mixed), true):
                    problems.append(f"{told['items']} items, {told['matched']} true: not {len(mixed)} and {true}")
            tap.case(f"explain {' '.join(options[:1])}, {name}", problems)


def wrong_guesses_are_found_out(tap, folder):
    """In an array others are given text that ends where an item seems to end: here it is mostly a part of one."""
    items = [{"a": number % 5, "parts": [{"a": part, "b": "x" * 30} for part in range(number % 90)]}
             for number in range(900)]
    expected = "".join("true\n" if i["a"] > 2 else "false\n" for i in items).encode()
    for made in items:
        made["part"] = {"a": 7, "b": "y"}
    for name, text in (("compact", compact(items)), ("indented", json.dumps(items, indent=1)),
                       ("blanks before commas", compact(items).replace("},{", "} , {")),
                       ("an empty one first", "[{}," + compact(items[1:])[1:])):
        path = write(folder, "items", text)
        problems = []
        for jobs in JOBS:
            words = [BINARY, "eval", "--plain", "--condition-expression", "a > :n", "--expression-attribute-values",
                     '{":n": 2}', "--items", path, "--jobs", jobs]
            result = subprocess.run(words, capture_output=True, timeout=200)
            if (result.stdout, result.stderr) != (expected, b""):
                problems.append(f"--jobs {jobs}: {shown(result)}")
        tap.case(f"parts that look like items, {name}", problems)


def members_that_begin_like_items(tap, folder):
    """They stand behind a colon: no item ends before them."""
    path = write(folder, "items", compact([{"a": 1, "part": {"b": 1, "c": {"a": 1}}, "pad": "x" * 60}] * 60000))
    problems = []
    for jobs in JOBS:
        words = [BINARY, "eval", "--plain", "--condition-expression", "a = part.c.a", "--count", "--items", path, "--jobs", jobs]
        result = subprocess.run(words, capture_output=True, timeout=200)
        if (result.stdout, result.stderr) != (b"60000 true, 0 false\n", b""):
            problems.append(f"--jobs {jobs}: {shown(result)}")
    tap.case("members that begin like items", problems)


def faults_wait_for_output(tap, folder):
    """What came before a fault of the file is printed first; where it cannot be, that is what is told."""
    path = pathlib.Path(folder) / "broken.gz"
    packed = gzip.compress("".join(compact(item(number, random.Random(number))) + "\n" for number in range(40)).encode())
    path.write_bytes(packed[: len(packed) - 9])
    words = [BINARY, "eval", "--condition-expression", "attribute_exists(nothing)", "--items", str(path)]
    good = subprocess.run(words, capture_output=True, timeout=200)
    problems = [] if good.returncode == 3 and good.stdout.startswith(b"false\n") and b"breaks off" in good.stderr else [shown(good)]
    with open("/dev/full", "w") as full:
        result = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, timeout=200)
    told = b"ddbexpr: cannot write to standard output: No space left on device\n"
    if (result.returncode, result.stderr) != (4, told):
        problems.append(f"{result.returncode} {result.stderr!r}")
    tap.case("a fault of a packed file waits for the output before it", problems)


def types_are_right(tap, folder):
    small = subprocess.run([BINARY, "types", write(folder, "small", LAYOUTS["lines"](make_items(40)))], capture_output=True)
    large = write(folder, "large", LAYOUTS["lines"](make_items(4000)))
    result = subprocess.run([BINARY, "types", large], capture_output=True)
    lines = [re.sub(rb"#.*", b"", text) for text in (small.stdout, result.stdout)]
    tap.case("types of a large file", [] if lines[0] == lines[1] and not result.returncode else [shown(result)])


def large_items_fit(tap, folder):
    items = make_items(40)
    for position, size in ((0, 3 * PIECE), (20, 5 * PIECE), (39, PIECE)):
        items[position]["text"] = {"S": "x" * size}
    expected = "".join("true\n" if is_true(i) else "false\n" for i in items).encode()
    for name, layout in LAYOUTS.items():
        problems, result = alike(write(folder, "items", layout(items)), "eval")
        if result.stdout != expected or result.stderr:
            problems.append(f"wrong answers: {shown(result)}")
        tap.case(f"items larger than a piece, {name}", problems)


def as_a_whole(path):
    """What a command says that reads the file as a whole; None if the file is in order, or only its keys are not."""
    words = [BINARY, "scan", "--items", path, "--key-schema", "pk:S"]
    result = subprocess.run(words, capture_output=True, timeout=200)
    if result.returncode != 3 or b"DX909" in result.stderr or b"lacks the key" in result.stderr:
        return None
    return result.stderr


def fault_problems(path):
    problems, result = alike(path, "eval")
    expected = as_a_whole(path)
    if expected is None and (result.stderr or result.returncode > 1):
        problems.append(f"nothing is wrong, but: {shown(result)}")
    if expected is not None and (result.returncode != 3 or result.stderr != expected):
        problems += [f"expected {expected!r}", f"came out {shown(result)}"]
    return problems


def faults_are_told(tap, folder):
    items = make_items(1600)
    faults = {
        "no string": ('"status":{"S":', '"status":{"S":7'),
        "a bracket too many": ('"tags":', '"tags":]'),
        "an empty set": ('"SS":["a","b"]', '"SS":[]'),
        "a name twice": ('"version":', '"status":{"S":"x"},"version":'),
        "no UTF-8": ("Köln", "K\udcffln"),
        "a line that breaks off": ('"blob":', '"blob\n'),
        "no end of a string": ('{"B":"3q2+7w=="}', '{"B":"3q2+7w==}'),
    }
    for name in ("lines", "an export", "an array on one line", "one after another, on one line", "an answer"):
        text = LAYOUTS[name](items)
        for fault, (old, new) in faults.items():
            problems = []
            for part in (0.0, 0.4, 0.999):
                at = text.find(old, int(len(text) * part) if part < 0.9 else text.rfind(old))
                spoilt = text[:at] + new + text[at + len(old):]
                path = write(folder, "items", spoilt.encode("utf-8", "surrogateescape"))
                problems += fault_problems(path)
            tap.case(f"{fault}, {name}", problems)


def ends_are_told(tap, folder):
    items = make_items(1500)
    for name, layout in LAYOUTS.items():
        content = layout(items).rstrip("\n").encode()
        problems = []
        for kept in (len(content) - 1, len(content) - 3, PIECE, PIECE + 1, 2 * PIECE + 77):
            problems += fault_problems(write(folder, "items", content[:kept]))
        problems += fault_problems(write(folder, "items", content + b" \n ]"))
        tap.case(f"a file that breaks off, {name}", problems)


def lines_behind_are_seen(tap, folder):
    """A place has the number of its line where there are several, however far away the first end of one is."""
    items = make_items(2)
    items[0]["long"] = {"S": "x" * 3 * PIECE}
    text = LAYOUTS["lines"](items).replace('"tags":', '"tags":]', 1)
    path = write(folder, "items", text)
    problems = fault_problems(path)
    told = subprocess.run([BINARY, "eval", *CONDITION, "--items", path], capture_output=True).stderr
    tap.case("a line of several pieces", problems if b"line 1, column" in told else [*problems, repr(told[-300:])])


def spoilt_bytes_are_told(tap, folder):
    chance = random.Random(5)
    items = make_items(1100)
    for name in LAYOUTS:
        content = LAYOUTS[name](items).encode()
        problems = []
        for _ in range(6):
            spoilt = bytearray(content)
            spoilt[chance.randrange(len(spoilt))] = chance.choice(b'"\\{}[],:\n0\xff ')
            problems += fault_problems(write(folder, "items", bytes(spoilt)))
        tap.case(f"a byte changed, {name}", problems)


# --- packed ---


PACK = {"gzip": lambda content: gzip.compress(content, 1), "zstd": zstd}


def each_is_explained(tap, folder):
    items = make_items(2500)
    outputs = set()
    for name, layout in LAYOUTS.items():
        problems, result = alike(write(folder, "items", layout(items)), "explain", "--each", "--quiet")
        headings = re.findall(rb"^item (\d+):$", result.stdout, re.M)
        if headings != [str(i + 1).encode() for i in range(len(items))] or result.returncode != 1:
            problems.append(f"{len(headings)} headings: {shown(result)}")
        outputs.add(result.stdout)
        tap.case(f"explain --each, {name}", problems)
    tap.case("explain --each says the same in each layout", [] if len(outputs) == 1 else [f"{len(outputs)} outputs"])
    text = LAYOUTS["lines"](items)
    first = text.split("\n", 1)[0]
    alone = run("explain", write(folder, "items", first), "--each")
    given = subprocess.run([BINARY, "explain", *CONDITION, "--item", first], capture_output=True, timeout=200)
    tap.case("explain --each of one item is as of --item", differ("one", given, alone))
    whole = run("explain", write(folder, "items", text), "--each").stdout
    for what, before in (("the first item", first), ("many items", text)):
        result = run("explain", write(folder, "items", before + "\n{bad"), "--each")
        good = result.returncode == 3 and b"cannot be read" in result.stderr and whole.startswith(result.stdout)
        told = result.stdout.startswith(b"item 1:\n") and (before == first or result.stdout == whole)
        tap.case(f"explain --each, a fault behind {what}", [] if good and told else [shown(result)])


def packed_files_are_read(tap, folder, form):
    pack = PACK[form]
    items = make_items(3000)
    for name in ("lines", "an export", "an array", "an answer"):
        content = LAYOUTS[name](items).encode()
        plain = run("eval", write(folder, "plain", content), "--jobs", "1")
        half = len(content) // 2
        for what, packed in (("", pack(content)), (" in two parts", pack(content[:half]) + pack(content[half:]))):
            problems, result = alike(write(folder, "packed", packed), "eval")
            problems += differ("unpacked", plain, result)
            tap.case(f"{form}{what}, {name}", problems)
    path = write(folder, "plain", content)
    tap.case(f"explain --each, packed by {form}",
             differ("unpacked", run("explain", path, "--each"),
                    run("explain", write(folder, "packed", pack(content)), "--each")))
    tap.case(f"nothing, packed by {form}", differ("empty", run("eval", write(folder, "plain", b"")),
                                                  run("eval", write(folder, "packed", pack(b"")))))


def damage_is_told(tap, folder, form):
    """Answers to what came before may be there, but never is the end taken for the end."""
    packed = PACK[form](LAYOUTS["lines"](make_items(3000)).encode())
    whole = run("eval", write(folder, "packed", packed)).stdout
    for what, content in (
        ("cut off early", packed[:40]),
        ("cut off in the middle", packed[:len(packed) // 2]),
        ("cut off by one byte", packed[:-1]),
        ("with something behind it", packed + b"xyz"),
    ):
        path = write(folder, "packed", content)
        problems, result = alike(path, "eval")
        if result.returncode != 3 or not result.stderr.startswith(f"ddbexpr: {path}: the {form} data ".encode()):
            problems.append(f"not told: {shown(result)}")
        if not whole.startswith(result.stdout):
            problems.append("the answers are others")
        tap.case(f"{form} data {what}", problems)
    if form == "gzip":
        spoilt = bytearray(packed)
        spoilt[-6] ^= 1  # of the checksum
        result = run("eval", write(folder, "packed", bytes(spoilt)))
        tap.case("gzip data with a wrong checksum", [] if result.returncode == 3 else [shown(result)])


def missing_libraries_are_told(tap, folder, form):
    path = write(folder, "packed", PACK[form](b"{}"))
    result = run("eval", path)
    told = f"ddbexpr: {path}: is packed with {form}, which this ddbexpr was built without\n".encode()
    tap.case(f"{form} data without the library", [] if (result.returncode, result.stderr) == (3, told) else [shown(result)])


# --- memory, options ---


def memory_does_not_grow(tap, folder):
    """With less address space than the file is large, however long it takes: with or without progress."""
    line = (compact(make_items(1)[0]) + "\n").encode()
    block = line * (PIECE // len(line))
    for name, before, between, after in (("lines", b"", b"", b""), ("an array", b"[", b",", b"{}]")):
        path = write(folder, "items", before + (block.replace(b"\n", b",\n") if between else block) * 300 + after)
        problems = []
        for command, option, source in (("eval", "--count", path), ("eval", "--count", "-"),
                                        ("explain", "--each", path)):
            with open(path, "rb") as content:
                result = subprocess.run(
                    [BINARY, command, *CONDITION, "--items", source, option, "--jobs", "1"], stdin=content,
                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (48 << 20,) * 2))
            if result.returncode != 1 or PROGRESS.sub(b"", result.stderr):
                problems.append(shown(result))
        tap.case(f"memory is that of some pieces, {name}", problems)


def wrong_jobs_are_told(tap, folder):
    path = write(folder, "items", "{}")
    problems = []
    for jobs in ("0", "-1", "x", "", "2x", "257", "99999999999999999999"):
        result = run("eval", path, "--jobs", jobs)
        told = f"ddbexpr: --jobs is a number from 1 to 256, not '{jobs}'\n".encode()
        if (result.returncode, result.stderr) != (3, told):
            problems.append(f"{jobs!r}: {shown(result)}")
    tap.case("--jobs that are none", problems)


def endless_input_is_told(tap):
    """What is wrong at its beginning: the rest is not waited for."""
    try:
        result = run("eval", "/dev/zero")
        problems = [] if result.returncode == 3 and b"column 1" in result.stderr else [shown(result)]
    except subprocess.TimeoutExpired:
        problems = ["it does not end"]
    tap.case("an input without end", problems)


def endless_input_is_left(tap):
    """Nothing more is read where nothing more can be written."""
    words = [BINARY, "explain", "--each", *CONDITION, "--items", "-"]
    with subprocess.Popen(["yes", compact(item(1, random.Random(1)))], stdout=subprocess.PIPE) as endless, open("/dev/full", "w") as full:
        try:
            result = subprocess.run(words, stdin=endless.stdout, stdout=full, stderr=subprocess.PIPE, timeout=100)
            problems = [] if result.returncode == 4 and b"No space left" in result.stderr else [shown(result)]
        except subprocess.TimeoutExpired:
            problems = ["it does not end"]
        endless.kill()
    tap.case("an input without end, and no room for what comes out", problems)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        if MEASURE:
            memory_does_not_grow(tap, folder)
        for case in (answers_are_right, surveys_are_right, each_is_explained, wrong_guesses_are_found_out,
                     members_that_begin_like_items, types_are_right, large_items_fit, faults_are_told, ends_are_told, spoilt_bytes_are_told,
                     lines_behind_are_seen,
                     wrong_jobs_are_told):
            case(tap, folder)
        endless_input_is_told(tap)
        endless_input_is_left(tap)
        if "gzip" in FORMATS:
            faults_wait_for_output(tap, folder)
        for form in FORMATS:
            packed_files_are_read(tap, folder, form)
            damage_is_told(tap, folder, form)
        for form in MISSING:
            missing_libraries_are_told(tap, folder, form)
    sys.exit(tap.finish())


main()
