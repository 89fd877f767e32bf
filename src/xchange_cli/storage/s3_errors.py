"""What S3 and the AWS library refuse or fail at, as errors that say what to check.

Their own messages are never shown: the server writes them, and those of the library can hold what a program for
credentials has printed.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from xchange_cli.errors import ErrorCode, XchangeError

_CODE = re.compile(r"[A-Za-z0-9._-]{1,80}")
_TEMPORARY_STATUS = {408, 409, 429, 500, 502, 503, 504, 509}


class _Meaning(NamedTuple):
    code: ErrorCode
    hint: str
    retryable: bool = False


_LATER = _Meaning(ErrorCode.NETWORK, "Try again later.", retryable=True)
_NO_PERMISSION = _Meaning(
    ErrorCode.CREDENTIALS, "They need s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket there."
)
_WRONG_KEY = _Meaning(ErrorCode.CREDENTIALS, "Check the access key, and AWS_PROFILE if it is set.")
_EXPIRED = _Meaning(ErrorCode.CREDENTIALS, "They are no longer valid; get new ones.")
_CLOCK = _Meaning(ErrorCode.CREDENTIALS, "Check the clock of this machine.")
_NO_BUCKET = _Meaning(
    ErrorCode.NOT_FOUND, "Check the name of the bucket, the region and the endpoint; it is not made."
)
_WRONG_REGION = _Meaning(ErrorCode.USAGE, "The bucket is in another region; set AWS_REGION to that.")
_WRONG_NAME = _Meaning(ErrorCode.USAGE, "Check the URL of the registry.")
_UNKNOWN = _Meaning(ErrorCode.NETWORK, "Check that the endpoint is one of S3, or speaks like it.")

_MEANINGS: Mapping[str, _Meaning] = {
    **dict.fromkeys(("AccessDenied", "AllAccessDisabled", "AccountProblem", "403", "Forbidden"), _NO_PERMISSION),
    **dict.fromkeys(
        ("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidClientTokenId", "AuthFailure", "401"), _WRONG_KEY
    ),
    **dict.fromkeys(("ExpiredToken", "InvalidToken", "TokenRefreshRequired"), _EXPIRED),
    "RequestTimeTooSkewed": _CLOCK,
    "NoSuchBucket": _NO_BUCKET,
    **dict.fromkeys(
        ("PermanentRedirect", "301", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"),
        _WRONG_REGION,
    ),
    **dict.fromkeys(("InvalidBucketName", "KeyTooLongError"), _WRONG_NAME),
    **dict.fromkeys(
        (
            "InternalError", "SlowDown", "ServiceUnavailable", "RequestTimeout", "RequestLimitExceeded", "Throttling",
            "ThrottlingException", "TooManyRequests", "ConditionalRequestConflict", "OperationAborted",
        ),
        _LATER,
    ),
}  # fmt: skip


def is_absent(error: Any) -> bool:
    return _code_of(error) == "NoSuchKey"


def is_refused(error: Any) -> bool:
    """Tell whether a write was not done because its condition does not hold; there is nothing to match, too."""
    return _code_of(error) in {"PreconditionFailed", "412", "NoSuchKey"}


def is_not_implemented(error: Any) -> bool:
    return _code_of(error) in {"NotImplemented", "501"}


def explanation(error: Exception, doing: str, shown: str, endpoint: str) -> XchangeError | None:
    """Give what to raise in place of an error; None for one that is not of the AWS library.

    `doing` is a verb, `shown` what it was done to.
    """
    from botocore import exceptions as known  # type: ignore[import-untyped]
    from botocore.parsers import ResponseParserError  # type: ignore[import-untyped]

    if isinstance(error, known.ClientError):
        return _answered(error, doing, shown)
    if isinstance(error, known.SSLError):
        return _trouble(f"the certificate of {host_of(endpoint)} is not trusted", error, retryable=False)
    if isinstance(error, known.ConnectionError | known.HTTPClientError):
        return _trouble(f"{host_of(endpoint)} cannot be reached to {doing} {shown}", error, retryable=True)
    if isinstance(error, known.IncompleteReadError | known.ResponseStreamingError | ResponseParserError):
        return _trouble(
            f"the answer of {host_of(endpoint)} to {doing} {shown} is broken", error, retryable=True
        )
    if isinstance(error, known.BotoCoreError):
        return of_library(error)
    return None


def of_library(error: Exception) -> XchangeError:
    """Explain what the library refuses before anything is sent: nearly always it is about credentials."""
    from botocore import exceptions as known

    kind = type(error).__name__
    if isinstance(error, known.ProfileNotFound):
        profile = error.kwargs["profile"]
        return XchangeError(
            ErrorCode.CREDENTIALS,
            f"there is no AWS profile {profile!r}",
            hint="Check AWS_PROFILE and `~/.aws/config`.",
        )
    if isinstance(error, known.ParamValidationError | known.InvalidEndpointDiscoveryConfigurationError):
        return XchangeError(ErrorCode.USAGE, f"the AWS library refuses this ({kind})", hint=_WRONG_NAME.hint)
    return XchangeError(
        ErrorCode.CREDENTIALS,
        f"there are no credentials for S3 that can be used ({kind})",
        hint="Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in as with the AWS tools.",
    )


def strange_answer(shown: str, missing: str) -> XchangeError:
    return XchangeError(
        ErrorCode.NETWORK, f"{shown} does not answer as S3 does: {missing} is missing", hint=_UNKNOWN.hint
    )


def host_of(endpoint: str) -> str:
    """Give the host of an endpoint, and its port; a password in it is left out."""
    return urlsplit(endpoint).netloc.rpartition("@")[2]


def _answered(error: Any, doing: str, shown: str) -> XchangeError:
    code = _code_of(error)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    by_status = _LATER if status in _TEMPORARY_STATUS else _UNKNOWN
    meaning = _MEANINGS.get(code, by_status)
    said = code if _CODE.fullmatch(code) else f"status {status}"
    verb = "refused the credentials" if meaning.code is ErrorCode.CREDENTIALS else "refused"
    return XchangeError(
        meaning.code, f"S3 {verb} to {doing} {shown} ({said})", hint=meaning.hint, retryable=meaning.retryable
    )


def _code_of(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _trouble(message: str, error: Exception, *, retryable: bool) -> XchangeError:
    return XchangeError(
        ErrorCode.NETWORK,
        f"{message} ({type(error).__name__})",
        hint="Check the network and the endpoint, AWS_ENDPOINT_URL or `--endpoint-url`.",
        retryable=retryable,
    )
