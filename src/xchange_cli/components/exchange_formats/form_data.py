"""Fields of forms as `application/x-www-form-urlencoded` text, and back."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

from xchange_cli.components.conversions import to_string
from xchange_cli.components.exchange_formats.contents import utf8, well_formed
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext
from xchange_cli.javascript.values import stringify

_KEPT = "!~*'()"
"""What `encodeURIComponent` leaves as it is, beside letters, digits and -._"""


def read_form(context: ActionContext, text: str) -> dict[str, Any]:
    """Decode fields; values stay text, and those of a repeated name become a list."""
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(well_formed(text), keep_blank_values=True):
        fields.setdefault(name, []).append(value)
    if any(len(values) > 1 for values in fields.values()):
        context.warn("what the platform makes of repeated names in form data is not documented; here a list")
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


@refusing_depth
def write_form(context: ActionContext, members: Mapping[str, Any]) -> str:
    """Encode fields; blanks are %20, lists repeat the name, null is empty, and objects are JSON."""
    if any(isinstance(value, dict) for value in members.values()):
        context.warn("what the platform makes of an object in form data is not documented; here its JSON")
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in _fields(members))


def _fields(members: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in members.items():
        for item in value if isinstance(value, list) else (value,):
            yield name, stringify(item) if isinstance(item, dict | list) else to_string(item)


def _encoded(text: str) -> str:
    return quote(utf8(text), safe=_KEPT)
