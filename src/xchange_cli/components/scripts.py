"""Runs JavaScript for an action: log lines go to the context, failures become the action's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.errors import JavaScriptError, LogLine
from xchange_cli.javascript.scripts import ModuleOutcome
from xchange_cli.wire.http import WireError


def run_module(context: ActionContext, code: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> Any:
    """Call the function that the input `code` exports with two arguments; `first` is given a logger.

    Raises:
        ActionError: with the place in the code, where it is known.
        WireError: when code sent something that it may not send.

    """
    return _run(
        context,
        {"code": code},
        lambda: context.javascript.run_module(
            code, context=first, step_results=second, seconds=context.seconds_left
        ),
    )


def call_functions(
    context: ActionContext, driver: str, sources: Mapping[str, str], args: Sequence[Any]
) -> Any:
    """Let the driver call the functions in these inputs (see `Scripts.call_functions`).

    Raises:
        ActionError: with the input to blame and the place in it, where they are known.

    """
    return _run(
        context,
        sources,
        lambda: context.javascript.call_functions(driver, sources, args, seconds=context.seconds_left),
    )


def _run(context: ActionContext, sources: Mapping[str, str], run: Callable[[], ModuleOutcome]) -> Any:
    try:
        outcome = run()
    except JavaScriptError as error:
        _log(context, error.logs)
        told = _action_error(error, sources)
        refused = error.__cause__
        if isinstance(refused, WireError):
            refused.input_key, refused.offset = told.input_key, told.offset
            raise refused from error
        raise told from error
    _log(context, outcome.logs)
    return outcome.value


def _log(context: ActionContext, lines: Sequence[LogLine]) -> None:
    for line in lines:
        context.log(line.level, line.message)


def _action_error(error: JavaScriptError, sources: Mapping[str, str]) -> ActionError:
    key = error.input_key or next(iter(sources))
    offset = None
    if error.line is not None and error.column is not None:
        from xchange_cli.javascript.places import offset_of

        offset = offset_of(error.line, error.column, sources[key])
    return ActionError(error.message, kind=error.kind, input_key=key, offset=offset)
