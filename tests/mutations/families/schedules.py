"""Schedules of triggers."""

from collections.abc import Iterator

from mutations.changes import add_entry, remove_entry, replace
from mutations.correct import Breakage, Correct, around, broken, misspelt
from xchange_cli.document.node import Mapping, Node
from xchange_cli.model.integration import Schedule
from xchange_cli.validation.facts import StepFacts


def _scheduled(file: Correct) -> Iterator[tuple[StepFacts, Schedule]]:
    for step in file.steps:
        if step.step.schedule is not None:
            yield step, step.step.schedule


def _with_cron(file: Correct, cron: str) -> Iterator[Breakage]:
    for _, schedule in _scheduled(file):
        if schedule.kind == "value" and schedule.value:
            yield broken(replace(schedule.node.entries["value"].value, f"'{cron}'"))


def _meta(schedule: Schedule, key: str) -> Node:
    meta = schedule.node.entries["meta"].value
    assert isinstance(meta, Mapping)
    return meta.entries[key].value


def forget_the_schedule(file: Correct) -> Iterator[Breakage]:
    """The flow would never run."""
    for step, _ in _scheduled(file):
        yield broken(remove_entry(step.step.node, "schedule"), at=around(step.step))


def write_six_fields(file: Correct) -> Iterator[Breakage]:
    """A schedule has five fields, without seconds."""
    yield from _with_cron(file, "0 */15 * * * *")


def write_four_fields(file: Correct) -> Iterator[Breakage]:
    """A schedule has five fields."""
    yield from _with_cron(file, "*/15 * * *")


def write_a_minute_that_there_is_not(file: Correct) -> Iterator[Breakage]:
    """Minutes go from 0 to 59."""
    yield from _with_cron(file, "75 * * * *")


def write_a_day_that_there_is_not(file: Correct) -> Iterator[Breakage]:
    """Days of the week go from 0 to 7."""
    yield from _with_cron(file, "0 0 * * 9")


def write_a_schedule_in_words(file: Correct) -> Iterator[Breakage]:
    """A schedule is a cron expression."""
    yield from _with_cron(file, "every 15 minutes")


def repeat_every_zero_minutes(file: Correct) -> Iterator[Breakage]:
    """A step of 0 is none."""
    yield from _with_cron(file, "*/0 * * * *")


def empty_the_schedule(file: Correct) -> Iterator[Breakage]:
    """The flow would never run."""
    yield from _with_cron(file, "")


def misspell_a_time_zone(file: Correct) -> Iterator[Breakage]:
    """There is no such time zone."""
    for _, schedule in _scheduled(file):
        if schedule.time_zone:
            yield broken(replace(_meta(schedule, "timeZone"), misspelt(schedule.time_zone)))


def misspell_the_time_zone_of_a_config_variable(file: Correct) -> Iterator[Breakage]:
    """There is no such time zone."""
    for variable in file.variables:
        if variable.time_zone:
            yield broken(replace(variable.node.entries["timeZone"].value, misspelt(variable.time_zone)))


def misspell_the_kind_of_a_schedule(file: Correct) -> Iterator[Breakage]:
    """There is no such kind of schedule."""
    for _, schedule in _scheduled(file):
        yield broken(replace(_meta(schedule, "scheduleType"), "quarterly"))


def give_a_webhook_a_schedule(file: Correct) -> Iterator[Breakage]:
    """A webhook waits for requests."""
    text = "schedule: {type: value, value: '0 2 * * *', meta: {scheduleType: day, timeZone: ''}}"
    for step in file.named("webhook-triggers", "webhook"):
        yield broken(add_entry(step.step.node, text), at=around(step.step), at_edits=True)


def give_a_step_a_schedule(file: Correct) -> Iterator[Breakage]:
    """Only triggers have a schedule."""
    text = "schedule: {type: value, value: '0 2 * * *', meta: {scheduleType: day, timeZone: ''}}"
    for step in file.named("code", "runCode"):
        yield broken(add_entry(step.step.node, text), at=around(step.step), at_edits=True)


def misspell_the_variable_of_a_schedule(file: Correct) -> Iterator[Breakage]:
    """No config variable has this key."""
    for _, schedule in _scheduled(file):
        if schedule.kind == "configVar":
            yield broken(replace(schedule.node.entries["value"].value, misspelt(schedule.value)))


def take_a_variable_that_is_no_schedule(file: Correct) -> Iterator[Breakage]:
    """The variable holds no schedule."""
    for _, schedule in _scheduled(file):
        for variable in file.variables:
            if variable.data_type in {"string", "number", "date"}:
                node = schedule.node
                edits = (
                    replace(node.entries["type"].value, "configVar"),
                    replace(node.entries["value"].value, variable.key),
                )
                yield broken(*edits)
                break


def misspell_the_kind_of_value_of_a_schedule(file: Correct) -> Iterator[Breakage]:
    """A schedule is a `value` or a `configVar`."""
    for _, schedule in _scheduled(file):
        yield broken(replace(schedule.node.entries["type"].value, "cron"))


def write_a_schedule_as_bare_text(file: Correct) -> Iterator[Breakage]:
    """A schedule is a mapping with `type` and `value`."""
    for _, schedule in _scheduled(file):
        yield broken(replace(schedule.node, "'0 2 * * *'"))
