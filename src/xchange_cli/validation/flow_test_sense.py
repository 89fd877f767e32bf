"""Parts of a flow test that do not go together."""

from collections.abc import Iterator

from xchange_cli.diagnostics import Diagnostic, Related
from xchange_cli.document.node import Mapping
from xchange_cli.source import Span
from xchange_cli.validation.file_findings import report
from xchange_cli.validation.flow_tests import Choice, FlowTest
from xchange_cli.validation.moments import FIRST_YEAR, LAST_YEAR, NEXT, is_sensible, moment

_WELL = frozenset({"success", "no_changes"})


def contradictions(test: FlowTest, choice: Choice | None) -> Iterator[Diagnostic]:
    """Yield what keeps a test from running or passing; without a `choice` the flows are not known."""
    if choice is not None and choice.is_open:
        names = ", ".join(f"`{flow.name}`" for flow in choice.flows)
        message = f"the test `{test.key.value}` does not say which of {len(choice.flows)} flows it runs"
        yield _contradiction(test, message, test.key.span, f"Add `flow` with one of {names}.")
    yield from _schedule(test, choice)
    yield from _time(test)
    if test.expected is not None:
        yield from _ending(test, test.expected)


def _schedule(test: FlowTest, choice: Choice | None) -> Iterator[Diagnostic]:
    trigger, payload, at = test.entry("trigger"), test.entry("payload"), test.entry("at")
    if at is not None and trigger is None:
        yield _contradiction(test, "`at` is for schedules", at.key.span, "Add `trigger: schedule`.")
    if trigger is None or not test.is_scheduled:
        return
    if payload is not None:
        message = "a flow that its schedule starts gets no payload"
        related = (Related(trigger.key.span, "the schedule"),)
        yield _contradiction(test, message, payload.key.span, "Remove one of the two.", related)
    if choice is None or len(choice.flows) != 1:
        return
    flow = choice.flows[0]
    if flow.trigger is not None and flow.trigger.schedule is None:
        message = f"the flow `{flow.name}` has no schedule"
        yield _contradiction(test, message, trigger.value.span, "Remove `trigger`, or name another flow.")


def _time(test: FlowTest) -> Iterator[Diagnostic]:
    at = test.text("at")
    if at is None or at.value == NEXT:
        return
    read = moment(at.value)
    if read is None:
        hint = "Write it as 2026-05-17T09:30, with or without a zone (Z, +02:00), or as `next`."
        yield _contradiction(test, f"`{at.value}` is no time", at.span, hint)
    elif not is_sensible(read):
        message = f"`at` takes years from {FIRST_YEAR + 1} to {LAST_YEAR - 1}"
        yield _contradiction(test, message, at.span, "Correct the year.")


def _ending(test: FlowTest, expect: Mapping) -> Iterator[Diagnostic]:
    status, error = expect.text("status"), expect.entries.get("error")
    if status is not None and status.value in _WELL and error is not None:
        message = f"a run that ends with `{status.value}` has no error"
        related = (Related(status.span, "the status"),)
        yield _contradiction(test, message, error.key.span, "Remove one of the two.", related)


def _contradiction(
    test: FlowTest, message: str, span: Span, hint: str, related: tuple[Related, ...] = ()
) -> Diagnostic:
    return report("contradictory-test", message, span, hint=hint, subject=test.key.value, related=related)
