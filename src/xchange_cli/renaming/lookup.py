"""What names of an integration lead to."""

from collections.abc import Iterable, Iterator

from xchange_cli.document.node import Scalar
from xchange_cli.expression.step_names import step_ref
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.names import Target
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts


class Lookup:
    """Finds targets by name; of several with one name the first counts, as it does in a run."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        integration = facts.integration
        self._flows = _positions(flow.name for flow in integration.flows)
        self._config_vars = _positions(variable.key for variable in integration.config_vars)
        self._step_at = {
            id(step.step): Target(Kind.STEP, first, at)
            for first, flow in enumerate(facts.flows)
            for at, step in enumerate(flow.steps)
        }

    def called(self, kind: Kind, name: str) -> Target | None:
        """Find a flow or a config variable."""
        at = (self._flows if kind is Kind.FLOW else self._config_vars).get(name)
        return None if at is None or not name else Target(kind, at)

    def flow(self, name: str) -> Target | None:
        return self.called(Kind.FLOW, name)

    def config_var(self, key: str) -> Target | None:
        return self.called(Kind.CONFIG_VAR, key)

    def flow_by_any_name(self, name: str) -> Target | None:
        """Find a flow by its name or else by its normalised name, as the command line does."""
        flows = self.facts.integration.flows
        named = next((at for at, flow in enumerate(flows) if step_ref(flow.name) == name), None)
        return self.flow(name) or (None if named is None else Target(Kind.FLOW, named))

    def seen(self, viewer: StepFacts, ref: str) -> tuple[Target | None, bool]:
        """Find the step that a key means to another step of the flow, and tell whether it is a trigger."""
        _, found = viewer.flow.look(viewer, ref)
        return (None, False) if found is None else (self._step_at[id(found.step)], found.step.is_trigger)

    def step(self, flow: FlowFacts, ref: str) -> Target | None:
        found = flow.by_ref.get(ref)
        return self._step_at[id(found[0].step)] if found else None

    def step_called(self, flow: FlowFacts, name: str) -> Target | None:
        """Find a step by its name, not by its key."""
        found = next((step for step in flow.steps if step.step.name == name), None)
        return None if found is None else self._step_at[id(found.step)]

    def step_by_any_name(self, flow: FlowFacts, name: str) -> Target | None:
        return self.step_called(flow, name) or self.step(flow, name)

    def targets(self) -> Iterator[Target]:
        """Yield everything that has a name."""
        integration = self.facts.integration
        yield from (Target(Kind.CONFIG_VAR, at) for at in range(len(integration.config_vars)))
        yield from (Target(Kind.FLOW, at) for at in range(len(integration.flows)))
        yield from self._step_at.values()

    def flow_of(self, target: Target) -> FlowFacts:
        return self.facts.flows[target.first]

    def name_of(self, target: Target) -> str:
        match target.kind:
            case Kind.FLOW:
                return self.flow_of(target).flow.name
            case Kind.STEP:
                return self.flow_of(target).steps[target.step].step.name
            case Kind.CONFIG_VAR:
                return self.facts.integration.config_vars[target.first].key

    def name_node(self, target: Target) -> Scalar:
        match target.kind:
            case Kind.FLOW:
                node = self.flow_of(target).flow.name_node
            case Kind.STEP:
                node = self.flow_of(target).steps[target.step].step.name_node
            case Kind.CONFIG_VAR:
                node = self.facts.integration.config_vars[target.first].key_node
        assert isinstance(node, Scalar)
        return node


def _positions(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, name in enumerate(names):
        found.setdefault(name, at)
    return found
