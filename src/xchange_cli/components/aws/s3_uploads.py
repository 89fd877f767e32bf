"""Actions of Amazon S3 that write an object in parts, or let others write and read it by a link."""

from collections.abc import Mapping
from typing import Any, Final

from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.bodies import Pieces
from xchange_cli.components.aws.calls import Call, performing, text_params
from xchange_cli.components.aws.inputs import Inputs, Params, optional_text, required_text
from xchange_cli.components.aws.results import with_metadata
from xchange_cli.components.aws.s3_objects import described, new_object_params, object_params
from xchange_cli.components.aws.sdk import connect, connect_for_signing
from xchange_cli.components.conversions import to_binary, to_integer
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Perform
from xchange_cli.javascript.values import describe, parse_if_json

MOST_PARTS: Final = 10_000

_LONGEST_LIFE = 7 * 24 * 60 * 60
_PART_KEYS = frozenset({
    "ETag", "PartNumber", "ChecksumCRC32", "ChecksumCRC32C", "ChecksumCRC64NVME", "ChecksumSHA1", "ChecksumSHA256",
})  # fmt: skip

_upload = text_params(Bucket="bucket", Key="objectKey", UploadId="uploadId")


def create_multipart_upload(context: ActionContext, inputs: Inputs) -> ActionResult:
    account, params = read_account(inputs), new_object_params(inputs)
    client = connect(context, "s3", account, lambda: f"createMultipartUpload of {described(params)}")
    return ActionResult(data=with_metadata(client.create_multipart_upload(**params)))


def upload_part(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Write one part; `part` of the result is what completeMultipartUpload needs of it."""
    account, params = read_account(inputs), _upload(inputs)
    number = read_required(inputs, "partNumber", to_integer)
    content, _ = read_required(inputs, "fileChunk", to_binary)
    client = connect(
        context,
        "s3",
        account,
        lambda: f"uploadPart {number} of {described(params)}, {len(content)} bytes",
    )
    response = client.upload_part(**params, PartNumber=number, Body=Pieces([content]))
    part = {"ETag": response["ETag"], "PartNumber": number}
    return ActionResult(data={**with_metadata(response), "part": part})


def _complete_params(inputs: Inputs) -> Params:
    return {**_upload(inputs), "MultipartUpload": {"Parts": read_required(inputs, "parts", _parts)}}


def _parts(value: Any) -> list[Params]:
    """Read the parts as uploadPart or listParts gave them."""
    items = parse_if_json(value)
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise ActionError(f"{describe(value)} is not a list of parts")
    kept = [{key: item for key, item in part.items() if key in _PART_KEYS} for part in items]
    return [{**part, "PartNumber": to_integer(part.get("PartNumber"))} for part in kept]


def generate_presigned_url(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Make a link to an object; whatever is not a download is an upload."""
    account, params = read_account(inputs), object_params(inputs)
    seconds = _life(inputs)
    operation = "get_object" if optional_text(inputs, "actionType") == "download" else "put_object"
    client = connect_for_signing(context, account)
    return ActionResult(data=client.generate_presigned_url(operation, params, ExpiresIn=seconds))


def generate_part_urls(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Make links to write the first parts of a multipart upload to."""
    account, params = read_account(inputs), _upload(inputs)
    seconds, count = _life(inputs), read(inputs, "urlsToGenerate", to_integer, 5)
    if count > MOST_PARTS:
        raise ActionError(
            f"urlsToGenerate: an upload has at most {MOST_PARTS} parts, not {count}",
            input_key="urlsToGenerate",
        )
    client = connect_for_signing(context, account)
    links = (
        client.generate_presigned_url("upload_part", {**params, "PartNumber": number}, ExpiresIn=seconds)
        for number in range(1, count + 1)
    )
    return ActionResult(
        data=[{"url": url, "partNumber": number} for number, url in enumerate(links, start=1)]
    )


def _life(inputs: Inputs) -> int:
    seconds = read(inputs, "expirationSeconds", to_integer, 3600)
    if not 1 <= seconds <= _LONGEST_LIFE:
        raise ActionError(
            f"expirationSeconds: a link lives from 1 to {_LONGEST_LIFE} seconds (a week), "
            f"not {describe(seconds)}",
            input_key="expirationSeconds",
        )
    return seconds


_CALLS: Mapping[str, Call] = {
    "completeMultipartUpload": Call(
        "s3",
        "complete_multipart_upload",
        _complete_params,
        "completeMultipartUpload of {Key} to the bucket {Bucket}",
        with_metadata,
    ),
    "abortMultipartUpload": Call(
        "s3",
        "abort_multipart_upload",
        _upload,
        "abortMultipartUpload of {Key} to the bucket {Bucket}",
        with_metadata,
    ),
    "listParts": Call("s3", "list_parts", _upload, result=with_metadata),
    "listMultipartUploads": Call(
        "s3",
        "list_multipart_uploads",
        lambda inputs: {"Bucket": required_text(inputs, "bucket")},
        result=with_metadata,
    ),
}

ACTIONS: Final[Mapping[str, Perform]] = {
    **{key: performing(call) for key, call in _CALLS.items()},
    "createMultipartUpload": create_multipart_upload,
    "uploadPart": upload_part,
    "generatePresignedUrl": generate_presigned_url,
    "generatePresignedForMultiparUploads": generate_part_urls,
}

_UPLOAD: Mapping[str, Any] = {"bucket": "acme", "objectKey": "big.bin", "uploadId": "u1"}

EXAMPLES: Final = (
    Example("createMultipartUpload", {"bucket": "acme"}, None, error="objectKey is not set"),
    Example(
        "uploadPart",
        {**_UPLOAD, "partNumber": "1", "fileChunk": 5},
        None,
        error="fileChunk: the number 5 is not a file",
    ),
    Example(
        "completeMultipartUpload",
        {**_UPLOAD, "parts": '[{"PartNumber": "one", "ETag": "x"}]'},
        None,
        error='parts: the text "one" is not a whole number',
    ),
    Example(
        "completeMultipartUpload",
        {**_UPLOAD, "parts": "none"},
        None,
        error='parts: the text "none" is not a list',
    ),
    Example("abortMultipartUpload", {**_UPLOAD, "uploadId": ""}, None, error="uploadId is empty"),
    Example("listParts", {"bucket": "acme", "objectKey": "big.bin"}, None, error="uploadId is not set"),
    Example("listMultipartUploads", {}, None, error="bucket is not set"),
    Example(
        "generatePresignedUrl",
        {"bucket": "acme", "objectKey": "a.csv", "actionType": "download", "expirationSeconds": "604801"},
        None,
        error="expirationSeconds: a link lives from 1 to 604800 seconds (a week), not the number 604801",
    ),
    Example(
        "generatePresignedForMultiparUploads",
        {**_UPLOAD, "urlsToGenerate": "10001"},
        None,
        error="urlsToGenerate: an upload has at most 10000 parts, not 10001",
    ),
)
