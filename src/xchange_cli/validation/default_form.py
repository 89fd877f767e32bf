"""How the text of a default value has to be written; config sets allow more forms of the same value."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from xchange_cli.model.integration import ConfigVar

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_ANY_ENTITY = re.compile(r"<!ENTITY|&(?!(?:lt|gt|amp|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)\w+;")


class Misfit(NamedTuple):
    """`message` follows the name of the variable."""

    message: str
    hint: str
    sure: bool = True


def misfit_of(variable: ConfigVar, text: str) -> Misfit | None:
    """Judge a default value that can be decoded, as a config set could be."""
    if variable.collection:
        return _of_collection(variable, text)
    if variable.data_type == "code":
        return _of_code(variable.node.data.get("codeLanguage"), text)
    return _of_single(variable.data_type, text)


def _of_collection(variable: ConfigVar, text: str) -> Misfit | None:
    decoded = _json(text)
    if variable.collection == "keyvaluelist" and isinstance(decoded, dict):
        hint = """Write JSON text: `'[{"key": "a", "value": "1"}]'`."""
        return Misfit("needs a JSON list of keys and values, not an object", hint)
    for item in _texts(decoded):
        misfit = _of_single(variable.data_type, item)
        if misfit is not None:
            return misfit._replace(message=f"{misfit.message} in every entry")
    return None


def _texts(decoded: Any) -> Iterator[str]:
    """Yield the items of a list, or the values of its pairs, that are texts."""
    for item in decoded if isinstance(decoded, list) else ():
        value = item.get("value") if isinstance(item, dict) else item
        if isinstance(value, str):
            yield value


def _of_single(data_type: str, text: str) -> Misfit | None:
    if data_type == "boolean" and text not in {"true", "false"}:
        return Misfit("needs true or false", "Write `true` or `false`, in small letters.")
    if data_type == "number" and not _NUMBER.fullmatch(text.strip()):
        return Misfit("needs a decimal number", "Write digits, with a dot before decimals.")
    return None


def _of_code(language: Any, text: str) -> Misfit | None:
    if not text.strip():
        return None
    if (language == "json" and _json(text) is _BROKEN) or (language == "xml" and _is_broken_xml(text)):
        name = str(language).upper()
        return Misfit(f"needs {name}", f"`codeLanguage` says that it is {name}.", sure=False)
    return None


_BROKEN = object()


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _BROKEN


def _is_broken_xml(text: str) -> bool:
    """Look at XML without entities of its own alone: those may be anything, and grow."""
    if _ANY_ENTITY.search(text):
        return False
    from xml.parsers import expat

    try:
        expat.ParserCreate("utf-8").Parse(text.strip().encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return True
    return False
