"""Changes of how a flow is run: tried again, queued, in batches."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.changes.facts.flow_facts import flow_of
from xchange_cli.changes.grade import Grade, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.document.node import Mapping, Node
from xchange_cli.model.integration import RetryConfig

_BASE = "    retryConfig: {maxAttempts: 3, delayMinutes: 5, usesExponentialBackoff: false}\n"
_QUEUE = "queueConfig: {usesFifoQueue: true, concurrencyLimit: 3}"


def _changed(*keys: str) -> tuple[tuple[What, PartKind, Address], ...]:
    return ((What.CHANGED, PartKind.FLOW, keys),)


def _retry(part: Part | None) -> RetryConfig | None:
    """Give how a flow is tried again; None for one that is not."""
    flow = flow_of(part)
    return flow.retry if flow is not None and flow.retry is not None and flow.retry.max_attempts else None


def _retry_words(retry: RetryConfig | None) -> str:
    if retry is None:
        return "never"
    times = "once" if retry.max_attempts == 1 else f"{retry.max_attempts} times"
    minutes = "1 minute" if retry.delay_minutes == 1 else f"{retry.delay_minutes} minutes"
    apart = f"after {minutes}" if retry.max_attempts == 1 else f"{minutes} apart"
    waits = f", {apart}" if retry.delay_minutes else ""
    return f"{times}{waits}{', then ever longer' if retry.exponential and retry.max_attempts > 1 else ''}"


def _retried(delta: Delta, _scene: Scene) -> str:
    old, new = (_retry_words(_retry(part)) for part in (delta.old, delta.new))
    return (
        f"failed runs are tried again: {old} → {new}"
        if old != new
        else "failed runs are tried again otherwise"
    )


def _queue_words(node: Node | None) -> str:
    """Say how many runs there are at once."""
    said = node.data if isinstance(node, Mapping) else {}
    if said.get("usesFifoQueue") is True:
        limit = said.get("concurrencyLimit")
        return f"queued, {limit} at once" if limit else "queued, one at a time"
    return "skipped while another one is active" if said.get("singletonExecutions") is True else "all at once"


def _queued(delta: Delta, _scene: Scene) -> str:
    if _queues_alike(delta):
        return "runs are queued otherwise"
    return f"runs: {_queue_words(delta.old_value)} → {_queue_words(delta.new_value)}"


def _queues_alike(delta: Delta) -> bool:
    return _queue_words(delta.old_value) == _queue_words(delta.new_value)


KINDS = (
    ChangeKind(
        id="retry-added",
        sentence="Failed runs of a flow are tried again.",
        on=_changed("retryConfig"),
        when=lambda delta, _scene: _retry(delta.old) is None and _retry(delta.new) is not None,
        grades=(Grade.RISKY,),
        judge=always(risky("What a failed run has written is written again.")),
        message=lambda delta, _scene: f"failed runs are tried again: {_retry_words(_retry(delta.new))}",
        cases=(Case((), "failed runs are tried again: 3 times, 5 minutes apart", before=((_BASE, ""),)),),
        concern=Concern.DATA,
    ),
    ChangeKind(
        id="retry-removed",
        sentence="Failed runs of a flow are no longer tried again.",
        on=_changed("retryConfig"),
        when=lambda delta, _scene: _retry(delta.old) is not None and _retry(delta.new) is None,
        grades=(Grade.RISKY,),
        judge=always(risky("A failure that went away by itself now needs somebody.")),
        message=lambda delta, _scene: (
            f"failed runs are no longer tried again (were: {_retry_words(_retry(delta.old))})"
        ),
        cases=(
            Case(((_BASE, ""),), "failed runs are no longer tried again (were: 3 times, 5 minutes apart)"),
        ),
    ),
    ChangeKind(
        id="retry-changed",
        sentence="Failed runs of a flow are tried again another number of times, or after another wait.",
        on=_changed("retryConfig"),
        grades=(Grade.RISKY,),
        judge=always(risky("Failures that went away by themselves may stay, or be noticed later.")),
        message=_retried,
        cases=(
            Case(
                ((_BASE, _BASE.replace("3", "1")),),
                "failed runs are tried again: 3 times, 5 minutes apart → once, after 5 minutes",
            ),
        ),
    ),
    ChangeKind(
        id="queue-changed",
        sentence="Runs of a flow that come at the same time are treated in another way.",
        on=_changed("queueConfig"),
        grades=(Grade.RISKY,),
        judge=always(risky("Runs overlap, wait or are left out where they were not.")),
        message=_queued,
        cases=(
            Case(
                ((_QUEUE, "queueConfig: {usesFifoQueue: true}"),),
                "runs: queued, 3 at once → queued, one at a time",
            ),
            Case(
                (
                    (
                        _QUEUE,
                        f"{_QUEUE[:-1]}, dedupeIdField: {{type: reference, value: goods.results.body.data.id}}}}",
                    ),
                ),
                "runs are queued otherwise",
            ),
        ),
        lines=_queues_alike,
    ),
    ChangeKind(
        id="trigger-resolver-changed",
        sentence="What a trigger finds is split into other batches, or no longer is.",
        on=_changed("triggerResolver"),
        grades=(Grade.RISKY,),
        judge=always(risky("A run gets another number of items, or them in another form.")),
        message=lambda _delta, _scene: "other batches",
        cases=(Case((("batchSize: 200", "batchSize: 1"),), "other batches"),),
        lines=True,
    ),
)
