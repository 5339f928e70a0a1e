#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the script of docs/fuzzing.md against a small endpoint. usage: run_page.py DDBEXPR

The endpoint keeps tables in memory and has `ddbexpr request --jsonl` answer; it can be told to be wrong.
"""
import http.server
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

BINARY = sys.argv[1]


class Endpoint(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    tables = {}
    wrong = False
    engine = None

    def log_message(self, format, *args):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        operation = self.headers["X-Amz-Target"].removeprefix("DynamoDB_20120810.")
        if not self.headers["Authorization"].startswith("AWS4-HMAC-SHA256 "):
            self.answer(400, {"__type": "MissingAuthenticationTokenException", "message": "no signature"})
        elif operation == "CreateTable":
            types = {a["AttributeName"]: a["AttributeType"] for a in body["AttributeDefinitions"]}
            key = {k["AttributeName"]: types[k["AttributeName"]] for k in body["KeySchema"]}
            self.tables[body["TableName"]] = {"key": key, "items": []}
            self.answer(200, {})
        elif operation == "DeleteTable":
            del self.tables[body["TableName"]]
            self.answer(200, {})
        else:
            self.run(operation, body)

    def run(self, operation, body):
        question = {"op": operation, "tables": self.tables, "request": body}
        self.engine.stdin.write(json.dumps(question) + "\n")
        self.engine.stdin.flush()
        answer = json.loads(self.engine.stdout.readline())
        if not answer["ok"]:
            kind = answer["error"]["__type"]
            if self.wrong and kind == "ConditionalCheckFailedException":
                self.answer(200, {})
                return
            self.answer(400, dict(answer["error"], __type=f"com.amazonaws.dynamodb.v20120810#{kind}"))
            return
        for name, table in answer["tables"].items():
            self.tables[name]["items"] = table["items"]
        self.answer(200, answer["response"])

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def replay(script, url, *options):
    cases = subprocess.run([BINARY, "generate", *options], stdout=subprocess.PIPE, check=True)
    return subprocess.run(
        [sys.executable, script, url],
        input=cases.stdout,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


def main():
    tap = Tap()
    page = (ROOT / "docs/fuzzing.md").read_text(encoding="utf-8")
    scripts = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    tap.case("the page has one script", [] if len(scripts) == 1 else [str(len(scripts))])
    Endpoint.engine = subprocess.Popen(
        [BINARY, "request", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "replay.py"
        script.write_text(scripts[0], encoding="utf-8")
        for options in [["--count", "100"], ["--count", "200", "--wild"]]:
            done = replay(script, url, *options)
            good = done.returncode == 0 and done.stdout == b"0 cases differ\n"
            tap.case(f"{' '.join(options)}: the endpoint answers as it should", [] if good else [done.stdout.decode()])
        Endpoint.wrong = True
        done = replay(script, url, "--count", "100", "--op", "UpdateItem")
        good = done.returncode == 1 and b"generate-UpdateItem-1-" in done.stdout and b"success: True" in done.stdout
        tap.case("an endpoint that ignores conditions is found out", [] if good else [done.stdout.decode()])
        tap.case("all tables are gone", [] if not Endpoint.tables else list(Endpoint.tables))
    server.shutdown()
    Endpoint.engine.stdin.close()
    Endpoint.engine.wait()
    sys.exit(tap.finish())


main()
