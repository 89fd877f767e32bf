"""The line above an execution: the flow, the run id, and why it was run."""

from xchange_cli.engine.events import Cause, Execution, RunEvent, Waiting
from xchange_cli.engine.view import RunView
from xchange_cli.formats.running.lines import Lines
from xchange_cli.formats.step_paths import ref_of, step_name
from xchange_cli.formats.style import Style
from xchange_cli.model.integration import Flow


def head_text(
    execution: Execution, caller: Flow | None, first: RunEvent, run: RunView, lines: Lines, style: Style
) -> str:
    """Give the head of an execution; `caller` is the flow of the one that led to it, `first` its first event."""
    name = execution.flow.name
    is_first = execution.run_id == run.run_id
    config = f"config {run.config_name}" if is_first and run.config_name else ""
    resumed = "resumed" if is_first and run.is_resumed else ""
    facts = [f"run {execution.run_id}", resumed, _why(execution, caller, first, run), config]
    text = lines.paragraph(f"{name} ({', '.join(filter(None, facts))})")
    shown = lines.line(name).rstrip("\n")
    return text.replace(shown, style.paint("bold", shown), 1) if style.is_on else text


def _why(execution: Execution, caller: Flow | None, first: RunEvent, run: RunView) -> str:
    match execution.cause:
        case Cause.CROSS_FLOW | Cause.RECURSION if not execution.waited_for:
            return _called(execution, caller)
        case Cause.RETRY:
            return _retried(execution, first, run)
        case Cause.DEPLOY:
            return "deployed"
        case Cause.REMOVE:
            return "removed"
        case Cause.ROUTING:
            return f"routed to by `{run.flow.name}`"
        case _:
            return ""


def _called(execution: Execution, caller: Flow | None) -> str:
    ref = ref_of(execution.path)
    step = step_name(caller, ref) if caller else ref
    flow = f" of `{caller.name}`" if caller and caller.name != execution.flow.name else ""
    where = f" at {execution.path}" if "/" in execution.path else ""
    return f"called by `{step}`{flow}{where}"


def _retried(execution: Execution, first: RunEvent, run: RunView) -> str:
    retry = execution.flow.retry
    most = f" of {retry.max_attempts}" if retry else ""
    words = f"retry {execution.attempt - 1}{most}"
    if not isinstance(first, Waiting) or first.seconds <= 0:
        return words
    minutes = f"{first.seconds / 60:g} min"
    return f"{words} after {minutes}" if run.waits else f"{words}, {minutes} skipped"
