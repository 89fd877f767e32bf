"""Objects in parts, in streams and by links, over the wire against a server that behaves like Amazon S3."""

import tracemalloc
from hashlib import sha256

import httpx
import pytest

from aws_server import CONNECTION, REGION, end, perform
from contexts import RecordingContext
from thin_server import reply, stream, thin_server
from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.bodies import Pieces, Upload, store
from xchange_cli.components.aws.s3_streams import UploadStream
from xchange_cli.components.aws.sdk import connect
from xchange_cli.components.spec import ActionError, ActionResult
from xchange_cli.wire.http import WireError

MIB = 1024 * 1024
PART = 5 * MIB
BIG = bytes(range(256)) * (12 * MIB // 256)
KEY = "große/Datei.bin"
TARGET = {"bucket": "acme", "objectKey": KEY, "accessKey": CONNECTION}


@pytest.fixture
def s3(aws):
    aws.bucket()
    return lambda action, **inputs: perform("aws-s3", action, aws.context, **inputs).data


NOT_REMOVED = (
    "the parts of an object that was not finished could not be removed from the bucket (WireError), where they cost "
    "money; listMultipartUploads shows them, and abortMultipartUpload removes them"
)


def refuse(message):
    pytest.fail(f"nothing was to be told: {message}")


def digest(data):
    return sha256(data).hexdigest()


def test_a_large_object_is_put_together_from_its_parts(s3, aws):
    upload = s3("createMultipartUpload", **TARGET, tagging=[{"key": "a", "value": "b"}], acl="private")
    target = {**TARGET, "uploadId": upload["UploadId"]}
    parts = [
        s3("uploadPart", **target, partNumber=str(number), fileChunk=BIG[start : start + PART])["part"]
        for number, start in enumerate(range(0, len(BIG), PART), start=1)
    ]
    listed = s3("listParts", **target)
    waiting = s3("listMultipartUploads", bucket="acme", accessKey=CONNECTION)["Uploads"]
    done = s3("completeMultipartUpload", **target, parts=parts)

    assert (upload["Bucket"], upload["Key"]) == ("acme", KEY)
    assert [part["PartNumber"] for part in parts] == [1, 2, 3]
    assert [part["Size"] for part in listed["Parts"]] == [PART, PART, 2 * MIB]
    assert listed["PartNumberMarker"] == "0"
    assert [item["Key"] for item in waiting] == [KEY]
    assert (done["Bucket"], done["Key"], done["$metadata"]["httpStatusCode"]) == ("acme", KEY, 200)
    assert digest(s3("getObject", **TARGET)) == digest(BIG)
    assert aws.context.writes[1][1] == "uploadPart 1 of große/Datei.bin to the bucket acme, 5242880 bytes"


def test_the_parts_may_be_given_as_listed(s3):
    upload = s3("createMultipartUpload", **TARGET)
    target = {**TARGET, "uploadId": upload["UploadId"]}
    s3("uploadPart", **target, partNumber=1, fileChunk="only")

    s3("completeMultipartUpload", **target, parts=s3("listParts", **target)["Parts"])

    assert s3("getObject", **TARGET) == b"only"


def test_an_upload_that_is_aborted_leaves_nothing(s3):
    upload = s3("createMultipartUpload", **TARGET)
    target = {**TARGET, "uploadId": upload["UploadId"]}
    s3("uploadPart", **target, partNumber=1, fileChunk=b"x")

    assert s3("abortMultipartUpload", **target)["$metadata"]["httpStatusCode"] == 204
    with pytest.raises(ActionError, match="AWS answered listParts with NoSuchUpload") as caught:
        s3("listParts", **target)
    assert caught.value.kind == "aws-error"


def test_an_object_of_more_than_two_parts_is_stored_in_parts(aws):
    aws.bucket()
    client = aws.client("s3")

    stored = store(client, {"Bucket": "acme", "Key": "a", "ContentType": "text/csv"}, BIG, refuse, PART)

    assert stored["ETag"].endswith('-3"')
    found = client.get_object(Bucket="acme", Key="a")
    assert found["ContentType"] == "text/csv"
    assert digest(found["Body"].read()) == digest(BIG)


def test_parts_of_an_object_that_cannot_be_stored_are_removed(aws):
    aws.bucket()
    client = aws.client("s3")

    with pytest.raises(client.exceptions.ClientError, match="EntityTooSmall"):
        store(client, {"Bucket": "acme", "Key": "a"}, BIG[: 5 * MIB], refuse, MIB)

    assert "Uploads" not in client.list_multipart_uploads(Bucket="acme")


def failing(aws, **errors):
    """Give a client whose operations of these names raise before anything is sent."""
    client = connect(aws.context, "s3", read_account({"accessKey": CONNECTION}))

    def stop(error):
        raise error

    for operation, error in errors.items():
        client.meta.events.register(f"before-send.s3.{operation}", lambda error=error, **_facts: stop(error))
    return client


def test_an_interrupted_run_removes_the_parts_of_the_object(aws):
    aws.bucket()
    client = failing(aws, UploadPart=KeyboardInterrupt())

    with pytest.raises(KeyboardInterrupt):
        store(client, {"Bucket": "acme", "Key": "a"}, BIG, refuse, PART)

    assert "Uploads" not in client.list_multipart_uploads(Bucket="acme")


def test_parts_are_removed_even_when_the_run_has_used_up_its_time(aws):
    aws.bucket()
    client = connect(aws.context, "s3", read_account({"accessKey": CONNECTION}))
    upload = Upload(client, {"Bucket": "acme", "Key": "a"})
    aws.context.seconds_left = 0.0

    upload.discard(refuse)

    assert "Uploads" not in aws.client("s3").list_multipart_uploads(Bucket="acme")


def test_parts_that_cannot_be_removed_are_told_beside_the_first_error(aws):
    aws.bucket()
    broken = WireError("broken-response", "it broke")
    failing(aws, UploadPart=broken, AbortMultipartUpload=WireError("connection-failed", "it is gone"))

    with pytest.raises(WireError) as caught:
        perform("aws-s3", "putObject", aws.context, **TARGET, fileContents=bytes(33 * MIB))

    assert caught.value is broken
    assert aws.context.warnings == [NOT_REMOVED]


def test_pieces_of_memory_are_read_like_one_file():
    file = Pieces([b"ab", b"", memoryview(b"cde")])

    assert file.read() == b"abcde"
    assert (file.seek(-4, 2), file.read(2), file.read(2), file.tell()) == (1, b"b", b"cd", 4)
    assert (file.seek(1), file.seek(1, 1), file.read(), file.read()) == (1, 2, b"cde", b"")
    assert Pieces([]).read() == b""
    assert file.readable()
    assert file.seekable()


@pytest.fixture
def traced():
    tracemalloc.start()
    yield
    tracemalloc.stop()


def context_at(url, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setenv("AWS_REGION", REGION)
    return RecordingContext(connects=True)


@pytest.mark.parametrize("size", [24 * MIB, 40 * MIB], ids=["in one request", "in parts"])
def test_an_object_that_is_sent_is_not_copied(size, bare_aws, monkeypatch, traced):
    def answer(handler):
        reply(handler, b"<R><UploadId>1</UploadId></R>" if handler.command == "POST" else b"", ETag='"1"')

    content = bytes(size)
    with thin_server(answer) as (url, seen):
        context = context_at(url, monkeypatch)
        perform("aws-s3", "putObject", context, **TARGET, fileContents=b"warm")
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        perform("aws-s3", "putObject", context, **TARGET, fileContents=content)
        peak = tracemalloc.get_traced_memory()[1] - before
        end(context)

    assert seen.body_bytes >= size
    assert peak < 4 * MIB


def test_an_object_that_is_fetched_is_in_memory_once(bare_aws, monkeypatch, traced):
    size = 24 * MIB
    with thin_server(lambda handler: stream(handler, size)) as (url, _seen):
        context = context_at(url, monkeypatch)
        perform("aws-s3", "getObject", context, **TARGET)
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        content = perform("aws-s3", "getObject", context, **TARGET).data
        peak = tracemalloc.get_traced_memory()[1] - before
        end(context)

    assert len(content) == size
    assert peak < 1.3 * size


def test_an_object_that_breaks_off_is_an_error(bare_aws, monkeypatch):
    with thin_server(lambda handler: stream(handler, MIB, promised=2 * MIB)) as (url, _seen):
        context = context_at(url, monkeypatch)
        with pytest.raises(WireError) as caught:
            perform("aws-s3", "getObject", context, **TARGET)
        end(context)

    assert caught.value.kind == "broken-response"


def test_an_object_larger_than_a_result_may_be_is_not_fetched(bare_aws, monkeypatch):
    with thin_server(lambda handler: stream(handler, MIB, promised=600 * MIB)) as (url, _seen):
        context = context_at(url, monkeypatch)
        with pytest.raises(WireError, match="the object has more than the 524288000 bytes") as caught:
            perform("aws-s3", "getObject", context, **TARGET)
        end(context)

    assert caught.value.kind == "too-large"


def test_a_stream_of_many_parts_becomes_one_object_when_it_is_closed(s3, aws):
    stream_id = s3("createUploadStream", **TARGET, tagging=[{"key": "a", "value": "b"}], acl="private")
    for start in range(0, len(BIG), 4 * MIB):
        assert s3("writeUploadStream", uploadId=stream_id, fileContents=BIG[start : start + 4 * MIB]) is None
    hidden = s3("listObjects", bucket="acme", accessKey=CONNECTION)
    assert s3("closeUploadStream", uploadId=stream_id) is None

    assert hidden == []
    assert digest(s3("getObject", **TARGET)) == digest(BIG)
    assert aws.context.writes == [
        ("127.0.0.1", "createUploadStream of große/Datei.bin to the bucket acme (private)")
    ]


def test_a_small_stream_and_an_empty_one_become_objects_too(s3):
    for key, contents in (("small", ["Größe;", {"data": "b", "contentType": "text/csv"}]), ("empty", [])):
        stream_id = s3("createUploadStream", **{**TARGET, "objectKey": key})
        for content in contents:
            s3("writeUploadStream", uploadId=stream_id, fileContents=content)
        s3("closeUploadStream", uploadId=stream_id)

    assert s3("getObject", **{**TARGET, "objectKey": "small"}) == "Größe;b".encode()
    assert s3("getObject", **{**TARGET, "objectKey": "empty"}) == b""


def test_a_stream_is_gone_when_it_is_closed(s3):
    stream_id = s3("createUploadStream", **TARGET)
    s3("closeUploadStream", uploadId=stream_id)

    with pytest.raises(ActionError, match="is not the id of an open upload stream") as caught:
        s3("writeUploadStream", uploadId=stream_id, fileContents="x")
    assert caught.value.input_key == "uploadId"


def test_a_run_that_ends_takes_its_open_streams_with_it(s3, aws):
    stream_id = s3("createUploadStream", **TARGET)
    s3("writeUploadStream", uploadId=stream_id, fileContents=BIG[: 6 * MIB])
    begun = aws.client("s3").list_multipart_uploads(Bucket="acme")

    end(aws.context)

    assert len(begun["Uploads"]) == 1
    assert "Uploads" not in aws.client("s3").list_multipart_uploads(Bucket="acme")


def test_a_run_that_ends_late_takes_its_open_streams_with_it_too(s3, aws):
    stream_id = s3("createUploadStream", **TARGET)
    s3("writeUploadStream", uploadId=stream_id, fileContents=BIG[: 6 * MIB])
    aws.context.seconds_left = 0.0

    end(aws.context)

    assert "Uploads" not in aws.client("s3").list_multipart_uploads(Bucket="acme")


def test_streams_that_cannot_be_removed_are_told_one_by_one(s3, aws):
    for key in ("a", "b"):
        aws.context.random_bytes = lambda count, key=key: key.encode() * count
        stream_id = s3("createUploadStream", **{**TARGET, "objectKey": key})
        s3("writeUploadStream", uploadId=stream_id, fileContents=BIG[:PART])
    failing(aws, AbortMultipartUpload=WireError("connection-failed", "it is gone"))

    with pytest.warns(RuntimeWarning) as told:
        aws.context.made["aws-s3-streams"].close()

    assert [str(warning.message) for warning in told] == [NOT_REMOVED, NOT_REMOVED]


def test_a_stream_is_written_in_the_time_of_the_execution_that_writes(s3, aws):
    over = RecordingContext(connects=True, made=aws.context.made)
    stream_id = perform("aws-s3", "createUploadStream", over, **TARGET).data
    over.seconds_left = 0.0
    s3("writeUploadStream", uploadId=stream_id, fileContents=BIG[: 6 * MIB])
    s3("closeUploadStream", uploadId=stream_id)

    assert digest(s3("getObject", **TARGET)) == digest(BIG[: 6 * MIB])


class Counted(bytes):
    """Bytes that count how often they are asked for their length."""

    def __new__(cls, data):
        counted = super().__new__(cls, data)
        counted.asked = 0
        return counted

    def __len__(self):
        self.asked += 1
        return super().__len__()


def test_what_waits_in_a_stream_is_measured_once():
    stream, first = UploadStream(None, {}), Counted(b"a")
    for content in (first, *[b"b"] * 50):
        stream.write(content)

    assert first.asked == 1


def test_links_to_download_and_to_upload_work_for_whoever_has_them(s3, aws):
    signing = RecordingContext()
    upload = perform("aws-s3", "generatePresignedUrl", signing, **TARGET, actionType="upload")
    download = perform(
        "aws-s3", "generatePresignedUrl", signing, **TARGET, actionType="download", expirationSeconds="60"
    )
    end(signing)

    assert httpx.put(upload.data, content=b"by link").status_code == 200
    assert httpx.get(download.data).content == b"by link"
    assert "X-Amz-Expires=60&" in download.data
    assert s3("getObject", **TARGET) == b"by link"
    assert aws.context.writes == []


def test_links_for_parts_are_numbered_and_need_no_connection(bare_aws):
    context = RecordingContext()
    result = perform(
        "aws-s3",
        "generatePresignedForMultiparUploads",
        context,
        **TARGET,
        uploadId="u/1",
        urlsToGenerate="2",
        awsRegion="eu-west-1",
    )
    end(context)

    assert [link["partNumber"] for link in result.data] == [1, 2]
    start = "https://acme.s3.eu-west-1.amazonaws.com/gro%C3%9Fe/Datei.bin?uploadId=u%2F1&partNumber=2&"
    assert result.data[1]["url"].startswith(start)


def test_a_lock_of_an_object_is_told_with_its_date(bare_aws, monkeypatch):
    body = b"<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2030-01-31T12:00:00Z</RetainUntilDate></Retention>"
    with thin_server(lambda handler: reply(handler, body)) as (url, seen):
        context = context_at(url, monkeypatch)
        result = perform("aws-s3", "getObjectRetention", context, **TARGET, versionId="7")
        end(context)

    assert isinstance(result, ActionResult)
    assert result.data["Retention"] == {"Mode": "GOVERNANCE", "RetainUntilDate": "2030-01-31T12:00:00.000Z"}
    assert seen.requests == [("GET", "/acme/gro%C3%9Fe/Datei.bin?retention&versionId=7")]
