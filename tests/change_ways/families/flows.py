"""Flows: which there are, what they are called, and how they are set."""

from collections.abc import Iterator

from change_ways.edits import append, at_once, put, remove
from change_ways.file import Data, File, Place
from change_ways.generated_flows import component, value
from change_ways.names import callers, is_named_elsewhere
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site
from xchange_cli.changes.grade import Grade

_URLS = frozenset(["webhook-triggers", "slack", "shopify"])
_NEW = "Brand New Flow"


def _flow(trigger: Data, *steps: Data) -> Data:
    return {
        "name": _NEW,
        "description": "",
        "steps": [{"name": "Starts", "isTrigger": True, **trigger}, *steps],
    }


def _started_by(flow: Place) -> str:
    first = flow.part["steps"][0]
    return str(first["action"]["component"]["key"]) if first.get("isTrigger") else ""


def _added(file: File, flow: Data, *reports: Reported) -> Site:
    return append(file.data, (), "flows", flow, *reports)


_POST = {
    "name": "Post",
    "action": component("http", "httpPost"),
    "inputs": {"url": value("https://new.test")},
}
_LOG = {"name": "Note", "action": component("log", "writeLog"), "inputs": {"message": value("here")}}
_WEBHOOK = {"action": component("webhook-triggers", "webhook"), "inputs": {}}
_NIGHTLY = {
    "action": component("schedule-triggers", "schedule"),
    "inputs": {},
    "schedule": {"type": "value", "value": "5 4 * * *", "meta": {"scheduleType": "custom", "timeZone": ""}},
}
_DEPLOYED = {"action": component("management-triggers", "instanceDeploy"), "inputs": {}}


def add_a_flow_that_waits_for_requests(file: File) -> Iterator[Site]:
    """Nobody knows its URL yet."""
    yield _added(file, _flow(_WEBHOOK, _POST), Reported("flow-added", SAFE, _NEW))


def add_a_flow_that_only_talks(file: File) -> Iterator[Site]:
    """It starts by itself, but writes nothing elsewhere."""
    yield _added(file, _flow(_NIGHTLY, _LOG), Reported("flow-added", SAFE, _NEW))


def add_a_flow_that_writes_each_night(file: File) -> Iterator[Site]:
    """It writes in each instance, and nobody asked for it."""
    yield _added(file, _flow(_NIGHTLY, _POST), Reported("flow-added", RISKY, _NEW))


def add_a_flow_that_writes_on_deployment(file: File) -> Iterator[Site]:
    """It writes when an instance gets the new version."""
    yield _added(file, _flow(_DEPLOYED, _POST), Reported("flow-added", RISKY, _NEW))


def remove_a_flow(file: File) -> Iterator[Site]:
    """What it did is done no more."""
    for flow in file.flows if len(file.flows) > 1 else ():
        if (
            not callers(file, flow)
            and not is_named_elsewhere(file, flow)
            and not _keeps_for_others(file, flow)
        ):
            yield remove(flow, Reported("flow-removed", BREAKING, flow.name))


def _keeps_for_others(file: File, flow: Place) -> bool:
    return any(step.action[0] == "persist-data" for step in file.steps if step.flow.path == flow.path)


def _renamed(file: File, flow: Place, name: str, *reports: Reported) -> Site:
    def make() -> None:
        for step in callers(file, flow):
            step.part["inputs"]["flowName"]["value"] = name
        flow.part["name"] = name

    touched = ((*step.path, "inputs", "flowName") for step in callers(file, flow))
    return Site(make, reports, (flow.path, *touched))


def _renameable(file: File) -> Iterator[tuple[Place, str]]:
    told = str(file.data.get("renameAttributes", ""))
    for flow in file.flows:
        is_told = repr(flow.name) in told
        if not is_named_elsewhere(file, flow) and not flow.part.get("stableKey") and not is_told:
            yield flow, f"Other {flow.name}"


def rename_a_flow_that_is_called(file: File) -> Iterator[Site]:
    """Its URL has its name."""
    for flow, name in _renameable(file):
        if _started_by(flow) in _URLS:
            yield _renamed(file, flow, name, Reported("flow-renamed", BREAKING, name))


def rename_a_flow_that_starts_by_itself(file: File) -> Iterator[Site]:
    """What it keeps is kept under its name."""
    for flow, name in _renameable(file):
        if _started_by(flow) in {"schedule-triggers", "management-triggers"}:
            yield _renamed(file, flow, name, Reported("flow-renamed", RISKY, name))


def rename_a_flow_and_say_so(file: File) -> Iterator[Site]:
    """An import keeps its URL."""
    if "renameAttributes" in file.data:
        return
    for flow, name in _renameable(file):
        renames = {"flows": [{"oldName": flow.name, "newName": name}]}
        told = put(
            Place((), file.data, []), "renameAttributes", renames, Reported("rename-attributes-changed", SAFE)
        )
        yield at_once(_renamed(file, flow, name, Reported("flow-renamed", SAFE, name)), told)


def rename_a_flow_with_a_stable_key(file: File) -> Iterator[Site]:
    """An import knows it by the stable key."""
    for flow in file.flows:
        if flow.part.get("stableKey") and not is_named_elsewhere(file, flow):
            name = f"Other {flow.name}"
            yield _renamed(file, flow, name, Reported("flow-renamed", SAFE, name))


def describe_a_flow(file: File) -> Iterator[Site]:
    """Words for people."""
    for flow in file.flows:
        yield put(
            flow, "description", "In other words.", Reported("flow-description-changed", SAFE, flow.name)
        )


def _whole(flow: Place, site: Site) -> Site:
    """Say that what is reported depends on the whole flow."""
    return site._replace(touches=(flow.path,))


def _waited_for(file: File, starts: frozenset[str], grade: Grade) -> Iterator[Site]:
    for flow in file.flows:
        is_waited_for = flow.part.get("isSynchronous") or flow.part.get("isAgentFlow")
        if not is_waited_for and _started_by(flow) in starts:
            report = Reported("synchronous-changed", grade, flow.name)
            yield _whole(flow, put(flow, "isSynchronous", True, report))


def let_callers_wait(file: File) -> Iterator[Site]:
    """They get the result of the run."""
    yield from _waited_for(file, _URLS, BREAKING)


def let_nobody_wait(file: File) -> Iterator[Site]:
    """A flow that the platform starts has no callers."""
    yield from _waited_for(file, frozenset(["management-triggers"]), SAFE)


def let_callers_wait_no_more(file: File) -> Iterator[Site]:
    """They waited for a result."""
    for flow in file.flows:
        if flow.part.get("isSynchronous"):
            yield _whole(
                flow, put(flow, "isSynchronous", False, Reported("synchronous-changed", BREAKING, flow.name))
            )


def let_agents_call(file: File) -> Iterator[Site]:
    """Other callers have to wait now."""
    for flow in file.flows:
        if not flow.part.get("isAgentFlow"):
            yield _whole(
                flow, put(flow, "isAgentFlow", True, Reported("agent-flow-changed", BREAKING, flow.name))
            )


def let_agents_call_no_more(file: File) -> Iterator[Site]:
    """They look for it."""
    for flow in file.flows:
        if flow.part.get("isAgentFlow"):
            yield _whole(
                flow, put(flow, "isAgentFlow", False, Reported("agent-flow-changed", BREAKING, flow.name))
            )


def tell_of_an_old_rename(file: File) -> Iterator[Site]:
    """An import that was done long ago needs it no more."""
    for flow in file.flows:
        if "renameAttributes" not in flow.part:
            renames = {"steps": [{"oldName": "Long Ago", "newName": flow.part["steps"][-1]["name"]}]}
            report = Reported("flow-rename-attributes-changed", SAFE, flow.name)
            yield _whole(flow, put(flow, "renameAttributes", renames, report))


def give_a_flow_another_stable_key(file: File) -> Iterator[Site]:
    """An import takes it for another one."""
    for flow in file.flows:
        if flow.part.get("stableKey"):
            yield put(
                flow, "stableKey", "quite-another", Reported("flow-stable-key-changed", RISKY, flow.name)
            )


def set_an_unknown_key(file: File) -> Iterator[Site]:
    """What it does is not known."""
    for flow in file.flows:
        yield put(flow, "color", "red", Reported("flow-setting-changed", RISKY, flow.name))
