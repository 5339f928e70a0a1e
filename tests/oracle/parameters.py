# SPDX-License-Identifier: Apache-2.0
"""The members of a request: their JSON types, which go together, and the two placeholder maps."""
import values
from placeholders import Scope, decode_names
from refusals import Refusal, unsupported
from values import decode_map


# Other members, such as ConsistentRead, are not looked at: they say nothing about an expression.
PLAIN = {"Limit": values.count_of, "ScanIndexForward": values.flag_of}
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
VALUES = "ExpressionAttributeValues"
MAPS = {
    "PutItem": ["Item", VALUES],
    "DeleteItem": ["Key", VALUES],
    "UpdateItem": ["Key", VALUES],
    "GetItem": ["Key"],
    "Query": ["ExclusiveStartKey", VALUES],
    "Scan": ["ExclusiveStartKey", VALUES],
    "TransactWriteItems": [],
    "Put": ["Item", VALUES],
    "Delete": ["Key", VALUES],
    "Update": ["Key", VALUES],
    "ConditionCheck": ["Key", VALUES],
}


class Action(dict):
    """What a request asks for: the members that its operation has, with attribute values read. Others are ignored."""

    def __init__(self, request, op):
        super().__init__()
        self.op, self.sent = op, request
        texts = TEXTS[op] + EXPRESSIONS[op]
        for name, json in request.items():
            if json is None:
                continue
            if name in texts:
                self[name] = values.text_of(json)
            elif name in MAPS[op]:
                self[name] = decode_map(json)
            elif name == "ExpressionAttributeNames":
                self[name] = decode_names(json)
            elif name in PLAIN:
                self[name] = PLAIN[name](json)
            elif name in LEGACY.get(op, ()):
                self[name] = json


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
    names = action.get("ExpressionAttributeNames")
    given = action.get("ExpressionAttributeValues")
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


def check_supported(action):
    """Told once everything else that is not about stored items has been."""
    legacy = [name for name in LEGACY.get(action.op, ()) if action.get(name)]
    if legacy:
        raise unsupported("legacy parameters are not supported by ddbexpr: " + ", ".join(legacy))
    if "IndexName" in action:
        raise unsupported("indexes are not supported by ddbexpr")
