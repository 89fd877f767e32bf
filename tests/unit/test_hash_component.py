"""Hashes of all that a message can be, and the trigger that checks signatures."""

import base64
import hashlib
import hmac

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.hash import COMPONENT
from xchange_cli.components.spec import ActionError, ActionResult

BODY = '{"id": 1}'
SIGNATURE = hmac.digest(b"s3cret", BODY.encode(), "sha256")
WARNED = ["the signature is right, but the platform may expect nothing but its hexadecimal digits"]


def perform(action, context=None, **inputs):
    return COMPONENT.actions[action](context or RecordingContext(), inputs)


def refusal(action, **inputs):
    with pytest.raises(ActionError) as caught:
        perform(action, **inputs)
    return caught.value.message


def request(signature, body=BODY, header="X-Signature"):
    headers = {} if signature is None else {header: signature}
    return RecordingContext(
        payload={"headers": headers, "rawBody": {"data": body, "contentType": "application/json"}}
    )


def webhook(context, **inputs):
    return perform("hmacWebhookTrigger", context, hmacHeaderName="X-Signature", secretKey="s3cret", **inputs)


@pytest.mark.parametrize("key", ["", [], b""])
def test_an_empty_key_signs_nothing(key):
    signed = request(hmac.digest(b"", BODY.encode(), "sha256").hex())

    with pytest.raises(ActionError) as caught:
        perform("hmacWebhookTrigger", signed, hmacHeaderName="X-Signature", secretKey=key)
    assert (caught.value.message, caught.value.input_key) == (
        "secretKey is empty: anyone could make the signature",
        "secretKey",
    )


@pytest.mark.parametrize(
    ("message", "data"),
    [
        ("", b""),
        ("ä€😀", "ä€😀".encode()),
        ("\ud800", b"\xef\xbf\xbd"),
        (b"\xff\0", b"\xff\0"),
        ({"data": b"\xff", "contentType": "image/png"}, b"\xff"),
        ({"data": {"type": "Buffer", "data": [1, 2]}, "contentType": "image/png"}, b"\1\2"),
        (5.0, b"5"),
        (True, b"true"),
        ({"a": [1]}, b'{"a":[1]}'),
    ],
)
def test_the_message_is_text_bytes_or_a_file(message, data):
    assert perform("computeSHA256", message=message).data == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("name", [None, "", "sha256", "SHA256", "RSA-SHA256"])
def test_the_name_of_a_hash_function_has_no_case(name):
    assert perform("computeHash", hashFunction=name, message="a").data == hashlib.sha256(b"a").hexdigest()


def test_long_messages_have_the_digests_that_the_standards_publish():
    digits = "1234567890" * 8

    assert perform("computeMD4", message=digits).data == "e33b4ddc9c38f2199c3e7b164fcc0536"
    assert perform("computewhirlpool", message=digits).data == (
        "466ef18babb0154d25b9d38a6414f5c08784372bccb204d6549c4afadb601429"
        "4d5bd8df2a6c44e538cd047b2681a51a2c60481e88c5a20b2c2a80cf3a9a083b"
    )


def test_a_hash_that_this_python_lacks_is_told(monkeypatch):
    def lacking(name, *_arguments, **_options):
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", lacking)

    assert refusal("computeRIPEMD160", message="a") == "the OpenSSL of this Python has no ripemd160"


def test_a_key_is_text_bytes_or_a_list_of_bytes():
    digests = {
        perform("computeHmac", hashFunction="sha3-512", secretKey=key, message="m").data
        for key in ("AB", b"AB", [65, 66], {"data": b"AB", "contentType": "x"})
    }

    assert digests == {hmac.new(b"AB", b"m", "sha3_512").hexdigest()}


@pytest.mark.parametrize("name", ["md5", "sha1", "sha512", "sha512-256", "blake2b512", "sm3", "ripemd160"])
def test_keyed_hashes_are_those_of_the_standard_library(name):
    standard = {"sha512-256": "sha512_256", "blake2b512": "blake2b"}.get(name, name)

    for key in ("k", "k" * 500):
        assert perform("computeHmac", hashFunction=name, secretKey=key, message="m").data == (
            hmac.new(key.encode(), b"m", standard).hexdigest()
        )


def test_a_hash_that_newer_versions_of_node_lack_is_warned_of():
    context = RecordingContext()

    perform("computewhirlpool", context, message="a")

    assert context.warnings == [
        "newer versions of Node.js lack this hash function; on the platform the step may fail"
    ]


def test_what_cannot_be_hashed_is_refused():
    assert refusal("computeSHA1", message=None) == "message is not set, or its value is null"
    assert refusal("computeHmac", secretKey=None, message="a") == "secretKey is not set, or its value is null"
    assert (
        refusal("computeHmac", secretKey=[256], message="a")
        == "secretKey: the list holds something else than bytes"
    )
    assert refusal("computeMD4", message="x" * 1_048_577) == (
        "here this hash function takes at most 1048576 bytes; the message has 1048577"
    )


@pytest.mark.parametrize(
    ("signature", "warnings"),
    [
        (SIGNATURE.hex(), []),
        (SIGNATURE.hex().upper(), []),
        ("sha256=" + SIGNATURE.hex(), WARNED),
        (base64.b64encode(SIGNATURE).decode(), WARNED),
        ("sha256=" + base64.urlsafe_b64encode(SIGNATURE).decode(), WARNED),
    ],
)
def test_a_request_with_the_right_signature_passes(signature, warnings):
    context = request(signature, header="x-signature")

    assert webhook(context, hmacHashFunction="sha256") == ActionResult(dict(context.payload))
    assert context.warnings == warnings


@pytest.mark.parametrize("signature", ["", "sha256=", SIGNATURE.hex()[:-1], "0" * 64, 5, "ä", None])
def test_a_request_without_the_right_signature_makes_the_trigger_fail(signature):
    with pytest.raises(ActionError) as caught:
        webhook(request(signature))

    assert caught.value.kind == "wrong-signature"
    assert caught.value.message == (
        'the request has no header "X-Signature"'
        if signature is None
        else 'the header "X-Signature" is not the signature of the body'
    )


@pytest.mark.parametrize(("body", "data"), [(None, b""), (b"\xff", b"\xff"), ({"id": 1}, b'{"id":1}')])
def test_the_signature_is_that_of_the_raw_body(body, data):
    assert webhook(request(hmac.digest(b"s3cret", data, "sha256").hex(), body)).status_code is None


def test_the_other_inputs_shape_the_answer():
    headers = [{"key": "X-From", "value": 5}]

    result = webhook(
        request(SIGNATURE.hex()), statusCode="202", contentType="text/plain", headers=headers, body="thanks"
    )

    assert result[1:4] == ("text/plain", 202, {"X-From": "5"})
    assert result.answer == "thanks"
