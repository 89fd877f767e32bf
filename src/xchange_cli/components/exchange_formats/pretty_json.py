"""Values as indented JSON for human readers."""

from collections.abc import Iterator, Mapping
from typing import Any

from xchange_cli.components.limits import refusing_depth
from xchange_cli.javascript.values import UNDEFINED, stringify, to_text


@refusing_depth
def pretty_json(value: Any) -> str:
    """Give `JSON.stringify(value, null, 2)`."""
    return "".join(_parts(value, "\n"))


def _parts(value: Any, line: str) -> Iterator[str]:
    inner = line + "  "
    separator = inner
    if isinstance(value, Mapping) and any(item is not UNDEFINED for item in value.values()):
        yield "{"
        for key, item in value.items():
            if item is not UNDEFINED:
                yield f"{separator}{stringify(to_text(key))}: "
                yield from _parts(item, inner)
                separator = "," + inner
        yield line + "}"
    elif isinstance(value, list) and value:
        yield "["
        for item in value:
            yield separator
            yield from _parts(item, inner)
            separator = "," + inner
        yield line + "]"
    else:
        yield stringify(value)
