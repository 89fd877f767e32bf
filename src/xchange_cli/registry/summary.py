"""What a list of integrations shows of one: made of its newest manifest and the states of its versions."""

from hashlib import sha256
from typing import Any, NamedTuple, cast

from xchange_cli.errors import XchangeError
from xchange_cli.registry.fields import Fields
from xchange_cli.registry.json_bytes import json_bytes
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.version_state import (
    TEMPLATES,
    StateFile,
    Template,
    VersionState,
    state_data,
    state_of,
)

_SCHEMA = "xchange.registry-summary/1"
_CHECK = b',\n  "check": "'


class Offer(NamedTuple):
    """A version that is offered as a template: `template` is `org` or `all`."""

    number: int
    template: Template


class Summary(NamedTuple):
    """`number` to `time` are those of the newest version, and `state` is its own.

    `versions` counts them, `newest_available` is None where none is available, `templates` has the newest first.
    """

    key: str
    number: int
    external_version: str
    name: str
    description: str
    category: str
    labels: tuple[str, ...]
    digest: str
    time: str
    state: VersionState
    versions: int
    newest_available: int | None
    templates: tuple[Offer, ...]


def summary_of(newest: "Manifest | Summary", file: StateFile) -> Summary:
    """Make a summary; of a summary, it is the one after a change of the states."""
    numbers = range(newest.number, file.purged_through, -1)
    offers = sorted(
        (number for number in file.versions if file.versions[number].template != "no"), reverse=True
    )
    return Summary(
        key=newest.key,
        number=newest.number,
        external_version=newest.external_version,
        name=newest.name,
        description=newest.description,
        category=newest.category,
        labels=newest.labels,
        digest=newest.digest,
        time=newest.time,
        state=file.versions[newest.number],
        versions=len(numbers),
        newest_available=next((number for number in numbers if file.versions[number].available), None),
        templates=tuple(Offer(number, file.versions[number].template) for number in offers),
    )


def to_json(summary: Summary) -> bytes:
    return _checked(
        {
            "schema": _SCHEMA,
            "key": summary.key,
            "number": summary.number,
            "externalVersion": summary.external_version,
            "name": summary.name,
            "description": summary.description,
            "category": summary.category,
            "labels": list(summary.labels),
            "digest": summary.digest,
            "time": summary.time,
            "state": state_data(summary.state),
            "versions": summary.versions,
            "newestAvailable": summary.newest_available,
            "templates": [offer._asdict() for offer in summary.templates],
        }
    )


def without_versions(key: str) -> bytes:
    """Give the summary of a key under which nothing is published, or not yet."""
    return json_bytes({"schema": _SCHEMA, "key": key, "number": 0})


def summary_in(data: bytes | None, key: str) -> Summary | None:
    """Read a summary; None where it has none of this key, or is not as it was written: it can be made again.

    What git has merged of two summaries is that of neither.
    """
    if data is None or not _is_as_written(data):
        return None
    try:
        fields = Fields.read(data, "", _SCHEMA)
        return None if fields.number("number") == 0 or fields.text("key") != key else _summary(fields)
    except XchangeError:
        return None


def _checked(data: dict[str, Any]) -> bytes:
    """Write data with a check at their end: over what stands before it."""
    written = json_bytes({**data, "check": ""})
    start, _, end = written.rpartition(_CHECK)
    return start + _CHECK + _check(start) + end


def _is_as_written(data: bytes) -> bool:
    start, _, end = data.rpartition(_CHECK)
    return end == _check(start) + b'"\n}\n'


def _check(start: bytes) -> bytes:
    return sha256(start).hexdigest().encode()


def _summary(fields: Fields) -> Summary:
    return Summary(
        key=fields.text("key"),
        number=fields.number("number", 1),
        external_version=fields.text("externalVersion"),
        name=fields.text("name"),
        description=fields.text("description"),
        category=fields.text("category"),
        labels=fields.texts("labels"),
        digest=fields.digest("digest"),
        time=fields.time("time"),
        state=state_of(fields.part("state")),
        versions=fields.number("versions", 1),
        newest_available=fields.number_or_none("newestAvailable", 1),
        templates=tuple(map(_offer, fields.parts("templates"))),
    )


def _offer(fields: Fields) -> Offer:
    return Offer(fields.number("number", 1), cast("Template", fields.choice("template", TEMPLATES)))
