# SPDX-License-Identifier: Apache-2.0
"""The examples of the README: what they show is what comes out."""
import doctest
import pathlib
import re
import unittest

README = pathlib.Path(__file__).resolve().parents[1] / "README.md"


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.M | re.S)


class ReadmeTest(unittest.TestCase):
    def test_examples(self):
        parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
        names, told, count = {}, [], 0
        for block in blocks("pycon"):
            test = parser.get_doctest(block, names, "README.md", None, 0)
            count += len(test.examples)
            runner.run(test, out=told.append, clear_globs=False)
            names = test.globs  # the next block goes on
        self.assertEqual([], told, "".join(told))
        self.assertGreater(count, 30)


if __name__ == "__main__":
    unittest.main()
