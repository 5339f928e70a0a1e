# SPDX-License-Identifier: Apache-2.0
"""TransactWriteItems: what refuses the whole request, what cancels it, and why."""
import constraints
import keys
import parameters
import values
import write
from refusals import Refusal, bare

ACTIONS = ("ConditionCheck", "Put", "Delete", "Update")
BODY = {"Put": "Item", "Update": "Key", "Delete": "Key", "ConditionCheck": "Key"}
BYTES = 4 * 1024 * 1024
COUNT = 100
# Values that only conditions use may be deeper than items; how much deeper nobody has shown (docs/behaviour.md, open
# question 15).
DEPTH = 34


class Step:
    """One action: what it is, its body, what was checked of it."""

    def __init__(self, word, body):
        self.word = word
        self.action = parameters.Action(body, word)
        self.key = None
        self.table = self.update = self.condition = None


def transact_write_items(request, tables, classic):
    action = parameters.Action(request, "TransactWriteItems")
    sent = request.get("TransactItems")
    steps = [step_of(json) for json in values.list_of(sent)] if sent is not None else []
    check_constraints(action, sent, steps, classic)
    for step in steps:
        check_action(step)
    for step in steps:
        step.table = tables.find(step.action.get("TableName"))
    check_keys(steps)
    cancel([key_type_reason(step) for step in steps], first_only=True)
    return run(steps)


def step_of(json):
    given = [word for word in ACTIONS if values.object_of(json).get(word) is not None]
    if not given:
        return None
    if len(given) > 1:
        return "several"
    return Step(given[0], values.object_of(json[given[0]]))


def check_constraints(action, sent, steps, classic):
    """The list's own faults are in today's wording (aws), everything else in the one before."""
    found = constraints.wrong_word(action, "ReturnConsumedCapacity", constraints.CAPACITY)
    found += constraints.wrong_word(action, "ReturnItemCollectionMetrics", constraints.METRICS)
    token = action.get("ClientRequestToken")
    if token is not None and not 1 <= len(token) <= 36:
        bound = "less than or equal to 36" if token else "greater than or equal to 1"
        found.append(
            f"Value '{token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length {bound}"
        )
    if sent is None:
        found += constraints.missing(action, "TransactItems")
    elif not 1 <= len(sent) <= COUNT:
        # The older wording shows the list; what it shows of a long one nobody has told.
        shown = "[…]" if sent else "[]"
        where = f"Value '{shown}' at 'transactItems'" if classic else "Value at 'TransactItems'"
        bound = "less than or equal to 100" if sent else "greater than or equal to 1"
        found.append(f"{where} failed to satisfy constraint: Member must have length {bound}")
    for number, step in enumerate(steps, 1):
        if isinstance(step, Step):
            place = f"transactItems.{number}.member.{step.word[0].lower()}{step.word[1:]}"
            found += constraints.missing(step.action, BODY[step.word], f"{place}.{BODY[step.word].lower()}")
            if step.word in ("ConditionCheck", "Update"):
                member = "ConditionExpression" if step.word == "ConditionCheck" else "UpdateExpression"
                found += constraints.missing(step.action, member, f"{place}.{member[0].lower()}{member[1:]}")
            found += write.on_failure(step.action, place + ".returnValuesOnConditionCheckFailure")
    constraints.refuse(found)


def check_action(step):
    """What can be told of one action without its table. The values of a Key come last (aws), those of an Item first."""
    if step is None:
        raise bare(
            "1 validation error detected: Value '' at 'transactItems' failed to satisfy constraint: "
            "TransactWriteRequest should contain Delete or Put or Update or ConditionCheck"
        )
    if step == "several":
        raise bare("TransactItems can only contain one of Check, Put, Update or Delete")
    body = step.action[BODY[step.word]]
    if step.word == "Put":
        values.check_attributes(body, classic=True)
    scope = parameters.check(step.action, True, DEPTH)
    step.update, step.condition = write.check_expressions(step.action, scope)
    if step.word == "Put":
        write.check_item_size(body)
    else:
        parameters.check_key_values(step.action, classic=True)


def check_keys(steps):
    check_distinct(steps)
    for step in steps:
        body = step.action[BODY[step.word]]
        (keys.check_item_present if step.word == "Put" else keys.check_key_names)(body, step.table.schema)
        step.key = {name: body[name] for name in step.table.schema}
    for step in steps:
        keys.check_content(step.key, step.table.schema)
    for step in steps:
        write.check_scalars(step.update, step.condition, step.table.schema)


def check_distinct(steps):
    """No two actions on one item; what lacks a key attribute is on none."""
    seen = set()
    for step in steps:
        body = step.action[BODY[step.word]]
        if all(name in body for name in step.table.schema):
            key = (id(step.table), repr([body[name] for name in step.table.schema]))
            if key in seen:
                raise bare("Transaction request cannot include multiple operations on one item")
            seen.add(key)


def key_type_reason(step):
    body = step.action[BODY[step.word]]
    try:
        (keys.check_item_types if step.word == "Put" else keys.check_key_types)(body, step.table.schema)
    except Refusal as refusal:
        return validation_reason(refusal)
    return None


def validation_reason(refusal):
    return {"Code": "ValidationError", "Message": refusal.message}


def cancel(reasons, first_only=False):
    """Raises if there is a reason."""
    if first_only:
        first = next((i for i, reason in enumerate(reasons) if reason), None)
        reasons = [reason if i == first else None for i, reason in enumerate(reasons)]
    if not any(reasons):
        return
    reasons = [reason or {"Code": "None"} for reason in reasons]
    codes = ", ".join(reason["Code"] for reason in reasons)
    raise Refusal(
        f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]",
        False,
        "TransactionCanceledException",
        {"CancellationReasons": reasons},
    )


def run(steps):
    """Every false condition is a reason, and the first update that cannot be applied (docs/behaviour.md, open question
    18)."""
    reasons, results, failed = [], [], False
    for step in steps:
        reason = result = None
        try:
            old = write.judged(step.condition, step.key, step.table, step.action)
            if step.word == "Put":
                result = step.action["Item"]
            elif step.word == "Update":
                result = write.apply(step.update, step.key, old, step.table)
                if result is not None and values.item_size(result) > write.ITEM_BYTES:
                    raise bare("Item size to update has exceeded the maximum allowed size")
            elif step.word == "ConditionCheck":
                result = old
        except Refusal as refusal:
            if refusal.kind == "ConditionalCheckFailedException":
                reason = {"Code": "ConditionalCheckFailed", "Message": refusal.message, **refusal.members}
            elif not failed:
                failed = True
                reason = validation_reason(refusal)
        reasons.append(reason)
        results.append(result)
    cancel(reasons)
    for step, result in zip(steps, results):
        key = keys.key_of(step.key, step.table.schema)
        if result is None:
            step.table.items.pop(key, None)
        else:
            step.table.items[key] = result
    return {}
