"""What starts a flow, in words."""

from xchange_cli.overview.at_a_glance import FlowGlance
from xchange_cli.validation.flow_starts import Start

_URLS = {
    "flow_specific": "its own URL",
    "instance_specific": "the URL of its instance",
    "shared_instance": "the URL that all instances share",
}
_KINDS = {
    "deployment": "when an instance is deployed",
    "removal": "when an instance is removed",
    "flow": "when another flow calls it",
}


def started(flow: FlowGlance, endpoint_type: str) -> str:
    """Say `starts on a request to its own URL, answers at its end`."""
    return f"{_start(flow, endpoint_type)}{', answers at its end' if flow.waits else ''}"


def _start(flow: FlowGlance, endpoint_type: str) -> str:
    trigger = flow.trigger
    if trigger.start is Start.NOTHING:
        return "nothing starts it: it has no trigger"
    if trigger.start is Start.AGENT:
        return "starts when an AI agent calls it"
    if trigger.schedule:
        return f"starts {trigger.schedule}"
    kind = next((_KINDS[one] for one in flow.kinds if one in _KINDS), "")
    if kind:
        return f"starts {kind}"
    if trigger.start is Start.SCHEDULE:
        return "starts on a schedule that it does not have"
    return f"starts on a request to {_URLS.get(endpoint_type, 'its URL')}"
