"""How often runs are tried again, how many there are at once, and in which batches."""

from collections.abc import Iterator

from change_ways.edits import drop, put
from change_ways.file import File, Place
from change_ways.way import RISKY, Reported, Site

_RETRY = {"maxAttempts": 2, "delayMinutes": 1, "usesExponentialBackoff": False}


def _is_retried(flow: Place) -> bool:
    return bool((flow.part.get("retryConfig") or {}).get("maxAttempts"))


def try_runs_again(file: File) -> Iterator[Site]:
    """What a failed run wrote is written again."""
    for flow in file.flows:
        if not _is_retried(flow) and not flow.part.get("isSynchronous"):
            yield put(flow, "retryConfig", _RETRY, Reported("retry-added", RISKY, flow.name))


def try_runs_once_only(file: File) -> Iterator[Site]:
    """Failures that went away need somebody."""
    for flow in file.flows:
        if _is_retried(flow):
            yield drop(flow, "retryConfig", Reported("retry-removed", RISKY, flow.name))


def try_runs_no_times_again(file: File) -> Iterator[Site]:
    """No attempts are as good as no retries."""
    for flow in file.flows:
        if _is_retried(flow):
            yield put(flow, ("retryConfig", "maxAttempts"), 0, Reported("retry-removed", RISKY, flow.name))


def try_runs_more_often(file: File) -> Iterator[Site]:
    """Failures are noticed later."""
    for flow in file.flows:
        if _is_retried(flow):
            yield put(flow, ("retryConfig", "maxAttempts"), 9, Reported("retry-changed", RISKY, flow.name))


def try_runs_again_later(file: File) -> Iterator[Site]:
    """Failures are noticed later."""
    for flow in file.flows:
        if _is_retried(flow):
            yield put(flow, ("retryConfig", "delayMinutes"), 55, Reported("retry-changed", RISKY, flow.name))


def wait_ever_longer(file: File) -> Iterator[Site]:
    """Failures are noticed later."""
    for flow in file.flows:
        if _is_retried(flow):
            doubled = flow.part["retryConfig"].get("usesExponentialBackoff", False)
            report = Reported("retry-changed", RISKY, flow.name)
            yield put(flow, ("retryConfig", "usesExponentialBackoff"), not doubled, report)


def put_runs_in_a_queue(file: File) -> Iterator[Site]:
    """Runs wait for each other."""
    for flow in file.flows:
        if "queueConfig" not in flow.part:
            yield put(
                flow, "queueConfig", {"usesFifoQueue": True}, Reported("queue-changed", RISKY, flow.name)
            )


def let_runs_overlap(file: File) -> Iterator[Site]:
    """Runs waited for each other, or were left out."""
    for flow in file.flows:
        if "queueConfig" in flow.part:
            yield drop(flow, "queueConfig", Reported("queue-changed", RISKY, flow.name))


def let_more_runs_overlap(file: File) -> Iterator[Site]:
    """Other systems get more requests at once."""
    for flow in file.flows:
        if "concurrencyLimit" in (flow.part.get("queueConfig") or {}):
            yield put(
                flow, ("queueConfig", "concurrencyLimit"), 15, Reported("queue-changed", RISKY, flow.name)
            )


def split_into_batches(file: File) -> Iterator[Site]:
    """A run gets many records at once."""
    for flow in file.flows:
        if "triggerResolver" not in flow.part:
            resolver = {"enabled": True, "batchSize": 20}
            yield put(
                flow, "triggerResolver", resolver, Reported("trigger-resolver-changed", RISKY, flow.name)
            )


def make_batches_larger(file: File) -> Iterator[Site]:
    """A run gets more records."""
    for flow in file.flows:
        if "batchSize" in (flow.part.get("triggerResolver") or {}):
            report = Reported("trigger-resolver-changed", RISKY, flow.name)
            yield put(flow, ("triggerResolver", "batchSize"), 999, report)
