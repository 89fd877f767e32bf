"""An integration as its file says it. Facts of the file only: no component, no schema, no value of a run.

Every part keeps its node; nodes do not count when two parts are compared, so that two files that mean the
same are equal. What is absent or of the wrong type is None or empty: the schema has reported it.
"""

from collections.abc import Mapping as MappingABC
from typing import NamedTuple

from xchange_cli.document.equality import ignoring
from xchange_cli.document.node import Mapping, Node, Scalar
from xchange_cli.expression.ast import Expression


@ignoring("node")
class ActionRef(NamedTuple):
    """Which action of which component; `component` and `key` are empty where the file lacks them."""

    component: str
    key: str
    is_public: bool
    version: str
    node: Mapping

    @property
    def key_node(self) -> Node:
        return self.node.get("key") or self.node

    @property
    def component_node(self) -> Node:
        component = self.node.mapping("component")
        return (component and component.get("key")) or component or self.node


@ignoring("node", "key_node")
class Input(NamedTuple):
    key: str
    expression: Expression
    node: Node
    key_node: Scalar

    @property
    def value_node(self) -> Node:
        """What a finding about the value points at."""
        value = self.node.get("value") if isinstance(self.node, Mapping) else None
        return value or self.node


class ErrorConfig(NamedTuple):
    """What happens when a step fails; `handler` is fail, ignore or retry."""

    handler: str = "fail"
    max_attempts: int = 0
    delay_seconds: float = 0
    exponential: bool = False
    ignore_final: bool = False


class RetryConfig(NamedTuple):
    """How often a whole flow is run again when it has failed, and after how many minutes."""

    max_attempts: int
    delay_minutes: int
    exponential: bool


@ignoring("node")
class Schedule(NamedTuple):
    """`kind` is value or configVar."""

    kind: str
    value: str
    schedule_type: str
    time_zone: str
    node: Mapping


@ignoring("node")
class Branch(NamedTuple):
    name: str
    steps: tuple["Step", ...]
    node: Mapping

    @property
    def name_node(self) -> Node:
        return self.node.get("name") or self.node


@ignoring("node")
class Step(NamedTuple):
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
    node: Mapping

    @property
    def name_node(self) -> Node:
        return self.node.get("name") or self.node


@ignoring("node")
class Flow(NamedTuple):
    name: str
    steps: tuple[Step, ...]
    is_synchronous: bool
    is_agent_flow: bool
    retry: RetryConfig | None
    node: Mapping

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


@ignoring("node")
class ConfigVar(NamedTuple):
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
    node: Mapping

    @property
    def key_node(self) -> Node:
        return self.node.get("key") or self.node


@ignoring("node")
class PageElement(NamedTuple):
    kind: str
    value: str
    node: Mapping

    @property
    def value_node(self) -> Node:
        return self.node.get("value") or self.node


@ignoring("node")
class ConfigPage(NamedTuple):
    name: str
    elements: tuple[PageElement, ...]
    node: Mapping

    @property
    def name_node(self) -> Node:
        return self.node.get("name") or self.node


@ignoring("node")
class Integration(NamedTuple):
    """`routing` are the fields by which a request to a shared URL finds its flow and customer, by their keys:
    flowNameField, externalCustomerIdField, externalCustomerUserIdField. `preprocess_flow` names the flow that is
    run first for such requests.
    """

    name: str
    flows: tuple[Flow, ...]
    config_vars: tuple[ConfigVar, ...]
    config_pages: tuple[ConfigPage, ...]
    endpoint_type: str
    preprocess_flow: str
    routing: MappingABC[str, Input]
    node: Mapping

    def flow(self, name: str) -> Flow | None:
        return next((flow for flow in self.flows if flow.name == name), None)

    def config_var(self, key: str) -> ConfigVar | None:
        return next((variable for variable in self.config_vars if variable.key == key), None)
