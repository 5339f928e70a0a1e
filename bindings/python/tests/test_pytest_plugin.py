# SPDX-License-Identifier: Apache-2.0
"""The fixtures, in runs of pytest within pytest. Needs the package to be installed: pytest finds it by its entry point."""
import pathlib
import re

import pytest

import ddbexpr

pytest_plugins = "pytester"


def test_the_plugin_is_found_by_its_entry_point(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("ddbexpr")


def test_ddbexpr_table(ddbexpr_table) -> None:
    table = ddbexpr_table({"id": "S"}, items=[{"id": "a"}], name="Orders")
    assert isinstance(table, ddbexpr.Table)
    assert table.get_item(Key={"id": "a"})["Item"] == {"id": "a"}


def test_ddbexpr_client(ddbexpr_table, ddbexpr_client) -> None:
    client = ddbexpr_client(ddbexpr_table({"id": "S"}, name="A"), ddbexpr_table({"id": "S"}, name="B"))
    client.put_item(TableName="B", Item={"id": {"S": "x"}})
    assert [len(table) for table in client.tables] == [0, 1]


def test_a_failure_is_explained(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_moves_on(ddbexpr_table):
            table = ddbexpr_table({"id": "S"}, items=[{"id": "a", "version": 5}])
            table.update_item(
                Key={"id": "a"},
                UpdateExpression="SET version = :next",
                ConditionExpression="version = :seen",
                ExpressionAttributeValues={":seen": 4, ":next": 5},
            )

        def test_fails_otherwise():
            assert 1 == 2

        def test_passes(ddbexpr_table):
            ddbexpr_table({"id": "S"}).put_item(Item={"id": "a"})
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*ConditionalCheckFailedException*",
            "*- ddbexpr explains -*",
            "ConditionExpression is false",
            "*`version` is N 5 where `:seen` is N 4*",
        ]
    )
    assert result.stdout.str().count("ddbexpr explains") == 1


def test_an_error_raised_from_the_services_is_explained(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import ddbexpr

        def put(table):
            table.put_item(Item={"id": "a"}, ConditionExpression="attribute_not_exists(id)")

        def test_wrapped(ddbexpr_table):
            try:
                put(ddbexpr_table({"id": "S"}, items=[{"id": "a"}]))
            except ddbexpr.ClientError as error:
                raise LookupError("taken") from error

        def test_caught_before(ddbexpr_table):
            try:
                put(ddbexpr_table({"id": "S"}, items=[{"id": "a"}]))
            except ddbexpr.ClientError:
                assert 1 == 2

        def test_ring():
            one, other = ValueError(1), ValueError(2)
            one.__cause__, other.__cause__ = other, one
            raise one
        """
    )
    result = pytester.runpytest_subprocess("--tb=short")
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(["*- ddbexpr explains -*", '*`id` is S "a"'])
    assert result.stdout.str().count("ddbexpr explains") == 1


def test_the_readmes_example(pytester: pytest.Pytester) -> None:
    readme = (pathlib.Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```$", readme, re.M | re.S)
    pytester.makepyfile(example)
    pytester.runpytest_subprocess().assert_outcomes(passed=2)
