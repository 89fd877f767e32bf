"""Things by the names that people give them on the command line."""

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.model.walk import walk_flow
from xchange_cli.nearest import nearest


def find_flow(integration: Integration, name: str) -> Flow:
    """Find a flow by its name or else by its normalised name; without a name the only one.

    Raises:
        XchangeError: USAGE with the names there are.

    """
    flows = integration.flows
    if not flows:
        raise XchangeError(ErrorCode.USAGE, "the integration has no flow")
    names = ", ".join(f"`{flow.name}`" for flow in flows)
    if not name:
        if len(flows) == 1:
            return flows[0]
        raise XchangeError(ErrorCode.USAGE, "which flow?", hint=f"Choose one with --flow: {names}.")
    found = integration.flow(name) or next((flow for flow in flows if name == step_ref(flow.name)), None)
    if found is not None:
        return found
    suggestion = nearest(name, [flow.name for flow in flows])
    hint = f"Did you mean `{suggestion}`?" if suggestion else f"There are: {names}."
    raise XchangeError(ErrorCode.USAGE, f"no flow is called `{name}`", hint=hint)


def find_step(flow: Flow, name: str) -> Step:
    """Find a step by its name or else by its key.

    Raises:
        XchangeError: USAGE with the nearest key.

    """
    steps = [placed.step for placed in walk_flow(flow)]
    found = next((step for step in steps if name == step.name), None)
    found = found or next((step for step in steps if name == step.ref), None)
    if found is not None:
        return found
    suggestion = nearest(name, [step.ref for step in steps])
    refs = ", ".join(f"`{step.ref}`" for step in steps) or "none"
    hint = f"Did you mean `{suggestion}`?" if suggestion else f"There are: {refs}."
    raise XchangeError(ErrorCode.USAGE, f"the flow `{flow.name}` has no step `{name}`", hint=hint)
