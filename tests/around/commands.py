# SPDX-License-Identifier: Apache-2.0
"""Command lines that cover every command of the tool and every format, over files that a folder is given first. A text may
stand wherever user data can: in names, values, expressions, names of files. Knows nothing of what is tested with them."""
import collections
import json
import pathlib
import re
import subprocess

# `readable`: the output is for people, or lines that terminals show; else it is for programs, or shown as it stands.
Command = collections.namedtuple("Command", "name arguments stdin readable")

PEOPLE = {"text", "tree", "sexpr", "markdown", "github", "gcc", "tap"}


def item(key, text):
    return {"pk": {"S": key}, "text": {"S": text}, text + "-name": {"N": "1"},
            "list": {"L": [{"S": text}, {"M": {text: {"NULL": True}}}]}, "set": {"SS": [text, "b"]},
            "bytes": {"B": "GxsbWw=="}, "n": {"N": "5"}}


def fill(folder, text, file_text):
    """Writes the files; `file_text` (bytes) is part of their names."""
    folder = bytes(folder)

    def write(name, content):
        path = folder + b"/" + name.replace(b"@", file_text)
        pathlib.Path(path.decode("utf-8", "surrogateescape")).write_bytes(
            content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogateescape"))

    names = {"#t": "text", "#o": text + "-name"}
    values = {":v": {"S": text}, ":w": {"S": text + "!"}}
    write(b"items@.json", [item("a", text), item("b", text + "x")])
    write(b"names.json", names)
    write(b"values.json", values)
    request = {"op": "UpdateItem", "TableName": "T", "Key": {"pk": {"S": "a"}}, "UpdateExpression": "SET #t = :w, n = n + :v",
               "ConditionExpression": f"#o = :v AND {text} = :v", "ExpressionAttributeNames": names,
               "ExpressionAttributeValues": values}
    write(b"request@.json", request)
    write(b"lint@.json", {**request, "UpdateExpression": "SET #t = :w", "ConditionExpression": "#o <> :v"})
    write(b"mend@.json", {**request, "ConditionExpression": "#o == :v"})
    write(b"broken@.json", b'{"a": "' + text.encode("utf-8", "surrogateescape") + b"\n")
    write(b"expressions@.txt", f"a = :v AND {text} = :w\n".encode("utf-8", "surrogateescape"))
    quoted = json.dumps(text)
    suite = (f"table: {{key: {{pk: S}}}}\nitems:\n  stored: {{pk: a, text: {quoted}}}\ntests:\n"
             f"  - name: {quoted}\n    given: stored\n"
             f"    request: {{op: UpdateItem, Key: {{pk: a}}, UpdateExpression: 'SET #t = :v', ConditionExpression: '#t = :v',"
             f" ExpressionAttributeNames: {{'#t': text}}, ExpressionAttributeValues: {{':v': {quoted}}}}}\n"
             f"    expect: {{after: {{pk: a, text: {quoted}}}}}\n"
             f"  - name: fails\n    given: stored\n"
             f"    request: {{op: DeleteItem, Key: {{pk: a}}, ConditionExpression: '#t <> :v',"
             f" ExpressionAttributeNames: {{'#t': text}}, ExpressionAttributeValues: {{':v': {quoted}}}}}\n"
             f"    expect: success\n")
    write(b"suite@.ddbtest.yaml", suite.encode("utf-8", "surrogateescape"))
    write(b"bad@.ddbtest.yaml", f"table: {{key: {{{quoted}: X}}}}\n{quoted}: 1\n".encode("utf-8", "surrogateescape"))
    write(b"config@.yaml", f"tables: {{T: {{key: 'pk:S'}}}}\n{quoted}: 1\n".encode("utf-8", "surrogateescape"))


def commands(binary, text, file_text):
    """Every command, in every one of its formats. Arguments are bytes."""
    def at(name):
        return name.replace("@", "\0").encode().replace(b"\0", file_text)

    made = []

    def add(name, *arguments, stdin=b"", readable=True):
        encoded = [a if isinstance(a, bytes) else a.encode("utf-8", "surrogateescape") for a in arguments]
        made.append(Command(name, [name.split()[0].encode(), *encoded], stdin, readable))

    def in_formats(name, *arguments, stdin=b""):
        for form in formats_of(binary, name.split()[0]):
            add(f"{name} --format {form}", *arguments, "--format", form, stdin=stdin, readable=form in PEOPLE)

    bindings = ("--expression-attribute-names", "file://names.json", "--expression-attribute-values", "file://values.json")
    good = ("--condition-expression", "#t = :v AND (#o = :w OR NOT contains(#t, :w))", *bindings)
    table = ("--items", at("items@.json"), "--key-schema", "pk:S")
    update = ("--update-expression", "SET #t = :w REMOVE #o", "--expression-attribute-names", "file://names.json",
              "--expression-attribute-values", json.dumps({":w": {"S": text}}))
    in_formats("check", at("request@.json"), at("lint@.json"), at("broken@.json"), at("missing@.json"))
    in_formats("check of options", "--condition-expression", f"a = :v AND {text}", "--expression-attribute-names",
               json.dumps({f"#{text}": text, "x": text}), "--expression-attribute-values", json.dumps({":v": {"S": text}, f":{text}": {"S": text}}))
    add("check --diff", "--diff", "--unsafe-fixes", at("mend@.json"), readable=False)
    add("check of a configuration", "--config", at("config@.yaml"), at("request@.json"))
    add("check of standard input", "-", "--stdin-filename", at("stdin@.json"), stdin=b'{"ConditionExpression": "a = :v AND ' + json.dumps(text).encode()[1:-1] + b'"}')
    in_formats("eval", *good, "--items", at("items@.json"))
    in_formats("eval of no item", *good, "--item", json.dumps(item("a", text)))
    in_formats("explain", *good, "--item", json.dumps(item("a", text)))
    in_formats("explain --each", *good, "--each", "--key-schema", "pk:S", "--items", at("items@.json"))
    in_formats("explain of many", *good, "--key-schema", "pk:S", "--items", at("items@.json"))
    in_formats("explain of an update", "--update-expression", "SET #t = :v, n = #t + :v", *bindings, "--item", json.dumps(item("a", text)))
    in_formats("test", at("suite@.ddbtest.yaml"))
    in_formats("test --coverage", "--coverage", "--mutate", at("suite@.ddbtest.yaml"))
    in_formats("test of a bad suite", at("bad@.ddbtest.yaml"), at("missing@.ddbtest.yaml"))
    in_formats("put-item", "--item", json.dumps(item(text, text)), *table, "--return-values", "ALL_OLD")
    in_formats("update-item", "--key", '{"pk": {"S": "a"}}', *update, *table, "--return-values", "ALL_NEW", "--explain")
    in_formats("update-item refused", "--key", json.dumps({"pk": {"S": text}}), "--condition-expression", "attribute_exists(pk)",
               *update, *table, "--explain")
    in_formats("delete-item", "--key", '{"pk": {"S": "b"}}', *table, "--return-values", "ALL_OLD")
    in_formats("get-item", "--key", '{"pk": {"S": "b"}}', *table)
    in_formats("query", "--key-condition-expression", "pk = :k", "--expression-attribute-values", '{":k": {"S": "a"}}', *table)
    in_formats("scan", *table)
    in_formats("transact-write-items", "--transact-items",
               json.dumps([{"Delete": {"TableName": "T", "Key": {"pk": {"S": text}}, "ConditionExpression": "attribute_exists(pk)"}}]),
               "--items", b"T=" + at("items@.json"), "--key-schema", "T=pk:S", "--explain")
    question = {"op": "PutItem", "key": {"pk": "S"}, "items": [item("a", text)], "request": {"Item": item("a", text)}}
    add("request", "--jsonl", "--explain", stdin=json.dumps(question).encode() + b"\n{" + text.encode("utf-8", "surrogateescape") + b"\n", readable=False)
    # What is formatted is handed on as it is: a file that a shell puts it into must hold it.
    in_formats("fmt", "--condition-expression", "a = :v AND  b = :w")
    add("fmt of what is wrong", "--condition-expression", f"a = :v AND {text} = :w")
    add("fmt of files", at("expressions@.txt"), at("missing@.txt"))
    in_formats("ast", "--condition-expression", f"a = :v AND {text} = :w")
    in_formats("ast of what is good", "--condition-expression", "a = :v AND b = :w")
    in_formats("types", at("items@.json"), "--table-name", text)
    add("types of what is missing", at("missing@.json"))
    in_formats("rule", "DX107")
    add("rule that is none", text)
    in_formats("rules")
    add("generate", "--count", "20", "--seed", "3", readable=False)
    add("generate that is wrong", "--op", text)
    in_formats("help", "check")
    add("help of nothing", text)
    add("version")
    for command in names_of(binary):
        add(f"{command} with an unknown option", b"--" + file_text, b"-" + file_text)
        add(f"{command} with too much", text, at("missing@.json"))
    made.append(Command("a command that is none", [file_text], b"", True))
    return made


def names_of(binary):
    told = subprocess.run([binary, "help"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^  ([a-z-]+)  +\S", told, re.MULTILINE)


def formats_of(binary, command):
    told = subprocess.run([binary, command, "--help"], capture_output=True, text=True, check=True).stdout
    line = re.search(r"^  --format FORMAT +(.*)$", told, re.MULTILINE)
    if not line:
        return []
    words = re.findall(r"[a-z]+", line[1].split("(")[0])
    extra = ["markdown"] if command == "explain" else []
    return [word for word in words if word != "or"] + [word for word in extra if word not in words]


def uncovered(binary, made):
    """Commands and formats that no command line is about: there must be none."""
    for name in names_of(binary):
        if not any(command.arguments[:1] == [name.encode()] for command in made):
            yield f"no command line is about {name}"
