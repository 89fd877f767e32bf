"""Actions of Amazon S3 on buckets."""

from collections.abc import Mapping
from typing import Any, Final

from xchange_cli.components.aws.calls import Call, no_params, performing, text_params
from xchange_cli.components.aws.inputs import Inputs, Params, given, json_value, optional_text, required_text
from xchange_cli.components.aws.results import plain, with_metadata
from xchange_cli.components.aws.sdk import FALLBACK_REGION
from xchange_cli.components.conversions import to_integer
from xchange_cli.components.inputs import read
from xchange_cli.components.spec import ActionError, Example, Perform

_bucket = text_params(Bucket="bucket")


def _location(response: Mapping[str, Any]) -> str:
    """Give the bucket's region, which S3 leaves out where it is the oldest one."""
    return response.get("LocationConstraint") or FALLBACK_REGION


def _notification_params(inputs: Inputs) -> Params:
    """Read what replaces the notifications of a bucket; kinds that are not set are taken away."""
    events = json_value(inputs, "eventBridgeConfiguration", dict)
    settings = given(
        TopicConfigurations=json_value(inputs, "topicConfigurations", list),
        QueueConfigurations=json_value(inputs, "queueConfigurations", list),
        LambdaFunctionConfigurations=json_value(inputs, "lambdaFunctionConfigurations", list),
        EventBridgeConfiguration=None if events is None else {},  # S3 knows it only as there or not
    )
    return {**_bucket(inputs), "NotificationConfiguration": settings, "SkipDestinationValidation": True}


def _lock_params(inputs: Inputs) -> Params:
    """Read for how long objects are locked by default; without a mode they are not."""
    mode = optional_text(inputs, "defaultRetentionMode")
    days, years = (
        max(read(inputs, key, to_integer, 0), 0) for key in ("defaultRetentionDays", "defaultRetentionYears")
    )
    if days and years:
        raise ActionError(
            "defaultRetentionDays and defaultRetentionYears are both set; one of them must not be",
            input_key="defaultRetentionYears",
        )
    if mode and not (days or years):
        raise ActionError(
            "defaultRetentionMode needs defaultRetentionDays or defaultRetentionYears",
            input_key="defaultRetentionMode",
        )
    if not mode and (days or years):
        raise ActionError("defaultRetentionMode is not set", input_key="defaultRetentionMode")
    rule = {"DefaultRetention": given(Mode=mode, Days=days or None, Years=years or None)}
    settings = {"ObjectLockEnabled": "Enabled", **given(Rule=rule if mode else None)}
    return {"Bucket": required_text(inputs, "bucket"), "ObjectLockConfiguration": settings}


_CALLS: Mapping[str, Call] = {
    "listBuckets": Call(
        "s3", "list_buckets", no_params, result=lambda found: plain(found).get("Buckets", [])
    ),
    "headBucket": Call("s3", "head_bucket", _bucket, result=with_metadata),
    "deleteBucket": Call("s3", "delete_bucket", _bucket, "deleteBucket of {Bucket}", with_metadata),
    "getBucketLocation": Call(
        "s3", "get_bucket_location", _bucket, result=_location, default_region=FALLBACK_REGION
    ),
    "getCurrentAccount": Call(
        "sts", "get_caller_identity", no_params, result=with_metadata, default_region=FALLBACK_REGION
    ),
    "getBucketNotificationConfiguration": Call(
        "s3", "get_bucket_notification_configuration", _bucket, result=with_metadata
    ),
    "putBucketNotificationConfiguration": Call(
        "s3",
        "put_bucket_notification_configuration",
        _notification_params,
        "putBucketNotificationConfiguration of the bucket {Bucket}: {NotificationConfiguration}",
        with_metadata,
    ),
    "getObjectLockConfiguration": Call("s3", "get_object_lock_configuration", _bucket, result=with_metadata),
    "putObjectLockConfiguration": Call(
        "s3",
        "put_object_lock_configuration",
        _lock_params,
        "putObjectLockConfiguration of the bucket {Bucket}: {ObjectLockConfiguration}",
        with_metadata,
    ),
}

ACTIONS: Final[Mapping[str, Perform]] = {key: performing(call) for key, call in _CALLS.items()}

_HALF_KEY = {"dynamicAccessKeyId": "AKIAEXAMPLE"}
_HALF_CONNECTION = {"accessKey": {"fields": {"accessKeyId": "AKIAEXAMPLE", "secretAccessKey": ""}}}

EXAMPLES: Final = (
    Example("listBuckets", _HALF_KEY, None, error="dynamicSecretAccessKey is not set"),
    Example("getCurrentAccount", _HALF_CONNECTION, None, error="secretAccessKey is not set"),
    Example("headBucket", {"awsRegion": "eu-central-1"}, None, error="bucket is not set"),
    Example("deleteBucket", {"bucket": ""}, None, error="bucket is empty"),
    Example("getBucketLocation", {}, None, error="bucket is not set"),
    Example("getBucketNotificationConfiguration", {}, None, error="bucket is not set"),
    Example(
        "putBucketNotificationConfiguration",
        {"bucket": "acme", "topicConfigurations": '{"Id": "1"}'},
        None,
        error="topicConfigurations must be a JSON list, not an object",
    ),
    Example(
        "putBucketNotificationConfiguration",
        {"bucket": "acme", "queueConfigurations": "[", "eventBridgeConfiguration": "{}"},
        None,
        error="queueConfigurations is not JSON",
    ),
    Example("getObjectLockConfiguration", {}, None, error="bucket is not set"),
    Example(
        "putObjectLockConfiguration",
        {"bucket": "acme", "defaultRetentionMode": "COMPLIANCE"},
        None,
        error="defaultRetentionMode needs defaultRetentionDays or defaultRetentionYears",
    ),
    Example(
        "putObjectLockConfiguration",
        {"bucket": "acme", "defaultRetentionDays": "1", "defaultRetentionYears": 1},
        None,
        error="defaultRetentionDays and defaultRetentionYears are both set",
    ),
    Example(
        "putObjectLockConfiguration",
        {"bucket": "acme", "defaultRetentionDays": "1"},
        None,
        error="defaultRetentionMode is not set",
    ),
)
