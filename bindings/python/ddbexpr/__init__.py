# SPDX-License-Identifier: Apache-2.0
"""DynamoDB expressions, offline: conditions and updates of items, requests checked, tables held in memory."""
from ._library import version as __version__
from .checks import check
from .diagnostics import Diagnostic, Edit, Fix, Label
from .errors import (
    ClientError,
    ConditionalCheckFailedException,
    Error,
    ExpressionError,
    InputError,
    ResourceNotFoundException,
    TransactionCanceledException,
    Unsupported,
)
from .explanations import Action, Clause, Explanation, Note, Operand, UpdateExplanation
from .expressions import Condition, Filter, KeyCondition, Projection, Update
from .tables import Client, Table

__all__ = [
    "Action",
    "Clause",
    "Client",
    "ClientError",
    "Condition",
    "ConditionalCheckFailedException",
    "Diagnostic",
    "Edit",
    "Error",
    "Explanation",
    "ExpressionError",
    "Filter",
    "Fix",
    "InputError",
    "KeyCondition",
    "Label",
    "Note",
    "Operand",
    "Projection",
    "ResourceNotFoundException",
    "Table",
    "TransactionCanceledException",
    "Unsupported",
    "Update",
    "UpdateExplanation",
    "__version__",
    "check",
]
