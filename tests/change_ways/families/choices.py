"""What can be chosen for a config variable, and when it says that a flow starts."""

from collections.abc import Iterator

from change_ways.edits import drop, put
from change_ways.file import File, Place
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site

_SOURCE = {"key": "selectUsers", "component": {"key": "slack", "isPublic": True, "version": "LATEST"}}


def _with_choices(file: File) -> Iterator[Place]:
    return (variable for variable in file.values if len(variable.part.get("pickList") or []) > 1)


def _of_type(file: File, kind: str) -> Iterator[Place]:
    return (variable for variable in file.values if variable.part["dataType"] == kind)


def take_a_choice_away(file: File) -> Iterator[Site]:
    """Instances may have chosen it."""
    for variable in _with_choices(file):
        choices, default = variable.part["pickList"], variable.part.get("defaultValue")
        gone = next(choice for choice in reversed(choices) if choice != default)
        left = [choice for choice in choices if choice != gone]
        yield put(variable, "pickList", left, Reported("config-var-choice-removed", BREAKING, variable.name))


def offer_another_choice(file: File) -> Iterator[Site]:
    """What was chosen stays."""
    for variable in _with_choices(file):
        choices = [*variable.part["pickList"], "One More"]
        yield put(variable, "pickList", choices, Reported("config-var-choice-added", SAFE, variable.name))


def offer_two_choices_for_one(file: File) -> Iterator[Site]:
    """Each choice that goes or comes is told."""
    for variable in _with_choices(file):
        default = variable.part.get("defaultValue")
        gone = next(choice for choice in variable.part["pickList"] if choice != default)
        choices = [choice for choice in variable.part["pickList"] if choice != gone]
        removed = Reported("config-var-choice-removed", BREAKING, gone)
        added = (Reported("config-var-choice-added", SAFE, one) for one in ("One More", "Two More"))
        yield put(variable, "pickList", ["One More", *choices, "Two More"], removed, *added)


def take_any_value(file: File) -> Iterator[Site]:
    """What was chosen stays."""
    for variable in _with_choices(file):
        yield drop(variable, "pickList", Reported("config-var-choices-freed", SAFE, variable.name))


def take_only_choices(file: File) -> Iterator[Site]:
    """Values that were given may not be among them."""
    for site in take_any_value(file):
        yield site.turned(Reported("config-var-choices-limited", BREAKING, site.reports[0].name))


def reorder_choices(file: File) -> Iterator[Site]:
    """The same can be chosen."""
    for variable in _with_choices(file):
        choices = variable.part["pickList"][::-1]
        yield put(
            variable, "pickList", choices, Reported("config-var-choices-reordered", SAFE, variable.name)
        )


def fill_by_a_data_source(file: File) -> Iterator[Site]:
    """Values that were given may not be among what it offers."""
    for variable in _of_type(file, "string"):
        if not variable.part.get("collectionType"):
            report = Reported("config-var-data-source-added", RISKY, variable.name)
            yield put(variable, "dataSource", _SOURCE, report)


def fill_by_no_data_source(file: File) -> Iterator[Site]:
    """People have to know the values."""
    for site in fill_by_a_data_source(file):
        yield site.turned(Reported("config-var-data-source-removed", RISKY, site.reports[0].name))


def ask_another_data_source(file: File) -> Iterator[Site]:
    """It offers other values."""
    for variable in file.values:
        if "dataSource" in variable.part:
            report = Reported("config-var-data-source-changed", RISKY, variable.name)
            yield put(variable, ("dataSource", "key"), "selectUsers", report)._replace(
                touches=(variable.path,)
            )


def ask_another_version_of_a_data_source(file: File) -> Iterator[Site]:
    """It may offer other values."""
    for variable in file.values:
        if "dataSource" in variable.part:
            report = Reported("config-var-data-source-changed", RISKY, variable.name)
            yield put(variable, ("dataSource", "component", "version"), 99, report)


def give_a_data_source_another_connection(file: File) -> Iterator[Site]:
    """It offers the values of another account."""
    for variable in file.values:
        for key, said in (variable.part.get("inputs") or {}).items():
            if "dataSource" in variable.part and said["type"] == "configVar":
                report = Reported("config-var-input-changed", RISKY, variable.name)
                yield put(variable, ("inputs", key, "value"), "Another Connection", report)


def set_schedules_in_another_way(file: File) -> Iterator[Site]:
    """A schedule that was set may be read in another way."""
    for variable in _of_type(file, "schedule"):
        report = Reported("config-var-schedule-type-changed", RISKY, variable.name)
        yield put(variable, "scheduleType", "day", report)


def set_schedules_in_another_zone(file: File) -> Iterator[Site]:
    """A schedule that was set runs at other hours."""
    for variable in _of_type(file, "schedule"):
        yield put(
            variable, "timeZone", "Asia/Tokyo", Reported("config-var-time-zone-changed", RISKY, variable.name)
        )


def take_text_of_another_language(file: File) -> Iterator[Site]:
    """Text that was given is in the old one."""
    for variable in _of_type(file, "code"):
        report = Reported("config-var-code-language-changed", RISKY, variable.name)
        yield put(variable, "codeLanguage", "html", report)
