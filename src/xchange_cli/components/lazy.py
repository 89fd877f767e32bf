"""A mapping whose values are made when somebody asks for them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class LazyMapping(Mapping[str, Value], Generic[Value]):
    """Specifications by key, each built from its raw data once, at first use.

    Keys, length and membership cost nothing; equality and iteration over values build everything.
    """

    __slots__ = ("_build", "_built", "_raw")

    def __init__(self, raw: Mapping[str, Any], build: Callable[[Any], Value]) -> None:
        self._raw = raw
        self._build = build
        self._built: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._built:
            self._built[key] = self._build(self._raw[key])
        return self._built[key]

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __repr__(self) -> str:
        return f"LazyMapping({', '.join(self._raw)})"
