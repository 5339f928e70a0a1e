# SPDX-License-Identifier: Apache-2.0
"""Fixtures for pytest, which finds them by itself once the package is installed. Nothing is patched: a test hands the
table to the code under test.

    ddbexpr_table     makes a table: ddbexpr_table({"pk": "S"}, items=[…], name="Orders")
    ddbexpr_client    makes a client of tables: ddbexpr_client(orders, customers)

Where a test fails with an error of the service, or with one that was raised from it, its report says why the condition
was false or the update could not be applied."""
from typing import Any, Generator, Optional

import pytest

from .errors import ClientError
from .tables import Client, Table


@pytest.fixture
def ddbexpr_table() -> "type[Table]":
    """Makes tables: the arguments are those of ddbexpr.Table."""
    return Table


@pytest.fixture
def ddbexpr_client() -> "type[Client]":
    """Makes clients: the arguments are those of ddbexpr.Client."""
    return Client


def _explanation(error: Optional[BaseException]) -> str:
    seen = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, ClientError) and error.explanation:
            return error.explanation
        seen.add(id(error))  # whoever sets __cause__ can make a ring
        error = error.__cause__
    return ""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Generator[None, Any, None]:
    """Adds the explanation to the report of a test that ended with an error of the service."""
    outcome = yield
    explanation = _explanation(call.excinfo.value if call.excinfo is not None else None)
    if explanation:
        outcome.get_result().sections.append(("ddbexpr explains", explanation))
