"""Runs JavaScript that is written in the integration."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from xchange_cli.components.conversions import to_integer, to_string
from xchange_cli.components.inputs import read
from xchange_cli.components.scripts import run_module
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript import visible
from xchange_cli.javascript.values import describe

_STATES = ("instanceState", "crossFlowState", "executionState", "integrationState")
_ANSWER = ("statusCode", "contentType", "headers")
_CHANGED_IN_PLACE = re.compile(
    rf"(?<![\w$])({'|'.join(_STATES)})\s*(?:\.\s*[\w$]+|\[[^\]\n]*\])+\s*(?:[-+*/%&|^]|\*\*|\?\?|\|\||&&)?=(?![=>])"
)
_sight = lru_cache(maxsize=256)(visible.sight)


@lru_cache(maxsize=256)
def _changed_in_place(code: str) -> frozenset[str]:
    return frozenset(found[1] for found in _CHANGED_IN_PLACE.finditer(code))


def run_code(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Call the exported function with (context, stepResults); the `data` it returns is the result.

    It also may return `statusCode`, `contentType` and `headers` for the answer to a synchronous caller, and state
    to keep: objects whose keys are laid over what there is, a null taking a key away. State that the code changes in
    place is not kept: the platform documents that it is returned. Only those members of the context and of the step
    results are passed that the code can see (`xchange_cli.javascript.visible`).
    """
    if inputs.get("data") is not None:
        context.warn('the input "data" of a code step is not documented; it is not passed to the code')
    code = _code(inputs)
    sight = _sight(code)
    results = visible.visible(context.step_results, code, sees_all=sight.all_of_results)
    facts = visible.visible(_execution(context), code, sees_all=sight.all_of_context)
    returned = run_module(context, code, facts, results)
    _warn_of_lost_state(context, code, returned)
    if returned is None:
        return ActionResult()
    if not isinstance(returned, dict) or not returned.keys() & {"data", *_ANSWER, *_STATES}:
        context.warn(f'the code returned {describe(returned)} without a value "data"; its result is null')
        return ActionResult()
    if "body" in returned:
        context.warn('the returned "body" is not used; return what the caller shall get as "data"')
    return _result(returned, returned, data=returned.get("data"))


def run_code_trigger(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Call the exported function with (context, payload); the `payload` it returns is the trigger's result.

    The optional `response` {statusCode, contentType, headers, body} answers the caller.
    """
    code = _code(inputs)
    returned = run_module(context, code, _execution(context), context.payload)
    _warn_of_lost_state(context, code, returned)
    if not isinstance(returned, dict) or "payload" not in returned:
        raise ActionError(
            f"a code trigger must return an object with payload; it returned {describe(returned)}",
            input_key="code",
        )
    response = returned.get("response") or {}
    if not isinstance(response, dict):
        raise ActionError(
            f"the response of a code trigger must be an object, not {describe(response)}", input_key="code"
        )
    result = _result(returned, response, data=returned["payload"])
    return result._replace(answer=response.get("body"))


def _code(inputs: Mapping[str, Any]) -> str:
    code = inputs.get("code")
    if not isinstance(code, str):
        raise ActionError(f"code must be JavaScript text, not {describe(code)}", input_key="code")
    return code


def _execution(context: ActionContext) -> Mapping[str, Any]:
    """Give what code sees as `context`; kinds of state of which nothing was kept yet are empty objects."""
    nothing: dict[str, Any] = {key: {} for key in _STATES}
    return {**nothing, **context.execution, "configVars": context.config_vars}


def _warn_of_lost_state(context: ActionContext, code: str, returned: Any) -> None:
    kept = returned if isinstance(returned, dict) else {}
    changed = _changed_in_place(code)
    for kind in sorted(changed - kept.keys()) if changed else ():
        context.warn(f"the code changes {kind} in place; only state that it returns is kept")


def _result(returned: Mapping[str, Any], answer: Mapping[str, Any], *, data: Any) -> ActionResult:
    """Make the result; what shapes the answer is in `answer`, state in `returned`."""
    content_type, headers = answer.get("contentType"), answer.get("headers")
    if headers is not None and not isinstance(headers, dict):
        raise ActionError(
            f"the returned headers must be an object, not {describe(headers)}", input_key="code"
        )
    return ActionResult(
        data=data,
        content_type=None if content_type is None else to_string(content_type),
        status_code=_status(answer),
        headers=None if headers is None else {name: to_string(value) for name, value in headers.items()},
        state=_state(returned) or None,
    )


def _state(returned: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: returned[key] for key in _STATES if returned.get(key) is not None}
    for key, value in kept.items():
        if not isinstance(value, dict):
            raise ActionError(
                f"the returned {key} must be an object, not {describe(value)}", input_key="code"
            )
    return kept


def _status(answer: Mapping[str, Any]) -> int | None:
    if answer.get("statusCode") is None:
        return None
    try:
        return read(answer, "statusCode", to_integer)
    except ActionError as error:
        raise ActionError(f"the returned {error.message}", input_key="code") from error


COMPONENT = Implementation(
    actions={"runCode": run_code, "runCodeTrigger": run_code_trigger},
    examples=(
        Example(
            "runCode",
            {
                "code": 'module.exports = async (context, stepResults) => ({ data: { foo: "Hello", bar: 123.45 } });'
            },
            {"foo": "Hello", "bar": 123.45},
        ),
        Example("runCode", {"code": "module.exports = async () => {};"}, None),
        Example(
            "runCode",
            {
                "code": "module.exports = async () => ({ data: 'no', statusCode: 404, headers: { 'X-Count': 1 } });"
            },
            ActionResult(data="no", status_code=404, headers={"X-Count": "1"}),
        ),
        Example(
            "runCode",
            {"code": "module.exports = async () => { throw new Error('no orders'); };"},
            None,
            error="Error: no orders",
        ),
        Example(
            "runCodeTrigger",
            {
                "code": "module.exports = async (context, payload) => "
                "({ payload, response: { statusCode: 202, body: payload.body.data.id } });"
            },
            ActionResult(
                data={"body": {"data": {"id": 1}, "contentType": "application/json"}},
                status_code=202,
                answer=1,
            ),
        ),
    ),
)
