"""Amazon SNS: topics, subscriptions and messages."""

import math
from collections.abc import Mapping
from typing import Any

from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.calls import Call, performing, text_params
from xchange_cli.components.aws.errors import explained
from xchange_cli.components.aws.inputs import (
    Inputs,
    Params,
    given,
    json_value,
    optional_text,
    required_text,
    well_formed,
)
from xchange_cli.components.aws.notifications import confirm, parsed, parsed_text
from xchange_cli.components.aws.results import plain, with_metadata
from xchange_cli.components.aws.sdk import connect
from xchange_cli.components.conversions import to_boolean, to_object, to_string
from xchange_cli.components.inputs import read
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import (
    ActionContext,
    ActionError,
    ActionResult,
    Example,
    Implementation,
    Perform,
)
from xchange_cli.javascript.values import describe, stringify, to_number, to_text

_BRANCHES: Mapping[str, str] = {
    "Notification": "Notification",
    "SubscriptionConfirmation": "Subscribe",
    "UnsubscribeConfirmation": "Unsubscribe",
}


def receive_message(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Show the SNS message, and confirm a new subscription.

    A subscription that has ended is not confirmed: the URL in that message would subscribe again.

    The header `x-amz-sns-message-type` says what it is, or without it the message's `Type`. The platform also checks
    the message's signature; here it is not checked, so that written payloads can be used.
    """
    payload = context.payload
    headers = {to_text(name).lower(): value for name, value in (payload.get("headers") or {}).items()}
    is_raw = headers.get("x-amz-sns-rawdelivery") == "true"
    data = _posted(payload)
    message: Any = to_text(data) if is_raw and isinstance(data, str | bytes) else parsed(data)
    kind = headers.get("x-amz-sns-message-type") or (
        message.get("Type") if isinstance(message, dict) else None
    )
    branch = _BRANCHES.get(kind) if isinstance(kind, str) else None
    if branch is None:
        raise ActionError(
            f"the type of the message is {describe(kind)}; it must be one of {', '.join(_BRANCHES)}"
        )
    if branch == "Subscribe":
        confirm(context, message if isinstance(message, dict) else {})
    elif branch == "Notification" and read(inputs, "parseMessage", to_boolean):
        message = _with_parsed_message(message)
    return ActionResult(data={**payload, "body": {"data": message}}, branch=branch)


def _posted(payload: Mapping[str, Any]) -> Any:
    """Give the body as it was sent, or what was made of it where that is not known."""
    bodies = (payload.get("rawBody"), payload.get("body"))
    found = (body.get("data") for body in bodies if isinstance(body, Mapping))
    return next((data for data in found if data is not None), None)


def _with_parsed_message(message: Any) -> Any:
    if isinstance(message, str):
        return parsed_text(message, "the body") if message else {}
    return {**message, "Message": parsed_text(to_text(message.get("Message")), "Message")}


def list_topics(context: ActionContext, inputs: Inputs) -> ActionResult:
    is_all = read(inputs, "fetchAllTopics", to_boolean)
    return _listed(context, inputs, ("list_topics", "Topics"), {}, is_all=is_all)


def list_subscriptions(context: ActionContext, inputs: Inputs) -> ActionResult:
    params = text_params(TopicArn="topicArn")(inputs)
    is_all = read(inputs, "fetchAllSubscriptions", to_boolean)
    return _listed(context, inputs, ("list_subscriptions_by_topic", "Subscriptions"), params, is_all=is_all)


def _listed(
    context: ActionContext, inputs: Inputs, listing: tuple[str, str], params: Params, *, is_all: bool
) -> ActionResult:
    """Give one page, or all that there is; `listing` is the operation and the name of what it lists."""
    operation, name = listing
    account, token = read_account(inputs), optional_text(inputs, "nextToken")
    ask = getattr(connect(context, "sns", account), operation)
    page = ask(**params, **given(NextToken="" if is_all else token))
    if not is_all:
        return ActionResult(data=plain(page))
    found = list(page.get(name, []))
    while page.get("NextToken"):
        page = ask(**params, NextToken=page["NextToken"])
        found += page.get(name, [])
    return ActionResult(data=plain({name: found}))


def _publish_params(inputs: Inputs) -> Params:
    attributes = read(inputs, "messageAttributes", _attributes)
    return {**text_params(Message="message", TopicArn="topicArn")(inputs), "MessageAttributes": attributes}


def _attributes(pairs: Any) -> Params:
    return {well_formed(name): _attribute(value) for name, value in to_object(pairs).items()}


@refusing_depth
def _attribute(value: Any) -> Params:
    """Type an attribute by its value: numbers, also in text, lists, binary data and text."""
    if isinstance(value, bytes):
        return {"DataType": "Binary", "BinaryValue": value}
    if isinstance(value, list):
        return {"DataType": "String.Array", "StringValue": well_formed(stringify(value))}
    is_scalar = isinstance(value, str | int | float) and not isinstance(value, bool)
    if is_scalar and to_string(value).strip() and not math.isnan(to_number(value)):
        return {"DataType": "Number", "StringValue": to_string(value)}
    text = value if isinstance(value, str) else stringify(value)
    return {"DataType": "String", "StringValue": well_formed(text)}


def _batch_params(inputs: Inputs) -> Params:
    topic, entries = required_text(inputs, "topicArn"), json_value(inputs, "publishBatchEntries", list)
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise ActionError(
            "publishBatchEntries must be a JSON list of messages, each with Id and Message",
            input_key="publishBatchEntries",
        )
    return {"TopicArn": topic, "PublishBatchRequestEntries": [_with_binary(entry) for entry in entries]}


@refusing_depth
def _with_binary(value: Any) -> Any:
    """Put bytes in place of what JSON has for a buffer, in an entry and all that it holds."""
    if not isinstance(value, dict):
        return well_formed(value) if isinstance(value, str) else value
    data = value.get("data")
    if value.get("type") == "Buffer" and isinstance(data, list):
        if all(isinstance(byte, int) and 0 <= byte < 256 for byte in data):
            return bytes(data)
        raise ActionError(
            "publishBatchEntries: the data of a Buffer must be numbers from 0 to 255",
            input_key="publishBatchEntries",
        )
    return {key: _with_binary(inner) for key, inner in value.items()}


def _next_page(inputs: Inputs) -> Params:
    return given(nextToken=optional_text(inputs, "nextToken"))


_CALLS: Mapping[str, Call] = {
    "createTopic": Call("sns", "create_topic", text_params(Name="name"), "createTopic {Name}"),
    "deleteTopic": Call("sns", "delete_topic", text_params(TopicArn="topicArn"), "deleteTopic {TopicArn}"),
    "getTopicAttributes": Call("sns", "get_topic_attributes", text_params(TopicArn="topicArn")),
    "publishMessage": Call("sns", "publish", _publish_params, "publishMessage to {TopicArn}: {Message:cut}"),
    "publishBatchMessages": Call(
        "sns",
        "publish_batch",
        _batch_params,
        "publishBatchMessages to {TopicArn}: {PublishBatchRequestEntries:cut}",
        with_metadata,
    ),
    "subscribe": Call(
        "sns",
        "subscribe",
        text_params(TopicArn="topicArn", Protocol="protocol", Endpoint="endpoint"),
        "subscribe of {Endpoint} to {TopicArn}",
    ),
    "unsubscribe": Call(
        "sns",
        "unsubscribe",
        text_params(SubscriptionArn="subscriptionArn"),
        "unsubscribe of {SubscriptionArn}",
    ),
    "listOptOutNumbers": Call("sns", "list_phone_numbers_opted_out", _next_page),
    "publishSms": Call(
        "sns",
        "publish",
        text_params(Message="message", PhoneNumber="phoneNumber"),
        "publishSms to {PhoneNumber}: {Message:cut}",
    ),
}
_ACTIONS: Mapping[str, Perform] = {
    **{key: performing(call) for key, call in _CALLS.items()},
    "listTopics": list_topics,
    "listSubscriptions": list_subscriptions,
    "subscriptionTrigger": receive_message,
    "webhookLifecycleTrigger": receive_message,
}

_TOPIC = {"topicArn": "arn:aws:sns:eu-central-1:123456789012:orders"}
_TYPES = "Notification, SubscriptionConfirmation, UnsubscribeConfirmation"

COMPONENT = Implementation(
    actions={key: explained(key, perform) for key, perform in _ACTIONS.items()},
    examples=(
        Example("createTopic", {}, None, error="name is not set"),
        Example("deleteTopic", {"topicArn": ""}, None, error="topicArn is empty"),
        Example("getTopicAttributes", {}, None, error="topicArn is not set"),
        Example(
            "listTopics",
            {"awsRegion": "eu central", "fetchAllTopics": True},
            None,
            error='awsRegion: the text "eu central" is not the id of a region',
        ),
        Example(
            "publishMessage",
            {**_TOPIC, "messageAttributes": [{"key": "count", "value": "12"}]},
            None,
            error="message is not set",
        ),
        Example(
            "publishBatchMessages",
            {**_TOPIC, "publishBatchEntries": '[{"Id": "1", "Message": "a"}, "b"]'},
            None,
            error="publishBatchEntries must be a JSON list of messages",
        ),
        Example("listSubscriptions", {"fetchAllSubscriptions": "true"}, None, error="topicArn is not set"),
        Example("subscribe", {**_TOPIC, "protocol": "https"}, None, error="endpoint is not set"),
        Example("unsubscribe", {}, None, error="subscriptionArn is not set"),
        Example(
            "listOptOutNumbers",
            {"awsConnection": {"fields": {"secretAccessKey": "…"}}},
            None,
            error="accessKeyId is not set, though the other half of the access key is",
        ),
        Example("publishSms", {"message": "Your order is ready"}, None, error="phoneNumber is not set"),
        Example("subscriptionTrigger", {}, None, error=f"it must be one of {_TYPES}"),
        Example(
            "webhookLifecycleTrigger", {"parseMessage": True}, None, error="the type of the message is null"
        ),
    ),
)
