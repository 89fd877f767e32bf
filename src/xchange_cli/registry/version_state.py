"""What may change of a published version, and the file that holds it."""

from typing import Literal, NamedTuple, cast, get_args

from xchange_cli.registry.activity import Activity, activity_of, data_of
from xchange_cli.registry.fields import Fields
from xchange_cli.registry.json_bytes import json_bytes

Template = Literal["no", "org", "all"]
TEMPLATES: tuple[Template, ...] = get_args(Template)

_SCHEMA = "xchange.version-state/1"


class VersionState(NamedTuple):
    """`because` says why a version is not available; `labels` are those given after publishing, in lower case."""

    available: bool = True
    because: str = ""
    labels: tuple[str, ...] = ()
    template: Template = "no"


AS_PUBLISHED = VersionState()
UNAVAILABLE = VersionState(available=False)


class States(dict[int, VersionState]):
    """States by number; a version that is not in it is as it was published."""

    def __missing__(self, number: int) -> VersionState:
        return AS_PUBLISHED

    def with_state(self, number: int, state: VersionState) -> "States":
        """Give these states with another one of a version; what is as at publishing is not kept."""
        others = {one: known for one, known in self.items() if one != number}
        return States(others if state == AS_PUBLISHED else {**others, number: state})


class Planned(NamedTuple):
    """A version that is unavailable from its first moment, provided that `manifest` is the SHA-256 of its manifest.

    It is written before the manifest. When another one came to be under this number, it means nothing.
    """

    number: int
    manifest: str
    activity: Activity


class StateFile(NamedTuple):
    """All of `state.json` of a key.

    Versions up to `purged_through` were deleted, and their numbers are never used again. `last` is the change that
    led to this state: whoever changes it again first sees to it that the log has that one. `planned` are the states of
    versions that are being published, or never were. `is_purging` from the first to the last moment of a purge, also
    of one that was killed: nothing is published meanwhile.
    """

    versions: States = States()
    purged_through: int = 0
    last: Activity | None = None
    planned: tuple[Planned, ...] = ()
    is_purging: bool = False


def to_json(file: StateFile) -> bytes:
    """Write the states that differ from those at publishing, the oldest version first."""
    changed = {
        str(number): state_data(state)
        for number, state in sorted(file.versions.items())
        if state != AS_PUBLISHED
    }
    data = {
        "schema": _SCHEMA,
        "purgedThrough": file.purged_through,
        "versions": changed,
        "last": None if file.last is None else data_of(file.last),
    }
    if file.planned:
        data["planned"] = [{**one._asdict(), "activity": data_of(one.activity)} for one in file.planned]
    if file.is_purging:
        data["purging"] = True
    return json_bytes(data)


def from_json(data: bytes, name: str) -> StateFile:
    """Read `state.json`.

    Raises:
        XchangeError: INVALID.

    """
    fields = Fields.read(data, name, _SCHEMA)
    versions = fields.part("versions")
    last = fields.part_or_none("last")
    return StateFile(
        States({_number(versions, key): state_of(versions.part(key)) for key in versions.data}),
        fields.number("purgedThrough"),
        None if last is None else activity_of(last),
        tuple(map(_planned, fields.parts("planned"))) if "planned" in fields.data else (),
        fields.flag("purging") if "purging" in fields.data else False,
    )


def _planned(fields: Fields) -> Planned:
    return Planned(
        fields.number("number", 1), fields.digest("manifest"), activity_of(fields.part("activity"))
    )


def _number(fields: Fields, key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 8 and int(key) > 0):
        raise fields.wrong(key, "is no number of a version")
    return int(key)


def state_data(state: VersionState) -> dict[str, object]:
    return {**state._asdict(), "labels": list(state.labels)}


def state_of(fields: Fields) -> VersionState:
    return VersionState(
        fields.flag("available"),
        fields.text("because"),
        fields.texts("labels"),
        cast("Template", fields.choice("template", TEMPLATES)),
    )
