# SPDX-License-Identifier: Apache-2.0
"""The examples of the README, and in the repository of all documents: what they show is what comes out."""
import doctest
import pathlib
import re
import unittest

PACKAGE = pathlib.Path(__file__).resolve().parents[1]
README = PACKAGE / "README.md"


def documents():
    """Installed, there is the README alone."""
    yield README
    repository = PACKAGE.parents[1]
    if (repository / "bindings" / "python") == PACKAGE:
        yield repository / "README.md"
        yield from sorted((repository / "docs").glob("**/*.md"))


def run_examples(document):
    """-> (how many examples a document has, what is said of those that fail). Each block goes on from the last."""
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    names, told, count = {}, [], 0
    for block in re.findall(r"^```pycon\n(.*?)^```$", document.read_text(encoding="utf-8"), re.M | re.S):
        test = parser.get_doctest(block, names, document.name, None, 0)
        count += len(test.examples)
        runner.run(test, out=told.append, clear_globs=False)
        names = test.globs
    return count, told


class ReadmeTest(unittest.TestCase):
    def test_examples(self):
        for document in documents():
            count, told = run_examples(document)
            with self.subTest(document.name):
                self.assertEqual([], told, "".join(told))
            if document == README:
                self.assertGreater(count, 30)


if __name__ == "__main__":
    unittest.main()
