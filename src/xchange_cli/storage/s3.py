"""A store that is a bucket of S3, or of anything that speaks like it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from xchange_cli.storage.names import checked, checked_prefix, is_name
from xchange_cli.storage.s3_conditions import Conditions
from xchange_cli.storage.s3_errors import explanation, is_absent, is_refused, strange_answer
from xchange_cli.storage.store import Blob, WriteRefusedError

_READERS = 8
"""The client has connections for ten."""


class S3Store:
    """The objects below a prefix as a Store; the tag of a content is its ETag.

    Each call is tried once: NETWORK says of a write that it may have been done. `client` is one of botocore that does
    not try again either. `prefix` is empty, or ends with `/`.
    """

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix
        self._conditions = Conditions(self._put)

    @property
    def url(self) -> str:
        return f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    @property
    def readers(self) -> int:
        return _READERS

    def read(self, name: str) -> Blob | None:
        with self._explained("read", checked(name)):
            return self._get(name)

    def write(self, name: str, data: bytes, *, if_absent: bool = False, if_match: str | None = None) -> str:
        with self._explained("write", checked(name)):
            if if_absent:
                return self._write_new(name, data)
            if if_match is None:
                return self._put(name, data)
            self._conditions.require()
            return _kept(lambda: self._put(name, data, IfMatch=if_match))

    def list(self, prefix: str, after: str = "") -> Iterator[str]:
        with self._explained("list", checked_prefix(prefix)):
            for key in self._keys(prefix, after):
                name = key.removeprefix(self._prefix)
                if is_name(name) and name > after:
                    yield name

    def delete(self, name: str) -> None:
        with self._explained("delete", checked(name)):
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)

    def _write_new(self, name: str, data: bytes) -> str:
        """Write what is not there yet, or find that just this is there."""
        self._conditions.require()
        try:
            return _kept(lambda: self._put(name, data, IfNoneMatch="*"))
        except WriteRefusedError:
            there = self._get(name)
            if there is None or there.data != data:
                raise
            return there.tag

    def _put(self, name: str, data: bytes, **condition: str) -> str:
        key = self._prefix + name
        answer = self._client.put_object(Bucket=self._bucket, Key=key, Body=data, **condition)
        return self._required(answer, "ETag")

    def _get(self, name: str) -> Blob | None:
        from botocore.exceptions import ClientError  # type: ignore[import-untyped]

        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
        except ClientError as error:
            if is_absent(error):
                return None
            raise
        with closing(answer["Body"]) as body:  # its own `with` gives the stream below, which checks no length
            return Blob(body.read(), self._required(answer, "ETag"))

    def _keys(self, prefix: str, after: str) -> Iterator[str]:
        asked = {"Bucket": self._bucket, "Prefix": self._prefix + prefix}
        if after:
            asked["StartAfter"] = self._prefix + after
        while True:
            page = self._client.list_objects_v2(**asked)
            yield from (item["Key"] for item in page.get("Contents", ()))
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = self._required(page, "NextContinuationToken")

    def _required(self, answer: Any, what: str) -> str:
        given = answer.get(what)
        if not given:
            raise strange_answer(self.url, what)
        return str(given)

    @contextmanager
    def _explained(self, doing: str, name: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            explained = explanation(error, doing, f"{self.url}/{name}", self._client.meta.endpoint_url)
            if explained is None:
                raise
            raise explained from error


def _kept(put: Callable[[], str]) -> str:
    """Write on a condition.

    Raises:
        WriteRefusedError: it does not hold.

    """
    from botocore.exceptions import ClientError

    try:
        return put()
    except ClientError as error:
        if is_refused(error):
            raise WriteRefusedError from error
        raise
