"""One call of code that is not ours: whatever it does, the run gets a result or an ActionError."""

import copy
import io
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from inspect import iscoroutine
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any, NamedTuple

from xchange_cli.components.own.results import NOT_JSON, as_result
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult
from xchange_cli.wire.http import WireError

COMPONENT_ERROR = "component-error"


class Where(NamedTuple):
    """A component's file, by the name that messages show and by its path; no path where there is no file."""

    name: str
    file: Path | None

    def line_of(self, trace: TracebackType | None) -> str:
        """Say `components/erp.py:12`: the innermost place of a traceback that is in the file or beside it."""
        place = self.name
        for frame, line in walk_tb(trace):
            path = Path(frame.f_code.co_filename)
            if self.file is not None and path.parent == self.file.parent:
                place = f"{Path(self.name).with_name(path.name).as_posix()}:{line}"
        return place


def perform_own(
    where: Where, function: Callable[..., Any], context: ActionContext, inputs: Mapping[str, Any]
) -> ActionResult:
    """Call an action with inputs of its own; what it prints is logged.

    Raises:
        ActionError: what the action raises itself; `component-error` for everything else that it does not return.

    """
    given = copy.deepcopy(dict(inputs))
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            returned = function(context, given)
    except (ActionError, WireError, KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - `sys.exit` and whatever else others may raise
        place = where.line_of(error.__traceback__)
        raise ActionError(f"{place}: {told(error)}", kind=COMPONENT_ERROR) from None
    finally:
        for line in printed.getvalue().splitlines():
            context.log("INFO", line)
    return _checked(where, returned, context)


def _checked(where: Where, returned: Any, context: ActionContext) -> ActionResult:
    if iscoroutine(returned):
        returned.close()
        raise ActionError(f"{where.name}: the action is asynchronous; write `def`", kind=COMPONENT_ERROR)
    try:
        return as_result(returned, context.warn)
    except ActionError as error:
        raise ActionError(f"{where.name}: {error.message}", kind=error.kind) from error
    except (RecursionError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - what is like a list or a mapping may do anything when it is read
        raise ActionError(f"{where.name}: the result cannot be read: {told(error)}", kind=NOT_JSON) from None


def told(error: BaseException) -> str:
    """Say what was raised, on one line."""
    name = type(error).__name__
    if isinstance(error, SystemExit):
        return f"the code asked to end the program (SystemExit {error.code!r})"
    if isinstance(error, RecursionError):
        return "the code calls itself without end (RecursionError)"
    try:
        text = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - an exception that cannot be told still has its name
        text = ""
    return f"{name}: {text}" if text else name
