"""Actions and triggers of Amazon S3 that tell flows what happens to a bucket."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.calls import Call, performing, text_params
from xchange_cli.components.aws.inputs import Inputs, Params, required_text, texts
from xchange_cli.components.aws.notifications import confirm, parsed
from xchange_cli.components.aws.polling import last_poll, poll_time, polled
from xchange_cli.components.aws.results import plain, with_metadata
from xchange_cli.components.aws.sdk import connect
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Perform
from xchange_cli.javascript.values import describe, stringify

_BRANCHES: Mapping[str, str] = {"Notification": "Notification", "SubscriptionConfirmation": "Subscribe"}


def receive_notification(context: ActionContext, _inputs: Inputs) -> ActionResult:
    """Show the SNS message; a new subscription is confirmed. Its `Message` stays the text that it is."""
    data = (context.payload.get("body") or {}).get("data")
    if not data:
        raise ActionError("the request has no body; SNS sends its messages as text")
    if not isinstance(data, str | bytes):
        context.warn(
            "the body is no text, as SNS sends it; the platform would take this request for one without body"
        )
    message = parsed(data)
    kind = message.get("Type")
    branch = _BRANCHES.get(kind) if isinstance(kind, str) else None
    if branch is None:
        raise ActionError(
            f"Type of the message is {describe(kind)}; it must be Notification or SubscriptionConfirmation"
        )
    if branch == "Subscribe":
        confirm(context, message)
    return ActionResult(data={**context.payload, "body": {"data": message}}, branch=branch)


def poll_files(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give the keys of the objects changed since the poll before; the first poll only keeps the time.

    S3 tells whole seconds, so that a change within the second of the poll before is missed, as it probably is on
    the platform.
    """
    account, bucket = read_account(inputs), required_text(inputs, "bucket")
    began, since = poll_time(context), last_poll(context)
    client = connect(context, "s3", account)
    found = [
        item["Key"]
        for item in _objects(client, bucket)
        if since is not None and item["LastModified"].timestamp() * 1000 > since
    ]
    return polled(context, began, found)


def _objects(client: Any, bucket: str) -> Iterator[Mapping[str, Any]]:
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        yield from page.get("Contents", ())


def poll_buckets(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give the buckets made since the poll before; the first poll only keeps the time."""
    account = read_account(inputs)
    began, since = poll_time(context), last_poll(context)
    buckets = connect(context, "s3", account).list_buckets().get("Buckets", ())
    found = [
        plain(bucket)
        for bucket in buckets
        if since is not None and bucket["CreationDate"].timestamp() * 1000 > since
    ]
    return polled(context, began, found)


def _policy_params(inputs: Inputs) -> Params:
    """Let the events of one bucket, of one owner, be published to a topic."""
    topic, bucket = required_text(inputs, "snsTopicArn"), required_text(inputs, "bucket")
    statement = {
        "Sid": "allow-s3-to-publish",
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": ["SNS:Publish"],
        "Resource": topic,
        "Condition": {
            "ArnLike": {"aws:SourceArn": f"arn:aws:s3:*:*:{bucket}"},
            "StringEquals": {"aws:SourceAccount": required_text(inputs, "bucketOwnerAccountid")},
        },
    }
    policy = {"Version": "2012-10-17", "Id": "allow-s3-to-publish", "Statement": [statement]}
    return {"TopicArn": topic, "AttributeName": "Policy", "AttributeValue": stringify(policy)}


def configure_events(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Add a notification to those that the bucket has; one of the same name is replaced."""
    account, bucket = read_account(inputs), required_text(inputs, "bucket")
    owner = required_text(inputs, "bucketOwnerAccountid")
    added = {
        "Id": required_text(inputs, "eventNotificationName"),
        "TopicArn": required_text(inputs, "snsTopicArn"),
        "Events": texts(inputs, "eventsList"),
    }
    what = f"bucketEventTriggerConfiguration of the bucket {bucket}: {added}"
    client = connect(context, "s3", account, lambda: what)
    settings = client.get_bucket_notification_configuration(Bucket=bucket, ExpectedBucketOwner=owner)
    settings.pop("ResponseMetadata", None)
    topics = {topic.get("Id"): topic for topic in settings.get("TopicConfigurations", [])}
    settings["TopicConfigurations"] = list({**topics, added["Id"]: added}.values())
    response = client.put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration=settings, SkipDestinationValidation=True
    )
    return ActionResult(data=with_metadata(response))


_CALLS: Mapping[str, Call] = {
    "createTopic": Call("sns", "create_topic", text_params(Name="name"), "createTopic {Name}"),
    "updateTopicPolicy": Call(
        "sns",
        "set_topic_attributes",
        _policy_params,
        "updateTopicPolicy of {TopicArn}: {AttributeValue}",
        with_metadata,
    ),
    "subscribeToTopic": Call(
        "sns",
        "subscribe",
        lambda inputs: {
            **text_params(TopicArn="snsTopicArn", Endpoint="endpoint")(inputs),
            "Protocol": "https",
        },
        "subscribeToTopic {TopicArn} for {Endpoint}",
    ),
    "unsubscribeFromTopic": Call(
        "sns",
        "unsubscribe",
        text_params(SubscriptionArn="subscriptionArn"),
        "unsubscribeFromTopic of {SubscriptionArn}",
        with_metadata,
    ),
}

ACTIONS: Final[Mapping[str, Perform]] = {
    **{key: performing(call) for key, call in _CALLS.items()},
    "bucketEventTriggerConfiguration": configure_events,
    "snsS3NotificationWebhook": receive_notification,
    "pollChangesFilesTrigger": poll_files,
    "pollNewBucketsTrigger": poll_buckets,
}

_TOPIC = "arn:aws:sns:eu-central-1:123456789012:orders"

EXAMPLES: Final = (
    Example("createTopic", {"name": ""}, None, error="name is empty"),
    Example(
        "updateTopicPolicy",
        {"snsTopicArn": _TOPIC, "bucket": "acme"},
        None,
        error="bucketOwnerAccountid is not set",
    ),
    Example("subscribeToTopic", {"snsTopicArn": _TOPIC}, None, error="endpoint is not set"),
    Example("unsubscribeFromTopic", {}, None, error="subscriptionArn is not set"),
    Example(
        "bucketEventTriggerConfiguration",
        {
            "snsTopicArn": _TOPIC,
            "bucket": "acme",
            "eventNotificationName": "new-orders",
            "bucketOwnerAccountid": "123456789012",
            "eventsList": [],
        },
        None,
        error="eventsList is empty",
    ),
    Example("snsS3NotificationWebhook", {}, None, error="Type of the message is null"),
    Example("pollChangesFilesTrigger", {}, None, error="bucket is not set"),
    Example(
        "pollNewBucketsTrigger",
        {"accessKey": "AKIAEXAMPLE"},
        None,
        error="accessKey must be a connection, not the text",
    ),
)
