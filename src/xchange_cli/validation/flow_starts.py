"""What starts a flow: requests to its URL, a schedule, a deployment, another flow or an AI agent."""

from enum import StrEnum

from xchange_cli.components.catalog import Catalog
from xchange_cli.model.integration import Flow


class Start(StrEnum):
    """What starts a flow."""

    REQUEST = "request"
    SCHEDULE = "schedule"
    DEPLOYMENT = "deployment"
    FLOW = "flow"
    AGENT = "agent"
    NOTHING = "nothing"


_STARTS = {
    "management-triggers": Start.DEPLOYMENT,
    "schedule-triggers": Start.SCHEDULE,
    "recursive-flow": Start.FLOW,
    "cross-flow": Start.FLOW,
}
_AGENT_TRIGGERS = {("openai", "toolFlowTrigger")}


def start_of(flow: Flow, catalog: Catalog) -> Start:
    """Tell what starts a flow; one without a trigger is started by nothing."""
    if flow.trigger is None:
        return Start.NOTHING
    action = flow.trigger.action
    if flow.is_agent_flow or (action and (action.component, action.key) in _AGENT_TRIGGERS):
        return Start.AGENT
    spec = catalog.action(action.component, action.key, is_public=action.is_public) if action else None
    if spec is not None and spec.schedule == "needed":
        return Start.SCHEDULE
    if action is not None and action.is_public and action.component in _STARTS:
        return _STARTS[action.component]
    return Start.REQUEST
