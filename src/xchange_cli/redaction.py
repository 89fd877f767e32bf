"""Takes secrets out of whatever leaves the process.

A secret of six characters or more is found wherever it occurs: as it stands, URL-encoded, escaped in JSON, in
base64, and inside Basic authentication. A shorter one is found only where it is the whole value. What a remote
system makes of a secret (a hash, say) cannot be known and is not found.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

SHORTEST_ANYWHERE = 6
"""Shorter secrets would blot out innocent words."""

SHORTEST_LINE = 16
"""A line of a secret of several lines, such as a private key, counts from this length on."""

_BASIC = re.compile(r"(?:[Bb]asic|BASIC)(?:\s+|%20|\+)([A-Za-z0-9+/_%-]+={0,2})")
_NUMBER = re.compile(r"[-+.0-9eE]+")
_TAG = "«secret: ([^»]*)»"
_BASE64_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_JSON_ESCAPES = {'"': '"', "/": "/", "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}
_NEVER_ENCODED = re.compile(r"[A-Za-z0-9._-]")


class Secret(NamedTuple):
    """`name` is what stands in its place, such as `Slack Connection.botToken`."""

    name: str
    value: str


def tag(name: str) -> str:
    """Give the text that replaces the secret of this name."""
    return f"«secret: {name}»"


class _Form(NamedTuple):
    """One way in which a secret may be written, as a regular expression."""

    name: str
    pattern: str
    size: int
    is_base64: bool = False


class _Found(NamedTuple):
    start: int
    end: int
    name: str


class Redactor:
    """Replaces secrets by their tagged names. Where two secrets have one value, the first name stands for both.

    Tags of its own secrets are left alone, so what was redacted once may safely be redacted again.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self.secrets = tuple(secret for secret in secrets if secret.value.strip())
        self._names: dict[str, str] = {}
        for name, value in self.secrets:
            self._names.setdefault(value, name)
        self._tags = frozenset(self._names.values())
        forms = [form for value, name in self._names.items() for form in _forms(name, value)]
        self._forms = sorted(forms, key=lambda form: -form.size)
        self._anywhere = re.compile("|".join([_TAG, *(form.pattern for form in self._forms)]))
        self._may_be_number = any(_NUMBER.fullmatch(value) for value in self._names)

    def with_secrets(self, more: Iterable[Secret]) -> "Redactor":
        """Give a redactor that knows more secrets, such as those that come up during a run."""
        return Redactor([*self.secrets, *more])

    def text(self, value: str) -> str:
        """Replace the secrets in a text; without secrets it is the very same text."""
        if not self._names:
            return value
        if value in self._names:
            return tag(self._names[value])
        found = [*self._in_basic(value), *(self._occurrences(value) if self._forms else ())]
        return _replace(value, sorted(found)) if found else value

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
            case int() | float() if self._may_be_number and not isinstance(value, bool):
                text = str(value)
                redacted = self.text(text)
                return value if redacted == text else redacted
            case _:
                return value

    def _occurrences(self, text: str) -> Iterator[_Found]:
        """Yield every occurrence, also those that overlap."""
        position = 0
        while match := self._anywhere.search(text, position):
            if match[1] in self._tags:
                position = match.end()
                continue
            position = match.start() + 1
            form = next((form for form in self._forms if re.fullmatch(form.pattern, match[0])), None)
            if form is not None:
                start, end = _whole_base64(text, *match.span()) if form.is_base64 else match.span()
                yield _Found(start, end, form.name)

    def _in_basic(self, text: str) -> Iterator[_Found]:
        for match in _BASIC.finditer(text):
            for part in _credentials(match[1]):
                name = self._names.get(part) or next((found.name for found in self._occurrences(part)), "")
                if name:
                    yield _Found(*match.span(1), name)


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


def _forms(name: str, value: str) -> Iterator[_Form]:
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
        yield _Form(name, _any_form(text), len(text))
    for core in _base64_cores(bare):
        yield _Form(name, core, 0, is_base64=True)


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
    """Match the letters that a text surely gives in base64, for each of the three ways it can be aligned."""
    data = text.encode("utf-8", "surrogatepass")
    for shift, first in enumerate((0, 2, 3)):
        encoded = base64.b64encode(b"\0" * shift + data).decode("ascii")
        core = encoded[first : (shift + len(data)) * 8 // 6]
        yield core.replace("+", "(?:[+-]|%2[Bb])").replace("/", "(?:[/_]|%2[Ff])")


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
