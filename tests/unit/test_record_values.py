"""Values and outcomes come out of a record as they went in, and secrets never go in."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xchange_cli.components.spec import ActionResult, FlowCall, LogLine
from xchange_cli.engine.events import Done, Failed
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.javascript.values import UNDEFINED
from xchange_cli.record.outcomes import outcome_fields, outcome_of
from xchange_cli.record.values import Decoder, Encoder, to_bytes
from xchange_cli.redaction import Redactor, Secret, bound, tagged_names
from xchange_cli.wire.whole_payload import Headers

TOKEN, PIN, CODE = (
    Secret("Api.token", 'tok/en+with "odd" é'),
    Secret("Api.pin", "42"),
    Secret("Api.code", "7654321"),
)
SECRETS = (TOKEN, PIN, CODE)

keys = st.text(max_size=4) | st.sampled_from(["$bytes", "$dict", "$", "$blob", "", "a"])
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.sampled_from([UNDEFINED, range(3), range(5, 1, -2), 10**4000, "\ud800", "«secret: x"])
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(keys, inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2).map(Headers)
    ),
    max_leaves=10,
)
texts = st.text(max_size=5)
states = st.dictionaries(texts, st.dictionaries(texts, values, max_size=2), max_size=2)
results = st.builds(
    ActionResult,
    data=values,
    content_type=st.none() | texts,
    status_code=st.none() | st.integers(100, 599),
    headers=st.none() | st.dictionaries(texts, texts, max_size=2),
    branch=st.none() | texts,
    items=st.none() | st.lists(values, max_size=3) | st.just(range(2, 9)),
    break_loop=st.booleans(),
    stop=st.booleans(),
    wait=st.floats(0, 100),
    state=st.none() | states,
    answer=values,
    no_changes=st.booleans(),
    call=st.none() | st.builds(FlowCall, texts, values, st.dictionaries(texts, texts, max_size=2)),
)
logs = st.lists(st.builds(LogLine, texts, texts), max_size=2).map(tuple)
warnings = st.lists(texts, max_size=2).map(tuple)
failures = st.builds(
    Failed, texts, texts, logs, warnings, texts, st.none() | st.integers(0, 9), st.booleans()
)
outcomes = st.builds(Done, results, logs, warnings) | failures


def kept(value, secrets=(), known=None):
    """Give a value as it is read again after it was written."""
    text = Encoder(Redactor(secrets)).encode(value)
    return Decoder(known or {}).decode(json.loads(to_bytes(text)))


@settings(deadline=None)
@given(values)
def test_a_value_comes_out_as_it_went_in(value):
    again = kept(value)

    assert again == value
    assert type(again) is type(value)


@settings(deadline=None)
@given(outcomes)
def test_an_outcome_comes_out_as_it_went_in(outcome):
    assert outcome_of(kept(outcome_fields(outcome))) == outcome


@settings(deadline=None)
@given(values)
def test_what_is_written_is_json_without_extensions(value):
    text = to_bytes(Encoder(Redactor()).encode(value))

    json.loads(text, parse_constant=pytest.fail)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_lacks_are_kept(number):
    assert repr(kept({"n": [number]})) == repr({"n": [number]})


@pytest.mark.parametrize("sign", [1, -1])
def test_integers_of_more_digits_than_python_writes_are_kept(sign):
    assert (kept([sign * 10**5000]) == [sign * 10**5000]) is True


def test_header_names_are_still_found_without_regard_to_case():
    again = kept({"headers": Headers({"X-Request-Id": "1"})})

    assert again["headers"].get("x-request-id") == "1"


def test_lists_of_other_kinds_come_out_as_lists():
    assert kept({"pair": (1, (2,))}) == {"pair": [1, [2]]}


@pytest.mark.parametrize(
    ("value", "kind"), [({1: "a"}, "int"), ([object()], "object"), ({"when": {1, 2}}, "set")]
)
def test_what_no_run_should_have_is_refused_by_its_kind(value, kind):
    with pytest.raises(XchangeError) as caught:
        kept(value)

    assert (caught.value.code, caught.value.message) == (
        ErrorCode.INVALID,
        f"a value of a kind that is in no JSON cannot be recorded: {kind}",
    )


def test_data_that_is_nested_too_deeply_is_refused():
    deep = []
    for _ in range(100_000):
        deep = [deep]

    with pytest.raises(XchangeError, match="nested too deeply"):
        kept(deep)


secret_values = st.recursive(
    values
    | st.sampled_from([TOKEN.value, PIN.value, CODE.value, 42, 42.5, 7654321, -7654321, 17654321.5])
    | st.sampled_from([secret.value for secret in SECRETS]).map(lambda text: f"Bearer {text}!")
    | st.sampled_from([secret.value for secret in SECRETS]).map(lambda text: f"{text}…".encode()),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(keys | st.just(TOKEN.value), inner, max_size=2)
    ),
    max_leaves=5,
)


@settings(deadline=None)
@given(secret_values)
def test_a_secret_is_bound_again_where_it_stood_in_its_own_form(value):
    assert kept(value, SECRETS, Redactor(SECRETS).values()) == value


@settings(deadline=None)
@given(secret_values)
def test_what_is_written_has_been_redacted_as_data(value):
    redactor = Redactor(SECRETS)
    written = json.loads(Encoder(redactor).encode(value))

    assert redactor.data(written) == written
    assert "7654321" not in json.dumps(written)


def test_secrets_are_shown_as_tags_to_whoever_does_not_know_them():
    value = {"a": [f"Bearer {TOKEN.value}", PIN.value, 42, CODE.value.encode()], PIN.value: 1}

    assert kept(value, SECRETS) == {
        "a": [
            "Bearer «secret: Api.token»",
            "«secret: Api.pin»",
            "«secret: Api.pin»",
            "«secret: Api.code»".encode(),
        ],
        "«secret: Api.pin»": 1,
    }


def test_a_decoder_names_the_secrets_that_it_does_not_know():
    decoder = Decoder({"a": "1"})
    decoder.decode(["«secret: a»", "«secret: b» and «secret: c»"])

    assert decoder.unbound == {"b", "c"}


@pytest.mark.parametrize(
    ("value", "is_reworded"),
    [
        (f"Bearer {TOKEN.value}", False),
        ({"n": 42, "text": "42", "deep": [7654321.0]}, False),
        ("NzY1NDMyMQ==", True),
        ("tok%2Fen%2Bwith%20%22odd%22%20%C3%A9", True),
        ("«secret: Api.pin»", True),
        ("nothing", False),
    ],
)
def test_an_encoder_notices_what_would_not_come_out_as_it_went_in(value, is_reworded):
    encoder = Encoder(Redactor(SECRETS))
    encoder.encode(value)

    assert encoder.is_reworded is is_reworded


@settings(deadline=None)
@given(secret_values)
def test_data_whose_json_cannot_hold_a_secret_is_not_changed_by_redaction(value):
    redactor = Redactor(SECRETS)
    text = json.dumps(jsonable(value), ensure_ascii=False)

    assert redactor.may_hold(text) or redactor.data(jsonable(value)) == jsonable(value)


def jsonable(value):
    if isinstance(value, dict):
        return {key: jsonable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [jsonable(inner) for inner in value]
    is_huge = isinstance(value, int) and abs(value) > 10**300
    return value if isinstance(value, str | int | float | None) and not is_huge else None


def test_nothing_can_hold_a_secret_where_there_is_none():
    assert not Redactor().may_hold("Basic «secret: …")
    assert (Redactor().is_empty, Redactor(SECRETS).is_empty) == (True, False)


def test_secrets_are_told_by_name_also_those_that_come_later():
    redactor = Redactor([Secret("a", "first one"), Secret("a", "second one"), Secret("b", "third")])
    values = redactor.values()
    redactor.learn([Secret("c", "fourth")])
    assert values == {"a": "first one", "a 2": "second one", "b": "third", "c": "fourth"}


def test_tags_in_a_text_are_bound_and_unknown_ones_left_alone():
    text = "x «secret: a» «secret: «secret: b» «secret: c"

    assert bound(text, {"a": "1", "b": "2"}) == "x 1 «secret: 2 «secret: c"
    assert list(tagged_names(text)) == ["a", "b"]
