"""Topics, subscriptions and messages, over the wire against a server that behaves like Amazon SNS."""

import json

import pytest

from aws_server import CONNECTION, REGION, perform
from contexts import RecordingContext
from xchange_cli.components.spec import ActionError, ActionResult
from xchange_cli.wire.guard import Sender, WriteGuard
from xchange_cli.wire.http import HttpResponse, WireError

ARN = f"arn:aws:sns:{REGION}:123456789012:"


@pytest.fixture
def sns(aws):
    """Perform an action of aws-sns with a connection, and give its data."""
    return lambda action, **inputs: (
        perform("aws-sns", action, aws.context, awsConnection=CONNECTION, **inputs).data
    )


@pytest.fixture
def topic(sns):
    return sns("createTopic", name="orders")["TopicArn"]


@pytest.fixture
def received(aws, topic):
    """Give what a queue that has subscribed to the topic got."""
    sqs, sns = aws.client("sqs"), aws.client("sns")
    url = sqs.create_queue(QueueName="inbox")["QueueUrl"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:{REGION}:123456789012:inbox")

    def messages():
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(message["Body"]) for message in found]

    return messages


def test_a_topic_is_made_looked_at_listed_and_deleted(sns, aws, topic):
    assert topic == ARN + "orders"
    assert sns("getTopicAttributes", topicArn=topic)["Attributes"]["TopicArn"] == topic
    assert sns("listTopics", fetchAllTopics="false") == {"Topics": [{"TopicArn": topic}]}
    assert sns("deleteTopic", topicArn=topic) == {}
    assert sns("listTopics") == {"Topics": []}
    assert aws.context.writes == [
        ("127.0.0.1", "createTopic orders"),
        ("127.0.0.1", f"deleteTopic {topic}"),
    ]


def test_an_unknown_topic_fails_with_what_to_check(sns):
    with pytest.raises(
        ActionError, match=r"AWS answered getTopicAttributes with NotFound: .*; check the ARN"
    ):
        sns("getTopicAttributes", topicArn=ARN + "nothing")


def test_topics_are_listed_by_page_or_all_at_once(sns, aws):
    arns = [aws.client("sns").create_topic(Name=f"t{number:03}")["TopicArn"] for number in range(102)]

    page = sns("listTopics", fetchAllTopics="false")
    rest = sns("listTopics", nextToken=page["NextToken"])

    assert [len(page["Topics"]), len(rest["Topics"])] == [100, 2]
    assert sns("listTopics", fetchAllTopics="true") == {"Topics": [{"TopicArn": arn} for arn in arns]}


def test_a_message_is_published_with_attributes_of_the_kinds_of_their_values(sns, topic, received):
    sent = sns(
        "publishMessage",
        topicArn=topic,
        message="März",
        messageAttributes=[
            {"key": "text", "value": "ö"},
            {"key": "count", "value": "12"},
            {"key": "list", "value": ["a", 1]},
            {"key": "bytes", "value": b"\xff"},
            {"key": "object", "value": {"a": True}},
        ],
    )

    (message,) = received()
    assert (message["MessageId"], message["Message"]) == (sent["MessageId"], "März")
    assert message["MessageAttributes"] == {
        "text": {"Type": "String", "Value": "ö"},
        "count": {"Type": "Number", "Value": "12"},
        "list": {"Type": "String.Array", "Value": '["a",1]'},
        "bytes": {"Type": "Binary", "Value": "/w=="},
        "object": {"Type": "String", "Value": '{"a":true}'},
    }


def test_messages_are_published_together(sns, aws, topic, received):
    entries = [
        {"Id": "1", "Message": "a"},
        {
            "Id": "2",
            "Message": "b",
            "MessageAttributes": {
                "raw": {"DataType": "Binary", "BinaryValue": {"type": "Buffer", "data": [255, 0]}}
            },
        },
    ]
    result = sns("publishBatchMessages", topicArn=topic, publishBatchEntries=json.dumps(entries))

    assert [item["Id"] for item in result["Successful"]] == ["1", "2"]
    assert result["$metadata"]["httpStatusCode"] == 200
    assert [message["Message"] for message in received()] == ["a", "b"]
    assert aws.context.writes[-1][1].startswith(f"publishBatchMessages to {topic}: [{{'Id': '1'")


@pytest.mark.parametrize("entries", [None, "[]", "[1]", '[{"a": {"type": "Buffer", "data": ["x"]}}]'])
def test_a_batch_that_is_no_list_of_messages_fails(sns, topic, entries):
    with pytest.raises(ActionError, match="publishBatchEntries"):
        sns("publishBatchMessages", topicArn=topic, publishBatchEntries=entries)


def test_a_subscription_is_made_listed_and_ended(sns, topic, aws):
    address = "https://hooks.example.test/1"
    made = sns("subscribe", topicArn=topic, protocol="https", endpoint=address)

    page = sns("listSubscriptions", topicArn=topic)
    (found,) = page["Subscriptions"]

    assert made.keys() == {"SubscriptionArn"}
    assert {key: found[key] for key in ("Protocol", "Endpoint", "TopicArn")} == {
        "Protocol": "https",
        "Endpoint": address,
        "TopicArn": topic,
    }
    assert sns("listSubscriptions", topicArn=topic, fetchAllSubscriptions="true") == page
    assert sns("unsubscribe", subscriptionArn=found["SubscriptionArn"]) == {}
    assert sns("listSubscriptions", topicArn=topic) == {"Subscriptions": []}
    assert [what for _host, what in aws.context.writes[1:]] == [
        f"subscribe of {address} to {topic}",
        f"unsubscribe of {found['SubscriptionArn']}",
    ]


def test_a_text_message_is_sent_to_a_phone(sns, aws):
    sent = sns("publishSms", message="Your order is ready", phoneNumber="+4915112345678")

    assert sent.keys() == {"MessageId"}
    assert aws.context.writes == [("127.0.0.1", "publishSms to +4915112345678: Your order is ready")]


def test_phones_that_want_no_messages_are_listed(sns):
    assert sns("listOptOutNumbers", nextToken="")["phoneNumbers"][:2] == ["+447420500600", "+447420505401"]


class Answering:
    """An HTTP client that gives one answer and remembers what it was asked for."""

    def __init__(self):
        self.asked = []

    def send(self, request, terms):
        self.asked.append((request.method, request.url))
        return HttpResponse(200, "OK", (), b"", request.url)


def posted(message, *, trigger="subscriptionTrigger", headers=None, parse=False, http=None, context=None):
    body = {"data": message, "contentType": "text/plain; charset=UTF-8"}
    payload = {"headers": headers or {}, "rawBody": body, "body": body, "pathFragment": ""}
    context = context or RecordingContext()
    context.payload, context.http = payload, http or Answering()
    inputs = {"parseMessage": parse}
    return perform("aws-sns", trigger, context, **inputs)


@pytest.mark.parametrize("trigger", ["subscriptionTrigger", "webhookLifecycleTrigger"])
def test_a_notification_is_parsed_and_its_message_if_asked_for(trigger):
    message = {"Type": "Notification", "Message": '{"id":1}'}
    plain = posted(json.dumps(message), trigger=trigger)
    parsed = posted(json.dumps(message), trigger=trigger, parse="true")

    assert (plain.branch, plain.data["body"]) == ("Notification", {"data": message})
    assert parsed.data["body"] == {"data": {"Type": "Notification", "Message": {"id": 1}}}
    assert plain.data["pathFragment"] == ""


@pytest.mark.parametrize(
    ("kind", "branch", "asked"),
    [
        ("SubscriptionConfirmation", "Subscribe", [("GET", "https://sns.example.test/?Token=1")]),
        ("UnsubscribeConfirmation", "Unsubscribe", []),
    ],
)
def test_a_new_subscription_is_confirmed_and_the_end_of_one_is_not(kind, branch, asked):
    http = Answering()
    message = {"Type": kind, "SubscribeURL": "https://sns.example.test/?Token=1", "Message": "no JSON"}

    result = posted(json.dumps(message), parse=True, http=http)

    assert (result.branch, result.data["body"]["data"]) == (branch, message)
    assert http.asked == asked


def confirmation(url):
    return json.dumps({"Type": "SubscriptionConfirmation", "SubscribeURL": url})


def test_leave_is_asked_before_a_subscription_is_confirmed():
    http, context = Answering(), RecordingContext(connects=True)
    posted(confirmation("https://SNS.example.test:8443/?Token=abc&TopicArn=x"), http=http, context=context)

    assert context.writes == [
        (
            "sns.example.test",
            "confirmation of a subscription by GET https://SNS.example.test:8443/?Token=…&TopicArn=x",
        )
    ]
    assert len(http.asked) == 1


def test_a_subscription_is_not_confirmed_without_leave():
    http, context = Answering(), RecordingContext(connects=True)
    context.require_access = lambda host, what: WriteGuard().require(Sender("onMessage"), host, what)

    with pytest.raises(WireError, match=r"confirmation of a subscription by GET .* was not sent") as caught:
        posted(confirmation("https://sns.example.test/?Token=1"), http=http, context=context)

    assert (caught.value.kind, caught.value.is_final) == ("write-blocked", True)
    assert http.asked == []


@pytest.mark.parametrize("action", ["publishMessage", "publishSms"])
def test_a_long_message_is_cut_where_it_is_told(sns, aws, topic, action):
    target = {"topicArn": topic} if action == "publishMessage" else {"phoneNumber": "+4915112345678"}
    sns(action, message="x" * 201, **target)

    assert aws.context.writes[-1][1].endswith(f": {'x' * 200}…")


def test_a_long_batch_is_cut_where_it_is_told(sns, aws, topic):
    sns("publishBatchMessages", topicArn=topic, publishBatchEntries=[{"Id": "1", "Message": "x" * 300}])

    what = aws.context.writes[-1][1]
    assert what == f"publishBatchMessages to {topic}: [{{'Id': '1', 'Message': '{'x' * 175}…"


def test_the_header_says_what_a_raw_message_is():
    headers = {"X-Amz-Sns-Message-Type": "Notification", "x-amz-sns-rawdelivery": "true"}

    assert posted("hello", headers=headers).data["body"] == {"data": "hello"}
    assert posted('{"id": 1}', headers=headers, parse=True).data["body"] == {"data": {"id": 1}}
    assert posted("hello", headers=headers) == ActionResult(
        data=posted("hello", headers=headers).data, branch="Notification"
    )


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("no JSON", "the body is not JSON"),
        (None, "the body must be a message of SNS, a JSON object, not null"),
        ('{"Type": "Other"}', 'the type of the message is the text "Other"; it must be one of Notification'),
        ('{"Type": "Notification", "Message": "no JSON"}', "Message is not JSON"),
        ('{"Type": "SubscriptionConfirmation"}', "SubscribeURL of the message is null"),
    ],
)
def test_a_request_that_is_no_message_of_sns_fails(message, error):
    with pytest.raises(ActionError, match=error):
        posted(message, parse=True)
