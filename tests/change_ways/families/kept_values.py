"""What flows keep from run to run."""

from collections.abc import Iterator

from change_ways.edits import add_behind, put, remove
from change_ways.file import File, Path, StepPlace
from change_ways.generated_flows import component, value
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site
from xchange_cli.changes.grade import Grade

_SCOPES = ("Execution", "CrossFlow", "Integration", "Instance")


def _keeping(file: File) -> Iterator[StepPlace]:
    """Yield the steps that keep or read a value under a key that the file says."""
    for step in file.plain_steps:
        if step.action[0] == "persist-data" and step.inputs.get("keyInput", {}).get("type") == "value":
            yield step


def _key(step: StepPlace) -> str:
    return str(step.inputs.get("keyInput", {}).get("value", ""))


def _scope(step: StepPlace) -> str:
    return next((scope for scope in _SCOPES if scope in step.action[1]), "")


def _touched(file: File, step: StepPlace) -> tuple[Path, ...]:
    """Give all steps that have to do with the same value."""
    return tuple(
        one.path for one in file.steps if one.action[0] == "persist-data" and _key(one) == _key(step)
    )


def keep_it_under_another_key(file: File) -> Iterator[Site]:
    """What instances have kept is not found."""
    for step in _keeping(file):
        if _scope(step) not in {"", "Execution"}:
            report = Reported("state-key-renamed", BREAKING, step.name)
            yield put(step, ("inputs", "keyInput", "value"), "quite-another", report)


def keep_it_under_another_key_for_a_run(file: File) -> Iterator[Site]:
    """It is forgotten when the run ends."""
    for step in _keeping(file):
        if _scope(step) == "Execution":
            report = Reported("state-key-renamed", SAFE, step.name)
            yield put(step, ("inputs", "keyInput", "value"), "quite-another", report)


def _kept_for(file: File, step: StepPlace, scope: str, grade: Grade) -> Site:
    key = step.action[1].replace(_scope(step), scope)
    site = put(step, ("action", "key"), key, Reported("state-scope-changed", grade, step.name))
    return site._replace(touches=(step.path, *_touched(file, step)))


def keep_it_for_others(file: File) -> Iterator[Site]:
    """What instances have kept is not found there."""
    for step in _keeping(file):
        if _scope(step) in {"Instance", "CrossFlow"}:
            yield _kept_for(file, step, "CrossFlow" if _scope(step) == "Instance" else "Instance", BREAKING)


def keep_it_for_a_run_only(file: File) -> Iterator[Site]:
    """The next run does not find it."""
    for step in _keeping(file):
        if _scope(step) in {"Instance", "CrossFlow"}:
            yield _kept_for(file, step, "Execution", BREAKING)


def keep_it_longer_than_a_run(file: File) -> Iterator[Site]:
    """The next run finds it."""
    for step in _keeping(file):
        if _scope(step) == "Execution":
            yield _kept_for(file, step, "Instance", RISKY)


def read_in_place_of_keeping(file: File) -> Iterator[Site]:
    """It is kept no more."""
    for step in _keeping(file):
        if step.action[1] == "saveInstanceValue":
            report = Reported("state-action-changed", RISKY, step.name)
            yield put(step, ("action", "key"), "getInstanceValue", report)


def keep_something_new(file: File) -> Iterator[Site]:
    """No step had that key."""
    inputs = {"keyInput": value("brand-new"), "valueInput": value("1")}
    keys = (_key(step) for step in _keeping(file))
    for place in file.plain_steps if "brand-new" not in keys else ():
        name = f"Brand New Step after {place.name}"
        new = {"name": name, "action": component("persist-data", "saveInstanceValue"), "inputs": inputs}
        if place.is_leaf and place.action != ("loop", "breakLoop"):
            yield add_behind(place, new, Reported("state-key-added", SAFE, name))


def keep_it_no_more(file: File) -> Iterator[Site]:
    """Other steps still read it, or none do."""
    for step in _keeping(file):
        if step.action[1].startswith("save") and _scope(step) != "Execution":
            is_read = len([path for path in _touched(file, step) if path != step.path]) > 0
            report = Reported("state-key-removed", RISKY if is_read else SAFE, step.name)
            yield remove(step, report)._replace(touches=(step.path, *_touched(file, step)))
