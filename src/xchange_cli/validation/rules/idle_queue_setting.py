"""A setting of a queue stands on a flow without a queue.

What it checks
    `concurrencyLimit` and `dedupeIdField` stand in `queueConfig` only together with `usesFifoQueue: true`.

Why it matters
    Without a queue, executions run at once however many they are: the setting has no effect.

How to fix
    Add `usesFifoQueue: true`, or remove the setting.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
    queueConfig: {usesFifoQueue: true, concurrencyLimit: 5}
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
    queueConfig: {usesFifoQueue: false, concurrencyLimit: 5}
#                                       ^^^^^^^^^^^^^^^^ idle-queue-setting: `concurrencyLimit` has no effect without `usesFifoQueue: true`
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
    """\
    queueConfig:
      dedupeIdField: {type: reference, value: called.results.headers.X-Request-Id}
#     ^^^^^^^^^^^^^ idle-queue-setting: `dedupeIdField` has no effect without `usesFifoQueue: true`
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    queue = flow.flow.node.mapping("queueConfig")
    if queue is None or queue.data.get("usesFifoQueue") is True:
        return
    for key in ("concurrencyLimit", "dedupeIdField"):
        node = queue.key_node(key)
        if node is not None and queue.data[key] is not None:
            message = f"`{key}` has no effect without `usesFifoQueue: true`"
            yield Problem(node.span, message, "Add `usesFifoQueue: true`, or remove it.", key)
