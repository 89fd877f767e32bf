"""Actions of Amazon S3 that write an object bit by bit during a run."""

import warnings
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.bodies import Pieces, Upload
from xchange_cli.components.aws.inputs import Inputs, Params, required_text
from xchange_cli.components.aws.s3_objects import described, new_object_params
from xchange_cli.components.aws.sdk import connect, use_again
from xchange_cli.components.conversions import to_binary
from xchange_cli.components.inputs import read_required
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Perform
from xchange_cli.javascript.values import describe

PART_BYTES: Final = 5 * 1024 * 1024
"""The least that S3 takes as a part that is not the last."""


class UploadStream:
    """An object that is being written; nothing is to be seen of it in the bucket until it is finished."""

    def __init__(self, client: Any, params: Params) -> None:
        self.client = client
        self._params = params
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._upload: Upload | None = None

    def write(self, content: bytes) -> None:
        self._waiting.append(content)
        self._waiting_bytes += len(content)
        if self._waiting_bytes >= PART_BYTES:
            self._upload = self._upload or Upload(self.client, self._params)
            self._upload.add(self._waiting)
            self._waiting = []
            self._waiting_bytes = 0

    def finish(self) -> None:
        if self._upload is None:
            self.client.put_object(**self._params, Body=Pieces(self._waiting))
            return
        if self._waiting:
            self._upload.add(self._waiting)
        self._upload.complete()
        self._upload = None

    def discard(self) -> None:
        """Remove the parts that were written. It is too late to tell a step where that fails."""
        if self._upload is not None:
            self._upload.discard(lambda message: warnings.warn(message, RuntimeWarning, stacklevel=2))


class UploadStreams:
    """The open streams of a run by their ids."""

    def __init__(self) -> None:
        self._open: dict[str, UploadStream] = {}

    def add(self, key: str, stream: UploadStream) -> None:
        self._open[key] = stream

    def find(self, key: str) -> UploadStream:
        if key not in self._open:
            raise ActionError(
                f"uploadId: {describe(key)} is not the id of an open upload stream; a stream lives only in the run "
                "that has created it, until it is closed",
                input_key="uploadId",
            )
        return self._open[key]

    def remove(self, key: str) -> None:
        del self._open[key]

    def close(self) -> None:
        """Remove what the run has not finished."""
        while self._open:
            self._open.popitem()[1].discard()


def create_upload_stream(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give the id of a new stream; this is where leave to write is asked for, for all that is written to it."""
    account, params = read_account(inputs), new_object_params(inputs)
    client = connect(context, "s3", account, lambda: f"createUploadStream of {described(params)}")
    key = str(UUID(bytes=context.random_bytes(16), version=4))
    _streams(context).add(key, UploadStream(client, params))
    return ActionResult(data=key)


def write_upload_stream(context: ActionContext, inputs: Inputs) -> ActionResult:
    key = required_text(inputs, "uploadId")
    content, _ = read_required(inputs, "fileContents", to_binary)
    stream = _streams(context).find(key)
    use_again(context, stream.client)
    stream.write(content)
    return ActionResult()


def close_upload_stream(context: ActionContext, inputs: Inputs) -> ActionResult:
    key = required_text(inputs, "uploadId")
    stream = _streams(context).find(key)
    use_again(context, stream.client)
    stream.finish()
    _streams(context).remove(key)
    return ActionResult()


def _streams(context: ActionContext) -> UploadStreams:
    return context.kept("aws-s3-streams", UploadStreams)


ACTIONS: Final[Mapping[str, Perform]] = {
    "createUploadStream": create_upload_stream,
    "writeUploadStream": write_upload_stream,
    "closeUploadStream": close_upload_stream,
}

EXAMPLES: Final = (
    Example("createUploadStream", {"bucket": "acme"}, None, error="objectKey is not set"),
    Example(
        "writeUploadStream",
        {"uploadId": "711b632b", "fileContents": "a,b"},
        None,
        error='uploadId: the text "711b632b" is not the id of an open upload stream',
    ),
    Example("closeUploadStream", {"uploadId": ""}, None, error="uploadId is empty"),
)
