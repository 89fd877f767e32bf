"""Tokens taken out of findings: in the lines that are shown, and in all that is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.diagnostics import Diagnostic, Edit, Fix, Related, Severity
from xchange_cli.source import Source
from xchange_cli.validation.hidden_tokens import token_texts, without_tokens
from xchange_cli.wire.sensitive import parts_with_shapes, shapes_in

SLACK = "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx"
HOOK = "hooks.slack.com/services/T0123ABCD/B0123ABCD/AbCdEfGhIjKlMnOpQrStUvWx"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAbCd==\n-----END RSA PRIVATE KEY-----"
HIDDEN = "«secret: hidden»"
PLAIN = Source("plain.yml", "a: b\nc: d\n")


def found(source, word, **more):
    start = source.text.index(word)
    span = source.span(start, start + len(word))
    return Diagnostic("rule", Severity.ERROR, more.pop("message", "wrong"), span, **more)


def told(one):
    [hidden] = without_tokens([one])
    return hidden


@pytest.mark.parametrize(
    "text",
    [
        f"word: {SLACK}\n",
        f'word: "{SLACK}\n',
        f'word: "a\\n{SLACK}"\n',
        f"# word {HOOK}\n",
        "word: https://u:Pa55w0@x\n",
    ],
)
def test_the_line_of_a_token_is_not_shown_also_where_the_file_is_broken(text):
    source = Source("f.yml", f"first: 1\n{text}last: 1\n")
    places = [told(found(source, word)).span.source.is_private for word in ("first", "word", "last")]

    assert places == [False, True, False]


def test_no_line_of_a_private_key_is_shown():
    source = Source("f.yml", f"a: 1\n{KEY}\nb: 2\n")
    words = ("a: 1", "BEGIN", "MIIEow", "AbCd==", "END", "b: 2")

    places = [told(found(source, word)).span.source.is_private for word in words]
    assert places == [False, True, True, True, True, False]


def test_a_finding_says_nothing_of_a_token_even_if_it_quotes_another_file():
    one = found(
        PLAIN,
        "d",
        message=f"no `{SLACK}`",
        hint=f"Did you mean `{SLACK}`?",
        subject=SLACK,
        pointer=f"/a~1b/{HOOK.replace('/', '~1')}",
        flow=f"F {SLACK}",
        step=SLACK,
        related=(Related(PLAIN.span(0, 1), f"like {SLACK}"),),
        fingerprint="0123456789ab",
    )
    assert told(one) == one._replace(
        message=f"no `{HIDDEN}`",
        hint=f"Did you mean `{HIDDEN}`?",
        subject=HIDDEN,
        pointer=f"/a~1b/{HIDDEN}",
        flow=f"F {HIDDEN}",
        step=HIDDEN,
        related=(Related(PLAIN.span(0, 1), f"like {HIDDEN}"),),
    )


def test_the_beginning_of_a_token_of_the_file_is_not_told_either():
    source = Source("f.yml", f"a: {SLACK}\nb: 1\n")
    assert told(found(source, "b", message=f"no `{SLACK[:12]}…`")).message == f"no `{HIDDEN}…`"


def test_a_fix_that_writes_a_token_is_dropped_and_one_that_removes_it_does_not_show_it():
    source = Source("f.yml", f"a: 1\nb: {SLACK}\n")
    start = source.text.index(SLACK)
    whole = source.span(start, start + len(SLACK))
    writes = Fix((Edit(source.span(0, 1), SLACK),))
    removes = Fix((Edit(source.span(0, 1), "c"), Edit(whole, "x")), safe=True)
    one = found(source, "a", fixes=(writes, removes))

    assert told(one).fixes == (Fix((Edit(source.span(0, 1), "c"), Edit(whole.concealed, "x")), safe=True),)


def test_what_has_no_token_stays_as_it_is():
    one = found(PLAIN, "d", message="no `x`", flow="F", pointer="/a~1b")
    assert told(one) == one
    assert token_texts(PLAIN) == frozenset()


SHAPES = (
    SLACK,
    HOOK,
    KEY,
    "AKIAABCDEFGHIJKLMNOP",
    "sk_live_0123456789abcdefgh",
    "npm_" + "a" * 36,
    "SK" + "0" * 32,
)
PIECES = st.sampled_from(
    [*SHAPES, *"ab \n\"'-_.`/", "SK", "sk-", "eyJ", "PRIVATE KEY", "-----BEGIN PRIVATE KEY-----"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_looking_near_the_marks_finds_what_looking_everywhere_finds(text):
    near = [
        (kind, first + start, first + end)
        for first, last in parts_with_shapes(text)
        for kind, start, end in shapes_in(text[first:last])
    ]
    assert near == list(shapes_in(text))
