"""Published schemas of outputs, read strictly: a key that they do not describe is a fault."""

import json
from functools import cache

from jsonschema import Draft202012Validator

from xchange_cli.schemas import schema


def faults(text, name):
    """Give what the schema does not allow, and the keys that it does not describe."""
    return _told(strict(name), json.loads(text))


def event_faults(line):
    """Do so for an event of a run: what its kind of event does not describe."""
    event = json.loads(line)
    plain = Draft202012Validator(schema("run-event"))
    return [*_told(plain, event), *_told(strict("run-event", event["event"]), event)]


@cache
def strict(name, part=""):
    whole = closed(schema(name))
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": whole["$defs"]} if part else whole)


def closed(part):
    """Give the same schema, in which a key that it does not describe is a fault."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inner = {key: value if key in {"if", "examples"} else closed(value) for key, value in part.items()}
    return {**inner, "additionalProperties": False} if "properties" in part else inner


def _told(validator, value):
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]
