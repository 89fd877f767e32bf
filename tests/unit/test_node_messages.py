"""What a Node.js process tells is read strictly: code may have had a hand in it."""

import json

import pytest

from xchange_cli.javascript.errors import LogLine
from xchange_cli.javascript.failures import Failure
from xchange_cli.javascript.messages import Asked, Ended, read_message

FETCH = {
    "id": 1, "method": "GET", "url": "http://a.test", "headers": [["a", "b"]], "body": "eA==",
    "redirect": "follow", "stack": "",
}  # fmt: skip
ERROR = {"kind": "javascript-error", "message": "m", "stack": "s", "blamed": "b"}


def read(message):
    return read_message(json.dumps(message).encode())


def ended(**outcome):
    return {"outcome": outcome, "reusable": True}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"log": ["info", "a"]}, LogLine("info", "a")),
        ({"fetch": FETCH}, Asked(1, "GET", "http://a.test", (("a", "b"),), b"x", "follow", "")),
        ({"outcome": None, "reusable": False}, Ended(False, is_settled=False)),
        (ended(value=[1], bytes=None), Ended(True, [1])),
        (ended(value=None, bytes={"in": "", "base64": "eA=="}), Ended(True, b"x")),
        (ended(value={"data": None}, bytes={"in": "data", "base64": "eA=="}), Ended(True, {"data": b"x"})),
        (ended(error=ERROR), Ended(True, failure=Failure("javascript-error", "m", "s", "b"))),
    ],
)
def test_messages_are_read(message, expected):
    assert read(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        *("log", 1, None, [], {}, {"log": "ab"}, {"log": ["info"]}, {"log": ["info", 1]}, {"log": [["info"], "a"]}),
        *({"fetch": {**FETCH, name: {}}} for name in FETCH),
        *({"fetch": {**FETCH, "headers": headers}} for headers in ([["a"]], ["ab"], [["a", 1]])),
        *({"outcome": outcome, "reusable": True} for outcome in ("a", 1, [])),
        {"outcome": None},
        {"outcome": None, "reusable": 1},
        *(ended(error={**ERROR, name: None}) for name in ERROR),
        ended(error={**ERROR, "kind": "other"}),
        ended(error="text"),
        *(ended(value=1, bytes=given) for given in ("a", {"base64": 1}, {"in": "data", "base64": "eA=="})),
    ],
)  # fmt: skip
def test_what_the_worker_does_not_write_is_an_error(message):
    with pytest.raises(ValueError, match=r"^(no|an unknown) "):
        read(message)


@pytest.mark.parametrize("frame", [b"", b"{", b"\xff", b"1" * 5000, b'{"fetch":{}}'])
def test_what_is_no_json_is_an_error(frame):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the parser says
        read_message(frame)
