"""Checks XML against an XSD; nothing is fetched from the network or read from files, and entities are refused.

A pattern of a schema is matched by Python, which cannot be stopped: one that backtracks without end holds up the run
past its deadline.
"""

import warnings
from itertools import islice

from xchange_cli.components.spec import ActionError

_MOST_PROBLEMS = 3
_LONGEST_MESSAGE = 300


def check_xml(xml: str, schema: str) -> None:
    """Check an XML document against an XML Schema 1.0.

    Raises:
        ActionError: the first problems with their paths, or what is wrong with the schema or the XML.

    """
    problems = _problems(xml, schema)
    if problems:
        shown = "; ".join(problems[:_MOST_PROBLEMS])
        more = "; and more" if len(problems) > _MOST_PROBLEMS else ""
        raise ActionError(f"not valid: {shown}{more}", kind="invalid-data", input_key="xml")


def _problems(xml: str, schema: str) -> list[str]:
    """Say what is wrong with the XML: the first problems, one more than are shown.

    The library answers odd schemas and odd data with exceptions of many kinds: its own, those of `re`, of arithmetic,
    of recursion. Whichever it is, the schema cannot be used on this data.
    """
    from xmlschema import XMLResource, XMLSchema
    from xmlschema.exceptions import XMLSchemaException

    key = "xmlSchema"
    try:
        with warnings.catch_warnings(action="ignore"):  # about imports that cannot be followed
            checks = XMLSchema(_document(schema, key), allow="none", defuse="always")
            key = "xml"
            document = XMLResource(_document(xml, key), allow="none", defuse="always")
            found = islice(checks.iter_errors(document), _MOST_PROBLEMS + 1)
            return [f"{error.path}: {_cut(error.reason or error.message)}" for error in found]
    except XMLSchemaException as error:
        raise ActionError(f"{key}: {_cut(_first_line(error))}", input_key=key) from error
    except RecursionError as error:
        raise ActionError(f"{key}: nested too deeply, or without end", input_key=key) from error
    except ActionError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {_cut(_first_line(error))}"
        raise ActionError(f"the XML cannot be checked with this schema: {reason}", input_key=key) from error


def _document(text: str, key: str) -> str:
    """Refuse what the library would take for the name of a file."""
    trimmed = text.lstrip("\ufeff \t\r\n")
    if not trimmed.startswith("<"):
        raise ActionError(f"{key}: not XML: it does not begin with <", input_key=key)
    return trimmed


def _first_line(error: Exception) -> str:
    """Give the first line of a message: the others quote the schema."""
    return str(error).partition("\n")[0].rstrip(":")


def _cut(message: str) -> str:
    """Messages quote the data, which may be long."""
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[: _LONGEST_MESSAGE - 1]}…"
