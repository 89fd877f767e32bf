"""Queues and their messages, over the wire against a server that behaves like Amazon SQS."""

import json
from datetime import UTC, datetime

import pytest

from aws_server import CONNECTION, REGION, end, perform
from contexts import RecordingContext
from thin_server import reply, thin_server
from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.sdk import connect
from xchange_cli.components.spec import ActionError, ActionResult
from xchange_cli.wire.http import WireError


@pytest.fixture
def sqs(aws):
    """Perform an action of aws-sqs with a connection, and give its data."""
    return lambda action, **inputs: (
        perform("aws-sqs", action, aws.context, awsConnection=CONNECTION, **inputs).data
    )


@pytest.fixture
def queue(sqs):
    return sqs("createQueue", name="orders", isFifo="false")["QueueUrl"]


def test_a_queue_is_made_found_listed_and_deleted(sqs, aws, queue):
    assert queue == f"{aws.url}/123456789012/orders"
    assert sqs("createQueue", name="orders") == {"QueueUrl": queue}
    assert sqs("getQueueUrl", name="orders") == {"QueueUrl": queue}
    assert sqs("listQueues") == {"QueueUrls": [queue]}
    assert sqs("deleteQueue", url=queue)["$metadata"]["httpStatusCode"] == 200
    assert sqs("listQueues") == {}
    assert aws.context.writes[-1] == ("127.0.0.1", f"deleteQueue {queue}")


def test_an_unknown_queue_fails_with_what_to_check(sqs):
    with pytest.raises(ActionError) as caught:
        sqs("getQueueUrl", name="nothing")

    assert caught.value.kind == "aws-error"
    assert caught.value.message == (
        "AWS answered getQueueUrl with AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist; "
        "check the name or URL of the queue, and awsRegion"
    )


def test_queues_are_listed_by_page_or_all_at_once(sqs, queue):
    others = [sqs("createQueue", name=name)["QueueUrl"] for name in ("a-1", "a-2", "a-3")]

    page = sqs("listQueues", prefix="a-", maxResults="2")
    rest = sqs("listQueues", prefix="a-", maxResults="2", nextToken=page["NextToken"])

    assert (page["QueueUrls"], rest) == (others[:2], {"QueueUrls": others[2:]})
    assert sqs("listQueues", prefix="a-", maxResults="2", fetchAll="true") == {"QueueUrls": others}
    assert sqs("listQueues", prefix="b", fetchAll=True) == {}


def test_all_queues_are_those_of_all_pages(bare_aws, monkeypatch):
    pages = iter([{"QueueUrls": ["a"], "NextToken": "1"}, {"NextToken": "2"}, {"QueueUrls": ["b"]}])
    context = RecordingContext(connects=True)
    with thin_server(lambda handler: reply(handler, json.dumps(next(pages)).encode())) as (url, seen):
        monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", url)
        inputs = {"awsRegion": REGION, "awsConnection": CONNECTION, "fetchAll": True}
        result = perform("aws-sqs", "listQueues", context, **inputs)
        end(context)

    assert result.data == {"QueueUrls": ["a", "b"]}
    assert len(seen.requests) == 3


def test_a_queue_has_its_tags_and_the_settings_of_a_fifo_queue(sqs, aws):
    url = sqs(
        "createQueue",
        name="orders.fifo",
        isFifo="true",
        contentBasedDeduplication="true",
        tags=[{"key": "team", "value": "märz"}],
    )["QueueUrl"]

    client = aws.client("sqs")
    found = client.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (found["FifoQueue"], found["ContentBasedDeduplication"]) == ("true", "true")
    assert client.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "märz"}


def test_a_queue_is_made_with_one_for_dead_letters(sqs, aws):
    made = sqs("createDeadLetterQueue", name="orders", dlqName="dead", maxReceiveCount="3")

    client = aws.client("sqs")
    urls = {key: found["QueueUrl"] for key, found in made.items()}
    policy = client.get_queue_attributes(QueueUrl=urls["mainQueue"], AttributeNames=["RedrivePolicy"])
    assert urls == {
        "mainQueue": f"{aws.url}/123456789012/orders",
        "deadLetterQueue": f"{aws.url}/123456789012/dead",
    }
    assert json.loads(policy["Attributes"]["RedrivePolicy"]) == {
        "deadLetterTargetArn": f"arn:aws:sqs:{REGION}:123456789012:dead",
        "maxReceiveCount": 3,
    }
    assert aws.context.writes == [("127.0.0.1", "createDeadLetterQueue orders with dead")]


def test_a_message_is_sent_received_once_and_deleted(sqs, queue, aws):
    attributes = [{"key": "kind", "value": "order"}, {"key": "count", "value": 2}]
    sent = sqs(
        "sendMessage", url=queue, message={"id": 1, "name": "März"}, attributes=attributes, delaySeconds=""
    )

    received = sqs("receiveMessages", url=queue, maxNumber="10")
    (message,) = received["Messages"]

    assert message["MessageId"] == sent["MessageId"]
    assert message["Body"] == '{"id":1,"name":"März"}'
    assert message["MessageAttributes"] == {
        "kind": {"StringValue": "order", "DataType": "String"},
        "count": {"StringValue": "2", "DataType": "String"},
    }
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"
    assert sqs("receiveMessages", url=queue) == {}
    deleted = sqs("deleteMessage", url=queue, receiptHandle=message["ReceiptHandle"])
    assert deleted["$metadata"]["httpStatusCode"] == 200
    assert [what for _host, what in aws.context.writes[1:]] == [
        f'sendMessage to {queue}: {{"id":1,"name":"März"}}',
        f"receiveMessages from {queue}",
        f"receiveMessages from {queue}",
        f"deleteMessage of {queue}",
    ]


@pytest.mark.parametrize(
    ("message", "body"), [("text", "text"), (12.5, "12.5"), ([1, None], "[1,null]"), ("a\ud800", "a\ufffd")]
)
def test_a_body_is_text_whatever_was_sent(sqs, queue, message, body):
    sqs("sendMessage", url=queue, message=message)

    assert sqs("receiveMessages", url=queue, waitTime="1")["Messages"][0]["Body"] == body


@pytest.mark.parametrize(
    ("delay", "sent"), [(None, {}), ("", {}), ("0", {"DelaySeconds": 0}), (5, {"DelaySeconds": 5})]
)
def test_the_delay_of_the_queue_counts_where_a_message_has_none(bare_aws, monkeypatch, delay, sent):
    monkeypatch.setenv("AWS_REGION", REGION)
    context = RecordingContext(connects=True)
    with thin_server(lambda handler: reply(handler, b"{}")) as (url, _seen):
        target = f"{url}/1/orders"
        client = connect(context, "sqs", read_account({"awsConnection": CONNECTION}), endpoint=url)
        asked = []
        client.meta.events.register(
            "provide-client-params.sqs.SendMessage", lambda params, **_facts: asked.append(params)
        )
        inputs = {"url": target, "message": "hi", "delaySeconds": delay}
        perform("aws-sqs", "sendMessage", context, awsConnection=CONNECTION, **inputs)
        end(context)

    assert asked == [{"QueueUrl": target, "MessageBody": "hi", "MessageAttributes": {}, **sent}]


def test_a_long_message_is_cut_where_it_is_told(sqs, queue, aws):
    sqs("sendMessage", url=queue, message="x" * 200)
    sqs("sendMessage", url=queue, message="x" * 201)

    assert [what for _host, what in aws.context.writes[1:]] == [
        f"sendMessage to {queue}: {'x' * 200}",
        f"sendMessage to {queue}: {'x' * 200}…",
    ]


def test_messages_of_a_fifo_queue_have_a_group_and_come_in_order(sqs):
    url = sqs("createQueue", name="orders.fifo", isFifo=True)["QueueUrl"]
    for number in ("1", "2"):
        sqs("sendMessage", url=url, message=number, messageGroupId="g", messageDeduplicationId=number)

    messages = sqs("receiveMessages", url=url, maxNumber=10)["Messages"]

    assert [message["Body"] for message in messages] == ["1", "2"]
    assert messages[0]["Attributes"]["MessageGroupId"] == "g"


def test_polling_gives_the_messages_sent_since_the_poll_before(sqs, queue, aws):
    def poll(state, time):
        aws.context.kinds, aws.context.time = state, time
        return perform("aws-sqs", "pollMessagesTrigger", aws.context, url=queue, awsConnection=CONNECTION)

    for number in range(12):
        sqs("sendMessage", url=queue, message=str(number))
    later = poll({"instanceState": {"__lastPolledAt": 1000}}, datetime(2024, 1, 1, tzinfo=UTC))
    nothing = poll(later.state, datetime(2024, 1, 2, tzinfo=UTC))

    assert sorted(int(message["Body"]) for message in later.data["body"]["data"]) == list(range(12))
    assert (later.no_changes, later.state) == (False, {"instanceState": {"__lastPolledAt": 1704067200000}})
    assert nothing == ActionResult(
        data={"body": {"data": []}},
        no_changes=True,
        state={"instanceState": {"__lastPolledAt": 1704153600000}},
    )
    assert aws.context.writes[-1][1] == f"pollMessagesTrigger from {queue}"


def test_the_first_poll_only_keeps_the_time(sqs, queue, aws):
    sqs("sendMessage", url=queue, message="before")
    aws.context.time = datetime(2090, 1, 1, tzinfo=UTC)

    first = perform("aws-sqs", "pollMessagesTrigger", aws.context, url=queue, awsConnection=CONNECTION)

    assert first.no_changes
    assert first.state == {"instanceState": {"__lastPolledAt": 3786912000000}}


def test_a_poll_ends_where_the_queue_gives_the_same_messages_again(bare_aws, monkeypatch):
    monkeypatch.setenv("AWS_REGION", REGION)
    answer = {"Messages": [{"MessageId": "1", "Body": "x", "Attributes": {"SentTimestamp": "5"}}]}
    context = RecordingContext(connects=True, kinds={"instanceState": {"__lastPolledAt": 4}})
    with thin_server(lambda handler: reply(handler, json.dumps(answer).encode())) as (url, seen):
        result = perform(
            "aws-sqs", "pollMessagesTrigger", context, url=f"{url}/1/orders", awsConnection=CONNECTION
        )
        end(context)

    assert result.data["body"]["data"] == answer["Messages"]
    assert len(seen.requests) == 2


def test_the_host_of_a_queue_is_the_one_of_its_url(bare_aws, monkeypatch):
    monkeypatch.setenv("AWS_REGION", REGION)
    blocked = RecordingContext(connects=True)
    blocked.require_access = refusing_host("queues.example.test")

    with pytest.raises(
        WireError, match=r"not allowed: sendMessage to https://queues\.example\.test:8443/1/orders: hi"
    ):
        perform(
            "aws-sqs",
            "sendMessage",
            blocked,
            url="https://queues.example.test:8443/1/orders",
            message="hi",
            awsConnection=CONNECTION,
        )
    end(blocked)


def test_an_address_that_is_no_url_of_a_queue_fails(sqs):
    with pytest.raises(ActionError, match="is not the URL of a queue") as caught:
        sqs("deleteQueue", url="https://[")
    assert caught.value.input_key == "url"


def refusing_host(name):
    def require_access(host, what=None):
        if what is not None and host == name:
            raise WireError("write-blocked", f"not allowed: {what()}", is_final=True)

    return require_access
