"""Where a name stands in a file, what it means there, and the form in which it is written."""

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.document.node import Scalar
from xchange_cli.renaming.kind import Kind
from xchange_cli.source import Span

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Segment


class Target(NamedTuple):
    """What a name means, by position: of the flow or the config variable, and of the step in its flow.

    Positions stay when something gets another name, so that the targets of a file and of its renamed text are equal.
    """

    kind: Kind
    first: int
    step: int = -1


class Form(Enum):
    WHOLE = auto()  # the name as it is, the whole text or a part of it
    KEY = auto()  # the name as references have it: `sumUp` for `Sum Up`
    PATH_PART = auto()  # a part of a path, bare or in brackets
    PLACEHOLDER = auto()  # between `{{#` and `}}`
    CODE = auto()  # a member in JavaScript


class Named(NamedTuple):
    """A name at `node.value[start:end]`. `target` is None where it leads nowhere.

    `is_shared` tells that it means `target` and others, too, so that it cannot be changed for one of them. `segment` is
    the member of the code, for CODE only.
    """

    target: Target | None
    node: Scalar
    start: int
    end: int
    form: Form
    is_shared: bool = False
    segment: "Segment | None" = None

    @property
    def span(self) -> Span:
        return self.node.span_of(self.start, self.end)


def whole(target: Target | None, node: Scalar) -> Named:
    """Give the name that is all of a text."""
    return Named(target, node, 0, len(node.value), Form.WHOLE)
