"""Checks data against a JSON Schema; nothing is fetched from the network."""

from typing import Any

from xchange_cli.components.spec import ActionError

_MOST_PROBLEMS = 3


def check(value: Any, schema: Any) -> None:
    """Check a value against the draft that the schema names, else the newest.

    Raises:
        ActionError: the first problems with their JSON paths, or what is wrong with the schema.

    """
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    kind = validator_for(schema, default=Draft202012Validator)
    try:
        kind.check_schema(schema)
        problems = sorted(
            kind(schema, registry=Registry()).iter_errors(value), key=lambda found: found.json_path
        )
    except SchemaError as error:
        raise ActionError(f"not a JSON Schema: {error.message}", input_key="jsonSchema") from error
    except Unresolvable as error:
        raise ActionError(
            f"the schema refers to what it does not hold: {error}", input_key="jsonSchema"
        ) from error
    if problems:
        shown = "; ".join(f"{found.json_path}: {found.message}" for found in problems[:_MOST_PROBLEMS])
        more = len(problems) - _MOST_PROBLEMS
        rest = f"; and {more} more" if more > 0 else ""
        raise ActionError(f"not valid: {shown}{rest}", kind="invalid-data", input_key="jsonInput")
