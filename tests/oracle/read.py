# SPDX-License-Identifier: Apache-2.0
"""GetItem, Query and Scan."""
import constraints
import key_condition
import keys
import parameters
import values
from check import check_condition, check_projection, fail
from evaluate import compare, holds
from paths import paths_of
from project import project
from refusals import bare


def get_item(request, tables, classic):
    action = parameters.Action(request, "GetItem")
    constraints.refuse(
        constraints.missing(action, "Key")
        + constraints.wrong_word(action, "ReturnConsumedCapacity", constraints.CAPACITY)
    )
    scope = parameters.check(action, classic)
    paths = projection_of(action, scope)
    scope.check_unused()
    table = parameters.table_of(action, tables)
    key = action["Key"]
    keys.check_key_names(key, table.schema)
    keys.check_key_types(key, table.schema)
    keys.check_content(key, table.schema)
    keys.check_scalar(paths or (), table.schema)
    parameters.check_supported(action)
    item = table.items.get(keys.key_of(key, table.schema))
    return {} if item is None else {"Item": values.encode_map(shown(item, paths))}


def projection_of(action, scope):
    text = action.get("ProjectionExpression")
    return None if text is None else check_projection(text, scope)


def shown(item, paths):
    return item if paths is None else project(paths, item)


def query(request, tables, classic):
    action = parameters.Action(request, "Query")
    constraints.refuse(
        constraints.wrong_word(action, "ReturnConsumedCapacity", constraints.CAPACITY)
        + constraints.wrong_word(action, "Select", constraints.SELECT)
        + limit(action, classic)
    )
    scope = parameters.check(action, classic)
    text = action.get("KeyConditionExpression")
    if text == "":
        fail("KeyConditionExpression", "The expression can not be empty;")
    filter_tree = filter_of(action, scope)
    paths = projection_of(action, scope)
    select(action, "" if classic else "1 validation error detected: ")
    if text is None:
        parameters.check_legacy(action)
        raise bare("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
    tree = check_condition(text, "KeyConditionExpression", scope)
    scope.check_unused()
    conditions = key_condition.check_form(tree)
    parameters.check_supported(action)
    table = tables.find(action.get("TableName"))
    key_condition.check_schema(conditions, table.schema)
    for steps in paths_of(filter_tree) if filter_tree else ():
        if steps[0] in table.schema:
            raise bare(
                "Filter Expression can only contain non-primary key attributes: "
                f"Primary key attribute: {steps[0]}"
            )
    keys.check_scalar(paths or (), table.schema)
    found = [item for item in table.items.values() if holds(tree, item)]
    sort = list(table.schema)[1:]
    found.sort(key=lambda item: [item[name][1] for name in sort], reverse=action.get("ScanIndexForward") is False)
    start = action.get("ExclusiveStartKey")
    if start:
        found = after(found, start, table.schema, conditions, action.get("ScanIndexForward") is False)
    return page(found, action, filter_tree, paths, table.schema)


def after(found, start, schema, conditions, backward):
    """The items behind a key; one that does not fit the schema or lies in another partition starts from the beginning
    (docs/behaviour.md, open question 17)."""
    if set(start) != set(schema) or any(start[name][0] != tag for name, tag in schema.items()):
        return found
    first, last = list(schema)[0], list(schema)[-1]
    if [start[first]] not in [operands for name, _, operands in conditions if name == first]:
        return found
    if len(schema) == 1:
        return []
    return [item for item in found if compare("<" if backward else ">", item[last], start[last])]


def scan(request, tables, _classic):
    """Always in the older wording (aws)."""
    action = parameters.Action(request, "Scan")
    constraints.refuse(
        constraints.wrong_word(action, "ReturnConsumedCapacity", constraints.CAPACITY)
        + constraints.wrong_word(action, "Select", constraints.SELECT)
        + limit(action, classic=True)
    )
    scope = parameters.check(action, classic=True)
    filter_tree = filter_of(action, scope)
    paths = projection_of(action, scope)
    select(action, "")
    scope.check_unused()
    parameters.check_supported(action)
    table = tables.find(action.get("TableName"))
    keys.check_scalar(paths_of(filter_tree) if filter_tree else (), table.schema)
    keys.check_scalar(paths or (), table.schema)
    found = list(table.items.values())
    start = action.get("ExclusiveStartKey")
    if start:
        places = [i for i, item in enumerate(found) if {name: item[name] for name in table.schema} == start]
        found = found[places[0] + 1 :] if places else found
    return page(found, action, filter_tree, paths, table.schema)


def limit(action, classic):
    given = action.get("Limit")
    if given is None or given >= 1:
        return []
    where = f"Value '{given}' at 'limit'" if classic else "Value at 'Limit'"
    return [where + " failed to satisfy constraint: Member must have value greater than or equal to 1"]


def filter_of(action, scope):
    text = action.get("FilterExpression")
    return None if text is None else check_condition(text, "FilterExpression", scope)


def select(action, front):
    """Whether Select goes with the projection; an index is needed for one of its words."""
    word, projection = action.get("Select"), action.get("ProjectionExpression")
    if projection is not None and word not in (None, "SPECIFIC_ATTRIBUTES"):
        what = "only the Count" if word == "COUNT" else word
        raise bare(f"{front}Cannot specify the ProjectionExpression when choosing to get {what}")
    if word == "SPECIFIC_ATTRIBUTES" and projection is None and "AttributesToGet" not in action:
        raise bare(
            f"{front}Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
        )
    if word == "ALL_PROJECTED_ATTRIBUTES" and "IndexName" not in action:
        raise bare(f"{front}ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")


def page(found, action, filter_tree, paths, schema):
    """-> the response: at most Limit items are looked at; a full page names its last key"""
    count = action.get("Limit")
    looked_at = found if count is None else found[:count]
    kept = [item for item in looked_at if filter_tree is None or holds(filter_tree, item)]
    response = {}
    if action.get("Select") != "COUNT":
        response["Items"] = [values.encode_map(shown(item, paths)) for item in kept]
    response["Count"] = len(kept)
    response["ScannedCount"] = len(looked_at)
    if count is not None and len(looked_at) == count:
        response["LastEvaluatedKey"] = values.encode_map({name: looked_at[-1][name] for name in schema})
    return response
