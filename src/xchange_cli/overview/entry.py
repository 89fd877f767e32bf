"""What a list knows of an integration: facts of its file, small enough to keep thousands of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.overview.publication import Publication

SCHEDULE, APP, NO_TRIGGER = "schedule", "app", "none"
KINDS = ("webhook", SCHEDULE, "deployment", "removal", "flow", APP, NO_TRIGGER)
"""The kinds of triggers, in the words in which people look for them.

`deployment` and `removal` are those of an instance or of a user's settings; `flow` is started by another flow, `app` by
what a component connects to; `none` is a flow without a trigger.
"""


class FlowEntry(NamedTuple):
    """A flow. `kinds` are words of KINDS; `component` and `action` are its trigger's, or empty.

    `step_lines` has a line for the name of each step, the trigger first and inner ones where they stand; one text is
    read much faster than many.
    """

    name: str
    kinds: Sequence[str]
    component: str
    action: str
    is_synchronous: bool
    step_lines: str

    @property
    def step_names(self) -> list[str]:
        return self.step_lines.splitlines()


class Problem(NamedTuple):
    """Why a file cannot be used as it is; `line` and `column` are 1-based, both 0 where there is no place."""

    message: str
    hint: str = ""
    line: int = 0
    column: int = 0


class Facts(NamedTuple):
    """What a file says. `actions` and `connections` are pairs: component and action, config variable and component.

    `components` has those of steps, connections and data sources. With a `problem` the rest may be incomplete; unless
    it `is_known`, there is no rest.
    """

    name: str = ""
    description: str = ""
    category: str = ""
    labels: Sequence[str] = ()
    flows: Sequence[FlowEntry] = ()
    components: Sequence[str] = ()
    actions: Sequence[Sequence[str]] = ()
    connections: Sequence[Sequence[str]] = ()
    config_vars: Sequence[str] = ()
    endpoint_type: str = ""
    problem: Problem | None = None
    is_known: bool = True

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> "Facts":
        """Make facts of what JSON gives back for them.

        Raises:
            TypeError: the row is no such facts.

        """
        facts = cls(*row)
        flows = [FlowEntry(*flow) for flow in facts.flows]
        return facts._replace(flows=flows, problem=facts.problem and Problem(*facts.problem))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of all triggers, each once, in the order of the flows."""
        return tuple(dict.fromkeys(kind for flow in self.flows for kind in flow.kinds))


class Entry(NamedTuple):
    """An integration file of the project.

    `file` is its name for messages. `changed_at` is the time of its last change in nanoseconds since 1970, None where
    the system does not tell. `twins` are the names of other files with the same key. `published` is None where nothing
    is, or nobody asked. `parent` is what a fork was made of, `order-intake@3` or a key; empty for all others.
    """

    key: str
    path: Path
    file: str
    facts: Facts
    changed_at: int | None = None
    twins: tuple[str, ...] = ()
    published: Publication | None = None
    parent: str = ""
