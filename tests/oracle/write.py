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
    action = parameters.Action(request, "PutItem")
    constraints.refuse(
        constraints.missing(action, "Item")
        + constraints.wrong_word(action, "ReturnConsumedCapacity", constraints.CAPACITY)
        + constraints.wrong_return_values(action, classic)
        + constraints.wrong_word(action, "ReturnItemCollectionMetrics", constraints.METRICS)
        + on_failure(action)
    )
    item = action["Item"]
    values.check_attributes(item, classic)
    scope = parameters.check(action, classic)
    condition = check_expressions(action, scope)[1]
    old_or_none(action)
    check_item_size(item)
    table = parameters.table_of(action, tables)
    keys.check_item_keys(item, table.schema)
    keys.check_content(item, table.schema)
    check_scalars(None, condition, table.schema)
    parameters.check_supported(action)
    old = judged(condition, item, table, action)
    table.items[keys.key_of(item, table.schema)] = item
    return returned(old if action.get("ReturnValues") == "ALL_OLD" else None)


def delete_item(request, tables, classic):
    action = parameters.Action(request, "DeleteItem")
    constraints.refuse(
        constraints.missing(action, "Key")
        + constraints.wrong_word(action, "ReturnConsumedCapacity", constraints.CAPACITY)
        + constraints.wrong_return_values(action, classic)
        + constraints.wrong_word(action, "ReturnItemCollectionMetrics", constraints.METRICS)
        + on_failure(action)
    )
    scope = parameters.check(action, classic)
    condition = check_expressions(action, scope)[1]
    old_or_none(action)
    table = parameters.table_of(action, tables)
    check_key(action["Key"], table.schema)
    check_scalars(None, condition, table.schema)
    parameters.check_supported(action)
    old = judged(condition, action["Key"], table, action)
    table.items.pop(keys.key_of(action["Key"], table.schema), None)
    return returned(old if action.get("ReturnValues") == "ALL_OLD" else None)


def update_item(request, tables, classic):
    action = parameters.Action(request, "UpdateItem")
    constraints.refuse(constraints.missing(action, "Key"))
    constraints.refuse(
        (
            constraints.wrong_return_values(action, classic)
            + constraints.wrong_word(action, "ReturnConsumedCapacity", constraints.CAPACITY)
            + constraints.wrong_word(action, "ReturnItemCollectionMetrics", constraints.METRICS)
            + on_failure(action)
        )[:1]
    )
    scope = parameters.check(action, classic)
    actions, condition = check_expressions(action, scope)
    table = parameters.table_of(action, tables)
    key = action["Key"]
    check_key(key, table.schema)
    check_scalars(actions, condition, table.schema)
    parameters.check_supported(action)
    old = judged(condition, key, table, action)
    new = apply(actions, key, old, table)
    if new is not None:
        check_new_size(new, actions)
        table.items[keys.key_of(key, table.schema)] = new
    return returned(update_values(action.get("ReturnValues"), actions, old, new))


def on_failure(action, where=None):
    return constraints.wrong_word(action, "ReturnValuesOnConditionCheckFailure", constraints.ON_FAILURE, where)


def check_expressions(action, scope):
    """-> (checked update or None, checked condition or None)"""
    update = action.get("UpdateExpression")
    condition = action.get("ConditionExpression")
    actions = None if update is None else check_update(update, scope)
    tree = None if condition is None else check_condition(condition, "ConditionExpression", scope)
    scope.check_unused()
    return actions, tree


def old_or_none(action):
    if action.get("ReturnValues") not in (None, "NONE", "ALL_OLD"):
        raise Refusal("ReturnValues can only be ALL_OLD or NONE")


def check_item_size(item):
    if values.item_size(item) > ITEM_BYTES:
        raise bare("Item size has exceeded the maximum allowed size")


def check_key(key, schema):
    keys.check_key_names(key, schema)
    keys.check_key_types(key, schema)
    keys.check_content(key, schema)


def check_scalars(actions, condition, schema):
    """Paths into key attributes, but for targets: those are told when the update runs (dyl-ukey-001)."""
    for tree in [operand for _, _, operand in actions or () if operand] + ([condition] if condition else []):
        keys.check_scalar(paths_of(tree), schema)


def judged(condition, key, table, action):
    """-> the stored item or None; raises if the condition is false of it"""
    old = table.items.get(keys.key_of(key, table.schema))
    if condition and not holds(condition, old or {}):
        members = {}
        if action.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" and old is not None:
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
    new = updated(actions or [], dict(key) if old is None else old, old is not None)
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
