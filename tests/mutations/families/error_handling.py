"""What happens when a step or a flow fails."""

from collections.abc import Iterator

from mutations.changes import add_entry, replace
from mutations.correct import Breakage, Correct, around, broken, misspelt
from xchange_cli.document.node import Mapping


def _settings(file: Correct, holder: str, key: str) -> Iterator[Mapping]:
    """Yield the mappings below `holder` of flows and steps that have the key."""
    nodes = [flow.node for flow in file.integration.flows] + [step.step.node for step in file.steps]
    for node in nodes:
        setting = node.mapping(holder)
        if setting is not None and key in setting.entries:
            yield setting


def _with(file: Correct, holder: str, key: str, text: str) -> Iterator[Breakage]:
    for setting in _settings(file, holder, key):
        yield broken(replace(setting.entries[key].value, text))


def try_a_step_too_often(file: Correct) -> Iterator[Breakage]:
    """A step is tried five times more at most."""
    yield from _with(file, "errorConfig", "maxAttempts", "12")


def wait_too_long_before_a_step_is_tried_again(file: Correct) -> Iterator[Breakage]:
    """A step waits 60 seconds at most."""
    yield from _with(file, "errorConfig", "delaySeconds", "600")


def try_a_step_less_than_never(file: Correct) -> Iterator[Breakage]:
    """There is no such number of attempts."""
    yield from _with(file, "errorConfig", "maxAttempts", "-1")


def write_attempts_as_text(file: Correct) -> Iterator[Breakage]:
    """The number of attempts is a number, not a text."""
    yield from _with(file, "errorConfig", "maxAttempts", "'2'")


def misspell_what_happens_on_an_error(file: Correct) -> Iterator[Breakage]:
    """A step fails, ignores its error, or is tried again."""
    for setting in _settings(file, "errorConfig", "errorHandlerType"):
        value = setting.entries["errorHandlerType"].value
        yield broken(replace(value, misspelt(str(value.data))))


def misspell_a_setting_of_errors(file: Correct) -> Iterator[Breakage]:
    """There is no such setting."""
    for setting in _settings(file, "errorConfig", "maxAttempts"):
        yield broken(replace(setting.entries["maxAttempts"].key, "maxRetries"))


def write_how_errors_are_handled_as_text(file: Correct) -> Iterator[Breakage]:
    """`errorConfig` is a mapping."""
    for step in file.steps:
        setting = step.step.node.mapping("errorConfig")
        if setting is not None:
            place = step.step.node.entries["errorConfig"].key.span
            yield broken(replace(setting, "ignore"), at=(place,), at_edits=True)


def try_a_flow_too_often(file: Correct) -> Iterator[Breakage]:
    """A flow is run ten times more at most."""
    yield from _with(file, "retryConfig", "maxAttempts", "20")


def wait_too_long_before_a_flow_is_run_again(file: Correct) -> Iterator[Breakage]:
    """A flow waits 60 minutes at most."""
    yield from _with(file, "retryConfig", "delayMinutes", "90")


def wait_half_a_minute(file: Correct) -> Iterator[Breakage]:
    """Flows wait for whole minutes."""
    yield from _with(file, "retryConfig", "delayMinutes", "0.5")


def let_a_caller_wait_for_five_long_retries(file: Correct) -> Iterator[Breakage]:
    """A synchronous flow answers within half a minute."""
    text = "errorConfig: {errorHandlerType: retry, maxAttempts: 5, delaySeconds: 60}"
    for step in file.steps:
        is_waited_for = step.flow.flow.is_synchronous and not step.step.is_trigger
        if is_waited_for and "errorConfig" not in step.step.node.entries:
            yield broken(add_entry(step.step.node, text), at=around(step.step), at_edits=True)


def let_retries_outlast_the_flow(file: Correct) -> Iterator[Breakage]:
    """A flow may take a quarter of an hour; doubled, the delays add up to half an hour."""
    text = "errorConfig: {errorHandlerType: retry, maxAttempts: 5, delaySeconds: 60, usesExponentialBackoff: true}"
    for step in file.steps:
        if not step.step.is_trigger and "errorConfig" not in step.step.node.entries:
            yield broken(add_entry(step.step.node, text), at=around(step.step), at_edits=True)
