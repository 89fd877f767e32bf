"""Branches, and what chooses them."""

from collections.abc import Iterator
from typing import Any

from change_ways.edits import put
from change_ways.effects import BRANCH_IF, BRANCH_ON, WRITES
from change_ways.file import Data, File, Place, StepPlace, position
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site

_KEYS = {
    BRANCH_IF: "conditions",
    BRANCH_ON: "branchValueMappings",
    ("openai", "classifyAndBranch"): "branches",
}


def _choosing(file: File) -> Iterator[tuple[StepPlace, tuple[Place, ...], list[Data]]]:
    """Yield steps with their branches and the items of the input that names them, all but `Else`."""
    for step, branches in file.branches():
        if step.action in _KEYS and not step.may_answer:
            yield step, branches[:-1], step.inputs[_KEYS[step.action]]["value"]


def _at(step: StepPlace, make: Any, *reports: Reported) -> Site:
    return Site(make, reports, (step.path,))


def _item(items: list[Data], name: str) -> Data:
    return next(item for item in items if item["name"] == name)


def _new_item(step: StepPlace) -> Data:
    if step.action == BRANCH_IF:
        test = ["and", ["isTrue", {"name": "", "type": "value", "value": "true"}]]
        return {"name": "Brand New", "type": "complex", "value": test}
    return {"name": "Brand New", "type": "value", "value": "brand new"}


def add_a_branch(file: File) -> Iterator[Site]:
    """It is chosen where another one was."""
    for step, branches, items in _choosing(file):

        def make(step: StepPlace = step, branches: Any = branches, items: Any = items) -> None:
            step.part["branches"].insert(len(branches), {"name": "Brand New", "steps": []})
            items.append(_new_item(step))

        yield _at(step, make, Reported("branch-added", RISKY, "Brand New"))


def _writes(file: File, branch: Place) -> bool:
    return any(step.action in WRITES for step in file.steps if step.path[: len(branch.path)] == branch.path)


def _is_harmless(file: File, branch: Place) -> bool:
    return not branch.part["steps"]


def _removed(step: StepPlace, branch: Place, items: list[Data], report: Reported) -> Site:
    def make() -> None:
        branch.siblings.pop(position(branch.siblings, branch.part))
        items.pop(position(items, _item(items, branch.name)))

    return _at(step, make, report)


def remove_a_branch(file: File) -> Iterator[Site]:
    """Its cases take another one."""
    for step, branches, items in _choosing(file):
        for branch in branches if len(branches) > 1 else ():
            if _is_harmless(file, branch):
                yield _removed(step, branch, items, Reported("branch-removed", RISKY, branch.name))


def remove_a_branch_that_writes(file: File) -> Iterator[Site]:
    """Somebody waits for what it wrote."""
    for step, branches, items in _choosing(file):
        for branch in branches if len(branches) > 1 else ():
            if _writes(file, branch):
                yield _removed(step, branch, items, Reported("branch-removed", BREAKING, branch.name))


def rename_a_branch(file: File) -> Iterator[Site]:
    """It is chosen as before."""
    for step, branches, items in _choosing(file):
        for branch in branches:

            def make(branch: Place = branch, items: Any = items) -> None:
                _item(items, branch.name)["name"] = f"Other {branch.part['name']}"
                branch.part["name"] = f"Other {branch.part['name']}"

            yield _at(step, make, Reported("branch-renamed", SAFE, f"Other {branch.name}"))


def try_a_branch_first(file: File) -> Iterator[Site]:
    """Where two fit, another one is taken."""
    for step, branches, items in _choosing(file):
        if len(branches) > 2:
            last = branches[-1]

            def make(last: Place = last, items: Any = items) -> None:
                item = _item(items, last.name)
                last.siblings.insert(0, last.siblings.pop(position(last.siblings, last.part)))
                items.insert(0, items.pop(position(items, item)))

            yield _at(step, make, Reported("branch-moved", RISKY, last.name))


def swap_two_branches(file: File) -> Iterator[Site]:
    """Where both fit, the other one is taken."""
    for step, branches, items in _choosing(file):
        if len(branches) == 2:

            def make(step: StepPlace = step, items: Any = items) -> None:
                step.part["branches"][:2] = reversed(step.part["branches"][:2])
                items.reverse()

            yield _at(step, make, Reported("branch-moved", RISKY))


def set_an_unknown_key(file: File) -> Iterator[Site]:
    """What it does is not known."""
    for _, branches in file.branches():
        for branch in branches:
            yield put(branch, "color", "red", Reported("branch-setting-changed", RISKY, branch.name))


def choose_by_another_value(file: File) -> Iterator[Site]:
    """Other cases take the branch."""
    for step, branches, items in _choosing(file):
        if step.action == BRANCH_ON:
            index = position(items, _item(items, branches[0].name))
            keys = ("inputs", _KEYS[step.action], "value", index, "value")
            yield put(step, keys, "quite-another", Reported("condition-changed", RISKY, step.name))


def choose_by_something_else(file: File) -> Iterator[Site]:
    """Other cases take the branch."""
    for step, _, _ in _choosing(file):
        if step.action == BRANCH_ON and step.inputs["inputValue"]["type"] == "reference":
            value = f"{step.inputs['inputValue']['value']}.other"
            yield put(
                step,
                ("inputs", "inputValue", "value"),
                value,
                Reported("condition-changed", RISKY, step.name),
            )


def choose_by_another_condition(file: File) -> Iterator[Site]:
    """Other cases take the branch."""
    for step, _, items in _choosing(file):
        if step.action == BRANCH_IF:
            other = "or" if items[0]["value"][0] == "and" else "and"
            index = position(items, items[0])
            more = ["isTrue", {"name": "", "type": "value", "value": "true"}]
            keys = ("inputs", "conditions", "value", index, "value")
            value = [other, *items[0]["value"][1:], more]
            yield put(step, keys, value, Reported("condition-changed", RISKY, step.name))
