"""Equality of values that know their places in a file: it counts what they say, not where they say it.

They are NamedTuples, which Python defines and makes several times faster than frozen dataclasses; that is a good part
of the time that the program takes to start. But a plain NamedTuple compares all its fields, and with any tuple.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import Any, TypeVar

Value = TypeVar("Value", bound=tuple[Any, ...])


def ignoring(*places: str) -> Callable[[type[Value]], type[Value]]:
    """Decorate a NamedTuple: equal are values of the same type whose fields are equal, but for those named here.

    These are not shown by `repr` either.
    """

    def decorate(value_type: type[Value]) -> type[Value]:
        fields: tuple[str, ...] = vars(value_type)["_fields"]
        counting = [field for field in fields if field not in places]
        content = itemgetter(*map(fields.index, counting))

        def equal(one: Value, other: object) -> bool:
            return type(one) is type(other) and content(one) == content(other)

        def unequal(one: Value, other: object) -> bool:
            return not equal(one, other)

        def hashed(one: Value) -> int:
            return hash(content(one))

        def shown(one: Value) -> str:
            parts = (f"{field}={getattr(one, field)!r}" for field in counting)
            return f"{type(one).__name__}({', '.join(parts)})"

        methods = {"__eq__": equal, "__ne__": unequal, "__hash__": hashed, "__repr__": shown}
        for name, method in methods.items():
            setattr(value_type, name, method)
        return value_type

    return decorate
