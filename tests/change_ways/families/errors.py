"""What happens when a step fails."""

from collections.abc import Iterator

from change_ways.edits import drop, put
from change_ways.file import File, StepPlace
from change_ways.way import RISKY, Reported, Site

_RETRY = {"errorHandlerType": "retry", "maxAttempts": 3, "delaySeconds": 2}


def _handler(step: StepPlace) -> str:
    return str((step.part.get("errorConfig") or {}).get("errorHandlerType", "fail"))


def _ignores_last(step: StepPlace) -> bool:
    return bool((step.part.get("errorConfig") or {}).get("ignoreFinalError"))


def go_on_when_it_fails(file: File) -> Iterator[Site]:
    """Nobody notices that it failed."""
    for step in file.steps:
        if _handler(step) == "fail" and not step.is_trigger:
            config = {"errorHandlerType": "ignore"}
            yield put(step, "errorConfig", config, Reported("errors-ignored", RISKY, step.name))


def go_on_when_it_fails_for_good(file: File) -> Iterator[Site]:
    """Nobody notices that it failed in the end."""
    for step in file.steps:
        if _handler(step) == "retry" and not _ignores_last(step):
            report = Reported("errors-ignored", RISKY, step.name)
            yield put(step, ("errorConfig", "ignoreFinalError"), True, report)


def end_when_it_fails(file: File) -> Iterator[Site]:
    """Runs end that went on."""
    for step in file.steps:
        if _handler(step) == "ignore":
            yield drop(step, "errorConfig", Reported("errors-no-longer-ignored", RISKY, step.name))


def try_it_again(file: File) -> Iterator[Site]:
    """What it writes may be written twice."""
    for step in file.steps:
        if _handler(step) == "fail" and not step.is_trigger:
            yield put(step, "errorConfig", _RETRY, Reported("step-retry-added", RISKY, step.name))


def try_it_once_only(file: File) -> Iterator[Site]:
    """Failures that went away end the run."""
    for step in file.steps:
        if _handler(step) == "retry" and not _ignores_last(step):
            yield drop(step, "errorConfig", Reported("step-retry-removed", RISKY, step.name))


def try_it_more_often(file: File) -> Iterator[Site]:
    """Runs take longer."""
    for step in file.steps:
        if _handler(step) == "retry":
            yield put(
                step, ("errorConfig", "maxAttempts"), 5, Reported("step-retry-changed", RISKY, step.name)
            )


def try_it_again_later(file: File) -> Iterator[Site]:
    """Runs take longer."""
    for step in file.steps:
        if _handler(step) == "retry":
            yield put(
                step, ("errorConfig", "delaySeconds"), 59, Reported("step-retry-changed", RISKY, step.name)
            )
