"""Reads the inputs of AWS actions as what the requests need; every error names the input."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from xchange_cli.components.conversions import to_object, to_string
from xchange_cli.components.inputs import read, read_list, read_required
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import describe, parse_json

Inputs = Mapping[str, Any]
Params = dict[str, Any]


def required_text(inputs: Inputs, key: str) -> str:
    text = read_required(inputs, key, _text)
    if not text:
        raise ActionError(f"{key} is empty", input_key=key)
    return text


def optional_text(inputs: Inputs, key: str) -> str:
    """Read a text; one that is not set is empty."""
    return read(inputs, key, _text)


def texts(inputs: Inputs, key: str) -> list[str]:
    """Read a list of texts that must have at least one."""
    items = read(inputs, key, lambda _value: [_text(item) for item in read_list(inputs, key)])
    if not items:
        raise ActionError(f"{key} is empty", input_key=key)
    return items


def text_pairs(inputs: Inputs, key: str) -> dict[str, str]:
    """Read a key/value list of texts; the last of equal keys wins."""
    return read(
        inputs, key, lambda pairs: {_text(name): _text(value) for name, value in to_object(pairs).items()}
    )


def tags(inputs: Inputs) -> str:
    """Read `tagging` as the text that S3 takes: URL-encoded pairs."""
    return urlencode(text_pairs(inputs, "tagging"), quote_via=quote, safe="")


def json_value(inputs: Inputs, key: str, kind: type) -> Any:
    """Read JSON of the kind `list` or `dict`, written as text or there as data; None where it is not set."""
    given = inputs.get(key)
    value = _parsed(given, key) if isinstance(given, str) and given.strip() else given or None
    if value is not None and not isinstance(value, kind):
        wanted = "a JSON list" if kind is list else "a JSON object"
        raise ActionError(f"{key} must be {wanted}, not {describe(value)}", input_key=key)
    return value


def given(**params: Any) -> Params:
    """Keep what is set: AWS takes an empty text for a value."""
    return {key: value for key, value in params.items() if value is not None and value != ""}


def well_formed(text: str) -> str:
    """Replace halves of surrogate pairs, which no request can carry."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _text(value: Any) -> str:
    return well_formed(to_string(value))


def _parsed(text: str, key: str) -> Any:
    try:
        return parse_json(text)
    except ValueError as error:
        raise ActionError(f"{key} is not JSON: {error}", input_key=key) from error
