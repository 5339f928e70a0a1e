# SPDX-License-Identifier: Apache-2.0
"""Everything that this package raises by itself. It must not know the library.

    Error                  all of them
      InputError           no item, no request, no JSON: not even the service could be asked
      ExpressionError      the service refuses the expression, or to apply the update
      Unsupported          the service would do it, ddbexpr does not
      ClientError          the service's answer to a request; where botocore is installed, botocore's ClientError as well
"""
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Sequence, Tuple, Type

if TYPE_CHECKING:
    from .diagnostics import Diagnostic


class Error(Exception):
    """The base of all errors of ddbexpr."""


class InputError(Error, ValueError):
    """What was given is no item, request or JSON, or holds what no table can hold."""

    def __init__(self, message: str, diagnostics: "Sequence[Diagnostic]" = ()) -> None:
        super().__init__(message)
        self.diagnostics: "Tuple[Diagnostic, ...]" = tuple(diagnostics)


class ExpressionError(Error, ValueError):
    """The service refuses it. `str(error)` is the service's message; `diagnostics` has every fault that was found."""

    def __init__(self, code: str, message: str, diagnostics: "Sequence[Diagnostic]") -> None:
        super().__init__(message)
        self.code = code
        self.diagnostics: "Tuple[Diagnostic, ...]" = tuple(diagnostics)

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.code, str(self), self.diagnostics)


class Unsupported(Error, NotImplementedError):
    """The service would do this; ddbexpr says so rather than answer something else."""


class _ShapedLikeBotocore(Exception):
    """What botocore.exceptions.ClientError is, for where there is no botocore."""

    def __init__(self, error_response: Dict[str, Any], operation_name: str) -> None:
        error = error_response.get("Error", {})
        super().__init__(
            f"An error occurred ({error.get('Code', 'Unknown')}) when calling the {operation_name} operation: "
            f"{error.get('Message', 'Unknown')}"
        )
        self.response = error_response
        self.operation_name = operation_name


if TYPE_CHECKING:
    _Base = _ShapedLikeBotocore
else:
    try:
        from botocore.exceptions import ClientError as _Base
    except ImportError:
        _Base = _ShapedLikeBotocore


class ClientError(Error, _Base):
    """The service's error: `response["Error"]["Code"]`, `response["Error"]["Message"]`, and where the service sends them
    `response["Item"]` and `response["CancellationReasons"]`, whose items are DynamoDB JSON whatever the table's form, as
    boto3 has them. Beyond botocore's there are:

    item          the stored item, in the form of the table; None where the service sends none
    reasons       (code, message, item) of each action of a transaction; items in the form of the table
    diagnostics   every fault that was found, not only the one that the service tells
    explanation   of a write: why the condition is false or the update cannot be applied; else ""
    """

    item: Optional[Dict[str, Any]] = None
    reasons: "Tuple[Tuple[str, str, Optional[Dict[str, Any]]], ...]" = ()
    diagnostics: "Tuple[Diagnostic, ...]" = ()
    explanation: str = ""

    def __reduce__(self) -> Tuple[Any, ...]:
        more = {name: getattr(self, name) for name in ("item", "reasons", "diagnostics", "explanation")}
        return type(self), (self.response, self.operation_name), more


class ConditionalCheckFailedException(ClientError):
    """The condition is false."""


class TransactionCanceledException(ClientError):
    """A transaction did not happen; `response["CancellationReasons"]` says why."""


class ResourceNotFoundException(ClientError):
    """There is no such table."""


class _Exceptions:
    """As `client.exceptions` of boto3 has them."""

    ClientError = ClientError
    ConditionalCheckFailedException = ConditionalCheckFailedException
    TransactionCanceledException = TransactionCanceledException
    ResourceNotFoundException = ResourceNotFoundException

    # What a table in memory never answers, for code that is ready for it.
    IdempotentParameterMismatchException = type("IdempotentParameterMismatchException", (ClientError,), {})
    InternalServerError = type("InternalServerError", (ClientError,), {})
    ItemCollectionSizeLimitExceededException = type("ItemCollectionSizeLimitExceededException", (ClientError,), {})
    ProvisionedThroughputExceededException = type("ProvisionedThroughputExceededException", (ClientError,), {})
    RequestLimitExceeded = type("RequestLimitExceeded", (ClientError,), {})
    ThrottlingException = type("ThrottlingException", (ClientError,), {})
    TransactionConflictException = type("TransactionConflictException", (ClientError,), {})
    TransactionInProgressException = type("TransactionInProgressException", (ClientError,), {})


exceptions = _Exceptions()


def response_metadata(status: int) -> Dict[str, Any]:
    """What boto3 has with every answer. There was no request that one could ask the service about."""
    return {"RequestId": "ddbexpr", "HTTPStatusCode": status, "HTTPHeaders": {}, "RetryAttempts": 0}


def client_error(error: Mapping[str, Any], operation: str) -> ClientError:
    """The exception for an error as the service sends it: __type, message, Item, CancellationReasons."""
    code = error["__type"]
    kind: Type[ClientError] = getattr(exceptions, code, ClientError)
    response: Dict[str, Any] = {
        "Error": {"Code": code, "Message": error["message"]},
        "ResponseMetadata": response_metadata(400),
    }
    if kind is not ClientError:  # botocore has the members of an exception that it knows beside the error
        response["Message" if kind is TransactionCanceledException else "message"] = error["message"]
    for member in ("Item", "CancellationReasons"):
        if member in error:
            response[member] = error[member]
    return kind(response, operation)
