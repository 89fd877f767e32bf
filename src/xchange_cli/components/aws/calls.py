"""Actions that are one request to AWS, as data."""

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any, Final, NamedTuple

from xchange_cli.components.aws.account import read_account
from xchange_cli.components.aws.inputs import Inputs, Params, required_text
from xchange_cli.components.aws.results import plain
from xchange_cli.components.aws.sdk import connect
from xchange_cli.components.spec import ActionContext, ActionResult, Perform

MOST_SHOWN: Final = 200


class Call(NamedTuple):
    """One request: the operation of the AWS library, its parameters, and the result made of the response.

    `what` says what is written, as `description` takes it; it is empty where nothing is.
    """

    service: str
    operation: str
    params: Callable[[Inputs], Params]
    what: str = ""
    result: Callable[[Mapping[str, Any]], Any] = plain
    default_region: str = ""


def performing(call: Call) -> Perform:
    """Make the code of an action that is one request; all inputs are read before anything is opened."""

    def perform(context: ActionContext, inputs: Inputs) -> ActionResult:
        account = read_account(inputs)
        params = call.params(inputs)
        client = connect(
            context,
            call.service,
            account,
            (lambda: description(call.what, params)) if call.what else None,
            default_region=call.default_region,
        )
        return ActionResult(data=call.result(getattr(client, call.operation)(**params)))

    return perform


class _Cutting(Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        if format_spec != "cut":
            return super().format_field(value, format_spec)
        text = str(value)
        return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def description(what: str, params: Params) -> str:
    """Put in the parameters that `what` names in braces; of `{Name:cut}` only the beginning.

    What is cut ends with `…`, before which the beginning of a secret is found too.
    """
    return _Cutting().vformat(what, (), params)


def no_params(_inputs: Inputs) -> Params:
    return {}


def text_params(**names: str) -> Callable[[Inputs], Params]:
    """Read parameters that are texts which must be set: the input's key by the parameter's name."""
    return lambda inputs: {name: required_text(inputs, key) for name, key in names.items()}
