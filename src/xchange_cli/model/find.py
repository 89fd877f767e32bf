"""Things by the names that people give them on the command line."""

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.model.walk import walk_flow
from xchange_cli.nearest import nearest


def find_flow(integration: Integration, name: str) -> Flow:
    """Find a flow by its name or by its normalised name; without a name the only one.

    Raises:
        XchangeError: USAGE with the names there are.

    """
    names = ", ".join(f"`{flow.name}`" for flow in integration.flows) or "none"
    if not name:
        if len(integration.flows) == 1:
            return integration.flows[0]
        raise XchangeError(ErrorCode.USAGE, "which flow?", hint=f"Choose one with --flow: {names}.")
    for flow in integration.flows:
        if name in {flow.name, step_ref(flow.name)}:
            return flow
    suggestion = nearest(name, [flow.name for flow in integration.flows])
    hint = f"Did you mean `{suggestion}`?" if suggestion else f"There are: {names}."
    raise XchangeError(ErrorCode.USAGE, f"no flow is called `{name}`", hint=hint)


def find_step(flow: Flow, name: str) -> Step:
    """Find a step by its name or by its key.

    Raises:
        XchangeError: USAGE with the nearest key.

    """
    steps = [placed.step for placed in walk_flow(flow)]
    for step in steps:
        if name in {step.ref, step.name}:
            return step
    suggestion = nearest(name, [step.ref for step in steps])
    hint = f"Did you mean `{suggestion}`?" if suggestion else "Steps: " + ", ".join(s.ref for s in steps)
    raise XchangeError(ErrorCode.USAGE, f"the flow `{flow.name}` has no step `{name}`", hint=hint)
