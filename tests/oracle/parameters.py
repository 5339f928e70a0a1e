# SPDX-License-Identifier: Apache-2.0
"""The members of a request: their JSON types, which go together, and the two placeholder maps."""
import values
from placeholders import Scope, decode_names
from refusals import Refusal, unreadable, unsupported
from values import decode_map

EXPRESSIONS = {
    "PutItem": ["ConditionExpression"],
    "DeleteItem": ["ConditionExpression"],
    "UpdateItem": ["UpdateExpression", "ConditionExpression"],
    "GetItem": ["ProjectionExpression"],
    "Query": ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"],
    "Scan": ["ProjectionExpression", "FilterExpression"],
}
LEGACY = {
    "PutItem": ["Expected", "ConditionalOperator"],
    "DeleteItem": ["Expected", "ConditionalOperator"],
    "UpdateItem": ["AttributeUpdates", "Expected", "ConditionalOperator"],
    "GetItem": ["AttributesToGet"],
    "Query": ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"],
    "Scan": ["AttributesToGet", "ScanFilter", "ConditionalOperator"],
}
ALL_LEGACY = list(dict.fromkeys(name for names in LEGACY.values() for name in names))
# What an expression must be for values to be of use, and how the older wording says that there is none.
NO_EXPRESSION = {
    "PutItem": ": ConditionExpression is null",
    "DeleteItem": ": ConditionExpression is null",
    "UpdateItem": ": UpdateExpression and ConditionExpression are null",
    "Query": ": FilterExpression and KeyConditionExpression are null",
    "Scan": ": FilterExpression is null",
}
TEXTS = (
    "TableName",
    "ConditionExpression",
    "UpdateExpression",
    "ProjectionExpression",
    "FilterExpression",
    "KeyConditionExpression",
    "ReturnValues",
    "ReturnConsumedCapacity",
    "ReturnItemCollectionMetrics",
    "ReturnValuesOnConditionCheckFailure",
    "Select",
    "IndexName",
)
MAPS = ("Item", "Key", "ExclusiveStartKey", "ExpressionAttributeValues")


class Action:
    """What a request asks for: its members with attribute values read."""

    def __init__(self, request):
        self.request = request
        self.members = {}


def decode(request, *maps):
    """Reads the members in the order in which they stand."""
    action = Action(request)
    for name, json in request.items():
        if json is None:
            continue
        if name in TEXTS:
            values.text_of(json)
        elif name in maps or name == "ExpressionAttributeValues":
            action.members[name] = decode_map(json)
        elif name == "ExpressionAttributeNames":
            action.members[name] = decode_names(json)
    return action


def check(action, op, classic, depth=values.DEPTH):
    """Which parameters go together, the key's values, then the maps. -> the scope of the expressions"""
    request = action.request
    legacy = [name for name in LEGACY[op] if request.get(name) is not None]
    expressions = [name for name in EXPRESSIONS[op] if request.get(name) is not None]
    if legacy and expressions:
        raise Refusal(
            "Can not use both expression and non-expression parameters in the same request: "
            f"Non-expression parameters: {{{', '.join(legacy)}}} Expression parameters: {{{', '.join(expressions)}}}"
        )
    names = action.members.get("ExpressionAttributeNames")
    given = action.members.get("ExpressionAttributeValues")
    if names is not None and not expressions:
        raise Refusal("ExpressionAttributeNames can only be specified when using expressions")
    if given is not None and not [name for name in expressions if name != "ProjectionExpression"]:
        tail = NO_EXPRESSION.get(op, "") if classic or op == "Query" else ""
        raise Refusal("ExpressionAttributeValues can only be specified when using expressions" + tail)
    if "Key" in action.members:
        values.check_attributes(action.members["Key"], classic)
    scope = Scope(names, given, classic, depth)
    scope.check()
    return scope


def check_supported(request):
    """Told once everything else that is not about stored items has been."""
    legacy = [name for name in ALL_LEGACY if request.get(name)]
    if legacy:
        raise unsupported("legacy parameters are not supported by ddbexpr: " + ", ".join(legacy))
