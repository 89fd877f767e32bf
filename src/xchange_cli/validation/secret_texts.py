"""Texts that are secrets by what they look like, or by the name that they stand under."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.lazy_pattern import LazyPattern
from xchange_cli.wire.sensitive import is_sensitive, may_have_shapes, parts_with_shapes, shapes_in

_BEARER = LazyPattern(r"[Bb]earer\s+(?P<secret>(?=[A-Za-z._~+/-]*[0-9])[A-Za-z0-9._~+/-]{16,}=*)")
_IN_URL = LazyPattern(r"://[^\s/:@\"'`{}$<>]{0,100}:(?P<secret>[^\s/:@\"'`{}$<>]{3,200})@")
_STAND_IN = LazyPattern(
    r"""<[^>]*> | \{\{ | \$\{ | …
    | example | changeme | change[-_ ]me | placeholder | redacted
    | x{4,} | \*{3,} | \.{3,}
    | (?<![a-z0-9])(?:any|dummy|fake|insert|mock|my|none|replace|sample|some|test|todo|your)(?![a-z0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
_WORDS_FOR_SECRETS = frozenset(
    {"key", "pass", "password", "passwd", "pwd", "secret", "token", "apikey", "api-key", "api_key"}
)
_ABOUT_SECRETS = (
    *("id", "name", "path", "field", "header", "label", "param", "parameter"),
    *("location", "policy", "minutes", "seconds", "hours", "days"),
)
_SECRET_WORD = LazyPattern(
    r"token|secret|passw|api_?key|authorization|credential|private_?key|access_?key", re.IGNORECASE
)
_ASSIGNED = LazyPattern(
    r"""(?<![\w$-])(?P<name>[A-Za-z_$][\w$-]{0,60}+)["']?\s*[:=]\s*(?P<quote>["'`])(?:(?:Bearer|Basic|[Tt]oken)\s+)?"""
    r"""(?P<secret>[^\\\s"'`]{8,512})(?P=quote)"""
)
_TURN = LazyPattern(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_NO_PASSWORD = LazyPattern(
    r"""[\[\](){}<>/]
    | ^(?:[A-Za-z]+[0-9]*|[0-9]+)(?:[-_.:](?:[A-Za-z]+[0-9]*|[0-9]+))+$
    | ^[A-Za-z]+[0-9]?$
    | ^[0-9]{4}-[0-9]{2}-[0-9]{2}
    | @[^@]+\.[A-Za-z]+$""",
    re.VERBOSE,
)
_MARKS = frozenset("!#$%&*+?^|~")
_SHORTEST = 16
_LEAST_ENTROPY = 3.0
_LEAST_TURNS = 3


class Found(NamedTuple):
    """A part of a text that is a secret; `kind` says what it looks like, in words."""

    kind: str
    start: int
    end: int


def may_hold_tokens(text: str) -> bool:
    """Tell fast whether `tokens_in` can find anything in a text."""
    return may_have_shapes(text) or "earer " in text or ("://" in text and _IN_URL.search(text) is not None)


def tokens_in(text: str) -> Iterator[Found]:
    """Yield well-known kinds of tokens and keys, bearer tokens, and the passwords of URLs; stand-ins are none."""
    behind = 0
    for kind, start, end in sorted(_tokens_in(text), key=lambda found: found.start):
        if start >= behind and not is_stand_in(text[start:end]):
            yield Found(kind, start, end)
            behind = end


def _tokens_in(text: str) -> Iterator[Found]:
    for first, last in parts_with_shapes(text):
        for kind, start, end in shapes_in(text[first:last]):
            yield Found(kind.replace("-", " "), first + start, first + end)
    for kind, pattern in (("bearer token", _BEARER), ("password of a URL", _IN_URL)):
        for match in pattern.finditer(text):
            yield Found(kind, *match.span("secret"))


def assigned_secrets(code: str) -> Iterator[tuple[str, Found]]:
    """Yield the texts in code that look secret and are given to what is named like a secret, with that name."""
    if _SECRET_WORD.search(code) is None:
        return
    for match in _ASSIGNED.finditer(code):
        name, text = match["name"], match["secret"]
        if names_secret(name) and (looks_random(text) or _looks_chosen(text)) and not is_stand_in(text):
            yield name, Found("secret text", *match.span("secret"))


def is_random_under(name: str, text: str) -> bool:
    """Tell whether a text looks random and stands under the name of a secret."""
    return names_secret(name) and looks_random(text) and not is_stand_in(text)


def names_secret(name: str) -> bool:
    """Tell whether what has this name is a secret itself, not something about one."""
    return is_sensitive(name) and not name.lower().endswith(_ABOUT_SECRETS)


def is_stand_in(text: str) -> bool:
    """Tell what documentation writes in place of a secret: `<your key>`, `xxxx`, `changeme`, `{{…}}`."""
    is_word = text.strip().lower() in _WORDS_FOR_SECRETS
    return is_word or len(set(text)) < 2 or _STAND_IN.search(text) is not None


def looks_random(text: str) -> bool:
    """Tell text that nobody made up: long, without blanks, its letters and digits mixed."""
    if len(text) < _SHORTEST or "://" in text or any(character.isspace() for character in text):
        return False
    return _entropy(text) >= _LEAST_ENTROPY and len(_TURN.findall(text)) >= _LEAST_TURNS


def _looks_chosen(text: str) -> bool:
    """Tell what may be a password: letters with digits or marks, and no words, path, moment or e-mail address."""
    if not any(map(str.isalpha, text)) or _NO_PASSWORD.search(text) is not None:
        return False
    return any(character.isdigit() or character in _MARKS for character in text)


def _entropy(text: str) -> float:
    """Give the bits that a character of the text tells on average."""
    total = len(text)
    return -sum(count / total * math.log2(count / total) for count in Counter(text).values())
