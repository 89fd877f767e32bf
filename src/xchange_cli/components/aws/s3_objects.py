"""Actions of Amazon S3 on objects."""

from collections.abc import Mapping
from typing import Any, Final

from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.bodies import download, store
from xchange_cli.components.aws.calls import Call, performing, text_params
from xchange_cli.components.aws.inputs import Inputs, Params, given, optional_text, required_text, tags, texts
from xchange_cli.components.aws.results import date_text, plain, with_metadata
from xchange_cli.components.aws.sdk import connect, patience
from xchange_cli.components.conversions import to_binary, to_boolean, to_date, to_integer
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Perform

object_params = text_params(Bucket="bucket", Key="objectKey")


def get_object(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give the content as bytes with the content type that the object was stored with."""
    account, params = read_account(inputs), object_params(inputs)
    response = connect(context, "s3", account).get_object(**params)
    content = download(response, lambda: patience(context))
    return ActionResult(data=content, content_type=response.get("ContentType"))


def put_object(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Store text, JSON or a file; a large one goes in parts, which shows in its ETag."""
    account, params = read_account(inputs), new_object_params(inputs)
    content, content_type = read_required(inputs, "fileContents", to_binary)
    client = connect(
        context,
        "s3",
        account,
        lambda: f"putObject of {described(params)}, {len(content)} bytes of {content_type}",
    )
    response = store(client, {**params, "ContentType": content_type}, content, context.warn)
    return ActionResult(
        data={
            key: value for key, value in plain(response).items() if key not in {"Bucket", "Key", "Location"}
        }
    )


def new_object_params(inputs: Inputs) -> Params:
    """Read where an object goes, its tags and who may see it."""
    acl = optional_text(inputs, "acl")
    return {**object_params(inputs), **given(Tagging=tags(inputs), ACL=acl)}


def described(params: Params) -> str:
    """Say which object is written, and to whom it is shown."""
    shown = f" ({params['ACL']})" if "ACL" in params else ""
    return f"{params['Key']} to the bucket {params['Bucket']}{shown}"


def _copy_params(inputs: Inputs) -> Params:
    source = {"Bucket": required_text(inputs, "sourceBucket"), "Key": required_text(inputs, "sourceKey")}
    target = text_params(Bucket="destinationBucket", Key="destinationKey")(inputs)
    return {**target, "CopySource": source, **given(ACL=optional_text(inputs, "acl"))}


def _list_params(inputs: Inputs) -> Params:
    most = read(inputs, "maxKeys", to_integer, 0)
    return {
        "Bucket": required_text(inputs, "bucket"),
        "Prefix": optional_text(inputs, "prefix"),
        **given(MaxKeys=most or None, ContinuationToken=optional_text(inputs, "continuationToken")),
    }


def list_objects(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give the keys of at most 1000 objects, or all that S3 says of them."""
    account, params = read_account(inputs), _list_params(inputs)
    is_whole = read(inputs, "includeMetadata", to_boolean)
    response = connect(context, "s3", account).list_objects_v2(**params)
    if not is_whole:
        return ActionResult(data=[found["Key"] for found in response.get("Contents", [])])
    listing = plain(response)
    listing.pop("EncodingType", None)  # the library asks for it, and decodes the keys
    return ActionResult(data=listing)


def _many_params(inputs: Inputs) -> Params:
    keys = [{"Key": key} for key in texts(inputs, "objectKeys")]
    return {"Bucket": required_text(inputs, "bucket"), "Delete": {"Objects": keys}}


def delete_objects(context: ActionContext, inputs: Inputs) -> ActionResult:
    account, params = read_account(inputs), _many_params(inputs)
    keys = [item["Key"] for item in params["Delete"]["Objects"]]
    shown = ", ".join(keys[:5]) + (f" and {len(keys) - 5} more" if len(keys) > 5 else "")
    client = connect(
        context, "s3", account, lambda: f"deleteObjects of {shown} in the bucket {params['Bucket']}"
    )
    return ActionResult(data=with_metadata(client.delete_objects(**params)))


def _version_params(inputs: Inputs) -> Params:
    return {**object_params(inputs), **given(VersionId=optional_text(inputs, "versionId"))}


def _attributes_params(inputs: Inputs) -> Params:
    return {**_version_params(inputs), "ObjectAttributes": texts(inputs, "objectAttributes")}


def _retention_params(inputs: Inputs) -> Params:
    """Read a retention; without mode and date it is taken away."""
    params, mode = _version_params(inputs), optional_text(inputs, "retentionMode")
    until = read_required(inputs, "retainUntilDate", to_date) if inputs.get("retainUntilDate") else None
    if bool(mode) != bool(until):
        absent = "retainUntilDate" if mode else "retentionMode"
        raise ActionError(
            f"{absent} is not set: retentionMode and retainUntilDate need each other", input_key=absent
        )
    return {**params, "Retention": given(Mode=mode, RetainUntilDate=until and date_text(until))}


_CALLS: Mapping[str, Call] = {
    "copyObject": Call(
        "s3",
        "copy_object",
        _copy_params,
        "copyObject of {CopySource[Key]} in the bucket {CopySource[Bucket]} to {Key} in the bucket {Bucket}",
    ),
    "deleteObject": Call(
        "s3", "delete_object", object_params, "deleteObject of {Key} in the bucket {Bucket}"
    ),
    "headObject": Call("s3", "head_object", object_params, result=with_metadata),
    "getObjectAttributes": Call("s3", "get_object_attributes", _attributes_params, result=with_metadata),
    "getObjectRetention": Call("s3", "get_object_retention", _version_params, result=with_metadata),
    "putObjectRetention": Call(
        "s3",
        "put_object_retention",
        _retention_params,
        "putObjectRetention of {Key} in the bucket {Bucket}: {Retention}",
        with_metadata,
    ),
}

ACTIONS: Final[Mapping[str, Perform]] = {
    **{key: performing(call) for key, call in _CALLS.items()},
    "getObject": get_object,
    "putObject": put_object,
    "listObjects": list_objects,
    "deleteObjects": delete_objects,
}

_OBJECT: Mapping[str, Any] = {"bucket": "acme", "objectKey": "orders/2024.csv", "awsRegion": "eu-central-1"}

EXAMPLES: Final = (
    Example("getObject", {"bucket": "acme"}, None, error="objectKey is not set"),
    Example(
        "putObject",
        {**_OBJECT, "fileContents": 5, "tagging": [{"key": "year", "value": 2024}], "acl": "private"},
        None,
        error="fileContents: the number 5 is not a file",
    ),
    Example(
        "copyObject",
        {"sourceBucket": "acme", "sourceKey": "orders.csv", "destinationBucket": "archive"},
        None,
        error="destinationKey is not set",
    ),
    Example(
        "listObjects",
        {"bucket": "acme", "prefix": "orders/", "maxKeys": "many", "includeMetadata": True},
        None,
        error='maxKeys: the text "many" is not a whole number',
    ),
    Example("deleteObject", {**_OBJECT, "objectKey": ""}, None, error="objectKey is empty"),
    Example("deleteObjects", {"bucket": "acme", "objectKeys": []}, None, error="objectKeys is empty"),
    Example("headObject", {"objectKey": "orders.csv"}, None, error="bucket is not set"),
    Example("getObjectAttributes", {**_OBJECT, "versionId": "7"}, None, error="objectAttributes is empty"),
    Example(
        "getObjectRetention",
        {**_OBJECT, "awsRegion": "eu central"},
        None,
        error='awsRegion: the text "eu central" is not the id of a region',
    ),
    Example(
        "putObjectRetention",
        {**_OBJECT, "retentionMode": "GOVERNANCE"},
        None,
        error="retainUntilDate is not set: retentionMode and retainUntilDate need each other",
    ),
    Example(
        "putObjectRetention",
        {**_OBJECT, "retainUntilDate": "tomorrow"},
        None,
        error='retainUntilDate: the text "tomorrow" is not a date',
    ),
)
