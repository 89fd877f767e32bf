"""What happens to buckets, over the wire against a server that behaves like Amazon S3 and SNS."""

import json
from datetime import UTC, datetime

import pytest

from aws_server import CONNECTION, perform
from xchange_cli.components.spec import ActionError, ActionResult
from xchange_cli.wire.http import HttpResponse

OWNER = "123456789012"
OF_TOPICS = {
    "createTopic",
    "updateTopicPolicy",
    "subscribeToTopic",
    "unsubscribeFromTopic",
    "bucketEventTriggerConfiguration",
}


@pytest.fixture
def s3(aws):
    """Perform an action of aws-s3 with a connection, and give its data."""
    aws.bucket()

    def result(action, **inputs):
        key = "awsConnection" if action in OF_TOPICS else "accessKey"
        return perform("aws-s3", action, aws.context, **{key: CONNECTION}, **inputs)

    def data(action, **inputs):
        return result(action, **inputs).data

    data.result = result
    return data


def test_the_events_of_a_bucket_go_to_a_topic_beside_those_that_it_has(s3, aws):
    topic = s3("createTopic", name="events")["TopicArn"]
    names = {"snsTopicArn": topic, "bucket": "acme", "bucketOwnerAccountid": OWNER}

    s3("updateTopicPolicy", **names)
    for name, event in (
        ("new", "s3:ObjectCreated:*"),
        ("gone", "s3:ObjectRemoved:*"),
        ("new", "s3:ObjectCreated:Put"),
    ):
        s3("bucketEventTriggerConfiguration", **names, eventNotificationName=name, eventsList=[event])

    found = s3("getBucketNotificationConfiguration", bucket="acme")["TopicConfigurations"]
    assert [(topic["Id"], topic["Events"]) for topic in found] == [
        ("new", ["s3:ObjectCreated:Put"]),
        ("gone", ["s3:ObjectRemoved:*"]),
    ]
    policy = aws.client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"]
    assert json.loads(policy)["Statement"][0]["Condition"] == {
        "ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:acme"},
        "StringEquals": {"aws:SourceAccount": OWNER},
    }


def test_the_notifications_of_a_bucket_are_replaced_as_a_whole(s3, aws):
    topic = s3("createTopic", name="events")["TopicArn"]
    settings = [{"Id": "a", "TopicArn": topic, "Events": ["s3:ObjectCreated:*"]}]

    s3(
        "putBucketNotificationConfiguration",
        bucket="acme",
        topicConfigurations=json.dumps(settings),
        queueConfigurations="",
        eventBridgeConfiguration='{"Id": "any"}',
    )
    found = s3("getBucketNotificationConfiguration", bucket="acme")
    s3("putBucketNotificationConfiguration", bucket="acme")

    assert found["TopicConfigurations"] == settings
    assert "'EventBridgeConfiguration': {}" in aws.context.writes[1][1]
    assert "TopicConfigurations" not in s3("getBucketNotificationConfiguration", bucket="acme")


def test_a_flow_is_subscribed_to_a_topic_and_unsubscribed(s3, aws):
    topic = s3("createTopic", name="events")["TopicArn"]
    s3("subscribeToTopic", snsTopicArn=topic, endpoint="https://hooks.example.test/1")

    listed = aws.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [(item["Protocol"], item["Endpoint"]) for item in listed] == [
        ("https", "https://hooks.example.test/1")
    ]

    ended = s3("unsubscribeFromTopic", subscriptionArn=listed[0]["SubscriptionArn"])
    assert ended["$metadata"]["httpStatusCode"] == 200
    assert aws.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"] == []


def test_the_first_poll_finds_nothing_and_later_ones_what_has_changed_since(s3, aws):
    s3("putObject", bucket="acme", objectKey="a", fileContents="x")

    first = s3.result("pollChangesFilesTrigger", bucket="acme")
    aws.context.kinds = first.state
    aws.context.time = datetime(2090, 1, 1, tzinfo=UTC)
    second = s3.result("pollChangesFilesTrigger", bucket="acme")
    aws.context.kinds = second.state
    third = s3.result("pollChangesFilesTrigger", bucket="acme")

    assert first.no_changes
    assert first.state == {"instanceState": {"__lastPolledAt": 1715938215123}}
    assert (second.no_changes, second.data) == (False, {"body": {"data": ["a"]}})
    assert third == ActionResult(data={"body": {"data": []}}, no_changes=True, state=second.state)


def test_new_buckets_are_polled_for_by_the_same_rule(s3, aws):
    first = s3.result("pollNewBucketsTrigger")
    aws.context.kinds = first.state
    second = s3.result("pollNewBucketsTrigger")

    assert first.no_changes
    assert [bucket["Name"] for bucket in second.data["body"]["data"]] == ["acme"]
    assert not second.no_changes


class Answering:
    """An HTTP client that gives one answer and remembers what it was asked for."""

    def __init__(self, status):
        self.status = status
        self.asked = []

    def send(self, request, terms):
        self.asked.append((request.method, request.url))
        return HttpResponse(self.status, "said", (), b"", request.url)


def notified(aws, message):
    body = {"data": message, "contentType": "text/plain; charset=UTF-8"}
    aws.context.payload = {"headers": {"a": "b"}, "body": body}
    return perform("aws-s3", "snsS3NotificationWebhook", aws.context)


def test_a_notification_is_parsed_but_not_its_message(aws):
    message = {"Type": "Notification", "Message": '{"Records":[]}'}

    assert notified(aws, json.dumps(message)) == ActionResult(
        data={"headers": {"a": "b"}, "body": {"data": message}}, branch="Notification"
    )


def test_a_subscription_is_confirmed_at_the_url_that_the_message_names(aws):
    aws.context.http = Answering(200)
    message = {"Type": "SubscriptionConfirmation", "SubscribeURL": "https://sns.example.test/?Action=Confirm"}

    result = notified(aws, json.dumps(message))

    assert (result.branch, result.data["body"]) == ("Subscribe", {"data": message})
    assert aws.context.http.asked == [("GET", "https://sns.example.test/?Action=Confirm")]
    what = "confirmation of a subscription by GET https://sns.example.test/?Action=Confirm"
    assert aws.context.writes == [("sns.example.test", what)]


def test_a_subscription_that_sns_does_not_confirm_fails(aws):
    aws.context.http = Answering(403)
    message = {"Type": "SubscriptionConfirmation", "SubscribeURL": "https://sns.example.test/"}

    with pytest.raises(ActionError, match="the subscription was not confirmed: SNS answered 403 said"):
        notified(aws, json.dumps(message))


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("", "the request has no body"),
        (None, "the request has no body"),
        ("[", "the body is not JSON"),
        ("[1]", "the body must be a message of SNS, a JSON object, not a list of 1"),
        ('{"Type": "UnsubscribeConfirmation"}', 'Type of the message is the text "UnsubscribeConfirmation"'),
        ("{}", "Type of the message is null"),
        ('{"Type": "SubscriptionConfirmation"}', "SubscribeURL of the message is null, and not a URL"),
    ],
)
def test_a_request_that_is_no_message_of_sns_fails(aws, message, error):
    with pytest.raises(ActionError, match=error.replace("[", r"\[")):
        notified(aws, message)


def test_a_message_that_was_parsed_already_is_taken_with_a_warning(aws):
    assert notified(aws, {"Type": "Notification"}).branch == "Notification"
    assert aws.context.warnings == [
        "the body is no text, as SNS sends it; the platform would take this request for one without body"
    ]
