# SPDX-License-Identifier: Apache-2.0
"""Runs the unittest tests of a folder and prints TAP, a case each. It must not know what is tested.

usage: unittest_to_tap.py FOLDER"""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.tap = Tap()
        self.problems = []

    def startTest(self, test):
        super().startTest(test)
        self.problems = []

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self.problems.append(self._exc_info_to_string(error, subtest))

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.tap.case(test.id(), [self.failures[-1][1]])

    def addError(self, test, error):
        super().addError(test, error)
        self.tap.case(test.id(), [self.errors[-1][1]])

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.tap.skip(test.id(), reason)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.tap.case(test.id())

    def stopTest(self, test):
        super().stopTest(test)
        if self.problems:  # of subtests: nothing else was called
            self.tap.case(test.id(), self.problems)


def main():
    tests = unittest.defaultTestLoader.discover(sys.argv[1], pattern="test_[!p]*.py")  # test_pytest_*: pytest's
    result = TapResult()
    tests.run(result)
    return result.tap.finish()


sys.exit(main())
