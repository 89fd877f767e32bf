"""Settings of flows, and how they agree with one another."""

from collections.abc import Iterator

from mutations.changes import add_entry, is_in_lines, item_span, remove_entry, rename_key, replace
from mutations.correct import Breakage, Correct, around, broken, flow_head, misspelt
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.model.integration import Flow
from xchange_cli.source import Span

_STOP = "action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}"


def _flows(file: Correct) -> Iterator[tuple[Flow, tuple[Span, ...]]]:
    """Yield flows with where a person looks when their settings do not agree."""
    for flow in file.integration.flows:
        trigger = around(flow.trigger) if flow.trigger else ()
        settings = tuple(
            entry.value.span
            for key, entry in flow.node.entries.items()
            if key not in {"steps", "description"}
        )
        yield flow, (*flow_head(flow), *settings, *trigger)


def _setting(flow: Flow, holder: str, key: str) -> Scalar | None:
    found = flow.node.mapping(holder)
    value = found.get(key) if found is not None else None
    return value if isinstance(value, Scalar) else None


def wait_for_a_flow_that_is_tried_again(file: Correct) -> Iterator[Breakage]:
    """A flow whose callers wait cannot be retried."""
    for flow, places in _flows(file):
        if flow.is_synchronous:
            text = "retryConfig: {maxAttempts: 2, delayMinutes: 1, usesExponentialBackoff: false}"
            yield broken(add_entry(flow.node, text), at=places, at_edits=True)


def wait_for_a_flow_that_a_schedule_starts(file: Correct) -> Iterator[Breakage]:
    """Nobody waits for a scheduled flow."""
    for flow, places in _flows(file):
        if flow.trigger and flow.trigger.schedule and "isSynchronous" in flow.node.entries:
            yield broken(replace(flow.node.entries["isSynchronous"].value, "true"), at=places)


def queue_a_synchronous_flow(file: Correct) -> Iterator[Breakage]:
    """Callers who wait cannot be queued."""
    for flow, places in _flows(file):
        if flow.is_synchronous and "queueConfig" not in flow.node.entries:
            yield broken(add_entry(flow.node, "queueConfig: {usesFifoQueue: true}"), at=places, at_edits=True)


def queue_a_scheduled_flow(file: Correct) -> Iterator[Breakage]:
    """A schedule has no requests to queue."""
    for flow, places in _flows(file):
        is_scheduled = (
            flow.trigger and flow.trigger.action and flow.trigger.action.component == "schedule-triggers"
        )
        if is_scheduled and "queueConfig" not in flow.node.entries:
            yield broken(add_entry(flow.node, "queueConfig: {usesFifoQueue: true}"), at=places, at_edits=True)


def skip_requests_while_a_flow_runs(file: Correct) -> Iterator[Breakage]:
    """Only scheduled and polling flows can be skipped."""
    for flow, places in _flows(file):
        if flow.trigger and not flow.trigger.schedule and "queueConfig" not in flow.node.entries:
            yield broken(
                add_entry(flow.node, "queueConfig: {singletonExecutions: true}"), at=places, at_edits=True
            )


def run_too_many_at_once(file: Correct) -> Iterator[Breakage]:
    """From 2 to 15 executions run at once."""
    for flow, _ in _flows(file):
        limit = _setting(flow, "queueConfig", "concurrencyLimit")
        if limit is not None:
            yield broken(replace(limit, "50"))


def run_one_at_once(file: Correct) -> Iterator[Breakage]:
    """From 2 to 15 executions run at once; one at a time is said by leaving the limit out."""
    for flow, _ in _flows(file):
        limit = _setting(flow, "queueConfig", "concurrencyLimit")
        if limit is not None:
            yield broken(replace(limit, "1"))


def limit_a_queue_that_there_is_not(file: Correct) -> Iterator[Breakage]:
    """Without `usesFifoQueue` the limit has no effect."""
    for flow, places in _flows(file):
        queue = _setting(flow, "queueConfig", "usesFifoQueue")
        if queue is not None and queue.data is True:
            yield broken(replace(queue, "false"), at=places)


def make_batches_of_nothing(file: Correct) -> Iterator[Breakage]:
    """A batch has at least one item."""
    for flow, _ in _flows(file):
        size = _setting(flow, "triggerResolver", "batchSize")
        if size is not None:
            yield broken(replace(size, "0"))


def misspell_who_may_call(file: Correct) -> Iterator[Breakage]:
    """There are four words for that."""
    for flow, _ in _flows(file):
        entry = flow.node.entries.get("endpointSecurityType")
        if entry is not None:
            yield broken(replace(entry.value, misspelt(str(entry.value.data))))


def misspell_a_setting_of_a_flow(file: Correct) -> Iterator[Breakage]:
    """A flow has no such key."""
    for flow, _ in _flows(file):
        if "isSynchronous" in flow.node.entries:
            yield broken(rename_key(flow.node, "isSynchronous", "isSyncronous"))


def write_yes_for_true(file: Correct) -> Iterator[Breakage]:
    """`yes` is a text."""
    for flow, _ in _flows(file):
        if "isSynchronous" in flow.node.entries:
            yield broken(replace(flow.node.entries["isSynchronous"].value, "yes"))


def forget_what_an_agent_sends(file: Correct) -> Iterator[Breakage]:
    """An agent flow says what it is called with."""
    for flow, places in _flows(file):
        if flow.is_agent_flow:
            yield broken(remove_entry(flow.node, "schemas"), at=places)


def misspell_a_type_in_a_schema(file: Correct) -> Iterator[Breakage]:
    """JSON Schema has no such type."""
    for flow, _ in _flows(file):
        schemas = flow.node.mapping("schemas")
        invoke = schemas.mapping("invoke") if schemas else None
        if invoke is not None:
            yield broken(replace(invoke.entries["type"].value, "objekt"))


def require_a_list_of_things_as_text(file: Correct) -> Iterator[Breakage]:
    """In JSON Schema, `required` is a list."""
    for flow, _ in _flows(file):
        schemas = flow.node.mapping("schemas")
        invoke = schemas.mapping("invoke") if schemas else None
        if invoke is not None and "required" in invoke.entries:
            yield broken(replace(invoke.entries["required"].value, "issue"))


def take_an_id_from_a_step_that_is_no_trigger(file: Correct) -> Iterator[Breakage]:
    """A request is looked at before any step runs."""
    for flow, _ in _flows(file):
        for holder, key in (("queueConfig", "dedupeIdField"), ("retryConfig", "uniqueRequestIdField")):
            setting = flow.node.mapping(holder)
            field = setting.mapping(key) if setting else None
            if field is not None and len(flow.steps) > 1:
                yield broken(replace(field.entries["value"].value, f"{flow.steps[1].ref}.results.id"))


def answer_with_a_log_line(file: Correct) -> Iterator[Breakage]:
    """The answer is the result of the last step, and a log step has none."""
    action = "{key: writeLog, component: {key: log, isPublic: true, version: LATEST}}"
    inputs = "{level: {type: value, value: info}, message: {type: value, value: done}}"
    for flow, _places in _flows(file):
        steps = flow.node.sequence("steps")
        if flow.is_synchronous and steps is not None and is_in_lines(steps):
            last = item_span(steps, len(steps.items) - 1)
            indent = " " * (steps.span.first.column - 1)
            text = f"{indent}- name: Say Done\n{indent}  action: {action}\n{indent}  inputs: {inputs}\n"
            yield broken(replace(last._replace(start=last.end), text))


def stop_before_the_end(file: Correct) -> Iterator[Breakage]:
    """What stands behind the stop never runs."""
    for flow, _ in _flows(file):
        steps = flow.node.sequence("steps")
        if steps is not None and is_in_lines(steps) and len(steps.items) > 1:
            first = item_span(steps, 0)
            indent = " " * (steps.span.first.column - 1)
            text = f"{indent}- name: Stop Here\n{indent}  {_STOP}\n"
            places = around(flow.steps[1])
            yield broken(replace(first._replace(start=first.end), text), at=places, at_edits=True)


def put_a_step_behind_the_break_of_a_loop(file: Correct) -> Iterator[Breakage]:
    """The loop is left before it runs."""
    for step in file.named("loop", "breakLoop"):
        steps = file.list_of(step)
        if is_in_lines(steps):
            span = item_span(steps, step.placed.index)
            indent = " " * (steps.span.first.column - 1)
            action = "action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}"
            text = f"{indent}- name: Too Late\n{indent}  {action}\n{indent}  inputs: {{ms: {{type: value, value: '5'}}}}\n"
            yield broken(replace(span._replace(start=span.end), text))


def rename_a_step_that_the_file_says_was_renamed(file: Correct) -> Iterator[Breakage]:
    """The rename names a step that is not there."""
    for flow, _ in _flows(file):
        for pair in _renames(flow.node):
            yield broken(replace(pair.entries["newName"].value, "No Such Step"))


def _renames(node: Mapping) -> Iterator[Mapping]:
    renames = node.mapping("renameAttributes")
    steps = renames.sequence("steps") if renames else None
    yield from steps.mappings() if steps else ()
