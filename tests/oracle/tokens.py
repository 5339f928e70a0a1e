# SPDX-License-Identifier: Apache-2.0
"""Text to tokens, and the message of a syntax error."""
import re

from refusals import Refusal

TOKEN = re.compile(r"([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(0|[1-9][0-9]*)|(<>|<=|>=|[^ \t\r\n])")
KINDS = (None, "word", "name", "value", "index", "sign")
KEYWORDS = frozenset("AND OR NOT BETWEEN IN SET REMOVE ADD DELETE".split())


class Tokens:
    """The tokens of one text, and which of them is next."""

    def __init__(self, text, kind):
        self.text, self.kind, self.next = text, kind, 0
        self.all = []
        for match in TOKEN.finditer(text):
            what = KINDS[match.lastindex]
            word = match[0]
            if what == "word" and word.upper() in KEYWORDS:
                what, word = "keyword", word.upper()
            elif what == "sign":
                what = word
            self.all.append((what, word, match.start(), match.end()))
        self.all.append(("<EOF>", "<EOF>", len(text), len(text)))

    def peek(self):
        """What comes next: word, name, value, index, keyword, <EOF>, or the sign itself."""
        return self.all[self.next][0]

    def peek_second(self):
        return self.all[self.next + 1][0] if self.next + 1 < len(self.all) else None

    def is_word(self, keyword):
        token = self.all[self.next]
        return token[0] == "keyword" and token[1] == keyword

    def take(self, what=None):
        """The text of the next token, which is to be of this kind."""
        token = self.all[self.next]
        if what is not None and token[0] != what:
            self.fail()
        self.next += 1
        return token[1]

    def take_word(self, keyword):
        if not self.is_word(keyword):
            self.fail()
        self.next += 1

    def fail(self):
        """The offender, and the source from the token before it to the token after it."""
        i = self.next
        before = self.all[i - 1] if i else self.all[i]
        offender = self.all[i]
        if offender[0] == "<EOF>":
            near = self.text[before[2] : before[3]]
            token = "<EOF>"
        else:
            after = self.all[i + 1]
            near = self.text[before[2] : offender[3] if after[0] == "<EOF>" else after[3]]
            token = self.text[offender[2] : offender[3]]
        raise Refusal(f'Invalid {self.kind}: Syntax error; token: "{token}", near: "{near}"')

    def fail_redundant(self):
        raise Refusal(f"Invalid {self.kind}: The expression has redundant parentheses;")
