"""What AWS and its library refuse or fail at, as errors of a step that say what to check."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final

from xchange_cli.components.aws.account import CREDENTIALS_MISSING
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Perform
from xchange_cli.wire.http import WireError

AWS_ERROR: Final = "aws-error"
CREDENTIALS_REFUSED: Final = "credentials-refused"

_LONGEST_MESSAGE = 500
_NO_PERMISSION = "check that the credentials have the permission for this action, and the names in the inputs"
_WRONG_KEY = "check the access key of the connection"
_EXPIRED = "the session of these credentials is over; get new ones"
_WRONG_REGION = "check awsRegion: the bucket is in another region"
_NO_KEY = "check the object key: case counts, and there is no slash at the start"
_NO_BUCKET = "check the name of the bucket and awsRegion"
_LATER = "it may work later; a retry of the step helps against that"
_NO_QUEUE = "check the name or URL of the queue, and awsRegion"

_REFUSED: Mapping[str, str] = {
    "AccessDenied": _NO_PERMISSION,
    "AccessDeniedException": _NO_PERMISSION,
    "AuthorizationError": _NO_PERMISSION,
    "403": _NO_PERMISSION,
    "InvalidAccessKeyId": _WRONG_KEY,
    "InvalidClientTokenId": _WRONG_KEY,
    "UnrecognizedClientException": _WRONG_KEY,
    "SignatureDoesNotMatch": _WRONG_KEY,
    "AuthFailure": _WRONG_KEY,
    "InvalidToken": _EXPIRED,
    "ExpiredToken": _EXPIRED,
    "ExpiredTokenException": _EXPIRED,
    "RequestTimeTooSkewed": "check the clock of this machine",
}
_HINTS: Mapping[str, str] = {
    **_REFUSED,
    "NoSuchBucket": _NO_BUCKET,
    "NoSuchKey": _NO_KEY,
    "404": "check the names in the inputs: there is no such bucket, object or version",
    "NoSuchVersion": "check the version id",
    "NoSuchUpload": "check the upload id: the upload may have been completed or aborted",
    "InvalidPart": "check the parts: number and ETag must be those that uploadPart gave",
    "EntityTooSmall": "all parts but the last must have 5 MiB or more",
    "BucketNotEmpty": "delete the objects first, all versions of them too",
    "PermanentRedirect": _WRONG_REGION,
    "301": _WRONG_REGION,
    "AuthorizationHeaderMalformed": _WRONG_REGION,
    "IllegalLocationConstraintException": _WRONG_REGION,
    "QueueDoesNotExist": _NO_QUEUE,
    "AWS.SimpleQueueService.NonExistentQueue": _NO_QUEUE,
    **dict.fromkeys(("500", "503", "InternalError", "ServiceUnavailable", "SlowDown"), _LATER),
    "NotFound": "check the ARN and awsRegion",
    "NotFoundException": "check the ARN and awsRegion",
}
_MISSING_HINT = (
    "set accessKeyId and secretAccessKey of the connection, or the environment variables AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile in ~/.aws"
)


def explained(name: str, perform: Perform) -> Perform:
    """Let an action fail with errors that tell its name and what to check, whatever the library raises."""

    @wraps(perform)
    def explaining(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
        with explaining_errors(name):
            return perform(context, inputs)

    return explaining


@contextmanager
def explaining_errors(name: str) -> Iterator[None]:
    """Turn the library's errors into ActionError and WireError; the library is imported only when there is one."""
    try:
        yield
    except (ActionError, WireError, RecursionError, MemoryError):
        raise
    except Exception as error:
        explanation = _explanation(name, error)
        if explanation is None:
            raise
        raise explanation from error


def _explanation(name: str, error: Exception) -> ActionError | WireError | None:
    """Give what to raise in place of an error; None for one that is nobody's but a programmer's."""
    from botocore import exceptions as known  # type: ignore[import-untyped]

    if isinstance(error, known.ClientError):
        return _refusal(name, error.response.get("Error", {}))
    cause = error.kwargs.get("error") if isinstance(error, known.HTTPClientError) else error
    if isinstance(cause, known.ParamValidationError | ValueError):
        return ActionError(f"{name} cannot be asked for: {_short(cause)}")
    if isinstance(error, _credential_errors(known)):
        return ActionError(f"{name}: {_short(error)}; {_MISSING_HINT}", kind=CREDENTIALS_MISSING)
    kind = _wire_kind(known, error)
    if kind:
        return WireError(kind, f"{name}: {_short(error)}")
    is_of_library = isinstance(error, known.BotoCoreError)
    return ActionError(f"{name}: {_short(error)}", kind=AWS_ERROR) if is_of_library else None


def _refusal(name: str, said: Mapping[str, Any]) -> ActionError:
    """Say what AWS answered: its code, its message, and what to check."""
    code, message = str(said.get("Code", "")), str(said.get("Message", "")).strip()
    kind = CREDENTIALS_REFUSED if code in _REFUSED else AWS_ERROR
    told = f"AWS answered {name} with {code or 'an error'}" + (f": {message}" if message else "")
    hint = _HINTS.get(code, "")
    return ActionError(f"{told.removesuffix('.')}; {hint}" if hint else told, kind=kind)


def _credential_errors(known: Any) -> tuple[type[Exception], ...]:
    return (
        known.NoCredentialsError,
        known.PartialCredentialsError,
        known.CredentialRetrievalError,
        known.ProfileNotFound,
        known.ConfigParseError,
        known.ConfigNotFound,
        known.SSOError,
        known.TokenRetrievalError,
        known.InvalidConfigError,
    )


def _wire_kind(known: Any, error: Exception) -> str:
    """Give the kind of WireError; "" for an error that has nothing to do with the connection."""
    kinds: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
        ((known.ConnectTimeoutError, known.ReadTimeoutError), "timeout"),
        ((known.SSLError,), "tls-failed"),
        (
            (
                known.IncompleteReadError,
                known.ResponseStreamingError,
                known.FlexibleChecksumError,
                known.ChecksumError,
            ),
            "broken-response",
        ),
        ((known.ConnectionError, known.HTTPClientError), "connection-failed"),
    )
    fitting = (kind for errors, kind in kinds if isinstance(error, errors))
    return next(fitting, "broken-response" if type(error).__name__ == "ResponseParserError" else "")


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"
