"""Values made up from what is read of them."""

from typing import Any

from driving.branches import ABSENT
from driving.shapes import Shape


def made_up(shape: Shape, name: str) -> Any:
    """Give a value of a shape; a text without meaning is its own name."""
    if shape.fixed is not None:
        return shape.fixed
    if shape.packed is not None:
        pack, _, inside = shape.packed
        return pack(made_up(inside, name))
    if shape.schema is not None:
        return meeting(shape.schema, name)
    if shape.item is not None:
        return [made_up(shape.item, name)]
    if shape.parts:
        return _present({key: made_up(part, key) for key, part in shape.parts.items()})
    return name


def meeting(schema: Any, name: str) -> Any:
    """Give a value that meets a JSON Schema of the simple kind that flows check their requests with."""
    schema = schema if isinstance(schema, dict) else {}
    if schema.get("enum"):
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            keys = dict.fromkeys((*properties, *schema.get("required", ())))
            return {key: meeting(properties.get(key), key) for key in keys}
        case "array":
            return [meeting(schema.get("items"), name)]
        case "number" | "integer":
            return 1
        case "boolean":
            return True
        case _:
            return name


def completed(known: Any, shape: Shape, name: str) -> Any:
    """Add to a known value what is read of it and is not there."""
    if shape.fixed is not None or shape.packed is not None or shape.schema is not None:
        return made_up(shape, name)
    if isinstance(known, dict) and shape.item is None:
        added = {key: completed(known.get(key), part, key) for key, part in shape.parts.items()}
        return _present({**known, **added})
    if isinstance(known, list) and not shape.parts:
        items = known or [None] * (shape.item is not None)
        return [completed(item, shape.item or Shape(), name) for item in items]
    return made_up(shape, name) if known is None or shape.is_read else known


def _present(value: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in value.items() if part is not ABSENT}
