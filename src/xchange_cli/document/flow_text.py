"""Values on one line, in brackets: for places where no lines can stand."""

from typing import Any

from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.scalar_styles import inline


def flow_text(node: Node, quote: str) -> str:
    """Write a value on one line, without comments, anchors and aliases; `quote` is for texts that need quotes."""
    match node:
        case Mapping():
            parts = (
                f"{key_text(key, quote)}: {flow_text(node.entries[key].value, quote)}" for key in node.entries
            )
            return "{" + ", ".join(parts) + "}"
        case Sequence():
            return "[" + ", ".join(flow_text(item, quote) for item in node.items) + "]"
        case Scalar():
            return scalar_text(node, quote)
    raise AssertionError(node)  # pragma: no cover - the three kinds above are all


def key_text(key: str, quote: str) -> str:
    return inline(key, "", quote, in_flow=True)


def scalar_text(node: Scalar, quote: str) -> str:
    """Write a single value; a text keeps the kind of its quotes."""
    if isinstance(node.data, str):
        return inline(node.data, node.style if node.style in {"'", '"'} else "", quote, in_flow=True)
    return plain_text(node.value, node.data)


def plain_text(written: str, data: Any) -> str:
    """Write a number, a truth value or nothing, as it was written if that was without a tag."""
    from xchange_cli.document.core_schema import resolve

    again = resolve(written)
    if written and type(again) is type(data) and (again == data or data != data):  # noqa: PLR0124 - NaN
        return written
    if data is None or isinstance(data, bool):
        return {None: "null", True: "true", False: "false"}[data]
    return repr(data)
