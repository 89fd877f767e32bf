"""What kind of trigger starts a flow, as far as rules need to know."""

from xchange_cli.components.spec import ActionSpec
from xchange_cli.validation.facts import FlowFacts, StepFacts


def trigger_of(flow: FlowFacts) -> StepFacts | None:
    """Give the first step, if it is a trigger."""
    return flow.steps[0] if flow.steps and flow.steps[0].step.is_trigger else None


def may_be_trigger(step: StepFacts) -> bool:
    """Tell whether a step is a trigger, or was meant to be one."""
    mark = step.step.node.get("isTrigger")
    return (mark is not None and mark.data is not False) or (step.spec is not None and step.spec.is_trigger)


def is_schedule_trigger(step: StepFacts) -> bool:
    action = step.step.action
    return action is not None and action.is_public and action.component == "schedule-triggers"


def is_management_trigger(step: StepFacts) -> bool:
    action = step.step.action
    return action is not None and action.is_public and action.component == "management-triggers"


def runs_on_schedule(spec: ActionSpec) -> bool:
    """Tell a trigger that needs a schedule: the schedule trigger, and those that poll."""
    return spec.schedule == "needed"


def may_have_schedule(spec: ActionSpec) -> bool:
    return bool(spec.schedule)
