"""The parts of an integration that keep an identity: what is matched, compared and merged."""

from collections.abc import Iterator
from enum import StrEnum

from xchange_cli.document.node import Mapping, Node
from xchange_cli.model.integration import Branch, ConfigPage, ConfigVar, Flow, Integration, PageElement, Step

Address = tuple[str, ...]
"""Keys below a part, from the outermost in: `("action", "component", "version")`, `("inputs", "body")`."""

Facts = Integration | Flow | Step | Branch | ConfigVar | ConfigPage | PageElement


class PartKind(StrEnum):
    """In the words that users read."""

    INTEGRATION = "integration"
    CONFIG_VAR = "config variable"
    PAGE = "config page"
    ELEMENT = "page element"
    FLOW = "flow"
    STEP = "step"
    BRANCH = "branch"


class Part:
    """One part with its own fields; `name` is what it is called among those of its kind, `facts` what the model knows.

    `fields` are the values below it that belong to no other part, by address; `children` its parts, by the key of the
    file's list that holds them. Two parts are never equal, however alike.
    """

    __slots__ = ("children", "facts", "fields", "kind", "name", "node", "parent")

    def __init__(self, kind: PartKind, name: str, node: Mapping, parent: "Part | None", facts: Facts) -> None:
        self.kind = kind
        self.name = name
        self.node = node
        self.parent = parent
        self.facts = facts
        self.fields: dict[Address, Node] = {}
        self.children: dict[str, list[Part]] = {}

    def walk(self) -> Iterator["Part"]:
        """Yield the part and all below it, in the order of the file."""
        yield self
        for parts in self.children.values():
            for part in parts:
                yield from part.walk()

    def above(self) -> Iterator["Part"]:
        """Yield what it is in, from the innermost out."""
        part = self.parent
        while part is not None:
            yield part
            part = part.parent

    def within(self, kind: PartKind) -> "Part | None":
        """Give the part itself or the innermost one around it that is of a kind."""
        return next((part for part in (self, *self.above()) if part.kind is kind), None)
