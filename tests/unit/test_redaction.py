"""No secret leaves the process."""

import base64
import html
import json
import re
import time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.redaction import Redactor, Secret, is_tag, tag

TOKEN = Secret("Slack Connection.botToken", "xoxb-12/34+ab")
PIN = Secret("Door.pin", "1234")
REDACTOR = Redactor([TOKEN, PIN])
TAG = "«secret: Slack Connection.botToken»"
KEY = """\
-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
short
-----END PRIVATE KEY-----
"""

secret_values = st.text(min_size=6, max_size=20).filter(
    lambda text: len(text.strip()) >= 6 and "«" not in text
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


def test_a_secret_is_replaced_by_its_tagged_name_wherever_it_occurs():
    assert REDACTOR.text(f"a{TOKEN.value}b {TOKEN.value}") == f"a{TAG}b {TAG}"


@pytest.mark.parametrize(
    "encoded",
    [
        "xoxb-12%2F34%2Bab",
        "xoxb-12%2f34%2bab",
        "xoxb-12/34%2Bab",
        "xoxb-12%252F34%252Bab",
        "xoxb-12\\/34+ab",
        "xoxb-12\\u002f34\\u002Bab",
    ],
)
def test_encoded_forms_are_found(encoded):
    assert REDACTOR.text(f"?token={encoded}&page=1") == f"?token={TAG}&page=1"


def test_blanks_may_be_plus_signs():
    assert Redactor([Secret("phrase", "open sesame")]).text("q=open+sesame") == "q=«secret: phrase»"


def test_json_in_json_is_found():
    redactor = Redactor([Secret("odd", 'qu"ote\\and\nline')])
    once = json.dumps({"a": 'qu"ote\\and\nline'})
    assert redactor.text(once) == '{"a": "«secret: odd»"}'
    assert redactor.text(json.dumps({"b": once})) == '{"b": "{\\"a\\": \\"«secret: odd»\\"}"}'


ODD = 'it\'s a "pin"\\<\x07ü\U0001f600&>'


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: repr(text)[1:-1],
        lambda text: ascii(text)[1:-1],
        lambda text: json.dumps(repr(text)[1:-1])[1:-1],
        lambda text: html.escape(text).replace("\x07", "&#7;").replace("ü", "&#xFC;"),
        lambda text: html.escape(html.escape(text)),
        lambda text: text.replace("'", "''"),
        lambda text: text.replace('"', '""'),
    ],
    ids=["Python", "ASCII", "Python in JSON", "HTML", "HTML in HTML", "YAML", "CSV"],
)
def test_what_other_languages_make_of_a_secret_is_found(encode):
    assert Redactor([Secret("odd", ODD)]).text(f"[{encode(ODD)}]") == "[«secret: odd»]"


def test_lists_of_bytes_are_found():
    redactor = Redactor([Secret("odd", "secret-ü")])
    numbers = list("secret-ü".encode())
    assert redactor.data({"type": "Buffer", "data": numbers}) == {"type": "Buffer", "data": ["«secret: odd»"]}
    assert redactor.data([1, *numbers, 2]) == ["1,«secret: odd»,2"]
    assert redactor.text(json.dumps(numbers, separators=(",", ":"))) == "[«secret: odd»]"
    assert redactor.may_hold(json.dumps([9, *numbers, 9], separators=(",", ":")))


@pytest.mark.parametrize(
    "items", [[1, 2, 3, 4, 5, 6], [True] * 8, [256] * 8, [1.5] * 8, ["a"] * 8, [None] * 8]
)
def test_other_lists_stay_as_they_are(items):
    redactor = Redactor([Secret("odd", "secret")])
    assert redactor.data(items) == items
    numbers = list(b"secret")
    assert redactor.data([100 + numbers[0], *numbers[1:]]) == [100 + numbers[0], *numbers[1:]]


def test_basic_authentication_is_replaced_as_a_whole():
    header = base64.b64encode(f"ann:{TOKEN.value}".encode()).decode()
    assert REDACTOR.text(f"Authorization: Basic {header}\n") == f"Authorization: Basic {TAG}\n"


def test_a_short_password_is_found_in_basic_authentication():
    header = base64.b64encode(b"ann:1234").decode()
    assert REDACTOR.data({"authorization": f"Basic {header}"}) == {
        "authorization": "Basic «secret: Door.pin»"
    }


def test_basic_authentication_of_others_stays():
    header = base64.b64encode(b"ann:other").decode()
    assert (
        REDACTOR.text(f"Basic {header} Basic knowledge, Basic a")
        == f"Basic {header} Basic knowledge, Basic a"
    )


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_base64_is_found_at_every_alignment(before, encode):
    text = encode(f"{before}{TOKEN.value}".encode()).decode()
    redacted = REDACTOR.text(f"[{text}]")
    assert TAG in redacted
    assert len(redacted) - len(TAG) <= 2 + len(before) / 3 * 4


def test_a_short_secret_is_replaced_only_where_it_is_the_whole_value():
    assert REDACTOR.data(["1234", "12345", "a 1234", 1234, 12345]) == [
        "«secret: Door.pin»",
        "12345",
        "a 1234",
        "«secret: Door.pin»",
        12345,
    ]


def test_all_parts_of_a_value_are_looked_at():
    secret = TOKEN.value
    data = {secret: [secret, (secret, 1.5)], "raw": b"\xff" + secret.encode(), "same": [None, True, b"\xff"]}
    assert REDACTOR.data(data) == {
        TAG: [TAG, (TAG, 1.5)],
        "raw": b"\xff" + TAG.encode(),
        "same": [None, True, b"\xff"],
    }


def test_the_longest_of_several_secrets_wins():
    redactor = Redactor([Secret("short", "abcdef"), Secret("long", "abcdefgh")])
    assert redactor.text("abcdefgh abcdef") == "«secret: long» «secret: short»"
    assert Redactor([Secret("short", "cdefgh"), Secret("long", "abcdefghi")]).text("abcdefghi") == (
        "«secret: long»"
    )


def test_overlapping_secrets_leave_nothing_behind():
    redactor = Redactor([Secret("first", "abcdefgh"), Secret("second", "efghijkl")])
    assert redactor.text("-abcdefghijkl-") == "-«secret: first»«secret: second»-"


def test_the_first_name_stands_for_equal_secrets():
    assert Redactor([Secret("a", "abcdef"), Secret("b", "abcdef")]).text("abcdef!") == "«secret: a»!"


def test_each_long_line_of_a_secret_counts():
    redactor = Redactor([Secret("key", KEY)])
    assert redactor.text("line MIIEvQIBADANBgkqhkiG9w0BAQEFAASC, short") == "line «secret: key», short"
    assert redactor.text(f"<{KEY}>") == "<«secret: key»>"
    assert redactor.text(KEY.replace("\n", "\r\n")) == "«secret: key»"


def test_blanks_around_a_secret_do_not_hide_it():
    assert Redactor([Secret("token", "abcdefgh\n")]).text("Bearer abcdefgh") == "Bearer «secret: token»"


def test_a_short_secret_with_blanks_around_is_found_with_them():
    redactor = Redactor([Secret("padded", " abc   ")])
    assert redactor.text("x abc   y abc") == "x«secret: padded»y abc"


def test_what_was_redacted_stays_as_it_is():
    redactor = Redactor([Secret("Mail.password", "password")])
    once = redactor.text("my password")
    assert once == "my «secret: Mail.password»"
    assert redactor.text(once) == once


def test_a_tag_of_something_unknown_hides_nothing():
    assert Redactor([Secret("a", "abcdef")]).text("«secret: abcdef»") == "«secret: «secret: a»»"


def test_more_secrets_can_be_learned():
    redactor = Redactor([TOKEN])
    redactor.learn([Secret("new", "brand-new"), Secret("other name", TOKEN.value), Secret("blank", " ")])
    assert redactor.data(["brand-new!", TOKEN.value]) == ["«secret: new»!", TAG]


def a_redactor_of_many(count):
    redactor = Redactor()
    for number in range(count):
        redactor.learn([Secret(f"key {number}", f"sk/{number:05}/ü end")])
    return redactor


@pytest.mark.parametrize("encode", [str, quote, lambda text: json.dumps(text)[1:-1]])
def test_each_of_many_secrets_is_found(encode):
    redactor = a_redactor_of_many(500)
    texts = [f"<{encode(f'sk/{number:05}/ü end')}>" for number in range(501)]
    assert redactor.data(texts) == [*(f"<«secret: key {number}»>" for number in range(500)), texts[500]]
    assert redactor.text(texts[7] + texts[300]) == "<«secret: key 7»><«secret: key 300»>"


def test_each_of_many_secrets_is_found_in_base64():
    redactor = a_redactor_of_many(500)
    secret = "sk/00321/ü end"
    assert redactor.text(f"[{base64.b64encode(secret.encode()).decode()}]") == "[«secret: key 321»]"
    header = base64.b64encode(f"ann:{secret}".encode()).decode()
    assert redactor.text(f"Basic {header}") == "Basic «secret: key 321»"


def test_learning_many_secrets_takes_time_in_proportion():
    """Each secret is looked for after it was learned: seconds, where comparing each with all takes many minutes."""
    begun = time.monotonic()
    redactor = Redactor()
    for number in range(5_000):
        redactor.learn([Secret("key", f"the-key-{number}")])
        assert redactor.text(f"it is the-key-{number} in a line of some length") == (
            f"it is «secret: {'key' if number == 0 else f'key {number + 1}'}» in a line of some length"
        )
    assert time.monotonic() - begun < 30


def test_each_value_under_one_name_gets_a_name_of_its_own():
    redactor = Redactor([Secret("a", "first one"), Secret("a 2", "second one"), Secret("a", "third one")])
    redactor.learn([Secret("a", "first one"), Secret("a", "fourth one")])
    assert redactor.text("first one, second one, third one, fourth one") == (
        "«secret: a», «secret: a 2», «secret: a 3», «secret: a 4»"
    )
    assert redactor.text("«secret: a 4» «secret: fourth one»") == "«secret: a 4» «secret: «secret: a 4»»"


def test_tags_tell_kinds_where_it_does_not_matter_which_one_it_is():
    redactor = Redactor(
        [Secret("a[0]", "first one", "a"), Secret("b", "second one"), Secret("b", "third one")]
    )
    assert redactor.by_kind(redactor.text("first one, third one, «secret: c»")) == (
        "«secret: a», «secret: b», «secret: c»"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [(tag("a"), True), ("«secret: a", False), (f"{tag('a')}!", False), (tag("a") * 2, False), ("", False)],
)
def test_a_tag_is_told_from_what_only_begins_with_one(text, expected):
    assert is_tag(text) is expected


def test_with_too_many_secrets_nothing_is_shown():
    redactor = Redactor([Secret("a", "first-one"), Secret("b", "second-one")], most=2)
    redactor.learn([Secret("again", "first-one")])
    assert redactor.text("harmless") == "harmless"
    redactor.learn([Secret("c", "third-one")])
    hidden = tag("hidden, since more secrets came up than can be told apart")
    assert redactor.data(["third-one", "harmless", 12345678, "first-one", tag("b"), "", None, True]) == [
        *[hidden] * 3,
        tag("a"),
        tag("b"),
        "",
        None,
        True,
    ]


@pytest.mark.parametrize("written", ["xoxb-12/3", "xoxb-12/34+a"])
def test_the_beginning_of_a_secret_is_found_where_a_text_was_cut(written):
    assert REDACTOR.text(f'the text "{written}…" is long') == f'the text "{TAG}…" is long'
    assert REDACTOR.text(f"cut: {written}", is_cut=True) == f"cut: {TAG}"
    assert REDACTOR.text(f"… whole: {written}") == f"… whole: {written}"


def test_the_beginning_of_a_secret_is_found_as_json_has_it():
    redactor = Redactor([Secret("odd", 'qu"ote and more')])
    assert redactor.text('"qu\\"ote a…') == '"«secret: odd»…'


def test_a_secret_of_blanks_is_none():
    assert Redactor([Secret("blank", "       "), Secret("empty", "")]).text("a       b") == "a       b"


@given(values)
def test_without_secrets_a_value_is_the_very_same(value):
    assert Redactor([]).data(value) is value


@given(values.filter(lambda value: "\u2603" not in str(value)))
def test_a_value_without_the_secrets_is_unchanged(value):
    redactor = Redactor([Secret("long", "\u2603 winter \u2603"), Secret("short", "\u2603")])
    assert redactor.data(value) == value


ENCODERS = [
    str,
    lambda text: quote(text, safe="", errors="surrogatepass"),
    lambda text: re.sub("%..", lambda match: match[0].lower(), quote(text, errors="surrogatepass")),
    lambda text: quote_plus(text, errors="surrogatepass"),
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
]


@given(secret_values, st.text(), st.text(), st.sampled_from(ENCODERS))
def test_no_form_of_a_secret_survives(secret, before, after, encode):
    form = encode(secret)
    redacted = Redactor([Secret("name", secret)]).text(before + form + after)
    assert form not in redacted.replace(tag("name"), "\0")


@given(st.lists(secret_values, min_size=1, max_size=4), st.data())
def test_no_secret_of_several_survives(secrets, data):
    pieces = data.draw(st.lists(st.sampled_from(secrets) | st.text(max_size=3)))
    redactor = Redactor([Secret(f"n{index}", secret) for index, secret in enumerate(secrets)])
    redacted = redactor.text("".join(pieces))
    rest = re.sub("«secret: n[0-9]»", "\0", redacted)
    assert [secret for secret in secrets if secret in rest] == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=10), secret_values)
def test_no_basic_authentication_with_a_secret_survives(user, secret):
    header = base64.b64encode(f"{user}:{secret}".encode("utf-8", "surrogatepass")).decode()
    assert Redactor([Secret("name", secret)]).text(f"Basic {header}") == f"Basic {tag('name')}"
