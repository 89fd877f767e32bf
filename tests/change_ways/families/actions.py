"""What a step performs."""

from collections.abc import Iterator

from change_ways.edits import drop, put
from change_ways.effects import GET, LOG, POST, PURE, PUT_OBJECT, is_known
from change_ways.file import File, StepPlace
from change_ways.generated_flows import component
from change_ways.way import BREAKING, RISKY, Reported, Site

_VERSION = ("action", "component", "version")


def _version(step: StepPlace) -> object:
    return step.part["action"]["component"].get("version", "LATEST")


def _plain(file: File) -> Iterator[StepPlace]:
    return (step for step in file.plain_steps if step.is_leaf)


def _performing(step: StepPlace, keys: tuple[str, ...], value: object, report: Reported) -> Site:
    """Change what a step does: what is told of its inputs depends on it."""
    return put(step, keys, value, report)._replace(touches=(step.path,))


def get_in_place_of_post(file: File) -> Iterator[Site]:
    """Nothing is written any more."""
    for step in file.named(POST):
        yield _performing(
            step, ("action", "key"), "httpGet", Reported("step-action-changed", BREAKING, step.name)
        )


def post_in_place_of_get(file: File) -> Iterator[Site]:
    """Data goes where it did not go."""
    for step in file.named(GET):
        yield _performing(
            step, ("action", "key"), "httpPost", Reported("step-action-changed", RISKY, step.name)
        )


def change_text_in_another_way(file: File) -> Iterator[Site]:
    """The step gives something else."""
    for step in file.named(("text-manipulation", "upperCase")):
        yield _performing(
            step, ("action", "key"), "lowerCase", Reported("step-action-changed", RISKY, step.name)
        )


def write_by_another_component(file: File) -> Iterator[Site]:
    """What was written goes elsewhere."""
    for step in file.named(POST, PUT_OBJECT):
        other = component("google-cloud-storage", "saveFile")
        yield _performing(step, ("action",), other, Reported("component-changed", BREAKING, step.name))


def compute_by_another_component(file: File) -> Iterator[Site]:
    """The step gives something else."""
    for step in _plain(file):
        if step.action in PURE - {LOG} and step.part["action"]["component"]["key"] != "datetime":
            other = component("datetime", "getCurrentDateTime")
            yield _performing(step, ("action",), other, Reported("component-changed", RISKY, step.name))


def use_a_private_component_of_that_name(file: File) -> Iterator[Site]:
    """It is another component."""
    for step in _plain(file):
        if is_known(step):
            report = Reported("component-visibility-changed", BREAKING, step.name)
            yield _performing(step, ("action", "component", "isPublic"), False, report)


def pin_a_version(file: File) -> Iterator[Site]:
    """It follows the newest one no more."""
    for step in file.steps:
        if _version(step) == "LATEST":
            yield put(step, _VERSION, 3, Reported("component-version-pinned", RISKY, step.name))


def follow_the_newest_version(file: File) -> Iterator[Site]:
    """Which one it is depends on the day."""
    for step in file.steps:
        if _version(step) != "LATEST":
            yield put(step, _VERSION, "LATEST", Reported("component-version-unpinned", RISKY, step.name))


def name_no_version(file: File) -> Iterator[Site]:
    """Without one it is the newest."""
    for step in file.steps:
        if _version(step) != "LATEST":
            yield drop(step, _VERSION, Reported("component-version-unpinned", RISKY, step.name))


def raise_a_version(file: File) -> Iterator[Site]:
    """It may behave otherwise."""
    for step in file.steps:
        if isinstance(version := _version(step), int):
            yield put(step, _VERSION, version + 10, Reported("component-version-raised", RISKY, step.name))


def lower_a_version(file: File) -> Iterator[Site]:
    """What was mended is missing."""
    for step in file.steps:
        if isinstance(version := _version(step), int) and version > 1:
            yield put(step, _VERSION, version - 1, Reported("component-version-lowered", RISKY, step.name))


def sign_a_component(file: File) -> Iterator[Site]:
    """It may be another one."""
    for step in file.steps:
        report = Reported("component-setting-changed", RISKY, step.name)
        yield put(step, ("action", "component", "signature"), "a1b2", report)
