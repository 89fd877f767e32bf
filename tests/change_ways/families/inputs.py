"""What a step is given."""

from collections.abc import Iterator

from change_ways.edits import drop, put
from change_ways.effects import CODE, CONTENTS, DESTINATIONS, GET, INVOKE, LOG, LOOP_ITEMS, LOOP_TIMES, POST
from change_ways.file import Data, File, Place, StepPlace
from change_ways.generated_flows import config, reference, template, value
from change_ways.names import ref_of
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site


def _given(
    file: File, inputs: dict[tuple[str, str], str], *types: str
) -> Iterator[tuple[StepPlace, str, Data]]:
    """Yield the inputs of the known actions that have a value of one of the types."""
    for step in file.plain_steps:
        key = inputs.get(step.action, "")
        said = step.inputs.get(key)
        if said and said["type"] in types and said["value"]:
            yield step, key, said


def _start(step: StepPlace) -> str:
    return ref_of(step.flow.part["steps"][0]["name"])


def write_to_another_place(file: File) -> Iterator[Site]:
    """Whoever reads at the old one finds nothing new."""
    for step, key, said in _given(file, DESTINATIONS, "value"):
        report = Reported("destination-changed", BREAKING, step.name)
        yield put(step, ("inputs", key, "value"), f"{said['value']}other", report)


def write_to_a_place_that_comes_up_in_a_run(file: File) -> Iterator[Site]:
    """It may be another place."""
    for step, key, said in _given(file, DESTINATIONS, "template"):
        if "{{" in said["value"]:
            report = Reported("destination-changed", RISKY, step.name)
            yield put(step, ("inputs", key, "value"), f"{said['value']}other", report)


def write_something_else(file: File) -> Iterator[Site]:
    """Other systems get another value."""
    for step, key, said in _given(file, CONTENTS, "value", "template"):
        if said["type"] == "value" or "{{#" not in said["value"]:
            report = Reported("writing-input-changed", RISKY, step.name)
            yield put(step, ("inputs", key, "value"), f"{said['value']} and more", report)


def write_with_another_setting(file: File) -> Iterator[Site]:
    """Other systems get another request."""
    for step, key, _ in _given(file, {POST: "timeout"}, "value"):
        yield put(step, ("inputs", key, "value"), "1234", Reported("writing-input-changed", RISKY, step.name))


def send_another_header(file: File) -> Iterator[Site]:
    """Other systems get another request."""
    for step, key, said in _given(file, {POST: "headers"}, "complex"):
        items = [*said["value"], {"name": "X-More", "type": "value", "value": "yes"}]
        yield put(step, ("inputs", key, "value"), items, Reported("writing-input-changed", RISKY, step.name))


def say_more_in_the_log_of_a_request(file: File) -> Iterator[Site]:
    """Nobody outside sees it."""
    for step in file.plain_steps:
        if step.action == POST and "debugRequest" not in step.inputs:
            report = Reported("writing-input-changed", SAFE, step.name)
            yield put(step, ("inputs", "debugRequest"), value("true"), report)


def take_the_contents_from_elsewhere(file: File) -> Iterator[Site]:
    """Other systems get another value."""
    for step, key, said in _given(file, CONTENTS, "reference"):
        report = Reported("step-reference-changed", RISKY, step.name)
        yield put(step, ("inputs", key, "value"), f"{said['value']}.other", report)


def log_the_result_of_a_step(file: File) -> Iterator[Site]:
    """Nobody outside sees it."""
    for step, key, _ in _given(file, {LOG: "message"}, "value"):
        said = reference(f"{_start(step)}.results.other")
        yield put(step, ("inputs", key), said, Reported("step-reference-changed", SAFE, step.name))


def read_at_another_place(file: File) -> Iterator[Site]:
    """The step gives something else."""
    for step, key, said in _given(file, {GET: "url"}, "value", "template"):
        report = Reported("step-input-changed", RISKY, step.name)
        yield put(step, ("inputs", key, "value"), f"{said['value']}/other", report)


def log_something_else(file: File) -> Iterator[Site]:
    """Nobody outside sees it."""
    for step, key, said in _given(file, {LOG: "message"}, "value"):
        report = Reported("step-input-changed", SAFE, step.name)
        yield put(step, ("inputs", key, "value"), f"{said['value']} and more", report)


def wait_longer_for_an_answer(file: File) -> Iterator[Site]:
    """The step may give something else."""
    for step in file.plain_steps:
        if step.action == GET and "maxRetries" not in step.inputs:
            report = Reported("step-input-added", RISKY, step.name)
            yield put(step, ("inputs", "maxRetries"), value("3"), report)


def log_as_a_warning(file: File) -> Iterator[Site]:
    """Nobody outside sees it."""
    for step in file.plain_steps:
        if step.action == LOG and "level" not in step.inputs:
            report = Reported("step-input-added", SAFE, step.name)
            yield put(step, ("inputs", "level"), value("warn"), report)


def wait_as_long_as_it_takes(file: File) -> Iterator[Site]:
    """The step may give something else."""
    for step, key, _ in _given(file, {GET: "timeout"}, "value"):
        yield drop(step, ("inputs", key), Reported("step-input-removed", RISKY, step.name))


def log_nothing(file: File) -> Iterator[Site]:
    """Nobody outside sees it."""
    for step, key, _ in _given(file, {LOG: "message"}, "value"):
        yield put(step, ("inputs", key, "value"), "", Reported("step-input-removed", SAFE, step.name))


def _variable(file: File) -> Place | None:
    return next((one for one in file.values if one.part["dataType"] == "string"), None)


def _from_config(file: File, inputs: dict[tuple[str, str], str], kind: str) -> Iterator[Site]:
    variable = _variable(file)
    for step, key, _ in _given(file, inputs, "value") if variable is not None else ():
        for said in (config(variable.name), template(f"in {{{{#{variable.name}}}}}")):
            yield put(step, ("inputs", key), said, Reported(kind, RISKY, step.name))


def let_customers_say_it(file: File) -> Iterator[Site]:
    """Each instance uses its own value."""
    yield from _from_config(file, {LOG: "message", GET: "timeout", POST: "timeout"}, "step-config-used")


def let_customers_say_where(file: File) -> Iterator[Site]:
    """Each instance writes to its own place."""
    yield from _from_config(file, DESTINATIONS, "destination-changed")


def _to_file(file: File, inputs: dict[tuple[str, str], str], kind: str) -> Iterator[Site]:
    for step, key, said in _given(file, inputs, "configVar", "template"):
        if said["type"] == "configVar" or "{{#" in said["value"]:
            yield put(step, ("inputs", key), value("https://fixed.test"), Reported(kind, RISKY, step.name))


def say_it_in_the_file(file: File) -> Iterator[Site]:
    """What instances have set counts no more."""
    keys = {GET: "url", ("text-manipulation", "upperCase"): "text"}
    yield from _to_file(file, keys, "step-config-dropped")


def say_where_in_the_file(file: File) -> Iterator[Site]:
    """Instances write to another place than they have set."""
    yield from _to_file(file, DESTINATIONS, "destination-changed")


def use_another_account(file: File) -> Iterator[Site]:
    """It may have other rights."""
    for step, key, _ in _given(file, {POST: "connection", GET: "connection"}, "configVar"):
        for connection in file.connections:
            if connection.name != step.inputs[key]["value"]:
                report = Reported("step-connection-changed", RISKY, step.name)
                yield put(step, ("inputs", key, "value"), connection.name, report)


def call_another_flow(file: File) -> Iterator[Site]:
    """The flow that was called does nothing."""
    for step, key, said in _given(file, {INVOKE: "flowName"}, "value"):
        for flow in file.flows:
            if flow.name != said["value"]:
                report = Reported("called-flow-changed", RISKY, step.name)
                yield put(step, ("inputs", key, "value"), flow.name, report)


def send_another_password(file: File) -> Iterator[Site]:
    """Another system is signed in to with another one."""
    for step in file.plain_steps:
        if step.action == ("", "") and step.part["action"]["component"]["key"] == "our-own":
            report = Reported("secret-input-changed", RISKY, step.name)
            yield put(step, ("inputs", "password"), value("n0t-to-be-shown"), report)


def compute_otherwise(file: File) -> Iterator[Site]:
    """The code gives something else."""
    for step in file.steps:
        if step.action == CODE:
            code = step.inputs["code"]["value"].rstrip()
            report = Reported("code-changed", RISKY, step.name)
            yield put(step, ("inputs", "code", "value"), f"{code}\nmodule.exports.more = 1;\n", report)


def repeat_for_other_items(file: File) -> Iterator[Site]:
    """What it holds is done for others."""
    for step, key, said in _given(file, {LOOP_ITEMS: "items"}, "reference"):
        report = Reported("loop-source-changed", RISKY, step.name)
        yield put(step, ("inputs", key, "value"), f"{said['value']}.more", report)


def repeat_more_often(file: File) -> Iterator[Site]:
    """What it holds is done more often."""
    for step, key, _ in _given(file, {LOOP_TIMES: "iterationCount"}, "value"):
        yield put(step, ("inputs", key, "value"), "77", Reported("loop-source-changed", RISKY, step.name))
