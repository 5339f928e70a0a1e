# SPDX-License-Identifier: Apache-2.0
"""Tables held in memory, with the methods of boto3's Table and client: the same keyword arguments, the same answers, the
same errors. What the answers are is the library's business."""
from typing import Any, Dict, Iterable, List, Mapping, NoReturn, Optional, Sequence, Tuple

from ._library import MESSAGES
from .errors import InputError, Unsupported, client_error, exceptions, response_metadata
from .requests import check_members, check_table_names, request_to_json
from .stores import Answer, Store, run
from .values import Item, Value, checked_form, from_json, to_json

Response = Dict[str, Any]

_NOT_OURS = "UnsupportedByDdbexpr"


def _messages(name: str) -> int:
    if name not in MESSAGES:
        raise ValueError(f"messages are one of {', '.join(MESSAGES)}: not {name!r}")
    return MESSAGES[name]


def _fail(answer: Answer, operation: str, form: str) -> NoReturn:
    assert answer.error
    error = dict(answer.error)
    if error["__type"] == _NOT_OURS:
        raise Unsupported(error["message"])
    reasons = error.get("CancellationReasons", ())
    items = [error.get("Item"), *(reason.get("Item") for reason in reasons)]
    own = [from_json(item, form) if item is not None else None for item in items]
    # boto3 leaves them in DynamoDB JSON, whoever asks.
    wire = "json" if form == "json" else "typed"
    if "Item" in error:
        error["Item"] = from_json(error["Item"], wire)
    if reasons:
        error["CancellationReasons"] = [
            {**reason, "Item": from_json(reason["Item"], wire)} if "Item" in reason else dict(reason)
            for reason in reasons
        ]
    raised = client_error(error, operation)
    raised.item = own[0]
    raised.reasons = tuple(
        (reason.get("Code", "None"), reason.get("Message", ""), item) for reason, item in zip(reasons, own[1:])
    )
    raised.diagnostics = answer.diagnostics
    raised.explanation = answer.explanation
    raise raised


def _respond(response: Response, form: str) -> Response:
    for member in ("Attributes", "Item", "LastEvaluatedKey"):
        if member in response:
            response[member] = from_json(response[member], form)
    if "Items" in response:
        response["Items"] = [from_json(item, form) for item in response["Items"]]
    response["ResponseMetadata"] = response_metadata(200)
    return response


def _ask(
    operation: str, request: Mapping[str, Any], stores: Sequence[Store], form: str, messages: int
) -> Response:
    answer = run(operation, request_to_json(request, form), stores, messages)
    if answer.response is None:
        _fail(answer, operation, form)
    return _respond(answer.response, form)


class _Operations:
    """The methods that tables and clients share. Keyword arguments are those of boto3."""

    def _call(self, operation: str, request: Dict[str, Any]) -> Response:
        raise NotImplementedError

    def put_item(self, **request: Any) -> Response:
        """PutItem."""
        return self._call("PutItem", request)

    def update_item(self, **request: Any) -> Response:
        """UpdateItem."""
        return self._call("UpdateItem", request)

    def delete_item(self, **request: Any) -> Response:
        """DeleteItem."""
        return self._call("DeleteItem", request)

    def get_item(self, **request: Any) -> Response:
        """GetItem. Without an item there is no `Item` in the response."""
        return self._call("GetItem", request)

    def query(self, **request: Any) -> Response:
        """Query: one page."""
        return self._call("Query", request)

    def scan(self, **request: Any) -> Response:
        """Scan: one page."""
        return self._call("Scan", request)

    def transact_write_items(self, **request: Any) -> Response:
        """TransactWriteItems: all of it or nothing."""
        return self._call("TransactWriteItems", request)


class Table(_Operations):
    """One table. `key` is its key schema, {"pk": "S", "sk": "N"}, the partition key first. `items` are there from the
    beginning. `form` is that of all items, keys and values: `plain` as boto3's Table has them, or `typed` or `json`.
    `indexes` says of each index its key attributes, as `key` does: for `check`; a query of an index is Unsupported.
    `messages` may be `classic` for the service's wording before 2026.

    Any number of threads may use a table: its requests happen one after another."""

    def __init__(
        self,
        key: Mapping[str, str],
        items: Iterable[Mapping[str, Value]] = (),
        *,
        name: str = "",
        form: str = "plain",
        indexes: Optional[Mapping[str, Mapping[str, str]]] = None,
        messages: str = "current",
    ) -> None:
        self.form = checked_form(form) or "plain"
        self.indexes = {index: dict(attributes) for index, attributes in (indexes or {}).items()}
        self._messages = _messages(messages)
        self._store = Store(name, key)
        self._store.load([to_json(item, self.form) for item in items])

    @classmethod
    def from_create_table(cls, request: Mapping[str, Any], **options: Any) -> "Table":
        """A table as CreateTable's parameters, or what DescribeTable answers as Table, describe it: TableName, KeySchema,
        AttributeDefinitions, and the keys of its indexes. Everything else does not matter here."""
        types = {one["AttributeName"]: one["AttributeType"] for one in request["AttributeDefinitions"]}

        def key_of(schema: Sequence[Mapping[str, str]]) -> Dict[str, str]:
            names = sorted(schema, key=lambda one: one["KeyType"] != "HASH")
            return {one["AttributeName"]: types[one["AttributeName"]] for one in names}

        indexes = {
            index["IndexName"]: key_of(index["KeySchema"])
            for member in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes")
            for index in request.get(member) or ()
        }
        return cls(key_of(request["KeySchema"]), name=request["TableName"], indexes=indexes, **options)

    @property
    def name(self) -> str:
        """The table's name; may be empty."""
        return self._store.name

    table_name = name

    @property
    def key(self) -> Dict[str, str]:
        """The key schema."""
        return dict(self._store.key)

    @property
    def items(self) -> List[Item]:
        """A copy of what the table holds, in the order in which it came to be there."""
        return [from_json(item, self.form) for item in self._store.dump()]

    @items.setter
    def items(self, items: Iterable[Mapping[str, Value]]) -> None:
        self._store.load([to_json(item, self.form) for item in items])

    def __len__(self) -> int:
        return len(self._store)

    def __repr__(self) -> str:
        return f"<ddbexpr.Table {self.name or 'without a name'}, key {self.key}, {len(self)} items>"

    def _call(self, operation: str, request: Dict[str, Any]) -> Response:
        check_members(operation, request)
        return _ask(operation, request, [self._store], self.form, self._messages)

    @property
    def meta(self) -> "_Meta":
        """As boto3's: `table.meta.client` is a client of this table, in the form of the table."""
        return _Meta(Client(self, form=self.form))


class Client(_Operations):
    """Several tables, each with a name, as boto3's client has them: every request says its TableName, and values are
    DynamoDB JSON unless `form` says otherwise."""

    exceptions = exceptions

    def __init__(self, *tables: Table, form: str = "typed") -> None:
        if not tables:
            raise InputError("a client has at least one table")
        names = [table.name for table in tables]
        if len(set(names)) != len(names):
            raise InputError("each table of a client has a name of its own")
        self.form = checked_form(form) or "typed"
        self.tables: Tuple[Table, ...] = tables
        self._stores = [table._store for table in tables]
        self._messages = tables[0]._messages

    def _call(self, operation: str, request: Dict[str, Any]) -> Response:
        check_members(operation, request)
        if self.tables[0].name:
            check_table_names(operation, request)
        return _ask(operation, request, self._stores, self.form, self._messages)


class _Meta:
    """What boto3's Table has as `meta`."""

    def __init__(self, client: Client) -> None:
        self.client = client
