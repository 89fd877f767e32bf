"""A JSON Schema → shape, as far as plain schemas go; whatever is fancier is unknown."""

from typing import Any

from xchange_cli.shapes.shape import UNKNOWN, Kind, ListOf, ObjectOf, Origin, Shape, Simple, any_of

_FANCY = frozenset({
    "$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if", "patternProperties", "prefixItems",
    "dependentSchemas", "dependencies", "unevaluatedProperties",
})  # fmt: skip
_SIMPLE = {"string": Kind.TEXT, "number": Kind.NUMBER, "integer": Kind.NUMBER, "boolean": Kind.TRUTH}


def shape_of_schema(schema: Any, origin: Origin) -> Shape:
    """Say what data of a schema looks like.

    Fields that `properties` lacks count as absent unless `additionalProperties` speaks of them: who writes down
    what is sent means to be complete.
    """
    if not isinstance(schema, dict) or not _FANCY.isdisjoint(schema):
        return UNKNOWN
    kinds = schema.get("type", "object" if "properties" in schema else None)
    listed = kinds if isinstance(kinds, list) else [kinds]
    shapes = [_of_type(kind, schema, origin) for kind in listed if kind != "null"]
    return any_of(shapes) if shapes else UNKNOWN


def _of_type(kind: Any, schema: dict[str, Any], origin: Origin) -> Shape:
    if kind == "array":
        return ListOf(shape_of_schema(schema.get("items"), origin), origin)
    if kind == "object":
        return _object(schema, origin)
    simple = _SIMPLE.get(kind) if isinstance(kind, str) else None
    return UNKNOWN if simple is None else Simple(simple, origin)


def _object(schema: dict[str, Any], origin: Origin) -> Shape:
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return ObjectOf({}, origin, is_open=True)
    fields = {name: shape_of_schema(inner, origin) for name, inner in properties.items()}
    is_open = schema.get("additionalProperties", False) is not False or not fields
    return ObjectOf(fields, origin, is_open)
