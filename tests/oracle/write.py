# SPDX-License-Identifier: Apache-2.0
"""PutItem, UpdateItem and DeleteItem: what they check, in the service's order, and what they do."""
import constraints
import keys
import parameters
import values
from check import check_condition
from check_update import check_update
from evaluate import holds
from paths import paths_of
from project import project
from refusals import Refusal, bare
from update import updated

ITEM_BYTES = 409600


def put_item(request, tables, classic):
    action = parameters.decode(request, "Item")
    constraints.refuse(
        constraints.missing(request, "Item")
        + constraints.wrong_word(request, "ReturnConsumedCapacity", constraints.CAPACITY)
        + constraints.wrong_return_values(request, classic)
        + on_failure(request)
        + constraints.wrong_word(request, "ReturnItemCollectionMetrics", constraints.METRICS)
    )
    item = action.members["Item"]
    values.check_attributes(item, classic)
    scope = parameters.check(action, "PutItem", classic)
    condition = check_expressions(request, scope)[1]
    old_or_none(request)
    check_item_size(item)
    table = tables.find(request.get("TableName"))
    keys.check_present(item, table.schema)
    keys.check_item_types(item, table.schema)
    keys.check_content(item, table.schema)
    old = judged(condition, item, table, request)
    table.items[keys.key_of(item, table.schema)] = item
    return returned(old if request.get("ReturnValues") == "ALL_OLD" else None)


def delete_item(request, tables, classic):
    action = parameters.decode(request, "Key")
    constraints.refuse(
        constraints.missing(request, "Key")
        + constraints.wrong_word(request, "ReturnConsumedCapacity", constraints.CAPACITY)
        + constraints.wrong_return_values(request, classic)
        + on_failure(request)
        + constraints.wrong_word(request, "ReturnItemCollectionMetrics", constraints.METRICS)
    )
    scope = parameters.check(action, "DeleteItem", classic)
    condition = check_expressions(request, scope)[1]
    old_or_none(request)
    table = tables.find(request.get("TableName"))
    check_key(action.members["Key"], table.schema)
    old = judged(condition, action.members["Key"], table, request)
    table.items.pop(keys.key_of(action.members["Key"], table.schema), None)
    return returned(old if request.get("ReturnValues") == "ALL_OLD" else None)


def update_item(request, tables, classic):
    action = parameters.decode(request, "Key")
    constraints.refuse(constraints.missing(request, "Key"))
    constraints.refuse(
        (
            constraints.wrong_return_values(request, classic)
            + on_failure(request)
            + constraints.wrong_word(request, "ReturnConsumedCapacity", constraints.CAPACITY)
            + constraints.wrong_word(request, "ReturnItemCollectionMetrics", constraints.METRICS)
        )[:1]
    )
    scope = parameters.check(action, "UpdateItem", classic)
    actions, condition = check_expressions(request, scope)
    table = tables.find(request.get("TableName"))
    key = action.members["Key"]
    check_key(key, table.schema)
    old = judged(condition, key, table, request, actions)
    new = apply(actions, key, old, table)
    if new is not None:
        check_new_size(new, actions)
        table.items[keys.key_of(key, table.schema)] = new
    return returned(update_values(request.get("ReturnValues"), actions, old, new))


def on_failure(request, where=None):
    return constraints.wrong_word(request, "ReturnValuesOnConditionCheckFailure", constraints.ON_FAILURE, where)


def check_expressions(request, scope):
    """-> (checked update or None, checked condition or None)"""
    update = request.get("UpdateExpression")
    condition = request.get("ConditionExpression")
    actions = None if update is None else check_update(update, scope)
    tree = None if condition is None else check_condition(condition, "ConditionExpression", scope)
    scope.check_unused()
    return actions, tree


def old_or_none(request):
    if request.get("ReturnValues") not in (None, "NONE", "ALL_OLD"):
        raise Refusal("ReturnValues can only be ALL_OLD or NONE")


def check_item_size(item):
    if values.item_size(item) > ITEM_BYTES:
        raise bare("Item size has exceeded the maximum allowed size")


def check_key(key, schema):
    keys.check_key_names(key, schema)
    keys.check_key_types(key, schema)
    keys.check_content(key, schema)


def judged(condition, key, table, request, actions=None):
    """-> the stored item or None; raises if the condition is false of it"""
    for operand in [operand for _, _, operand in actions or () if operand] + ([condition] if condition else []):
        keys.check_scalar(paths_of(operand), table.schema)
    parameters.check_supported(request)
    old = table.items.get(keys.key_of(key, table.schema))
    if condition and not holds(condition, old or {}):
        members = {}
        if request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" and old is not None:
            members["Item"] = values.encode_map(old)
        raise Refusal("The conditional request failed", False, "ConditionalCheckFailedException", members)
    return old


def apply(actions, key, old, table):
    """-> the new item, or None where nothing is made of nothing"""
    for _, steps, _ in actions or ():
        if steps[0] in table.schema:
            raise bare(f"{values.PREFIX}Cannot update attribute {steps[0]}. This attribute is part of the key")
    if old is None and actions and all(word in ("REMOVE", "DELETE") for word, _, _ in actions):
        return None
    new = updated(actions or [], dict(key) if old is None else old)
    if any(values.depth(value) > values.DEPTH for value in new.values()):
        raise bare(values.TOO_DEEP)
    return new


def check_new_size(new, actions):
    written = 0
    if actions:
        names = {steps[0] for word, steps, _ in actions if word in ("SET", "ADD")}
        written = values.item_size({name: new[name] for name in names if name in new})
        written += 3 + sum(19 if word in ("SET", "ADD") else 2 for word, _, _ in actions)
    if max(values.item_size(new), written) > ITEM_BYTES:
        raise bare("Item size to update has exceeded the maximum allowed size")


def returned(attributes):
    return {"Attributes": values.encode_map(attributes)} if attributes else {}


def update_values(wanted, actions, old, new):
    if wanted == "ALL_OLD":
        return old
    if wanted == "ALL_NEW":
        return new
    if wanted in ("UPDATED_OLD", "UPDATED_NEW"):
        return project([steps for _, steps, _ in actions or ()], (old if wanted == "UPDATED_OLD" else new) or {})
    return None
