"""Whether a bucket keeps the conditions of writes: one that passes over them would lose versions without a word."""

from typing import Protocol

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.local_folder import FOLDER_NAME
from xchange_cli.storage.s3_errors import is_not_implemented, is_refused

_NAME = f"{FOLDER_NAME}/conditions"
_CONTENT = b"Tells xchange whether this store keeps the conditions of writes.\n"
_NOBODYS_TAG = f'"{"0" * 32}"'


class Put(Protocol):
    def __call__(self, name: str, data: bytes, **condition: str) -> str: ...


class Conditions:
    """Asks once, before the first write on a condition, by writes that must be refused."""

    def __init__(self, put: Put) -> None:
        self._put = put
        self._are_kept = False

    def require(self) -> None:
        """Make sure that conditions are kept.

        Raises:
            XchangeError: NETWORK, not retryable, when they are not.

        """
        if self._are_kept:
            return
        keeps_absence = self._refuses(IfNoneMatch="*") or self._refuses(IfNoneMatch="*")
        if not keeps_absence or not self._refuses(IfMatch=_NOBODYS_TAG):
            raise _not_kept()
        self._are_kept = True

    def _refuses(self, **condition: str) -> bool:
        from botocore.exceptions import ClientError  # type: ignore[import-untyped]

        try:
            self._put(_NAME, _CONTENT, **condition)
        except ClientError as error:
            if is_not_implemented(error):
                raise _not_kept() from error
            if is_refused(error):
                return True
            raise
        return False


def _not_kept() -> XchangeError:
    return XchangeError(
        ErrorCode.NETWORK,
        "this store does not keep conditions of writes (If-None-Match, If-Match), so two publishers could overwrite "
        "each other; nothing is written",
        hint="Use S3 itself, a newer release of the store, or a registry in a folder.",
    )
