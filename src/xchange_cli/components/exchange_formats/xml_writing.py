"""Objects → XML text, the inverse of reading: `@_name` is an attribute, `#text` the text beside attributes.

A list is its element repeated; null is `<a/>`, and everything is on one line without an XML declaration. What the
platform makes of names that XML does not allow, and of a list at the top, is not documented: here such names are
mended, and the list becomes `<root>` with an `<item>` each.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xchange_cli.components.conversions import to_string
from xchange_cli.components.exchange_formats.contents import well_formed
from xchange_cli.components.exchange_formats.xml_reading import ATTRIBUTE, TEXT
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import UNDEFINED, describe

_STARTS = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_START = re.compile(f"[{_STARTS}]")
_NOT_IN_NAMES = re.compile(f"[^{_STARTS}.0-9\u00b7\u0300-\u036f\u203f\u2040-]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPECIAL = re.compile("[\x00-\x1f&<>\"'\ud800-\udfff\ufffe\uffff]")
_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#13;"}
_TEXT_ESCAPES = str.maketrans(_IN_TEXT)
_ATTRIBUTE_ESCAPES = str.maketrans({**_IN_TEXT, "\n": "&#10;", "\t": "&#9;"})


@refusing_depth
def write_xml(context: ActionContext, value: Any) -> str:
    """Write an object, or a list."""
    if isinstance(value, list):
        context.warn(
            "what the platform makes of a list in XML is not documented; here <root> with <item> elements"
        )
        value = {"root": {"item": value}}
    if not isinstance(value, Mapping):
        raise ActionError(f"{describe(value)} is neither an object nor a list, and has no XML")
    writer = _Writer()
    text = "".join(writer.content(value))
    if sum(len(_repeated(key, inner)) for key, inner in value.items()) != 1:
        context.warn("the XML has not exactly one root element, as the object has not exactly one member")
    if writer.mended:
        wrong, right = next(iter(writer.mended.items()))
        context.warn(f"{describe(wrong)} is not an XML name; it is written {right} here")
    return text


class _Writer:
    """Yields the parts of the text; `mended` has the names that XML does not allow, with what they became."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    @property
    def mended(self) -> dict[str, str]:
        return {key: name for key, name in self._names.items() if key != name}

    def content(self, members: Mapping[str, Any]) -> Iterator[str]:
        """Write what is between the tags of an element."""
        for key, value in members.items():
            if key == TEXT:
                yield _escaped(value, _TEXT_ESCAPES)
            for item in _repeated(key, value):
                yield from self._element(self._name(key), item)

    def _element(self, name: str, value: Any) -> Iterator[str]:
        if value is None:
            yield f"<{name}/>"
            return
        members = {"item": value} if isinstance(value, list) else value
        if not isinstance(members, Mapping):
            yield f"<{name}>{_escaped(value, _TEXT_ESCAPES)}</{name}>"
            return
        attributes = {
            self._name(key[len(ATTRIBUTE) :]): _escaped(inner, _ATTRIBUTE_ESCAPES)
            for key, inner in members.items()
            if _is_attribute(key, inner)
        }
        yield "<" + name + "".join(f' {key}="{text}"' for key, text in attributes.items()) + ">"
        yield from self.content(members)
        yield f"</{name}>"

    def _name(self, key: str) -> str:
        name = self._names.get(key)
        if name is None:
            name = _NOT_IN_NAMES.sub("_", key)
            if not _NAME_START.match(name):
                name = "_" + name
            self._names[key] = name
        return name


def _repeated(key: str, value: Any) -> Sequence[Any]:
    """Give the values of the elements that a member stands for: none of a text or an attribute."""
    if key == TEXT or _is_attribute(key, value) or value is UNDEFINED:
        return ()
    return value if isinstance(value, list) else (value,)


def _is_attribute(key: str, value: Any) -> bool:
    return key.startswith(ATTRIBUTE) and not isinstance(value, list | Mapping)


def _escaped(value: Any, escapes: dict[int, str]) -> str:
    """Write a value as text; characters that XML cannot hold at all become the replacement character."""
    text = value if isinstance(value, str) else to_string(value)
    if not _SPECIAL.search(text):
        return text
    return _NOT_IN_XML.sub("\ufffd", well_formed(text)).translate(escapes)
