"""HTML put together so that no text can be taken for markup."""

import re
from html import escape

_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that HTML has no place for, and those that turn the direction of a text against its reader."""


class Html(str):
    """HTML that is right as it stands."""

    __slots__ = ()


def text_of(inside: str) -> Html:
    """Give a text as HTML, and HTML as it is."""
    return inside if isinstance(inside, Html) else Html(escape(inside))


def joined(*inside: str) -> Html:
    return Html("".join(map(text_of, inside)))


def tag(name: str, *inside: str, **attributes: str | None) -> Html:
    """Make an element; attributes that are None are left out. `aria_label` stands for `aria-label`, `class_` for `class`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{joined(*inside)}</{name}>")


def without_controls(page: str) -> str:
    """Put a mark in place of each character that no page may have."""
    return _NEVER.sub("\N{REPLACEMENT CHARACTER}", page)
