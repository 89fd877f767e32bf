"""MessagePack with the values of JavaScript."""

import math

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts import RecordingContext
from xchange_cli.components.builtin.messagepack import decode_message, encode_message
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import UNDEFINED

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(max_size=5)
    | st.binary(max_size=5)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


def decoded(message):
    return decode_message(RecordingContext(), {"message": message}).data


def encoded(data):
    return encode_message(RecordingContext(), {"data": data}).data


def refusal(message):
    with pytest.raises(ActionError) as caught:
        decoded(message)
    assert caught.value.input_key == "message"
    return caught.value.message


@given(VALUES)
def test_what_is_encoded_is_decoded(value):
    assert decoded(encoded(value)) == value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.0, b"\x01"),
        (-0.0, b"\x00"),
        (1.5, b"\xcb\x3f\xf8" + bytes(6)),
        (2**53, b"\xcb\x43\x40" + bytes(6)),
        (10**400, b"\xcb\x7f\xf0" + bytes(6)),
        (UNDEFINED, b"\xc0"),
        ("\ud800", b"\xa3\xef\xbf\xbd"),
        (b"\xff", b"\xc4\x01\xff"),
    ],
)
def test_values_are_encoded_as_javascript_has_them(value, message):
    assert encoded(value) == message


@pytest.mark.parametrize(
    ("message", "value"),
    [
        (msgpack.packb({1: "a", 1.5: "b"}), {"1": "a", "1.5": "b"}),
        (msgpack.packb(2**63), 2.0**63),
        (msgpack.packb(msgpack.Timestamp(1_700_000_000, 5_000_000)), "2023-11-14T22:13:20.005Z"),
        (msgpack.packb([msgpack.ExtType(5, b"x")]), [{"type": 5, "data": b"x"}]),
        (b"\xa1\xff", "\ufffd"),
        ({"data": "x", "contentType": "text/plain"}, 0x78),
    ],
)
def test_messages_of_others_become_values_of_javascript(message, value):
    assert decoded(message) == value


def test_a_number_that_is_none_stays_so():
    assert math.isnan(decoded(encoded(math.nan)))


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"", "message: not MessagePack: unpack failed: incomplete input"),
        (b"\x92\x01", "message: not MessagePack: unpack failed: incomplete input"),
        (b"\x01\x01", "message: not MessagePack: unpack(b) received extra data."),
        (b"\x81\xc0\x01", "message: the key of an object is null, neither text nor a number"),
        (b"\x81\x90\x01", "message: the key of an object is an empty list, neither text nor a number"),
        (b"\x91" * 5000, "message: not MessagePack: "),
        (b"\xdf\xff\xff\xff\xff", "message: not MessagePack: "),
        (b"\xc7\x0c\xff" + b"\x7f" * 12, "message: not MessagePack: "),
        (b"\xc7\x0c\xff\0\0\0\0" + b"\x7f" * 8, "message: an instant is outside of the years 1 to 9999"),
        (7, "message: the number 7 is neither text nor a file"),
        (None, "message is not set, or its value is null"),
    ],
)
def test_what_is_no_message_is_refused(message, reason):
    assert refusal(message).startswith(reason)


@pytest.mark.parametrize("levels", [520, 5000])
def test_values_that_are_nested_too_deeply_are_refused(levels):
    value = []
    for _ in range(levels):
        value = [value]

    with pytest.raises(ActionError) as caught:
        encoded(value)

    assert caught.value.message == "data: the data is nested too deeply"
