"""Takes secrets out of whatever leaves the process.

A secret of six characters or more is found wherever it occurs: as it stands, URL-encoded, escaped in JSON, in
base64, and inside Basic authentication. A shorter one is found only where it is the whole value. What a remote
system makes of a secret (a hash, say) cannot be known and is not found.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

SHORTEST_ANYWHERE = 6
"""Shorter secrets would blot out innocent words."""

SHORTEST_LINE = 16
"""A line of a secret of several lines, such as a private key, counts from this length on."""

MOST_SECRETS = 20_000
"""A loop may use a different secret each time; what there is to look for must end somewhere."""

TOO_MANY = "hidden, since more secrets came up than can be told apart"

KEY_SIZE = 4
"""Forms are looked up by the last characters of their anchors."""

MANY_KEYS = 64
"""From here on it is cheaper to take a text to pieces than to look for each key in it."""

_BASIC = re.compile(r"(?:[Bb]asic|BASIC)(?:\s+|%20|\+)([A-Za-z0-9+/_%-]+={0,2})")
_NUMBER = re.compile(r"[-+.0-9eE]+")
_TAG = re.compile("«secret: ([^»]*)»")
_BASE64_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_JSON_ESCAPES = {'"': '"', "/": "/", "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}
_NEVER_ENCODED = re.compile(r"[A-Za-z0-9._-]+")
_PLAIN_IN_BASE64 = re.compile(r"[A-Za-z0-9]+")


class Secret(NamedTuple):
    """`name` is what stands in its place, such as `Slack Connection.botToken`."""

    name: str
    value: str


def tag(name: str) -> str:
    """Give the text that replaces the secret of this name."""
    return f"«secret: {name}»"


class _Form(NamedTuple):
    """One way in which a secret may be written: as this text with any character encoded, or as base64.

    `anchor` is a part that no encoding changes: where it is missing, the form is, too.
    """

    order: int
    name: str
    text: str
    anchor: str
    is_base64: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """Sort long forms first, base64 last."""
        return (0 if self.is_base64 else -len(self.text), self.order)

    @property
    def pattern(self) -> str:
        if not self.is_base64:
            return _any_form(self.text)
        return self.text.replace("+", "(?:[+-]|%2[Bb])").replace("/", "(?:[/_]|%2[Ff])")


class _Found(NamedTuple):
    start: int
    end: int
    name: str


class _Forms:
    """The forms of many secrets, so kept that a text is compared with the few that it may hold.

    What a text costs hardly depends on the number of secrets; nothing is compiled before it is likely to match.
    """

    def __init__(self) -> None:
        self._by_key: dict[str, list[_Form]] = {}
        self._without_key: list[_Form] = []
        self._compiled: dict[_Form, re.Pattern[str]] = {}

    def add(self, form: _Form) -> None:
        if len(form.anchor) < KEY_SIZE:
            self._without_key.append(form)
        else:
            self._by_key.setdefault(form.anchor[-KEY_SIZE:], []).append(form)

    def found_in(self, text: str) -> Iterator[_Found]:
        """Yield every occurrence, also those that overlap."""
        for form in self._likely(text):
            pattern = self._pattern(form)
            position = 0
            while match := pattern.search(text, position):
                position = match.start() + 1
                start, end = _whole_base64(text, *match.span()) if form.is_base64 else match.span()
                yield _Found(start, end, form.name)

    def _likely(self, text: str) -> list[_Form]:
        """Give the forms whose anchors occur, the longest first."""
        likely = [form for key in self._keys_in(text) for form in self._by_key[key] if form.anchor in text]
        likely += [form for form in self._without_key if form.anchor in text]
        return sorted(likely, key=lambda form: form.rank)

    def _keys_in(self, text: str) -> Iterable[str]:
        if len(self._by_key) < MANY_KEYS:
            return [key for key in self._by_key if key in text]
        return self._by_key.keys() & {text[at : at + KEY_SIZE] for at in range(len(text) - KEY_SIZE + 1)}

    def _pattern(self, form: _Form) -> re.Pattern[str]:
        if form not in self._compiled:
            self._compiled[form] = re.compile(form.pattern)
        return self._compiled[form]


class Redactor:
    """Replaces secrets by their tagged names. Where two secrets have one value, the first name stands for both.

    It can be told more secrets at any time; whoever holds it replaces them from then on. When there are too many to
    look for, it replaces every text and number whatever it is. Before `…`, where messages cut a text, it also finds
    the beginning of a secret.

    Tags of its own secrets are left alone, so what was redacted once may safely be redacted again.
    """

    def __init__(self, secrets: Iterable[Secret] = (), *, most: int = MOST_SECRETS) -> None:
        self._most = most
        self._names: dict[str, str] = {}
        self._tags: set[str] = set()
        self._forms = _Forms()
        self._beginnings: dict[str, list[Secret]] = {}
        self._longest_beginning = 0
        self._may_be_number = False
        self._has_too_many = False
        self.learn(secrets)

    def learn(self, more: Iterable[Secret]) -> None:
        """Take in secrets, such as those that come up during a run; known ones keep their names."""
        for secret in more:
            if not secret.value.strip() or secret.value in self._names:
                continue
            if len(self._names) >= self._most:
                self._has_too_many = True
                return
            self._learn(secret)

    def _learn(self, secret: Secret) -> None:
        name, value = secret
        for form in _forms(len(self._names), name, value):
            self._forms.add(form)
        self._names[value] = name
        self._tags.add(name)
        self._may_be_number = self._may_be_number or _NUMBER.fullmatch(value) is not None
        if len(value) >= SHORTEST_ANYWHERE:
            for written in {value, json.dumps(value, ensure_ascii=False)[1:-1]}:
                self._beginnings.setdefault(written[:SHORTEST_ANYWHERE], []).append(Secret(name, written))
                self._longest_beginning = max(self._longest_beginning, len(written))

    def name_of(self, value: str) -> str | None:
        """Give the name of a secret with this very value."""
        return self._names.get(value)

    def text(self, value: str, *, is_cut: bool = False) -> str:
        """Replace the secrets in a text; without secrets it is the very same text.

        With `is_cut` the text may end within a secret.
        """
        if not self._names:
            return value
        if value in self._names:
            return tag(self._names[value])
        if self._has_too_many:
            return value if self._is_own_tag(value) or not value.strip() else tag(TOO_MANY)
        found = [*self._in_basic(value), *self._occurrences(value)]
        redacted = _replace(value, _outermost(found)) if found else value
        if is_cut or "…" in redacted:
            *cut, last = redacted.split("…")
            cut = [self._without_beginning(piece) for piece in cut]
            return "…".join([*cut, self._without_beginning(last) if is_cut else last])
        return redacted

    def data(self, value: Any) -> Any:
        """Replace the secrets in a value and all it holds, keys too; a number that is a secret becomes its tag."""
        return self._data(value) if self._names else value

    def _data(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case Mapping():
                return {self._data(key): self._data(item) for key, item in value.items()}
            case list():
                return [self._data(item) for item in value]
            case tuple():
                return tuple(self._data(item) for item in value)
            case bytes():
                text = value.decode("utf-8", "surrogateescape")
                redacted = self.text(text)
                return value if redacted is text else redacted.encode("utf-8", "surrogateescape")
            case int() | float() if not isinstance(value, bool) and (
                self._may_be_number or self._has_too_many
            ):
                text = str(value)
                redacted = self.text(text)
                return value if redacted == text else redacted
            case _:
                return value

    def _is_own_tag(self, text: str) -> bool:
        match = _TAG.fullmatch(text)
        return match is not None and match[1] in self._tags

    def _occurrences(self, text: str) -> Iterator[_Found]:
        """Yield what is found outside of tags."""
        found = list(self._forms.found_in(text))
        if found:
            tags = [match.span() for match in _tags(text) if match[1] in self._tags]
            yield from (one for one in found if not any(start <= one.start < end for start, end in tags))

    def _in_basic(self, text: str) -> Iterator[_Found]:
        for match in _BASIC.finditer(text):
            for part in _credentials(match[1]):
                name = self._names.get(part) or next((found.name for found in self._occurrences(part)), "")
                if name:
                    yield _Found(*match.span(1), name)

    def _without_beginning(self, text: str) -> str:
        """Replace the beginning of a secret that a text ends with."""
        for start in range(max(0, len(text) - self._longest_beginning), len(text) - SHORTEST_ANYWHERE + 1):
            for name, form in self._beginnings.get(text[start : start + SHORTEST_ANYWHERE], ()):
                if form.startswith(text[start:]):
                    return text[:start] + tag(name)
        return text


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Yield all tags, also those inside of what only looks like one."""
    position = 0
    while match := _TAG.search(text, position):
        yield match
        position = match.start() + 1


def _outermost(found: Iterable[_Found]) -> list[_Found]:
    """Leave out what lies within something else; put the rest in order."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return kept


def _replace(text: str, found: list[_Found]) -> str:
    """Put tags in place of what was found (in order); what overlaps gives one stretch with the tags of all."""
    pieces: list[str] = []
    position = 0
    names: list[str] = []
    for start, end, name in found:
        if start >= position or not names:
            pieces += [*map(tag, names), text[position:start]]
            names = []
        if name not in names:
            names.append(name)
        position = max(position, end)
    return "".join([*pieces, *map(tag, names), text[position:]])


def _forms(order: int, name: str, value: str) -> Iterator[_Form]:
    if len(value) < SHORTEST_ANYWHERE:
        return
    lines = [line.strip() for line in value.splitlines()] if len(value.splitlines()) > 1 else []
    texts = {value, *(line for line in lines if len(line) >= SHORTEST_LINE)}
    bare = value.strip()
    if len(bare) >= SHORTEST_ANYWHERE:
        texts.add(bare)
    else:
        bare = value
    for text in sorted(texts):
        yield _Form(order, name, text, _longest_run(_NEVER_ENCODED, text))
    for core in _base64_cores(bare):
        yield _Form(order, name, core, _longest_run(_PLAIN_IN_BASE64, core), is_base64=True)


def _longest_run(kind: re.Pattern[str], text: str) -> str:
    return max(kind.findall(text), key=len, default="")


def _any_form(text: str) -> str:
    """Match a text where any of its characters may be URL-encoded or escaped in JSON, once or twice."""
    text = text.replace("\r\n", "\n")
    return "".join(_any_form_of_run(match[0]) for match in re.finditer(r"\\+|[^\\]", text))


def _any_form_of_run(run: str) -> str:
    """Match one character, or a run of backslashes: these are doubled as a whole, so that nothing backtracks."""
    if run[0] == "\\":
        count = len(run)
        escaped = "|".join(rf"\\{{{count * factor}}}" for factor in (4, 2, 1))
        return rf"(?:{escaped}|(?:%(?:25)?5[Cc]){{{count}}})"
    if _NEVER_ENCODED.match(run):
        return re.escape(run)
    forms = [re.escape(run), _percent(run), _unicode_escape(run)]
    if run in _JSON_ESCAPES:
        forms.append(rf"\\{{1,3}}{_JSON_ESCAPES[run]}")
    if run == " ":
        forms.append(r"\+")
    if run == "\n":
        forms += ["\r\n", r"\\{1,3}r\\{1,3}n", "%(?:25)?0[Dd]%(?:25)?0[Aa]"]
    return f"(?:{'|'.join(forms)})"


def _percent(character: str) -> str:
    codes = (f"{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))
    return "".join(f"%(?:25)?(?i:{code})" for code in codes)


def _unicode_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    codes = (units[index : index + 2].hex() for index in range(0, len(units), 2))
    return "".join(rf"\\{{1,3}}u(?i:{code})" for code in codes)


def _base64_cores(text: str) -> Iterator[str]:
    """Give the letters that a text surely has in base64, for each of the three ways it can be aligned."""
    data = text.encode("utf-8", "surrogatepass")
    for shift, first in enumerate((0, 2, 3)):
        encoded = base64.b64encode(b"\0" * shift + data).decode("ascii")
        yield encoded[first : (shift + len(data)) * 8 // 6]


def _whole_base64(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the letters at both ends that share bits with the neighbours, and the padding."""
    if start > 0 and text[start - 1] in _BASE64_LETTERS:
        start -= 1
    if end < len(text) and text[end] in _BASE64_LETTERS:
        end += 1
    padding = re.compile("={0,2}").match(text, end)
    return start, padding.end() if padding else end


def _credentials(token: str) -> tuple[str, ...]:
    """Read `user:password` out of base64, as a whole and in its two parts; nothing if it is no base64."""
    letters = unquote(token).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return ()
    text = data.decode("utf-8", "surrogateescape")
    user, _, password = text.partition(":")
    return (text, password, user)
