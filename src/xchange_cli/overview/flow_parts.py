"""Flows with their steps as documentation shows them: what each does, by the catalogue and by its author."""

from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Mapping
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.model.integration import Branch, Flow, Integration, Step
from xchange_cli.overview.chart import chart_of
from xchange_cli.overview.documentation_parts import ArmPart, FlowPart, StepPart
from xchange_cli.overview.endpoints import trigger_of
from xchange_cli.validation.hidden_tokens import without_tokens_in


def flow_parts(integration: Integration, catalog: Catalog) -> tuple[FlowPart, ...]:
    reading = _Reading(integration, catalog)
    return tuple(reading.flow(flow, number) for number, flow in enumerate(integration.flows, 1))


def described(node: Mapping, key: str = "description") -> str:
    """Give what somebody wrote under a key, without tokens."""
    text = node.text(key)
    return without_tokens_in(text.value.strip()) if text else ""


class _Reading:
    def __init__(self, integration: Integration, catalog: Catalog) -> None:
        self._integration = integration
        self._catalog = catalog
        self._connections = {
            variable.key for variable in integration.config_vars if variable.data_type == "connection"
        }

    def flow(self, flow: Flow, number: int) -> FlowPart:
        trigger = flow.trigger
        return FlowPart(
            name=flow.name,
            description=described(flow.node),
            trigger=trigger_of(flow, self._integration, self._catalog),
            waits=flow.is_answered_at_end,
            retry=flow.retry,
            arms=self._arms(trigger.branches if trigger else None),
            steps=self._steps(flow.steps if trigger is None else flow.steps[1:]),
            chart=chart_of(flow, self._catalog, prefix=f"f{number}"),
        )

    def _steps(self, steps: tuple[Step, ...]) -> tuple[StepPart, ...]:
        return tuple(map(self._step, steps))

    def _arms(self, branches: tuple[Branch, ...] | None) -> tuple[ArmPart, ...]:
        return tuple(ArmPart(branch.name, self._steps(branch.steps)) for branch in branches or ())

    def _step(self, step: Step) -> StepPart:
        ref = step.action
        component = self._catalog.component(ref.component, is_public=ref.is_public) if ref else None
        action = self._catalog.action(ref.component, ref.key, is_public=ref.is_public) if ref else None
        return StepPart(
            name=step.name,
            ref=step.ref,
            component=component.title if component else (ref.component if ref else ""),
            action=action.title if action else (ref.key if ref else ""),
            summary=action.summary if action else "",
            description=described(step.node),
            effect=action.effect.value if action else "",
            connection=self._connection(step),
            failure=step.error,
            steps=None if step.steps is None else self._steps(step.steps),
            arms=self._arms(step.branches),
        )

    def _connection(self, step: Step) -> str:
        said = (given.expression for given in step.inputs.values())
        used = (value.key for value in said if isinstance(value, ConfigValue))
        return next((key for key in used if key in self._connections), "")
