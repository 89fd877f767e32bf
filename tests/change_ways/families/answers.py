"""What callers get who wait for the result of a flow."""

from collections.abc import Iterator

from change_ways.edits import add_behind, move, put, remove
from change_ways.file import File, StepPlace, has_waiting_callers
from change_ways.generated_flows import component, value
from change_ways.way import BREAKING, RISKY, Reported, Site

_NEW = "Brand New Step"
_CREATE = ("collection-tools", "createObject")


def _last(file: File) -> Iterator[StepPlace]:
    """Yield the last step of each flow with callers that wait, where it holds no others."""
    for step in file.steps:
        is_last = step.siblings is step.flow.part["steps"] and step.index == len(step.siblings) - 1
        if is_last and step.is_leaf and not step.is_trigger and has_waiting_callers(step.flow):
            yield step


def _whole(step: StepPlace, site: Site) -> Site:
    return site._replace(touches=(step.flow.path,))


def answer_with_a_new_step(file: File) -> Iterator[Site]:
    """Callers get its result."""
    new = {
        "name": _NEW,
        "action": component("text-manipulation", "upperCase"),
        "inputs": {"text": value("a")},
    }
    for step in _last(file):
        yield _whole(step, add_behind(step, new, Reported("answering-step-changed", BREAKING, _NEW)))


def answer_with_the_step_before(file: File) -> Iterator[Site]:
    """Callers got the result of the last one."""
    for step in _last(file):
        if step.index > 1:
            yield _whole(step, remove(step, Reported("answering-step-changed", BREAKING, step.name)))


def answer_with_a_step_that_was_earlier(file: File) -> Iterator[Site]:
    """Callers get the result of another one."""
    for last in _last(file):
        for step in file.plain_steps:
            if step.siblings is last.siblings and 0 < step.index < last.index - 1 and step.is_leaf:
                yield _whole(last, move(step, last, Reported("answering-step-changed", BREAKING, step.name)))


def answer_in_another_shape(file: File) -> Iterator[Site]:
    """Callers read what is gone."""
    for step in _last(file):
        if step.action == _CREATE:
            items = step.inputs["keyValueInput"]["value"]
            changed = [{**items[0], "name": "quiteAnother"}, *items[1:]]
            report = Reported("response-shape-changed", BREAKING, step.name)
            yield put(step, ("inputs", "keyValueInput", "value"), changed, report)


def answer_in_other_words(file: File) -> Iterator[Site]:
    """Callers get another text where they got one."""
    for step in _last(file):
        items = step.inputs["keyValueInput"]["value"] if step.action == _CREATE else []
        for at, item in enumerate(items):
            if item["type"] == "value" and item["value"].isalpha():
                changed = [*items[:at], {**item, "value": "other words"}, *items[at + 1 :]]
                report = Reported("response-shape-changed", RISKY, step.name)
                yield put(step, ("inputs", "keyValueInput", "value"), changed, report)


def answer_with_another_field_more(file: File) -> Iterator[Site]:
    """Callers get what they do not know."""
    for step in _last(file):
        if step.action == _CREATE:
            items = [
                *step.inputs["keyValueInput"]["value"],
                {"name": "more", "type": "value", "value": "yes"},
            ]
            report = Reported("response-shape-changed", BREAKING, step.name)
            yield put(step, ("inputs", "keyValueInput", "value"), items, report)


def refuse_with_another_status(file: File) -> Iterator[Site]:
    """Callers read it."""
    for step in file.named(("stop-execution", "stopExecution")):
        if has_waiting_callers(step.flow) and "statusCode" in step.inputs:
            report = Reported("response-shape-changed", BREAKING, step.name)
            yield put(step, ("inputs", "statusCode", "value"), "418", report)
