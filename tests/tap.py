# SPDX-License-Identifier: Apache-2.0
"""TAP, as the tests print it: one line a case, what is wrong under it. It must not know what is tested.

    tap = Tap()
    tap.case("every file ends with a line break", ["src/a.c: does not"])
    sys.exit(tap.finish())
"""


class Tap:
    def __init__(self):
        self.count = 0
        self.failures = 0

    def case(self, name, problems=()):
        """One case: passed if there are no problems (texts)."""
        problems = list(problems)
        self._line("not ok" if problems else "ok", name)
        self.failures += bool(problems)
        for problem in problems:
            for line in str(problem).splitlines():
                print(f"#   {line}")

    def skip(self, name, reason):
        """One case that cannot be tried here."""
        self._line("ok", name, f" # SKIP {reason}")

    def finish(self):
        """Prints the plan; returns the exit status."""
        print(f"1..{self.count}", flush=True)
        return 1 if self.failures or not self.count else 0

    def _line(self, verdict, name, directive=""):
        self.count += 1
        name = name.replace("#", "\\#").replace("\n", " ")
        print(f"{verdict} {self.count} - {name}{directive}")
