# SPDX-License-Identifier: Apache-2.0
"""A whole request: a question (tests/cases/README.md) in, an answer out. Which part judges it depends on `op`."""
import read
import transact
import write
from refusals import Refusal, unreadable
from tables import Tables

OPERATIONS = {
    "PutItem": write.put_item,
    "UpdateItem": write.update_item,
    "DeleteItem": write.delete_item,
    "GetItem": read.get_item,
    "Query": read.query,
    "Scan": read.scan,
    "TransactWriteItems": transact.transact_write_items,
}
WRAPPED = ("PutItem", "UpdateItem", "DeleteItem")


def answer(question, messages="current"):
    """-> {"ok": …} as `ddbexpr request --jsonl` gives it"""
    op = None
    try:
        if type(question) is not dict or question.get("op") not in OPERATIONS:
            raise unreadable()
        op = question["op"]
        request = question.get("request")
        if type(request) is not dict:
            raise unreadable()
        tables = Tables(question)
        response = OPERATIONS[op](request, tables, messages == "classic")
        return {"ok": True, "response": response, **tables.encoded()}
    except Refusal as refusal:
        message = refusal.message
        if refusal.wrapped and op in WRAPPED and messages == "current":
            message = "1 validation error detected: " + message
        return {"ok": False, "error": {"__type": refusal.kind, "message": message, **refusal.members}}
