"""What a component of your own may import: the types it works with, and `perform` for its tests.

An action is a function `action(context, inputs)` that gives the results of the step: JSON-able data, bytes, or an
`ActionResult` for more than data. It raises `ActionError` to make the step fail with a message of its own. The file
`components/<key>.py` has a function for each action of `components/<key>.yml`, named like the action's key, or a
dictionary `ACTIONS` of functions by action key.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.conversions import (
    to_boolean,
    to_date,
    to_integer,
    to_number,
    to_object,
    to_string,
)
from xchange_cli.components.load import component_from_data
from xchange_cli.components.own.code import OwnCode, load_own
from xchange_cli.components.own.declared_inputs import declared_inputs
from xchange_cli.components.own.ready_context import ReadyContext
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, ActionSpec, FlowCall
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.javascript.values import parse_if_json
from xchange_cli.source import Source
from xchange_cli.wire.http import HttpRequest, HttpResponse, WireError

__all__ = [
    "ActionContext",
    "ActionError",
    "ActionResult",
    "FlowCall",
    "HttpRequest",
    "HttpResponse",
    "ReadyContext",
    "WireError",
    "parse_if_json",
    "perform",
    "to_boolean",
    "to_date",
    "to_integer",
    "to_number",
    "to_object",
    "to_string",
]


def perform(
    component: str | Path,
    action: str,
    inputs: Mapping[str, Any] | None = None,
    *,
    context: ActionContext | None = None,
    **given: Any,
) -> ActionResult:
    """Perform an action of a component as a run does, without a run.

    `component` is its file (`components/erp.py`), or `package.module` of an installed one. Inputs that are not
    given have the defaults of the specification beside the file or, without one, of the catalogue. `given` are the
    fields of the `ReadyContext` that is made where there is no `context`.

    Raises:
        ActionError: when the action fails, or when its result is no JSON.
        XchangeError: when the component cannot be loaded, or has no such action.

    """
    code = _code(component)
    actions = load_own(code).actions
    if action not in actions:
        known = ", ".join(f"`{name}`" for name in actions) or "none"
        message = f"{code.name} has no action `{action}`"
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint=f"Its actions are: {known}.")
    values = declared_inputs(_specification(code, action), inputs or {})
    return actions[action](context or ReadyContext(**given), values)


def _code(component: str | Path) -> OwnCode:
    if isinstance(component, str) and not component.endswith(".py"):
        return OwnCode(component, None, component)
    path = Path(component)
    return OwnCode(path.as_posix(), path)


def _specification(code: OwnCode, action: str) -> ActionSpec | None:
    if code.path is None:
        return None
    file = code.path.with_suffix(".yml")
    if not file.is_file():
        return Catalog.load().action(code.path.stem, action)
    spec = component_from_data(parse(Source.read(file)).data, is_own=True)
    return spec.actions.get(action) or spec.triggers.get(action)
