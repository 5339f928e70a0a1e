# SPDX-License-Identifier: Apache-2.0
"""Conditions that boto3 builds, Attr("a").eq(1) and Key("pk").eq("x"), as text and placeholders. Without boto3 there are
none. It must not know what they are for."""
import sys
from typing import Any, Dict, NamedTuple, Optional


class Built(NamedTuple):
    text: str
    names: Dict[str, str]
    values: Dict[str, Any]


class Builder:
    """Numbers the placeholders on, from one condition of a request to the next."""

    def __init__(self) -> None:
        self._builder: Any = None

    def build(self, condition: Any, is_key: bool = False) -> Optional[Built]:
        """None if it is no condition of boto3."""
        module = sys.modules.get("boto3.dynamodb.conditions")  # whoever has one has imported it
        if module is None or not isinstance(condition, module.ConditionBase):
            return None
        if self._builder is None:
            self._builder = module.ConditionExpressionBuilder()
        built = self._builder.build_expression(condition, is_key_condition=is_key)
        return Built(
            built.condition_expression,
            dict(built.attribute_name_placeholders),
            dict(built.attribute_value_placeholders),
        )
