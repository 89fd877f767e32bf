"""The actions of the HTTP component, which others share."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_string
from xchange_cli.components.inputs import read
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult
from xchange_cli.components.web.body import Body, File, body_of, field_text, file_of, multipart
from xchange_cli.components.web.connection import connection_headers
from xchange_cli.components.web.exchange import exchange
from xchange_cli.components.web.options import read_options
from xchange_cli.components.web.request import header, members_of, read_headers, read_url, request
from xchange_cli.javascript.values import describe


@refusing_depth
def send(method: str, context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Send a request with the body that `data` gives, if there is such an input."""
    headers = read_headers(inputs)
    body = read(inputs, "data", body_of, header(headers, "Content-Type"))
    return _send(method, context, inputs, headers, body)


@refusing_depth
def send_form(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Send fields and files as `multipart/form-data`; the content type is always that of the form."""
    method = (read(inputs, "httpMethod", to_string) or "post").upper()
    if method not in {"POST", "PUT"}:
        raise ActionError(
            f"httpMethod: {describe(inputs['httpMethod'])} is neither post nor put", input_key="httpMethod"
        )
    fields = read(inputs, "formData", members_of)
    files = read(inputs, "fileData", members_of)
    names = read(inputs, "fileDataFileNames", members_of)
    for unused in (name for name in names if name not in files):
        context.warn(f"fileDataFileNames names `{unused}`, but fileData has no such file; it is not sent")
    parts: list[tuple[str, File | str]] = [
        *((name, field_text(value)) for name, value in fields.items()),
        *((name, file_of(value, name, to_string(names.get(name)))) for name, value in files.items()),
    ]
    headers = {name: value for name, value in read_headers(inputs).items() if name.lower() != "content-type"}
    return _send(method, context, inputs, headers, multipart(parts))


def _send(
    method: str, context: ActionContext, inputs: Mapping[str, Any], headers: Mapping[str, str], body: Body
) -> ActionResult:
    options, url = read_options(inputs), read_url(context, inputs)
    proofs = connection_headers(context, inputs.get("connection"))
    return exchange(context, request(method, url, body, headers, proofs), options)
