"""Steps that come, go, move or get another name."""

from collections.abc import Callable, Iterator
from typing import Any

from change_ways.edits import add_behind, at_once, move, move_to, put, remove
from change_ways.effects import GET, LOG, PURE, READS, WRITES, is_known, is_unknown
from change_ways.file import STOP, Data, File, StepPlace, below, has_waiting_callers
from change_ways.generated_flows import component, value
from change_ways.names import codes, is_said, readers, ref_of, rename_step
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site
from xchange_cli.changes.grade import Grade

_CODE_TEXT = "module.exports = async () => ({ data: 1 });\n"

Make = Callable[[str], Data]
"""Makes a step of that name."""


def _performing(action: Data, inputs: Data | None = None, **more: Any) -> Make:
    return lambda name: {"name": name, "action": action, "inputs": inputs or {}, **more}


_posting = _performing(component("http", "httpPost"), {"url": value("https://new.test/in")})


def _added(file: File, make: Make, kind: str, grade: Grade) -> Iterator[Site]:
    """Put a step behind each one behind which it is not the last of a flow with callers that wait.

    No two new steps have the same name.
    """
    for place in file.steps:
        if not place.may_answer and place.action not in {STOP, ("loop", "breakLoop")}:
            name = f"Brand New Step after {place.name}"
            yield add_behind(place, make(name), Reported(kind, grade, name))


def write_elsewhere(file: File) -> Iterator[Site]:
    """Data goes where it did not go."""
    yield from _added(file, _posting, "writing-step-added", RISKY)


def write_elsewhere_in_a_loop(file: File) -> Iterator[Site]:
    """Data goes where it did not go."""

    def make(name: str) -> Data:
        return _performing(component("loop", "loopNTimes"), steps=[_posting(f"Within {name}")])(name)

    yield from _added(file, make, "writing-step-added", RISKY)


def log_more(file: File) -> Iterator[Site]:
    """Nobody outside sees it."""
    logging = _performing(component("log", "writeLog"), {"message": value("brand new")})
    yield from _added(file, logging, "step-added", SAFE)


def run_more_code(file: File) -> Iterator[Site]:
    """Code may do anything."""
    running = _performing(component("code", "runCode"), {"code": value(_CODE_TEXT)})
    yield from _added(file, running, "step-added", RISKY)


def use_an_own_component(file: File) -> Iterator[Site]:
    """What it does is not known."""
    action = {"key": "doIt", "component": {"key": "our-very-own", "isPublic": False, "version": 1}}
    yield from _added(file, _performing(action), "step-added", RISKY)


def end_the_run(file: File) -> Iterator[Site]:
    """What stands behind is not done."""
    ending = _performing(component("stop-execution", "stopExecution"))
    for site in _added(file, ending, "ending-step-added", RISKY):
        if not _is_in_waited_flow(file, site):
            yield site


def _is_in_waited_flow(file: File, site: Site) -> bool:
    return any(has_waiting_callers(flow) for flow in file.flows if flow.path == site.touches[0][:2])


def add_a_loop(file: File) -> Iterator[Site]:
    """It may be done any number of times."""
    yield from _added(file, _performing(component("loop", "loopNTimes"), steps=[]), "loop-added", RISKY)


def _removable(file: File, *actions: tuple[str, str]) -> Iterator[StepPlace]:
    for step in file.plain_steps:
        if (step.action in actions or not actions) and step.is_leaf:
            yield step


def write_no_more(file: File) -> Iterator[Site]:
    """Somebody waits for it."""
    for step in _removable(file, *WRITES):
        yield remove(step, Reported("writing-step-removed", BREAKING, step.name))


def log_less(file: File) -> Iterator[Site]:
    """Nobody outside sees it."""
    for step in _removable(file, *PURE, *READS):
        if not readers(step) and not is_said(ref_of(step.name), codes(file)):
            yield remove(step, Reported("step-removed", SAFE, step.name))


def give_nothing_to_read(file: File) -> Iterator[Site]:
    """What read it finds nothing."""
    for step in _removable(file, *PURE, *READS):
        if readers(step):
            yield remove(step, Reported("step-removed", RISKY, step.name))


def run_less_code(file: File) -> Iterator[Site]:
    """Code may have written."""
    for step in _removable(file):
        if is_unknown(step):
            yield remove(step, Reported("step-removed", RISKY, step.name))


def leave_a_loop_no_more(file: File) -> Iterator[Site]:
    """What stands behind is done now."""
    for step in _removable(file, ("loop", "breakLoop")):
        yield remove(step, Reported("ending-step-removed", RISKY, step.name))


def repeat_no_more(file: File) -> Iterator[Site]:
    """What the loop held is not done."""
    for step in file.plain_steps:
        inner = [one for one in file.steps if one.path[: len(step.path)] == step.path and one is not step]
        if "steps" in step.part and all(
            one.is_leaf and is_known(one) and one.action not in WRITES for one in inner
        ):
            yield remove(step, Reported("loop-removed", RISKY, step.name))


def rename_a_step(file: File) -> Iterator[Site]:
    """All references follow."""
    for step in file.plain_steps:
        if not is_said(ref_of(step.name), codes(file)):
            name = f"Other {step.name}"
            report = Reported("step-renamed", SAFE, name)
            touched = (step.path, *(said.path for said in readers(step)))
            yield Site(lambda step=step, name=name: rename_step(step, name), (report,), touched)


def rename_a_step_and_rewrite_it(file: File) -> Iterator[Site]:
    """What reads it reads it still."""
    keys = {GET: "url", ("text-manipulation", "upperCase"): "text"}
    for site in rename_a_step(file):
        step = next(step for step in file.steps if step.path == site.touches[0])
        key, name = keys.get(step.action, ""), site.reports[0].name
        if key in step.inputs and readers(step):
            said = step.inputs[key]
            is_given = said["type"] == "configVar" or "{{#" in said["value"]
            kind = "step-config-dropped" if is_given else "step-input-changed"
            other = put(step, ("inputs", key), value("elsewhere.test/v2"), Reported(kind, RISKY, name))
            yield at_once(site, other)


def describe_a_step(file: File) -> Iterator[Site]:
    """Words for people."""
    for step in file.steps:
        yield put(
            step, "description", "In other words.", Reported("step-description-changed", SAFE, step.name)
        )


def give_a_step_a_stable_key(file: File) -> Iterator[Site]:
    """An import knows it by its name, too."""
    for step in file.steps:
        if not step.part.get("stableKey"):
            yield put(step, "stableKey", "its-key", Reported("step-stable-key-changed", SAFE, step.name))


def set_an_unknown_key(file: File) -> Iterator[Site]:
    """What it does is not known."""
    for step in file.steps:
        yield put(step, "color", "red", Reported("step-setting-changed", RISKY, step.name))


def _movable(file: File) -> Iterator[tuple[StepPlace, tuple[StepPlace, ...]]]:
    """Yield steps with those that stand before them in their list and behind all that they read, where they are two."""
    for step in file.plain_steps:
        stands = [one for one in file.plain_steps if one.siblings is step.siblings and one.index < step.index]
        read = max((one.index for one in stands if _reads(step, one)), default=-1)
        before = tuple(one for one in stands if one.index > read)
        if len(before) > 1 and step.is_leaf:
            yield step, before


def _reads(step: StepPlace, other: StepPlace) -> bool:
    return any(said.path[: len(step.path)] == step.path for said in readers(other))


def _first_of(before: tuple[StepPlace, ...]) -> StepPlace | None:
    """Give what stands before the first of these steps: a trigger, or nothing."""
    first = before[0]
    return (
        StepPlace(first.path, first.siblings[first.index - 1], first.siblings, first.flow)
        if first.index
        else None
    )


def write_at_another_time(file: File) -> Iterator[Site]:
    """What it writes comes earlier."""
    for step, before in _movable(file):
        if step.action in WRITES:
            yield move(step, _first_of(before), Reported("step-moved", RISKY, step.name))


def log_at_another_time(file: File) -> Iterator[Site]:
    """It neither reads nor writes."""
    for step, before in _movable(file):
        if step.action in PURE:
            yield move(step, _first_of(before), Reported("step-moved", SAFE, step.name))


def read_before_others_write(file: File) -> Iterator[Site]:
    """It may find what was there before."""
    for step, before in _movable(file):
        if step.action in READS and any(one.action in WRITES or is_unknown(one) for one in before):
            yield move(step, _first_of(before), Reported("step-moved", RISKY, step.name))


def read_before_it_is_given(file: File) -> Iterator[Site]:
    """It finds nothing."""
    for step in file.plain_steps:
        before = [one for one in file.plain_steps if one.siblings is step.siblings and one.index < step.index]
        is_pure = step.action in PURE and step.is_leaf
        if len(before) > 1 and is_pure and any(_reads(step, one) for one in before):
            yield move(step, _first_of(tuple(before)), Reported("step-moved", RISKY, step.name))


def _in_loops(file: File) -> Iterator[StepPlace]:
    return (step for step in file.plain_steps if "steps" in step.part)


def do_it_in_a_loop(file: File) -> Iterator[Site]:
    """It is done once for each item."""
    for loop in _in_loops(file):
        for step in file.plain_steps:
            if step.siblings is loop.siblings and step.is_leaf and step is not loop:
                report = Reported("step-moved-across", RISKY, step.name)
                yield move_to(step, loop.part["steps"], loop.path, 0, report)


def do_it_in_a_branch(file: File) -> Iterator[Site]:
    """It is done in some cases only."""
    for holder, branches in file.branches():
        for step in () if holder.may_answer or holder.is_trigger else file.plain_steps:
            if step.siblings is holder.siblings and step.is_leaf:
                report = Reported("step-moved-across", RISKY, step.name)
                yield move_to(step, branches[-1].part["steps"], holder.path, 0, report)


def do_it_once(file: File) -> Iterator[Site]:
    """It was done for each item."""
    for loop in _in_loops(file):
        for place in below(loop, "steps"):
            inner = next(step for step in file.steps if step.part is place.part)
            if inner.is_leaf and inner.action not in {("loop", "breakLoop"), STOP}:
                report = Reported("step-moved-across", RISKY, inner.name)
                yield move_to(inner, loop.siblings, loop.path, loop.index, report)


def do_it_in_another_flow(file: File) -> Iterator[Site]:
    """Another flow does it now."""
    for flow in file.flows:
        names = {step.name for step in file.steps if step.flow.path == flow.path}
        for step in file.plain_steps:
            is_telling = len(step.inputs) > 1 and step.is_leaf and not has_waiting_callers(flow)
            if step.flow.path != flow.path and is_telling and step.action != LOG and step.name not in names:
                report = Reported("step-moved-to-other-flow", RISKY, step.name)
                yield move_to(step, flow.part["steps"], (*flow.path, "steps"), 1, report)
