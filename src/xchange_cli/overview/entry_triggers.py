"""The kinds of triggers, in the words in which people look for them."""

from xchange_cli.model.integration import Flow
from xchange_cli.overview.entry import APP, NO_TRIGGER, SCHEDULE

_OF_COMPONENT = {
    "webhook-triggers": "webhook",
    "schedule-triggers": SCHEDULE,
    "cross-flow": "flow",
    "recursive-flow": "flow",
}
_MANAGEMENT = "management-triggers"


def kinds_of(flow: Flow) -> tuple[str, ...]:
    """Give the kinds of a flow's trigger; that of an app which is asked on a schedule is of both kinds."""
    trigger = flow.trigger
    action = trigger.action if trigger else None
    if trigger is None or action is None or not action.component:
        return (NO_TRIGGER,)
    kind = _kind(action.component, action.key) if action.is_public else APP
    return (kind, SCHEDULE) if kind == APP and trigger.schedule else (kind,)


def _kind(component: str, key: str) -> str:
    if component == _MANAGEMENT:
        return "removal" if key.endswith("Remove") else "deployment"
    return _OF_COMPONENT.get(component, APP)
