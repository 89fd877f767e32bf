"""Who asks AWS, where, and what goes wrong on the way."""

import re
import socket
import time

import pytest

from aws_server import CONNECTION, KEY, REGION, end, perform
from contexts import RecordingContext
from thin_server import reply, thin_server
from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.sdk import connect, use_again
from xchange_cli.components.spec import ActionError
from xchange_cli.wire.http import WireError

PROFILE = """
[profile shop]
region = eu-west-1
endpoint_url = {url}

[profile other]
region = us-west-2
"""
CREDENTIALS = "[shop]\naws_access_key_id = AKIASHOP\naws_secret_access_key = shop-secret\n"


def signed_as(authorization):
    """Give the key id and the region that a request was signed with."""
    return re.search(r"Credential=([^/]+)/[0-9]+/([^/]+)/", authorization).groups()


@pytest.fixture
def server(bare_aws):
    """A server for listBuckets that keeps how requests were signed."""
    signatures = []

    def answer(handler):
        signatures.append(
            (*signed_as(handler.headers["Authorization"]), handler.headers["X-Amz-Security-Token"])
        )
        reply(handler, b"<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>")

    with thin_server(answer) as (url, _seen):
        yield url, signatures


def list_buckets(context=None, **inputs):
    used = context or RecordingContext(connects=True)
    try:
        return perform("aws-s3", "listBuckets", used, **inputs).data
    finally:
        if context is None:
            end(used)


def failure_of(*args, **inputs):
    with pytest.raises((ActionError, WireError)) as caught:
        list_buckets(*args, **inputs)
    return caught.value


def test_the_dynamic_key_comes_before_the_connection_and_both_before_the_environment(server, monkeypatch):
    url, signatures = server
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "env-secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "env-token")
    list_buckets()
    list_buckets(accessKey={**CONNECTION, "fields": {"accessKeyId": "", "secretAccessKey": ""}})
    list_buckets(accessKey=CONNECTION, awsRegion="us-east-2")
    list_buckets(accessKey=CONNECTION, **{**KEY, "dynamicAccessKeyId": "ASIA1"}, dynamicSessionToken="t-o-k")

    assert signatures == [
        ("AKIAENV", "eu-west-3", "env-token"),
        ("AKIAENV", "eu-west-3", "env-token"),
        ("AKIAEXAMPLEEXAMPLE00", "us-east-2", None),
        ("ASIA1", "eu-west-3", "t-o-k"),
    ]


def test_a_profile_gives_key_region_and_endpoint(server, bare_aws, monkeypatch):
    url, signatures = server
    (bare_aws / "config").write_text(PROFILE.format(url=url))
    (bare_aws / "credentials").write_text(CREDENTIALS)
    monkeypatch.setenv("AWS_PROFILE", "shop")

    list_buckets()
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    list_buckets()

    assert signatures == [("AKIASHOP", "eu-west-1", None), ("AKIASHOP", "eu-north-1", None)]


def test_a_region_that_nobody_names_is_asked_for(bare_aws):
    error = failure_of(accessKey=CONNECTION)

    assert error.kind == "credentials-missing"
    assert error.message == (
        "no region is set; set the input awsRegion, or the environment variable AWS_REGION or AWS_DEFAULT_REGION, "
        "or `region` of the profile in ~/.aws/config"
    )


def test_credentials_that_nobody_has_are_asked_for_and_no_machine_is_asked(bare_aws, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_args: pytest.fail("a connection was opened"))

    error = failure_of(awsRegion=REGION)

    assert error.kind == "credentials-missing"
    assert error.message == (
        "listBuckets: Unable to locate credentials; set accessKeyId and secretAccessKey of the connection, or the "
        "environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile in ~/.aws"
    )


def test_an_unknown_profile_is_named(bare_aws, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    error = failure_of(awsRegion=REGION)

    assert error.kind == "credentials-missing"
    assert error.message.startswith(
        "listBuckets: The config profile (nobody) could not be found; set accessKeyId"
    )


def test_half_a_key_is_refused_before_anything_is_looked_up(bare_aws):
    half = {"fields": {"accessKeyId": "AKIA1", "secretAccessKey": " "}}
    error = failure_of(RecordingContext(), accessKey=half, awsRegion=REGION)

    assert error.kind == "credentials-missing"
    assert error.message == "secretAccessKey is not set, though the other half of the access key is"


def test_a_run_that_opens_no_connections_looks_nothing_up(bare_aws, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    error = failure_of(RecordingContext(), accessKey=CONNECTION)

    assert error.kind == "network-denied"


def test_a_role_is_taken_on_with_the_key_of_the_connection(aws):
    fields = {**CONNECTION["fields"], "roleARN": "arn:aws:iam::123456789012:role/shop", "externalId": "acme"}
    connection = {"key": "awsAssumeRole", "fields": fields}

    account = perform("aws-s3", "getCurrentAccount", aws.context, accessKey=connection).data
    again = perform("aws-s3", "getCurrentAccount", aws.context, accessKey=connection).data

    assert account["Arn"] == again["Arn"] == "arn:aws:sts::123456789012:assumed-role/shop/xchange-cli"
    assert [name for name, _value in aws.context.secrets] == [
        "secret access key of the role",
        "session token of the role",
    ]


def test_clients_are_kept_for_the_run(aws):
    for _ in range(3):
        list_buckets(aws.context, accessKey=CONNECTION)

    assert len([key for key in aws.context.made if "aws-client" in key]) == 1


def test_a_kept_client_has_the_time_of_the_execution_that_uses_it(aws):
    over = RecordingContext(connects=True, made=aws.context.made)
    list_buckets(over, accessKey=CONNECTION)
    over.seconds_left = 0.0

    assert list_buckets(aws.context, accessKey=CONNECTION) == []
    assert len([key for key in aws.context.made if "aws-client" in key]) == 1


def test_a_kept_client_begins_nothing_after_the_end_of_the_execution_that_uses_it(aws):
    client = connect(aws.context, "s3", read_account({"accessKey": CONNECTION}))
    late = RecordingContext(connects=True, made=aws.context.made)
    use_again(late, client)
    late.seconds_left = 0.0

    with pytest.raises(WireError, match="the run has used up its time"):
        client.list_buckets()


def test_a_role_is_taken_on_again_in_the_time_of_the_execution_that_needs_it(aws):
    fields = {**CONNECTION["fields"], "roleARN": "arn:aws:iam::123456789012:role/shop"}
    connection = {"key": "awsAssumeRole", "fields": fields}
    over = RecordingContext(connects=True, made=aws.context.made)
    connect(over, "sts", read_account({"accessKey": connection}))
    over.seconds_left = 0.0

    perform("aws-s3", "getCurrentAccount", aws.context, accessKey=connection)

    assert over.secrets == []
    assert [name for name, _value in aws.context.secrets] == [
        "secret access key of the role",
        "session token of the role",
    ]


@pytest.mark.parametrize("action", ["generatePresignedUrl", "headObject"])
def test_the_secrets_of_the_environment_are_told_before_anything_is_signed_with_them(
    server, monkeypatch, action
):
    monkeypatch.setenv("AWS_ENDPOINT_URL", server[0])
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "env-secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "env-token")
    context = RecordingContext(connects=True)
    perform("aws-s3", action, context, bucket="acme", objectKey="a.csv")
    end(context)

    assert context.secrets == [
        ("secret access key of this machine", "env-secret"),
        ("session token of this machine", "env-token"),
    ]


@pytest.mark.parametrize(
    ("code", "status", "kind", "hint"),
    [
        ("AccessDenied", 403, "credentials-refused", "check that the credentials have the permission"),
        ("InvalidAccessKeyId", 403, "credentials-refused", "check the access key of the connection"),
        ("ExpiredToken", 400, "credentials-refused", "the session of these credentials is over"),
        ("NoSuchBucket", 404, "aws-error", "check the name of the bucket and awsRegion"),
    ],
)
def test_what_aws_refuses_comes_with_what_to_check(bare_aws, monkeypatch, code, status, kind, hint):
    body = f"<Error><Code>{code}</Code><Message>Not so.</Message></Error>".encode()
    with thin_server(lambda handler: reply(handler, body, status)) as (url, _seen):
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        error = failure_of(accessKey=CONNECTION, awsRegion=REGION)

    assert error.kind == kind
    assert error.message.startswith(f"AWS answered listBuckets with {code}: Not so; {hint}")
    assert "a-very-secret-key" not in error.message


def test_an_error_of_the_server_is_tried_again_and_then_told(bare_aws, monkeypatch):
    with thin_server(lambda handler: reply(handler, b"", 503)) as (url, seen):
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        error = failure_of(accessKey=CONNECTION, awsRegion=REGION)

    assert len(seen.requests) == 3
    assert error.message.startswith(
        "AWS answered listBuckets with 503: Service Unavailable; it may work later"
    )


def test_a_server_that_is_not_there_is_a_failed_connection(bare_aws, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{taken.getsockname()[1]}")
        error = failure_of(accessKey=CONNECTION, awsRegion=REGION)

    assert error.kind == "connection-failed"
    assert error.message.startswith("listBuckets: Could not connect to the endpoint URL")


def test_a_server_that_says_nothing_is_given_up_in_time(bare_aws, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        context = RunningOut(connects=True)
        error = failure_of(context, accessKey=CONNECTION, awsRegion=REGION)
        end(context)

    assert error.kind == "timeout"


class RunningOut(RecordingContext):
    """A context of a run that has half a second left, really."""

    @property
    def seconds_left(self):
        return self.ends - time.monotonic()

    @seconds_left.setter
    def seconds_left(self, _seconds):
        self.ends = time.monotonic() + 0.5


def test_nothing_is_begun_after_the_end_of_the_run(bare_aws):
    error = failure_of(
        RecordingContext(connects=True, seconds_left=0.0), accessKey=CONNECTION, awsRegion=REGION
    )

    assert (error.kind, error.message) == ("timeout", "the run has used up its time")


def test_an_answer_that_is_no_xml_is_a_broken_response(bare_aws, monkeypatch):
    context = RecordingContext(connects=True)
    with thin_server(lambda handler: reply(handler, b"<<<")) as (url, _seen):
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        monkeypatch.setenv("AWS_REGION", REGION)
        with pytest.raises(WireError, match="listTopics: Unable to parse response") as caught:
            perform("aws-sns", "listTopics", context, awsConnection=CONNECTION)
        end(context)

    assert caught.value.kind == "broken-response"


@pytest.mark.parametrize("url", ["not a url", "http://[", "ftp:/x"])
def test_an_endpoint_that_is_no_url_is_an_error_of_the_step(bare_aws, monkeypatch, url):
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)

    assert isinstance(failure_of(accessKey=CONNECTION, awsRegion=REGION), ActionError)


def test_what_the_library_refuses_to_send_is_an_error_of_the_step(aws):
    with pytest.raises(ActionError, match=r"headBucket cannot be asked for: .*Invalid bucket name"):
        perform("aws-s3", "headBucket", aws.context, bucket="a/b\n", accessKey=CONNECTION)
    with pytest.raises(ActionError, match="putObject cannot be asked for: "):
        perform(
            "aws-s3",
            "putObject",
            aws.context,
            bucket="acme",
            objectKey="a",
            accessKey=CONNECTION,
            fileContents={"data": "x", "contentType": "text/csv\r\nx-evil: 1"},
        )
