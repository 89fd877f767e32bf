"""Moves the contents of objects between memory and S3, without a second copy in memory."""

import io
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from itertools import accumulate
from typing import Any, Final

from xchange_cli.components.aws.inputs import Params
from xchange_cli.components.spec import ActionError
from xchange_cli.wire.http import MOST_BYTES, WireError

PART_BYTES: Final = 16 * 1024 * 1024
"""Of a part of a large object, other than the last."""

_CHUNK = 1024 * 1024


class Pieces(io.RawIOBase):
    """Pieces of memory as one file to read from; nothing is copied but what is read.

    The AWS library would join a `bytes` body with the headers, and so copy it; a file it reads in small portions.
    """

    def __init__(self, pieces: Sequence[bytes | memoryview]) -> None:
        super().__init__()
        self._pieces = [memoryview(piece) for piece in pieces if len(piece)]
        self._ends = list(accumulate(map(len, self._pieces)))
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, target: Any) -> int:
        if self._at >= self._size:
            return 0
        number = bisect_right(self._ends, self._at)
        piece, end = self._pieces[number], self._ends[number]
        room = memoryview(target).cast("B")
        part = piece[len(piece) - (end - self._at) :][: len(room)]
        room[: len(part)] = part
        self._at += len(part)
        return len(part)

    @property
    def _size(self) -> int:
        return self._ends[-1] if self._ends else 0


def download(response: Mapping[str, Any], check: Callable[[], object], most_bytes: int = MOST_BYTES) -> bytes:
    """Read the content of an object to its end; `check` is called before each portion, and may raise."""
    content = io.BytesIO()
    with closing(response["Body"]) as body:  # its own `with` gives the stream below, which checks nothing
        is_small = response.get("ContentLength", 0) <= most_bytes
        while is_small and content.tell() <= most_bytes:
            check()
            portion = body.read(_CHUNK)
            if not portion:
                return content.getvalue()
            content.write(portion)
    raise WireError("too-large", f"the object has more than the {most_bytes} bytes that a result may have")


def store(
    client: Any,
    params: Params,
    content: bytes,
    warn: Callable[[str], object],
    part_bytes: int = PART_BYTES,
) -> dict[str, Any]:
    """Write an object: in one request, or in parts where it has more than two of them.

    The parts of an object that could not be written are removed again; `warn` is told where that fails.
    """
    if len(content) <= 2 * part_bytes:
        put: dict[str, Any] = client.put_object(**params, Body=Pieces([content]))
        return put
    upload = Upload(client, params)
    with memoryview(content) as view:
        try:
            for start in range(0, len(view), part_bytes):
                upload.add([view[start : start + part_bytes]])
            return upload.complete()
        except BaseException:  # also when the user interrupts the run
            upload.discard(warn)
            raise


class Upload:
    """A multipart upload that has begun. `params` are those of putObject."""

    def __init__(self, client: Any, params: Params) -> None:
        self._client = client
        made = client.create_multipart_upload(**params)
        self._target = {"Bucket": params["Bucket"], "Key": params["Key"], "UploadId": made["UploadId"]}
        self._parts: list[dict[str, Any]] = []

    def add(self, pieces: Sequence[bytes | memoryview]) -> None:
        """Write the next part."""
        number = len(self._parts) + 1
        answer = self._client.upload_part(**self._target, PartNumber=number, Body=Pieces(pieces))
        self._parts.append({"ETag": answer["ETag"], "PartNumber": number})

    def complete(self) -> dict[str, Any]:
        joined: dict[str, Any] = self._client.complete_multipart_upload(
            **self._target, MultipartUpload={"Parts": self._parts}
        )
        return joined

    def discard(self, warn: Callable[[str], object]) -> None:
        """Remove the parts that were written. Where that fails, `warn` is told: the first error is what matters."""
        from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

        try:
            self._client.abort_multipart_upload(**self._target)
        except (ActionError, WireError, BotoCoreError, ClientError) as error:
            warn(
                "the parts of an object that was not finished could not be removed from the bucket "
                f"({type(error).__name__}), where they cost money; listMultipartUploads shows them, and "
                "abortMultipartUpload removes them"
            )
