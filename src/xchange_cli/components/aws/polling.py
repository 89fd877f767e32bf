"""Polling triggers: what is newer than the poll before, which the flow's state tells."""

from typing import Any, Final

from xchange_cli.components.spec import ActionContext, ActionResult

LAST_POLL: Final = "__lastPolledAt"
"""Key of the flow's state: when the poll before began, in milliseconds since 1970."""


def poll_time(context: ActionContext) -> int:
    return int(context.now().timestamp() * 1000)


def last_poll(context: ActionContext) -> float | None:
    """Give when the poll before began; None for the first."""
    kept = context.state("instanceState").get(LAST_POLL)
    return kept if isinstance(kept, int | float) and not isinstance(kept, bool) else None


def polled(context: ActionContext, began: int, found: list[Any]) -> ActionResult:
    """Show what was found as the body of a request; where nothing was, the run ends without a step."""
    return ActionResult(
        data={**context.payload, "body": {"data": found}},
        no_changes=not found,
        state={"instanceState": {LAST_POLL: began}},
    )
