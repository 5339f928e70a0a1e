# SPDX-License-Identifier: Apache-2.0
"""Requests as Python programs write them, keyword arguments of boto3, to the JSON that goes over the wire. Knows which
members hold values; it must not know what the service says of them."""
from typing import Any, Dict, Iterator, Mapping, Optional

from .conditions import Builder
from .values import form_of, to_json

# Members that are maps from names to values.
_MAPS = ("Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey")

_CONDITIONS = ("ConditionExpression", "FilterExpression", "KeyConditionExpression")

_PLACEHOLDERS = "ExpressionAttributeNames ExpressionAttributeValues"
_WRITE = (
    "TableName ConditionExpression ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics "
    f"ReturnValuesOnConditionCheckFailure Expected ConditionalOperator {_PLACEHOLDERS}"
)
_READ = "TableName ProjectionExpression ConsistentRead ReturnConsumedCapacity AttributesToGet ExpressionAttributeNames"
_MANY = (
    f"{_READ} IndexName FilterExpression ExpressionAttributeValues Select Limit ExclusiveStartKey ConditionalOperator"
)

# The keyword arguments that boto3 takes.
MEMBERS = {
    "PutItem": f"Item {_WRITE}".split(),
    "UpdateItem": f"Key UpdateExpression AttributeUpdates {_WRITE}".split(),
    "DeleteItem": f"Key {_WRITE}".split(),
    "GetItem": f"Key {_READ}".split(),
    "Query": f"KeyConditionExpression KeyConditions QueryFilter ScanIndexForward {_MANY}".split(),
    "Scan": f"ScanFilter Segment TotalSegments {_MANY}".split(),
    "TransactWriteItems": "TransactItems ClientRequestToken ReturnConsumedCapacity ReturnItemCollectionMetrics".split(),
}


def check_members(operation: str, request: Mapping[str, Any]) -> None:
    """A keyword argument that boto3 does not know is a slip, here as there, and so is None."""
    for name, value in request.items():
        if name not in MEMBERS[operation]:
            raise TypeError(f"{operation} has no parameter {name!r}")
        if value is None:
            raise TypeError(f"{operation}: {name} is None; what is not wanted is left out")


def check_table_names(operation: str, request: Mapping[str, Any]) -> None:
    """A client does not know which table is meant, even if it has one alone."""
    bodies = list(_bodies(request))
    for body in bodies[1:] if operation == "TransactWriteItems" else bodies:
        if "TableName" not in body:
            raise TypeError(f"{operation}: TableName is missing")


def _bodies(request: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The request, or the actions of a transaction."""
    yield request
    for action in request.get("TransactItems") or ():
        if isinstance(action, Mapping):
            for body in action.values():
                if isinstance(body, Mapping):
                    yield body


def form_of_request(request: Mapping[str, Any]) -> Optional[str]:
    """The form of all that has one, taken together; None: nothing has."""
    return form_of(body.get(name) for body in _bodies(request) for name in _MAPS)


def _build_conditions(body: Dict[str, Any]) -> None:
    """Puts text and placeholders in the place of conditions that boto3 made."""
    builder = Builder()
    for name in _CONDITIONS:
        built = builder.build(body.get(name), name == "KeyConditionExpression")
        if not built:
            continue
        body[name] = built.text
        for member, more in (("ExpressionAttributeNames", built.names), ("ExpressionAttributeValues", built.values)):
            if more:
                body[member] = {**(body.get(member) or {}), **more}


def _body_to_json(body: Mapping[str, Any], form: str) -> Dict[str, Any]:
    result = dict(body)
    _build_conditions(result)
    for name in _MAPS:
        if isinstance(result.get(name), Mapping):
            result[name] = to_json(result[name], form)
    return result


def _action_to_json(action: Any, form: str) -> Any:
    if not isinstance(action, Mapping):
        return action
    return {
        name: _body_to_json(body, form) if isinstance(body, Mapping) else body for name, body in action.items()
    }


def request_to_json(request: Mapping[str, Any], form: str) -> Dict[str, Any]:
    """The request's body as sent on the wire."""
    for name in request:
        if not isinstance(name, str):
            raise TypeError(f"members of a request are str, not {type(name).__name__}")
    result = _body_to_json(request, form)
    actions = result.get("TransactItems")
    if isinstance(actions, (list, tuple)):
        result["TransactItems"] = [_action_to_json(action, form) for action in actions]
    return result
