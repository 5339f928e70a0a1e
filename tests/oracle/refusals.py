# SPDX-License-Identifier: Apache-2.0
"""What the service answers instead of doing what was asked."""


class Refusal(Exception):
    """An answer that is an error. `wrapped`: today's service puts a count of errors in front of it on single writes."""

    def __init__(self, message, wrapped=True, kind="ValidationException", members=None):
        super().__init__(message)
        self.message = message
        self.wrapped = wrapped
        self.kind = kind
        self.members = members or {}


def bare(message):
    """A refusal without anything in front, whatever the operation."""
    return Refusal(message, wrapped=False)


def unreadable(message="Unexpected token received from parser"):
    """JSON of a wrong type: told before any rule is looked at."""
    return Refusal(message, wrapped=False, kind="SerializationException")


def unsupported(message):
    """What the service does and ddbexpr leaves out (docs/rules DX850, DX852)."""
    return Refusal(message, wrapped=False, kind="UnsupportedByDdbexpr")
