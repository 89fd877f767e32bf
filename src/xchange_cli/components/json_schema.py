"""Checks data against a JSON Schema; nothing is fetched from the network.

A regular expression of a schema is matched by Python, which cannot be stopped: one that backtracks without end holds
up the run past its deadline.
"""

import warnings
from typing import Any

from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import describe

_MOST_PROBLEMS = 3
_LONGEST_MESSAGE = 300


def check(value: Any, schema: Any) -> None:
    """Check a value against the draft that the schema names, else the newest.

    Raises:
        ActionError: the first problems with their JSON paths, or what is wrong with the schema.

    """
    if not isinstance(schema, dict | bool):
        raise ActionError(
            f"not a JSON Schema: {describe(schema)} is neither an object nor true or false",
            input_key="jsonSchema",
        )
    problems = _problems(value, schema)
    if problems:
        shown = "; ".join(problems[:_MOST_PROBLEMS])
        more = len(problems) - _MOST_PROBLEMS
        rest = f"; and {more} more" if more > 0 else ""
        raise ActionError(f"not valid: {shown}{rest}", kind="invalid-data", input_key="jsonInput")


def _problems(value: Any, schema: Any) -> list[str]:
    """Say what is wrong with the value, in the order of the paths.

    The library answers odd schemas and odd data with exceptions of many kinds: those of `re`, of arithmetic, of
    look-up, of recursion. Whichever it is, the schema cannot be used on this data.
    """
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]
    from referencing.exceptions import Unresolvable

    try:
        with warnings.catch_warnings(action="ignore"):  # of `re`, about patterns that other engines know
            kind = validator_for(schema, default=Draft202012Validator)
            kind.check_schema(schema)
            found = sorted(
                kind(schema, registry=REGISTRY).iter_errors(value), key=lambda problem: problem.json_path
            )
        return [f"{problem.json_path}: {_cut(problem.message)}" for problem in found]
    except SchemaError as error:
        raise _refused(f"not a JSON Schema: {_cut(error.message)}") from error
    except Unresolvable as error:
        raise _refused(f"the schema refers to what it does not hold: {_cut(str(error))}") from error
    except RecursionError as error:
        raise _refused("the schema or the data is nested too deeply, or without end") from error
    except Exception as error:
        raise _refused(
            f"the data cannot be checked with this schema: {type(error).__name__}: {_cut(str(error))}"
        ) from error


def _refused(message: str) -> ActionError:
    return ActionError(message, input_key="jsonSchema")


def _cut(message: str) -> str:
    """Messages quote the data, which may be long."""
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[: _LONGEST_MESSAGE - 1]}…"
