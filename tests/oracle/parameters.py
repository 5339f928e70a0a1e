# SPDX-License-Identifier: Apache-2.0
"""The members of a request: their JSON types, which go together, and the two placeholder maps."""
import values
from placeholders import Scope, decode_names
from refusals import Refusal, unsupported
from values import decode_map


# Other members, such as ConsistentRead, are not looked at: they say nothing about an expression.
PLAIN = {
    "Query": {"Limit": values.count_of, "ScanIndexForward": values.flag_of},
    "Scan": {"Limit": values.count_of},
}
EXPRESSIONS = {
    "PutItem": ["ConditionExpression"],
    "DeleteItem": ["ConditionExpression"],
    "UpdateItem": ["UpdateExpression", "ConditionExpression"],
    "GetItem": ["ProjectionExpression"],
    "Query": ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"],
    "Scan": ["ProjectionExpression", "FilterExpression"],
    "TransactWriteItems": [],
    "Put": ["ConditionExpression"],
    "Delete": ["ConditionExpression"],
    "Update": ["UpdateExpression", "ConditionExpression"],
    "ConditionCheck": ["ConditionExpression"],
}
LEGACY = {
    "PutItem": ["Expected", "ConditionalOperator"],
    "DeleteItem": ["Expected", "ConditionalOperator"],
    "UpdateItem": ["AttributeUpdates", "Expected", "ConditionalOperator"],
    "GetItem": ["AttributesToGet"],
    "Query": ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"],
    "Scan": ["AttributesToGet", "ScanFilter", "ConditionalOperator"],
}
# What an expression must be for values to be of use, and how the older wording says that there is none.
NO_EXPRESSION = {
    "PutItem": ": ConditionExpression is null",
    "DeleteItem": ": ConditionExpression is null",
    "UpdateItem": ": UpdateExpression and ConditionExpression are null",
    "Query": ": FilterExpression and KeyConditionExpression are null",
    "Scan": ": FilterExpression is null",
    "Put": ": ConditionExpression is null",
    "Delete": ": ConditionExpression is null",
    "Update": ": UpdateExpression and ConditionExpression are null",
    "ConditionCheck": ": ConditionExpression is null",
}
OF_WRITES = ["TableName", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics", "ReturnValues"]
ON_FAILURE = "ReturnValuesOnConditionCheckFailure"
TEXTS = {
    "PutItem": [*OF_WRITES, ON_FAILURE],
    "DeleteItem": [*OF_WRITES, ON_FAILURE],
    "UpdateItem": [*OF_WRITES, ON_FAILURE],
    "GetItem": ["TableName", "ReturnConsumedCapacity"],
    "Query": ["TableName", "ReturnConsumedCapacity", "Select", "IndexName"],
    "Scan": ["TableName", "ReturnConsumedCapacity", "Select", "IndexName"],
    "TransactWriteItems": ["ReturnConsumedCapacity", "ReturnItemCollectionMetrics", "ClientRequestToken"],
    "Put": ["TableName", ON_FAILURE],
    "Delete": ["TableName", ON_FAILURE],
    "Update": ["TableName", ON_FAILURE],
    "ConditionCheck": ["TableName", ON_FAILURE],
}
NAMES, VALUES = "ExpressionAttributeNames", "ExpressionAttributeValues"
MAPS = {
    "PutItem": ["Item", NAMES, VALUES],
    "DeleteItem": ["Key", NAMES, VALUES],
    "UpdateItem": ["Key", NAMES, VALUES],
    "GetItem": ["Key", NAMES],
    "Query": ["ExclusiveStartKey", NAMES, VALUES],
    "Scan": ["ExclusiveStartKey", NAMES, VALUES],
    "TransactWriteItems": [],
    "Put": ["Item", NAMES, VALUES],
    "Delete": ["Key", NAMES, VALUES],
    "Update": ["Key", NAMES, VALUES],
    "ConditionCheck": ["Key", NAMES, VALUES],
}
# Which of several members of a wrong JSON type is told nobody has shown (docs/behaviour.md, open question 20).
TEXT_ORDER = (
    "TableName",
    "IndexName",
    "ConditionExpression",
    "UpdateExpression",
    "FilterExpression",
    "ProjectionExpression",
    "KeyConditionExpression",
    "ReturnValues",
    "ReturnValuesOnConditionCheckFailure",
    "ReturnConsumedCapacity",
    "ReturnItemCollectionMetrics",
    "Select",
    "ClientRequestToken",
)


class Action(dict):
    """What a request asks for: the members that its operation has, with attribute values read. Others are ignored."""

    def __init__(self, request, op):
        super().__init__()
        self.op, self.sent = op, request
        for name in TEXT_ORDER:
            if name in TEXTS[op] + EXPRESSIONS[op]:
                self._read(name, values.text_of)
        for name in MAPS[op]:
            self._read(name, decode_names if name == NAMES else decode_map)
        for name, reader in PLAIN.get(op, {}).items():
            self._read(name, reader)
        for name in LEGACY.get(op, ()):
            self._read(name, lambda json: json)

    def _read(self, name, reader):
        if self.sent.get(name) is not None:
            self[name] = reader(self.sent[name])


def check(action, classic, depth=values.DEPTH):
    """Which parameters go together, the key's values, then the maps. -> the scope of the expressions"""
    op = action.op
    legacy = [name for name in LEGACY.get(op, ()) if name in action]
    expressions = [name for name in EXPRESSIONS[op] if name in action]
    if legacy and expressions:
        raise Refusal(
            "Can not use both expression and non-expression parameters in the same request: "
            f"Non-expression parameters: {{{', '.join(legacy)}}} Expression parameters: {{{', '.join(expressions)}}}"
        )
    names = action.get(NAMES)
    given = action.get(VALUES)
    if names is not None and not expressions:
        raise Refusal("ExpressionAttributeNames can only be specified when using expressions")
    if given is not None and not [name for name in expressions if name != "ProjectionExpression"]:
        tail = NO_EXPRESSION.get(op, "") if classic or op == "Query" else ""
        raise Refusal("ExpressionAttributeValues can only be specified when using expressions" + tail)
    if depth == values.DEPTH:
        check_key_values(action, classic)
    scope = Scope(names, given, action.sent.get(VALUES), classic, depth)
    scope.check()
    return scope


def check_key_values(action, classic):
    for name in ("Key", "ExclusiveStartKey"):
        if name in action:
            values.check_attributes(action[name], classic)


def table_of(action, tables):
    """-> the table; where there is none, what is not supported is still told first"""
    try:
        return tables.find(action.get("TableName"))
    except Refusal:
        check_supported(action)
        raise


def check_supported(action):
    """Told once everything else that is not about stored items has been."""
    check_legacy(action)
    if "IndexName" in action:
        raise unsupported("indexes are not supported by ddbexpr")


def check_legacy(action):
    legacy = [name for name in LEGACY.get(action.op, ()) if name in action]
    if any(action[name] != {} for name in legacy):
        raise unsupported("legacy parameters are not supported by ddbexpr: " + ", ".join(legacy))
