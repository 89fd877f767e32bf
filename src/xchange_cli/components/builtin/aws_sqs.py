"""Amazon SQS: queues and their messages."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.calls import Call, description, performing, text_params
from xchange_cli.components.aws.errors import explained
from xchange_cli.components.aws.inputs import (
    Inputs,
    Params,
    given,
    optional_text,
    required_text,
    text_pairs,
    well_formed,
)
from xchange_cli.components.aws.polling import last_poll, poll_time, polled
from xchange_cli.components.aws.results import plain, with_metadata
from xchange_cli.components.aws.sdk import connect, patience
from xchange_cli.components.conversions import to_boolean, to_integer, to_string
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import (
    ActionContext,
    ActionError,
    ActionResult,
    Example,
    Implementation,
    Perform,
)
from xchange_cli.javascript.values import describe, stringify

_PAGE = 1000
_BATCH = 10
_POLL_SECONDS = 1
_LONGEST_WAIT = 20


def create_dead_letter_queue(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Create a queue and the one for messages that were received too often."""
    account, main = read_account(inputs), _queue_params(inputs)
    dead = {**main, "QueueName": required_text(inputs, "dlqName")}
    most = read_required(inputs, "maxReceiveCount", to_integer)
    for key, params in (("name", main), ("dlqName", dead)):
        if "FifoQueue" in main["Attributes"] and not params["QueueName"].endswith(".fifo"):
            raise ActionError(f"{key}: the name of a FIFO queue must end with .fifo", input_key=key)
    what = f"createDeadLetterQueue {main['QueueName']} with {dead['QueueName']}"
    client = connect(context, "sqs", account, lambda: what)
    made = client.create_queue(**dead)
    arn = client.get_queue_attributes(QueueUrl=made["QueueUrl"], AttributeNames=["QueueArn"])["Attributes"]
    policy = stringify({"deadLetterTargetArn": arn["QueueArn"], "maxReceiveCount": most})
    main["Attributes"] = {**main["Attributes"], "RedrivePolicy": policy}
    return ActionResult(
        data={"mainQueue": plain(client.create_queue(**main)), "deadLetterQueue": plain(made)}
    )


def _queue_params(inputs: Inputs) -> Params:
    is_fifo = read(inputs, "isFifo", to_boolean)
    is_deduplicated = read(inputs, "contentBasedDeduplication", to_boolean)
    return {
        "QueueName": required_text(inputs, "name"),
        "Attributes": given(
            FifoQueue="true" if is_fifo else None,
            ContentBasedDeduplication="true" if is_fifo and is_deduplicated else None,
        ),
        "tags": text_pairs(inputs, "tags"),
    }


def list_queues(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give one page of queues, or with `fetchAll` all; then the size of a page and the token do not count."""
    account, is_all = read_account(inputs), read(inputs, "fetchAll", to_boolean)
    most, token = read(inputs, "maxResults", to_integer, 0), optional_text(inputs, "nextToken")
    prefix = given(QueueNamePrefix=optional_text(inputs, "prefix"))
    client = connect(context, "sqs", account)
    if not is_all:
        return ActionResult(
            data=plain(client.list_queues(**prefix, **given(MaxResults=most or None, NextToken=token)))
        )
    page = client.list_queues(**prefix, MaxResults=_PAGE)
    urls = page.get("QueueUrls", [])
    while page.get("NextToken"):
        page = client.list_queues(**prefix, MaxResults=_PAGE, NextToken=page["NextToken"])
        urls += page.get("QueueUrls", [])
    return ActionResult(data={"QueueUrls": urls} if urls else {})


def receive_messages(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give up to ten messages, which nobody else sees for a while: receiving counts as writing.

    `Messages` is absent where the queue is empty.
    """
    account, url = read_account(inputs), required_text(inputs, "url")
    most, seconds = read(inputs, "maxNumber", to_integer, 1), read(inputs, "waitTime", to_integer, 0)
    client = _connect_to(context, account, url, f"receiveMessages from {url}")
    response = _receive(context, client, url, most, seconds)
    return ActionResult(data=plain(response))


def poll_messages(context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give the messages sent since the poll before; the first poll only keeps the time.

    All are received, and none is deleted. The platform waits 20 seconds for the queue to stay empty; here it is one.
    """
    account, url = read_account(inputs), required_text(inputs, "url")
    began, since = poll_time(context), last_poll(context)
    client = _connect_to(context, account, url, f"pollMessagesTrigger from {url}")
    messages: dict[str, Mapping[str, Any]] = {}
    while True:
        batch = _receive(context, client, url, _BATCH, _POLL_SECONDS).get("Messages", ())
        fresh = {message["MessageId"]: message for message in batch if message["MessageId"] not in messages}
        if not fresh:
            break
        messages |= fresh
    newest = began if since is None else since
    return polled(context, began, [plain(found) for found in messages.values() if _sent(found) > newest])


def _sent(message: Mapping[str, Any]) -> int:
    return int(message.get("Attributes", {}).get("SentTimestamp", 0))


def _receive(context: ActionContext, client: Any, url: str, most: int, seconds: int) -> Mapping[str, Any]:
    """Receive messages; a wait is cut to what the connection may be silent for."""
    wait = min(seconds, max(int(patience(context)) - 1, 0)) if seconds <= _LONGEST_WAIT else seconds
    received: Mapping[str, Any] = client.receive_message(
        QueueUrl=url,
        AttributeNames=["All"],
        MessageAttributeNames=["All"],
        MaxNumberOfMessages=most,
        **given(WaitTimeSeconds=wait or None),
    )
    return received


def _connect_to(context: ActionContext, account: Any, url: str, what: str) -> Any:
    """Open a client for the host that a queue's URL names, as the AWS SDK for JavaScript does."""
    return connect(context, "sqs", account, lambda: what, endpoint=_origin(url))


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_usable = False
    if not is_usable:
        raise ActionError(f"url: {describe(url)} is not the URL of a queue", input_key="url")
    return f"{parts.scheme}://{parts.netloc}"


def _on_queue(operation: str, params: Any, what: str, result: Any) -> Perform:
    """Make an action that is one write to the queue of the input `url`."""

    def perform(context: ActionContext, inputs: Inputs) -> ActionResult:
        account, asked = read_account(inputs), params(inputs)
        client = _connect_to(context, account, asked["QueueUrl"], description(what, asked))
        return ActionResult(data=result(getattr(client, operation)(**asked)))

    return perform


def _message_params(inputs: Inputs) -> Params:
    attributes = text_pairs(inputs, "attributes")
    return {
        "QueueUrl": required_text(inputs, "url"),
        "MessageBody": read_required(inputs, "message", _message),
        "MessageAttributes": {
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        },
        **given(
            DelaySeconds=read(inputs, "delaySeconds", _delay),
            MessageGroupId=optional_text(inputs, "messageGroupId"),
            MessageDeduplicationId=optional_text(inputs, "messageDeduplicationId"),
        ),
    }


def _delay(value: Any) -> int | None:
    """Read a delay; without one the queue's own counts, which 0 would overrule."""
    return None if value is None or value == "" else to_integer(value)


@refusing_depth
def _message(value: Any) -> str:
    return well_formed(stringify(value) if isinstance(value, list | dict | bytes) else to_string(value))


_ACTIONS: Mapping[str, Perform] = {
    "createQueue": performing(Call("sqs", "create_queue", _queue_params, "createQueue {QueueName}")),
    "createDeadLetterQueue": create_dead_letter_queue,
    "deleteMessage": _on_queue(
        "delete_message",
        text_params(QueueUrl="url", ReceiptHandle="receiptHandle"),
        "deleteMessage of {QueueUrl}",
        with_metadata,
    ),
    "deleteQueue": _on_queue(
        "delete_queue", text_params(QueueUrl="url"), "deleteQueue {QueueUrl}", with_metadata
    ),
    "getQueueUrl": performing(Call("sqs", "get_queue_url", text_params(QueueName="name"))),
    "listQueues": list_queues,
    "receiveMessages": receive_messages,
    "sendMessage": _on_queue(
        "send_message", _message_params, "sendMessage to {QueueUrl}: {MessageBody:cut}", plain
    ),
    "pollMessagesTrigger": poll_messages,
}

_QUEUE = {"url": "https://sqs.eu-central-1.amazonaws.com/123456789012/orders"}
_FIFO = {"name": "orders.fifo", "isFifo": True, "contentBasedDeduplication": True, "dlqName": "dead"}

COMPONENT = Implementation(
    actions={key: explained(key, perform) for key, perform in _ACTIONS.items()},
    examples=(
        Example(
            "createQueue",
            {"name": "orders", "isFifo": False, "tags": [{"key": "a", "value": 1}], "awsRegion": "eu_1"},
            None,
            error='awsRegion: the text "eu_1" is not the id of a region',
        ),
        Example(
            "createDeadLetterQueue",
            {**_FIFO, "maxReceiveCount": "5"},
            None,
            error="dlqName: the name of a FIFO queue must end with .fifo",
        ),
        Example("deleteMessage", _QUEUE, None, error="receiptHandle is not set"),
        Example(
            "deleteQueue", {"url": "orders"}, None, error='url: the text "orders" is not the URL of a queue'
        ),
        Example("getQueueUrl", {}, None, error="name is not set"),
        Example(
            "listQueues",
            {"prefix": "orders", "maxResults": "all", "fetchAll": False},
            None,
            error='maxResults: the text "all" is not a whole number',
        ),
        Example(
            "receiveMessages",
            {**_QUEUE, "maxNumber": "ten", "waitTime": "5"},
            None,
            error='maxNumber: the text "ten" is not a whole number',
        ),
        Example(
            "sendMessage",
            {**_QUEUE, "attributes": [{"key": "kind", "value": "order"}], "delaySeconds": "0"},
            None,
            error="message is not set",
        ),
        Example("pollMessagesTrigger", {"url": ""}, None, error="url is empty"),
    ),
)
