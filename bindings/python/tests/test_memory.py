# SPDX-License-Identifier: Apache-2.0
"""What the library allocates is freed, also where something fails; and a library that does not fit is not used."""
import copy
import ctypes
import gc
import os
import pathlib
import pickle
import subprocess
import sys
import tempfile
import unittest

import ddbexpr
from ddbexpr import _library, _memory


class Counted:
    """Counts what is made and freed of each kind, as long as it is there."""

    KINDS = ("arena", "buffer", "diags", "program", "explanation", "update_explanation", "request_explanation", "outcome")
    CLASSES = (
        _memory.Arena,
        _memory.Buffer,
        _memory.Diags,
        _memory.Program,
        _memory.Explanation,
        _memory.UpdateExplanation,
        _memory.RequestExplanation,
        _memory.Outcome,
    )

    def __enter__(self):
        self.made, self.freed = dict.fromkeys(self.KINDS, 0), dict.fromkeys(self.KINDS, 0)
        self.before = [(one, one.free, one.__init__) for one in self.CLASSES]
        for kind, one in zip(self.KINDS, self.CLASSES):
            one.free = staticmethod(self.counting(kind, one.free))
            one.__init__ = self.noticing(kind, one.__init__)
        return self

    def __exit__(self, *_):
        gc.collect()
        for one, free, init in self.before:
            one.free, one.__init__ = free, init

    def counting(self, kind, free):
        def freed(pointer):
            self.freed[kind] += 1
            free(pointer)

        return freed

    def noticing(self, kind, init):
        def made(owned, *arguments):
            init(owned, *arguments)
            self.made[kind] += bool(owned.pointer)

        return made


def everything():
    """Uses all there is, and lets it fail."""
    condition = ddbexpr.Condition("a = :a", values={":a": 1})
    condition.evaluate({"a": 1})
    condition.explain({"a": 2})
    update = ddbexpr.Update("SET a = a + :a", values={":a": 1})
    update.apply({"a": 1})
    update.explain({})
    ddbexpr.Projection("a").apply({"a": 1})
    ddbexpr.check({"Key": {"id": "a"}, "UpdateExpression": "SET size = :a"})
    table = ddbexpr.Table({"id": "S"}, [{"id": "a"}])
    table.put_item(Item={"id": "b"})
    table.scan()
    failures = (
        lambda: condition.evaluate({"a": set()}),
        lambda: condition.evaluate({"a": 1.5}),
        lambda: ddbexpr.Condition("a ="),
        lambda: ddbexpr.Condition("a = :a", values={":a": {"N": 5}}, form="json"),
        lambda: update.apply({}),
        lambda: table.put_item(Item={"id": "a"}, ConditionExpression="attribute_not_exists(id)"),
        lambda: table.put_item(Item={"id": 5}),
        lambda: table.put_item(Item=5),
        lambda: ddbexpr.check("{"),
        lambda: ddbexpr.Table({"id": "S"}, [{}]),
    )
    failed = 0
    for failure in failures:
        try:
            failure()
        except (ddbexpr.Error, TypeError):
            failed += 1
    return failed == len(failures)


class FreedTest(unittest.TestCase):
    def test_all_that_was_made(self):
        with Counted() as counted:
            self.assertTrue(everything())
            gc.collect()
            self.assertEqual(counted.freed, counted.made)
            self.assertTrue(all(counted.made.values()), counted.made)

    def test_items_that_were_replaced(self):
        table = ddbexpr.Table({"id": "S"})
        with Counted() as counted:
            for number in range(100):
                table.put_item(Item={"id": "a", "n": number})
            self.assertEqual(counted.made["arena"] - counted.freed["arena"], 1)  # that of the last item
        self.assertEqual(table.items, [{"id": "a", "n": 99}])

    def test_a_copy_frees_nothing_twice(self):
        with Counted() as counted:
            condition = ddbexpr.Condition("a = :v", values={":v": 1})
            copies = [copy.copy(condition), copy.deepcopy(condition), *copy.deepcopy([condition])]
            del condition
            gc.collect()
            self.assertTrue(all(one.evaluate({"a": 1}) for one in copies))
            del copies
            gc.collect()
            self.assertEqual(counted.freed, counted.made)

    def test_pointers_are_not_pickled(self):
        for one in (ddbexpr.Condition("attribute_exists(a)"), _memory.Arena()):
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                with self.assertRaisesRegex(TypeError, "memory of the library: it cannot be copied or pickled"):
                    pickle.dumps(one, protocol)

    def test_a_lack_of_memory_is_told(self):
        class NoMemory:
            def __getattr__(self, name):
                return lambda *_: _library.NO_MEMORY

        before, _memory.library = _memory.library, NoMemory()
        try:
            with self.assertRaises(MemoryError):
                _memory.check(_library.NO_MEMORY)
            with self.assertRaises(MemoryError):
                _memory.Arena()
        finally:
            _memory.library = before


class LibraryTest(unittest.TestCase):
    def test_version(self):
        self.assertRegex(ddbexpr.__version__, r"^\d+\.\d+\.\d+$")

    def test_structures_fit(self):
        _library._check_structures(_library.library)

        class Another:
            """The library of a version in which a request is larger."""

            def __getattr__(self, name):
                return getattr(_library.library, name)

            def json_read_request(self, arena, operation, text, diags, request):
                request.contents.size = ctypes.sizeof(_library.Request) + 8
                return _library.OK

        with self.assertRaisesRegex(ImportError, "do not fit this package"):
            _library._check_structures(Another())

    def test_a_folder_without_libraries(self):
        with tempfile.TemporaryDirectory() as empty:
            for folder in (empty, str(pathlib.Path(empty) / "missing")):
                done = subprocess.run(
                    [sys.executable, "-c", "import ddbexpr"],
                    env={**os.environ, _library.FOLDER_VARIABLE: folder},
                    capture_output=True,
                    text=True,
                    check=False,
                )
                self.assertEqual(done.returncode, 1)
                self.assertIn("ImportError: libddbexpr.so.0 and libddbexpr-json.so.0 cannot be loaded", done.stderr)


if __name__ == "__main__":
    unittest.main()
