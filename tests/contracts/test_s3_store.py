"""What a store in S3 promises beyond what every store does: conditions, retries, and errors that can be understood."""

from itertools import count

import pytest

from s3_server import Answer, client
from stores import NO_WAITING, error_of, refused, write_new
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.open_s3 import open_s3
from xchange_cli.storage.retrying import LONGEST_PAUSE, MOST_SECONDS, MOST_TRIES, Clock

PROBE = "/team/registry/.xchange/conditions"
LOST = Answer(500, "InternalError", is_done=True)
SECRET = "a-very-secret-key"
NOT_KEPT = (
    "this store does not keep conditions of writes (If-None-Match, If-Match), so two publishers could overwrite each "
    "other; nothing is written"
)


@pytest.fixture
def store(s3_place):
    return open_s3(s3_place.url, clock=NO_WAITING)


def told(act) -> tuple[ErrorCode, str]:
    with pytest.raises(XchangeError) as caught:
        act()
    return caught.value.code, caught.value.message


def paths(wire, bucket_url: str) -> list[str]:
    """Give the requests without the bucket, which has another name each time."""
    bucket = bucket_url.split("/")[2]
    return [request.replace(f"/{bucket}", "", 1) for request in wire.requests]


def test_the_first_conditional_write_asks_once_whether_conditions_are_kept(s3_wire, s3_place, store):
    for name in ("a", "b"):
        store.write(name, b"1", if_absent=True)
    store.write("b", b"2", if_match=store.read("b").tag)
    write_a, write_b, read_b = "PUT /team/registry/a", "PUT /team/registry/b", "GET /team/registry/b"
    assert paths(s3_wire, s3_place.url) == [*[f"PUT {PROBE}"] * 3, write_a, write_b, read_b, write_b]
    s3_wire.requests.clear()
    s3_place.open().write("c", b"1", if_absent=True)
    assert paths(s3_wire, s3_place.url) == [*[f"PUT {PROBE}"] * 2, "PUT /team/registry/c"]


def test_reading_and_listing_ask_nothing_else(s3_wire, s3_place, store):
    assert (store.read("a"), list(store.list("x/"))) == (None, [])
    bucket = s3_place.url.split("/")[2]
    assert s3_wire.requests == [f"GET /{bucket}/team/registry/a", f"GET /{bucket}"]


@pytest.mark.parametrize("ignored", ["HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"])
def test_a_store_that_passes_over_a_condition_is_not_written_to(s3_wire, s3_place, store, ignored):
    tag = store.write("a", b"1")
    s3_wire.ignored = {ignored}
    told_so = (ErrorCode.NETWORK, NOT_KEPT)
    assert told(lambda: store.write("a", b"2", if_absent=True)) == told_so
    assert told(lambda: store.write("a", b"2", if_match=tag)) == told_so
    assert told(lambda: store.write("b", b"2", if_absent=True)) == told_so
    assert (store.read("a").data, list(store.list(""))) == (b"1", ["a"])


def test_a_store_that_knows_no_conditions_is_not_written_to(s3_wire, store):
    s3_wire.answers.append(Answer(501, "NotImplemented"))
    error = error_of(lambda: store.write("a", b"1", if_absent=True))
    assert (error.code, error.retryable, error.message) == (ErrorCode.NETWORK, False, NOT_KEPT)
    assert list(store.list("")) == []


PASSING = [
    Answer(503, "SlowDown"), Answer(500, "InternalError"), Answer(503, "ServiceUnavailable"), Answer(429, "Unknown"),
    Answer(400, "RequestTimeout"), Answer(409, "ConditionalRequestConflict"), Answer(409, "OperationAborted"),
    Answer(502, "<html>"), Answer(504, ""),
]  # fmt: skip


@pytest.mark.parametrize("passing", PASSING, ids=lambda answer: f"{answer.status} {answer.code}")
def test_what_passes_is_tried_again(s3_wire, store, passing):
    assert write_new(store, "first", b"")
    s3_wire.requests.clear()
    s3_wire.answers.extend([passing, passing])
    tag = store.write("a", b"1", if_absent=True)
    s3_wire.answers.extend([passing._replace(method="GET"), passing, passing._replace(method="GET")])
    assert store.read("a") == (b"1", tag)
    assert store.write("a", b"2", if_match=tag) == store.read("a").tag
    assert len(s3_wire.requests) == 3 + 2 + 2 + 2


def test_an_answer_that_was_lost_is_made_up_for_by_reading_back(s3_wire, store):
    assert write_new(store, "first", b"")
    for condition in ({"if_absent": True}, {"if_match": None}, {}):
        if "if_match" in condition:
            condition["if_match"] = store.read("a").tag
        data = f"{condition}".encode()
        s3_wire.answers.append(LOST)
        tag = store.write("a", data, **condition)
        assert store.read("a") == (data, tag)


def test_what_another_wrote_is_never_taken_for_a_write_whose_answer_was_lost(s3_wire, s3_place, store):
    assert write_new(store, "a", b"theirs")
    tag = store.read("a").tag
    s3_wire.answers.append(Answer(500, "InternalError"))
    assert refused(lambda: store.write("a", b"mine", if_absent=True))
    s3_place.open().write("a", b"theirs again")
    s3_wire.answers.append(Answer(500, "InternalError"))
    assert refused(lambda: store.write("a", b"mine", if_match=tag))
    assert store.read("a").data == b"theirs again"


def test_a_listing_goes_on_where_it_broke_off(s3_wire, store, monkeypatch):
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "2")
    for number in range(6):
        store.write(f"{number}", b"")
    listing = store.list("")
    assert [next(listing), next(listing)] == ["0", "1"]
    s3_wire.answers.append(Answer(503, "SlowDown", method="GET"))
    assert list(listing) == ["2", "3", "4", "5"]


def test_tries_end_with_the_last_error_and_pauses_grow(s3_wire, s3_place):
    pauses = []
    clock = Clock(now=lambda: sum(pauses), sleep=pauses.append, draw=lambda: 1.0)
    s3_wire.answers.extend([Answer(503, "SlowDown", method="GET")] * 20)
    error = error_of(lambda: open_s3(s3_place.url, clock=clock).read("a"))
    assert (error.code, error.retryable) == (ErrorCode.NETWORK, True)
    assert error.message == f"S3 refused to read {s3_place.url}/a (SlowDown)"
    assert len(s3_wire.requests) == MOST_TRIES
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, LONGEST_PAUSE]


def test_no_try_begins_after_the_longest_time(s3_wire, s3_place):
    ticks = count()
    clock = Clock(now=lambda: next(ticks) * MOST_SECONDS / 2, sleep=lambda _: None, draw=lambda: 1.0)
    s3_wire.answers.extend([Answer(503, "SlowDown", method="GET")] * 20)
    assert told(lambda: open_s3(s3_place.url, clock=clock).read("a"))[0] is ErrorCode.NETWORK
    assert len(s3_wire.requests) == 2


MEANINGS = [
    (403, "AccessDenied", ErrorCode.CREDENTIALS, "S3 refused the credentials to read {} (AccessDenied)"),
    (
        403,
        "InvalidAccessKeyId",
        ErrorCode.CREDENTIALS,
        "S3 refused the credentials to read {} (InvalidAccessKeyId)",
    ),
    (400, "ExpiredToken", ErrorCode.CREDENTIALS, "S3 refused the credentials to read {} (ExpiredToken)"),
    (
        403,
        "RequestTimeTooSkewed",
        ErrorCode.CREDENTIALS,
        "S3 refused the credentials to read {} (RequestTimeTooSkewed)",
    ),
    (404, "NoSuchBucket", ErrorCode.NOT_FOUND, "S3 refused to read {} (NoSuchBucket)"),
    (
        400,
        "AuthorizationHeaderMalformed",
        ErrorCode.USAGE,
        "S3 refused to read {} (AuthorizationHeaderMalformed)",
    ),
    (400, "KeyTooLongError", ErrorCode.USAGE, "S3 refused to read {} (KeyTooLongError)"),
    (418, "ImATeapot", ErrorCode.NETWORK, "S3 refused to read {} (ImATeapot)"),
    (418, f"key {SECRET}", ErrorCode.NETWORK, "S3 refused to read {} (status 418)"),
]


@pytest.mark.parametrize(("status", "said", "code", "message"), MEANINGS)
def test_what_lasts_is_tried_once_and_told(s3_wire, s3_place, store, status, said, code, message):
    s3_wire.answers.append(Answer(status, said, method="GET", message=f"the key was {SECRET}"))
    error = error_of(lambda: store.read("a"))
    assert (error.code, error.message, error.retryable) == (code, message.format(f"{s3_place.url}/a"), False)
    assert len(s3_wire.requests) == 1
    assert error.hint
    assert SECRET not in error.message + error.hint


def test_a_bucket_that_is_not_there_is_not_made(s3_wire):
    store = open_s3("s3://no-such-bucket/x", clock=NO_WAITING)
    for use in (lambda: store.read("a"), lambda: write_new(store, "a", b""), lambda: list(store.list(""))):
        assert told(use)[0] is ErrorCode.NOT_FOUND


def test_a_store_that_lists_from_the_start_again_gives_no_name_twice(s3_wire, store):
    for name in ("a", "b", "c"):
        store.write(name, b"")
    s3_wire.ignored = {"start-after"}
    assert list(store.list("", "a")) == ["b", "c"]


def test_what_other_tools_put_into_the_bucket_is_not_listed(s3_server, s3_place, store):
    bucket = s3_place.url.split("/")[2]
    for key in (
        "team/registry/",
        "team/registry/a/",
        "team/registry/a/b",
        "team/registry//c",
        "team/registry-2/d",
    ):
        client(s3_server[1]).put_object(Bucket=bucket, Key=key, Body=b"")
    assert list(store.list("")) == ["a/b"]
