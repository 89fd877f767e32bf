"""What starts a flow, and when."""

from collections.abc import Iterator

from change_ways.edits import drop, put, remove
from change_ways.file import File, StepPlace
from change_ways.generated_flows import component
from change_ways.names import codes, is_said, ref_of, rename_step
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site


def _whole(step: StepPlace, site: Site) -> Site:
    return site._replace(touches=(step.flow.path,))


def start_a_flow_by_nothing(file: File) -> Iterator[Site]:
    """What started it no longer does."""
    for step in file.triggers:
        if len(step.siblings) > 1 and step.is_leaf:
            yield _whole(step, remove(step, Reported("trigger-removed", BREAKING, step.name)))


def start_a_flow_at_last(file: File) -> Iterator[Site]:
    """Nothing started it."""
    for site in start_a_flow_by_nothing(file):
        yield site.turned(Reported("trigger-added", RISKY, site.reports[0].name))


def start_a_flow_by_something_else(file: File) -> Iterator[Site]:
    """What started it no longer does."""
    others = (component("shopify", "eventTopicWebhook"), component("schedule-triggers", "schedule"))
    for step in file.triggers:
        for other in others:
            if step.action[0] != other["component"]["key"]:
                report = Reported("trigger-kind-changed", BREAKING, step.name)
                yield _whole(step, put(step, "action", other, report))


def rename_a_trigger(file: File) -> Iterator[Site]:
    """All references follow."""
    for step in file.triggers:
        if not is_said(ref_of(step.name), codes(file)):
            name = f"Other {step.name}"
            report = Reported("trigger-renamed", SAFE, name)
            yield Site(lambda step=step, name=name: rename_step(step, name), (report,), (step.flow.path,))


def take_the_mark_of_a_trigger_away(file: File) -> Iterator[Site]:
    """What started the flow no longer does."""
    for step in file.triggers:
        if not step.may_answer or len(step.siblings) > 1:
            yield _whole(step, drop(step, "isTrigger", Reported("trigger-mark-changed", BREAKING, step.name)))


def _when(step: StepPlace, keys: tuple[str, ...], value: str, report: Reported) -> Site:
    return put(step, ("schedule", *keys), value, report)


def _scheduled(file: File) -> Iterator[StepPlace]:
    return (step for step in file.triggers if (step.part.get("schedule") or {}).get("type") == "value")


def start_at_other_times(file: File) -> Iterator[Site]:
    """Somebody may rely on the times."""
    for step in _scheduled(file):
        yield _when(step, ("value",), "17 */3 * * *", Reported("schedule-changed", RISKY, step.name))


def start_in_another_zone(file: File) -> Iterator[Site]:
    """It is another time."""
    for step in _scheduled(file):
        report = Reported("schedule-time-zone-changed", RISKY, step.name)
        yield _when(step, ("meta", "timeZone"), "Asia/Tokyo", report)


def show_a_schedule_in_another_form(file: File) -> Iterator[Site]:
    """It is due as before."""
    for step in _scheduled(file):
        form = "day" if step.part["schedule"]["meta"]["scheduleType"] == "custom" else "custom"
        yield _when(step, ("meta", "scheduleType"), form, Reported("schedule-form-changed", SAFE, step.name))


def let_customers_say_when(file: File) -> Iterator[Site]:
    """The file said it."""
    for step in _scheduled(file):
        schedule = {"type": "configVar", "value": "Hours", "meta": {"scheduleType": "custom", "timeZone": ""}}
        yield put(step, "schedule", schedule, Reported("schedule-source-changed", RISKY, step.name))


def say_when_in_the_file(file: File) -> Iterator[Site]:
    """Customers said it."""
    for step in file.triggers:
        if (step.part.get("schedule") or {}).get("type") == "configVar":
            schedule = {
                "type": "value",
                "value": "1 2 * * *",
                "meta": {"scheduleType": "custom", "timeZone": ""},
            }
            yield put(step, "schedule", schedule, Reported("schedule-source-changed", RISKY, step.name))


def listen_to_other_events(file: File) -> Iterator[Site]:
    """Other events start the flow."""
    keys = {
        ("salesforce", "pollChangesTrigger"): "recordType",
        ("shopify", "eventTopicWebhook"): "webhookTopic",
    }
    for step in file.triggers:
        key = keys.get(step.action, "")
        if key in step.inputs:
            report = Reported("trigger-input-changed", RISKY, step.name)
            yield put(step, ("inputs", key, "value"), "Other", report)


def answer_with_another_status(file: File) -> Iterator[Site]:
    """Callers read it."""
    for step in file.triggers:
        if step.action == ("webhook-triggers", "webhook"):
            said = {"type": "value", "value": "299"}
            yield put(
                step, ("inputs", "statusCode"), said, Reported("response-shape-changed", BREAKING, step.name)
            )


def check_another_signature(file: File) -> Iterator[Site]:
    """Requests are checked by another secret."""
    for step in file.triggers:
        if step.action[0] in {"shopify", "slack"}:
            key = "secret_key" if step.action[0] == "shopify" else "signingSecret"
            said = {"type": "value", "value": "n0t-to-be-shown"}
            yield put(step, ("inputs", key), said, Reported("secret-input-changed", RISKY, step.name))
