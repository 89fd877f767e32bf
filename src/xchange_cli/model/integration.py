"""An integration as its file says it. Facts of the file only: no component, no schema, no value of a run.

Every part keeps its node; nodes do not count when two parts are compared, so that two files that mean the
same are equal. What is absent or of the wrong type is None or empty: the schema has reported it.
"""

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field

from xchange_cli.document.node import Mapping, Node, Scalar
from xchange_cli.expression.ast import Expression


@dataclass(frozen=True, slots=True)
class ActionRef:
    """Which action of which component; `component` and `key` are empty where the file lacks them."""

    component: str
    key: str
    is_public: bool
    version: str
    node: Mapping = field(compare=False, repr=False)

    @property
    def key_node(self) -> Node:
        return self.node.get("key") or self.node

    @property
    def component_node(self) -> Node:
        component = self.node.mapping("component")
        return (component and component.get("key")) or component or self.node


@dataclass(frozen=True, slots=True)
class Input:
    key: str
    expression: Expression
    node: Node = field(compare=False, repr=False)
    key_node: Scalar = field(compare=False, repr=False)

    @property
    def value_node(self) -> Node:
        """What a finding about the value points at."""
        value = self.node.get("value") if isinstance(self.node, Mapping) else None
        return value or self.node


@dataclass(frozen=True, slots=True)
class ErrorConfig:
    """What happens when a step fails; `handler` is fail, ignore or retry."""

    handler: str = "fail"
    max_attempts: int = 0
    delay_seconds: float = 0
    exponential: bool = False
    ignore_final: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """`kind` is value or configVar."""

    kind: str
    value: str
    schedule_type: str
    time_zone: str
    node: Mapping = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Branch:
    name: str
    steps: tuple["Step", ...]
    node: Mapping = field(compare=False, repr=False)

    @property
    def name_node(self) -> Node:
        return self.node.get("name") or self.node


@dataclass(frozen=True, slots=True)
class Step:
    """`branches` and `steps` are None where the file has no such key."""

    name: str
    ref: str
    action: ActionRef | None
    inputs: MappingABC[str, Input]
    is_trigger: bool
    branches: tuple[Branch, ...] | None
    steps: tuple["Step", ...] | None
    schedule: Schedule | None
    error: ErrorConfig
    node: Mapping = field(compare=False, repr=False)

    @property
    def name_node(self) -> Node:
        return self.node.get("name") or self.node


@dataclass(frozen=True, slots=True)
class Flow:
    name: str
    steps: tuple[Step, ...]
    is_synchronous: bool
    is_agent_flow: bool
    node: Mapping = field(compare=False, repr=False)

    @property
    def name_node(self) -> Node:
        return self.node.get("name") or self.node

    @property
    def is_answered_at_end(self) -> bool:
        """Whether callers wait for the last answer: an AI agent that calls a flow always does."""
        return self.is_synchronous or self.is_agent_flow

    @property
    def trigger(self) -> Step | None:
        """The first step, if it is a trigger."""
        return self.steps[0] if self.steps and self.steps[0].is_trigger else None


@dataclass(frozen=True, slots=True)
class ConfigVar:
    """`connection` and `data_source` say which component gives them; `default` is text or None."""

    key: str
    data_type: str
    default: str | None
    collection: str
    connection: ActionRef | None
    data_source: ActionRef | None
    inputs: MappingABC[str, Input]
    pick_list: tuple[str, ...]
    schedule_type: str
    time_zone: str
    is_scoped: bool
    node: Mapping = field(compare=False, repr=False)

    @property
    def key_node(self) -> Node:
        return self.node.get("key") or self.node


@dataclass(frozen=True, slots=True)
class PageElement:
    kind: str
    value: str
    node: Mapping = field(compare=False, repr=False)

    @property
    def value_node(self) -> Node:
        return self.node.get("value") or self.node


@dataclass(frozen=True, slots=True)
class ConfigPage:
    name: str
    elements: tuple[PageElement, ...]
    node: Mapping = field(compare=False, repr=False)

    @property
    def name_node(self) -> Node:
        return self.node.get("name") or self.node


@dataclass(frozen=True, slots=True)
class Integration:
    name: str
    flows: tuple[Flow, ...]
    config_vars: tuple[ConfigVar, ...]
    config_pages: tuple[ConfigPage, ...]
    node: Mapping = field(compare=False, repr=False)

    def flow(self, name: str) -> Flow | None:
        return next((flow for flow in self.flows if flow.name == name), None)

    def config_var(self, key: str) -> ConfigVar | None:
        return next((variable for variable in self.config_vars if variable.key == key), None)
