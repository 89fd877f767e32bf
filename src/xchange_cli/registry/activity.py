"""One entry of the activity log: who did what to which version, and when."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, cast, get_args

from xchange_cli.registry.fields import Fields
from xchange_cli.registry.json_bytes import json_bytes

Category = Literal["publish", "availability", "labels", "template", "fork", "delete"]
CATEGORIES: tuple[Category, ...] = get_args(Category)

_SCHEMA = "xchange.activity-entry/1"


class Activity(NamedTuple):
    """`id` is a ULID, `time` is UTC: `2026-05-01T12:00:00.000Z`; the registry gives both when they are empty.

    `subject` is `KEY` or `KEY@N`, `preview` one line for people, `details` what JSON can hold.
    """

    id: str
    time: str
    user: str
    category: Category
    subject: str
    preview: str
    details: Mapping[str, Any]

    @classmethod
    def new(
        cls, user: str, category: Category, subject: str, preview: str, details: Mapping[str, Any]
    ) -> "Activity":
        """Make an entry that gets its id and time when it is recorded."""
        return cls("", "", user, category, subject, preview, details)

    @property
    def key(self) -> str:
        """The key of the integration that it is about."""
        return self.subject.partition("@")[0]


def to_json(activity: Activity) -> bytes:
    return json_bytes({"schema": _SCHEMA, **data_of(activity)})


def from_json(data: bytes, name: str) -> Activity:
    """Read an entry.

    Raises:
        XchangeError: INVALID.

    """
    return activity_of(Fields.read(data, name, _SCHEMA))


def data_of(activity: Activity) -> dict[str, Any]:
    """Give an entry as JSON holds it."""
    return {**activity._asdict(), "details": dict(activity.details)}


def activity_of(fields: Fields) -> Activity:
    """Take an entry from JSON.

    Raises:
        XchangeError: INVALID.

    """
    return Activity(
        fields.text("id"),
        fields.time("time"),
        fields.text("user"),
        cast("Category", fields.choice("category", CATEGORIES)),
        fields.text("subject"),
        fields.text("preview"),
        fields.part("details").data,
    )
