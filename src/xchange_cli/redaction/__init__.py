"""Takes secrets out of whatever leaves the process.

A secret of six characters or more is found wherever it occurs: as it stands, URL-encoded, escaped as JSON,
JavaScript, Python, HTML and XML do, with doubled quotes, in base64, as a list of bytes, and inside Basic
authentication. A shorter one is found only where it is the whole value. What a remote
system makes of a secret (a hash, say) cannot be known and is not found.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import unquote

from xchange_cli.redaction.forms import SHORTEST_ANYWHERE, Forms, Found

__all__ = [
    "MOST_SECRETS", "SHORTEST_ANYWHERE", "TAG_START", "TOO_MANY", "Redactor", "Secret", "bound", "is_tag", "tag",
    "tagged_names", "with_tags",
]  # fmt: skip

MOST_SECRETS = 20_000
"""A loop may use a different secret each time; what there is to look for must end somewhere."""

TOO_MANY = "hidden, since more secrets came up than can be told apart"

_BASIC = re.compile(r"(?:[Bb]asic|BASIC)(?:\s+|%20|\+)([A-Za-z0-9+/_%-]+={0,2})")
_NUMBER = re.compile(r"[-+.0-9eE]+")
TAG_START = "«secret: "
_TAG = re.compile("«secret: ([^»]*)»")
_INNERMOST_TAG = re.compile("«secret: ([^«»]*)»")
_MARKS = ("…", TAG_START, "asic", "ASIC")
"""Where one of these is in a text, more than the forms of the secrets decides what is replaced."""


class Secret(NamedTuple):
    """`name` is what stands in its place, such as `Slack Connection.botToken`.

    `kind` is what it has in common with others, such as those of other passes of a loop; without it that is the name.
    """

    name: str
    value: str
    kind: str = ""


def tag(name: str) -> str:
    """Give the text that replaces the secret of this name."""
    return f"{TAG_START}{name}»"


def is_tag(text: str) -> bool:
    """Tell whether a text is one tag and nothing else."""
    return _INNERMOST_TAG.fullmatch(text) is not None


def bound(text: str, secrets: Mapping[str, str]) -> str:
    """Put values back in place of their tags; `secrets` are values by name. Tags of other names stay."""
    return with_tags(text, lambda name: secrets.get(name, tag(name)))


def with_tags(text: str, replacement: Callable[[str], str]) -> str:
    """Put something else in place of each tag, by its name."""
    return _INNERMOST_TAG.sub(lambda found: replacement(found[1]), text) if TAG_START in text else text


def tagged_names(text: str) -> Iterator[str]:
    """Yield the names in the tags of a text."""
    return (found[1] for found in _INNERMOST_TAG.finditer(text))


class Redactor:
    """Replaces secrets by their tagged names. Where two secrets have one value, the first name stands for both.
    Where two values have one name, the second one gets a number: `Login.token`, `Login.token 2`.

    It can be told more secrets at any time; whoever holds it replaces them from then on. When there are too many to
    look for, it replaces every text and number whatever it is. Before `…`, where messages cut a text, it also finds
    the beginning of a secret.

    Tags of its own secrets are left alone, so what was redacted once may safely be redacted again.
    """

    def __init__(self, secrets: Iterable[Secret] = (), *, most: int = MOST_SECRETS) -> None:
        self._most = most
        self._names: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._kinds: dict[str, str] = {}
        self._forms = Forms()
        self._beginnings: dict[str, list[Secret]] = {}
        self._short: list[str] = []
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
        value, name = secret.value, self._unique(secret.name)
        kind = secret.kind or secret.name
        if kind != name:
            self._kinds[name] = kind
        self._forms.add(len(self._names), name, value)
        self._names[value] = name
        self._values[name] = value
        self._may_be_number = self._may_be_number or _NUMBER.fullmatch(value) is not None
        if len(value) >= SHORTEST_ANYWHERE:
            for written in {value, json.dumps(value, ensure_ascii=False)[1:-1]}:
                self._beginnings.setdefault(written[:SHORTEST_ANYWHERE], []).append(Secret(name, written))
                self._longest_beginning = max(self._longest_beginning, len(written))
        else:
            self._short.append(json.dumps(value, ensure_ascii=False)[1:-1])

    def _unique(self, name: str) -> str:
        unique = name
        while unique in self._values:
            self._counts[name] = self._counts.get(name, 1) + 1
            unique = f"{name} {self._counts[name]}"
        return unique

    def name_of(self, value: str) -> str | None:
        """Give the name of a secret with this very value."""
        return self._names.get(value)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no secret to look for (yet)."""
        return not self._names

    def values(self) -> Mapping[str, str]:
        """Give the secrets by their names, also those that are learned later."""
        return MappingProxyType(self._values)

    def by_kind(self, text: str) -> str:
        """Let the tags of a redacted text tell kinds instead of names."""
        return with_tags(text, lambda name: tag(self._kinds.get(name, name))) if self._kinds else text

    def may_hold(self, text: str) -> bool:
        """Tell whether data may hold a secret, looking at its JSON (written without `ensure_ascii`); False is certain.

        This is much cheaper than to look through the data.
        """
        if not self._names:
            return False
        if self._has_too_many or any(mark in text for mark in _MARKS):
            return True
        return any(short in text for short in self._short) or self._forms.may_be_in(text)

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
                found = self.byte_list(value)
                return [self._data(item) for item in value] if found is None else found
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

    def byte_list(self, items: Sequence[Any]) -> list[Any] | None:
        """Give what stands for a list of bytes, as buffers are in JSON, that holds a secret; None for other lists."""
        if not self._names or len(items) < SHORTEST_ANYWHERE:
            return None
        if not all(type(item) is int and 0 <= item < 256 for item in items):
            return None
        text = ",".join(map(str, items))
        redacted = self.text(text)
        return None if redacted == text else [redacted]

    def _is_own_tag(self, text: str) -> bool:
        match = _TAG.fullmatch(text)
        return match is not None and match[1] in self._values

    def _occurrences(self, text: str) -> Iterator[Found]:
        """Yield what is found outside of tags."""
        found = list(self._forms.found_in(text))
        if found:
            tags = [match.span() for match in _tags(text) if match[1] in self._values]
            yield from (one for one in found if not any(start <= one.start < end for start, end in tags))

    def _in_basic(self, text: str) -> Iterator[Found]:
        for match in _BASIC.finditer(text):
            for part in _credentials(match[1]):
                name = self._names.get(part) or next((found.name for found in self._occurrences(part)), "")
                if name:
                    yield Found(*match.span(1), name)

    def _without_beginning(self, text: str) -> str:
        """Replace the beginning of a secret that a text ends with."""
        for start in range(max(0, len(text) - self._longest_beginning), len(text) - SHORTEST_ANYWHERE + 1):
            for form in self._beginnings.get(text[start : start + SHORTEST_ANYWHERE], ()):
                if form.value.startswith(text[start:]):
                    return text[:start] + tag(form.name)
        return text


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Yield all tags, also those inside of what only looks like one."""
    position = 0
    while match := _TAG.search(text, position):
        yield match
        position = match.start() + 1


def _outermost(found: Iterable[Found]) -> list[Found]:
    """Leave out what lies within something else; put the rest in order."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return kept


def _replace(text: str, found: list[Found]) -> str:
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
