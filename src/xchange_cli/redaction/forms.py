"""The forms in which a secret may stand in a text."""

import base64
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SHORTEST_ANYWHERE = 6
"""Shorter secrets would blot out innocent words."""

SHORTEST_LINE = 16
"""A line of a secret of several lines, such as a private key, counts from this length on."""

KEY_SIZE = 4
"""Forms are looked up by the last characters of their anchors."""

MANY_KEYS = 200
"""From here on it is cheaper to take a text to pieces than to look for each key in it."""

_BASE64_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_ESCAPES = {
    '"': '"', "'": "'", "`": "`", "/": "/", "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f", "\v": "v",
}  # fmt: skip
"""What follows the backslash in JSON, JavaScript or Python."""

_ENTITIES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}
_NEVER_ENCODED = re.compile(r"[A-Za-z0-9._-]+")
_PLAIN_IN_BASE64 = re.compile(r"[A-Za-z0-9]+")


class _Form(NamedTuple):
    """One way in which a secret may be written: as this text with any character encoded, or as it stands.

    `anchor` is a part that no encoding changes: where it is missing, the form is, too. `kind` is empty for a text,
    else `base64`, or `bytes` for their numbers with commas in between.
    """

    order: int
    name: str
    text: str
    anchor: str
    kind: str = ""

    @property
    def rank(self) -> tuple[int, int]:
        """Sort long forms first, base64 last."""
        return (0 if self.kind == "base64" else -len(self.text), self.order)

    @property
    def pattern(self) -> str:
        match self.kind:
            case "base64":
                return self.text.replace("+", "(?:[+-]|%2[Bb])").replace("/", "(?:[/_]|%2[Ff])")
            case "bytes":
                return f"(?<![0-9.]){self.text}(?![0-9.])"
        return _any_form(self.text)


class Found(NamedTuple):
    start: int
    end: int
    name: str


class Forms:
    """The forms of many secrets, so kept that a text is compared with the few that it may hold.

    What a text costs hardly depends on the number of secrets; nothing is compiled before it is likely to match.
    """

    def __init__(self) -> None:
        self._by_key: dict[str, list[_Form]] = {}
        self._without_key: list[_Form] = []
        self._compiled: dict[_Form, re.Pattern[str]] = {}

    def add(self, order: int, name: str, value: str) -> None:
        """Take in all forms of a secret; `order` tells which one counts where several are found."""
        for form in _forms(order, name, value):
            if len(form.anchor) < KEY_SIZE:
                self._without_key.append(form)
            else:
                self._by_key.setdefault(form.anchor[-KEY_SIZE:], []).append(form)

    def found_in(self, text: str) -> Iterator[Found]:
        """Yield every occurrence, also those that overlap."""
        for form in self._likely(text):
            pattern = self._pattern(form)
            position = 0
            while match := pattern.search(text, position):
                position = match.start() + 1
                is_base64 = form.kind == "base64"
                start, end = _whole_base64(text, *match.span()) if is_base64 else match.span()
                yield Found(start, end, form.name)

    def may_be_in(self, text: str) -> bool:
        return bool(self._likely(text))

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


def _forms(order: int, name: str, value: str) -> Iterator[_Form]:
    if len(value) < SHORTEST_ANYWHERE:
        return
    bare = value.strip() if len(value.strip()) >= SHORTEST_ANYWHERE else value
    for text in sorted({*_texts(value), bare}):
        yield _Form(order, name, text, _longest_run(_NEVER_ENCODED, text))
    for core in _base64_cores(bare):
        yield _Form(order, name, core, _longest_run(_PLAIN_IN_BASE64, core), "base64")
    numbers = ",".join(map(str, bare.encode("utf-8", "surrogatepass")))
    yield _Form(order, name, numbers, numbers, "bytes")


def _texts(value: str) -> Iterator[str]:
    """Yield the text, its long lines, and the text as formats have it that double quotes."""
    yield value
    lines = [line.strip() for line in value.splitlines()]
    yield from (line for line in lines if len(lines) > 1 and len(line) >= SHORTEST_LINE)
    yield from (value.replace(mark, mark * 2) for mark in "\"'")


def _longest_run(kind: re.Pattern[str], text: str) -> str:
    return max(kind.findall(text), key=len, default="")


def _any_form(text: str) -> str:
    """Match a text where any of its characters may be URL-encoded or escaped, once or twice."""
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
    forms = [re.escape(run), _percent(run), _by_number(run), _entity(run)]
    if run in _ESCAPES:
        forms.append(rf"\\{{1,3}}{_ESCAPES[run]}")
    if run == " ":
        forms.append(r"\+")
    if run == "\n":
        forms += ["\r\n", r"\\{1,3}r\\{1,3}n", "%(?:25)?0[Dd]%(?:25)?0[Aa]"]
    return f"(?:{'|'.join(forms)})"


def _percent(character: str) -> str:
    codes = (f"{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))
    return "".join(f"%(?:25)?(?i:{code})" for code in codes)


def _by_number(character: str) -> str:
    r"""Match `\u00fc`, and what JavaScript and Python write besides: `\xfc`, `\U0001f600`."""
    number = ord(character)
    units = character.encode("utf-16-be", "surrogatepass")
    codes = (units[index : index + 2].hex() for index in range(0, len(units), 2))
    utf16 = "".join(rf"\\{{1,3}}u(?i:{code})" for code in codes)
    return f"{utf16}|" + (
        rf"\\{{1,3}}x(?i:{number:02x})" if number < 256 else rf"\\{{1,3}}U(?i:{number:08x})"
    )


def _entity(character: str) -> str:
    """Match what HTML and XML write."""
    names = [rf"\#0*{ord(character)}", rf"\#[xX]0*(?i:{ord(character):x})"]
    if character in _ENTITIES:
        names.append(_ENTITIES[character])
    return f"&(?:amp;)?(?:{'|'.join(names)});"


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
