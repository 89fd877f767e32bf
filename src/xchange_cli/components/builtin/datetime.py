"""Reads, shifts and formats moments.

A moment is ISO 8601 text, where one without an offset is in UTC, the zone of the hosted runner, or Unix seconds.
"""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from xchange_cli.components.conversions import to_boolean, to_date, to_number, to_string
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.moment_formats import format_moment, letters_left
from xchange_cli.components.moments import iso_text, local_iso_text, zone_of
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript.values import describe
from xchange_cli.javascript.values import to_number as as_number

_MILLISECONDS = {"days": 86_400_000, "hours": 3_600_000, "minutes": 60_000, "seconds": 1000}
_DEFAULT_FORMAT = "YYYY-MM-DDTHH:mm:ss.SSSZ"


def adjust(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Move by lengths of time: a day is 24 hours, also where clocks change. That this is so is likely, not known."""
    moment = _moment(context, inputs)
    distance = 0.0
    for unit, milliseconds in _MILLISECONDS.items():
        distance += read(inputs, f"{unit}Input", to_number) * milliseconds
    try:
        return ActionResult(iso_text(moment + timedelta(milliseconds=distance)))
    except (OverflowError, ValueError) as error:
        raise ActionError(f"{iso_text(moment)} moved so far is not in the years 1 to 9999") from error


def to_iso(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write in UTC; what the time zone is for is not documented, here it changes nothing."""
    if inputs.get("timeZoneInput"):
        zone = read(inputs, "timeZoneInput", to_string)
        read({"timeZoneInput": zone}, "timeZoneInput", zone_of)
        context.warn(f"the ISO string is in UTC; the time zone {zone} changes nothing here")
    return ActionResult(iso_text(_moment(context, inputs)))


def to_local_iso(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write with the offset of the zone; without a zone it is UTC."""
    return ActionResult(local_iso_text(_local(context, inputs)))


def to_epoch(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give milliseconds, or whole seconds when asked."""
    return ActionResult(_epoch(_moment(context, inputs), inputs))


def from_epoch(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Read milliseconds, or seconds when asked; fractions of a millisecond are cut off."""
    number = read_required(inputs, "epochInput", to_number, float("nan"))
    milliseconds = number * 1000 if _in_seconds(inputs) else number
    try:
        return ActionResult(iso_text(_EPOCH + timedelta(milliseconds=int(milliseconds))))
    except (OverflowError, ValueError) as error:
        message = f"epochInput: {describe(inputs['epochInput'])} is no moment of the years 1 to 9999"
        raise ActionError(message, input_key="epochInput") from error


def format_date_time(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write by a pattern with the tokens of moment and dayjs (YYYY-MM-DD HH:mm:ss)."""
    pattern = read(inputs, "formatInput", to_string) or _DEFAULT_FORMAT
    left = letters_left(pattern)
    if left:
        context.warn(
            f"formatInput: {', '.join(left)} is written as it is here; the platform may fill it in "
            "(years are YYYY, days are DD)"
        )
    return ActionResult(format_moment(_local(context, inputs), pattern))


def current(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give ISO text in UTC, or whole seconds since 1970 when asked."""
    return ActionResult(_epoch(context.now(), inputs) if _in_seconds(inputs) else iso_text(context.now()))


_EPOCH = to_date("1970-01-01")


def _moment(context: ActionContext, inputs: Mapping[str, Any]) -> datetime:
    value = inputs.get("dateTimeInput")
    if value is not None and not (isinstance(value, str) and math.isnan(as_number(value))):
        context.warn(f"dateTimeInput: {describe(value)} is taken for seconds since 1970")
    return read_required(inputs, "dateTimeInput", to_date)


def _local(context: ActionContext, inputs: Mapping[str, Any]) -> datetime:
    zone = read(
        {"timeZoneInput": read(inputs, "timeZoneInput", to_string) or "UTC"}, "timeZoneInput", zone_of
    )
    moment = _moment(context, inputs)
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError) as error:
        message = f"{iso_text(moment)} is outside of the years 1 to 9999 in that time zone"
        raise ActionError(message, input_key="dateTimeInput") from error


def _epoch(moment: datetime, inputs: Mapping[str, Any]) -> int:
    milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
    return milliseconds // 1000 if _in_seconds(inputs) else milliseconds


def _in_seconds(inputs: Mapping[str, Any]) -> bool:
    return read(inputs, "epochInSeconds", to_boolean)


_GAP = "2024-03-10T08:00:00Z"

COMPONENT = Implementation(
    actions={
        "adjustDateTime": adjust,
        "convertToISOString": to_iso,
        "convertToLocalISOString": to_local_iso,
        "convertToEpoch": to_epoch,
        "convertFromEpoch": from_epoch,
        "formatDateTime": format_date_time,
        "getCurrentDateTime": current,
    },
    examples=(
        Example(
            "adjustDateTime",
            {"dateTimeInput": "2024-01-01", "daysInput": "7", "hoursInput": "", "minutesInput": "5"},
            "2024-01-08T00:05:00.000Z",
        ),
        Example(
            "adjustDateTime",
            {"dateTimeInput": "2024-03-01T00:00:00+01:00", "daysInput": "-1"},
            "2024-02-28T23:00:00.000Z",
        ),
        Example(
            "adjustDateTime",
            {"dateTimeInput": "2024-01-01", "daysInput": "soon"},
            None,
            error='daysInput: the text "soon" is not a number',
        ),
        Example(
            "convertToISOString", {"dateTimeInput": "2024-01-01T01:00:00+01:00"}, "2024-01-01T00:00:00.000Z"
        ),
        Example("convertToISOString", {"dateTimeInput": "2023-02-29"}, None, error="is not a date"),
        Example(
            "convertToLocalISOString",
            {"dateTimeInput": "2024-01-01T00:00:00Z", "timeZoneInput": "Europe/Berlin"},
            "2024-01-01T01:00:00.000+01:00",
        ),
        Example(
            "convertToLocalISOString",
            {"dateTimeInput": _GAP, "timeZoneInput": "america/chicago"},
            "2024-03-10T03:00:00.000-05:00",
        ),
        Example("convertToEpoch", {"dateTimeInput": "2024-01-01T00:00:00Z"}, 1704067200000),
        Example(
            "convertToEpoch",
            {"dateTimeInput": "2024-01-01T00:00:00.999Z", "epochInSeconds": True},
            1704067200,
        ),
        Example("convertFromEpoch", {"epochInput": "1704067200000"}, "2024-01-01T00:00:00.000Z"),
        Example(
            "convertFromEpoch", {"epochInput": 1704067200, "epochInSeconds": True}, "2024-01-01T00:00:00.000Z"
        ),
        Example("convertFromEpoch", {"epochInput": ""}, None, error='the text "" is no moment'),
        Example(
            "formatDateTime",
            {"dateTimeInput": "2024-01-01T00:00:00Z", "timeZoneInput": "etc/UTC"},
            "2024-01-01T00:00:00.000+00:00",
        ),
        Example(
            "formatDateTime",
            {
                "dateTimeInput": "2024-02-29T15:04:05Z",
                "timeZoneInput": "Asia/Kolkata",
                "formatInput": "dddd, MMMM Do YYYY [at] h:mm A",
            },
            "Thursday, February 29th 2024 at 8:34 PM",
        ),
        Example(
            "formatDateTime",
            {"dateTimeInput": "2024-01-01", "timeZoneInput": "Europe/Berln"},
            None,
            error='timeZoneInput: "Europe/Berln" is not a time zone; did you mean Europe/Berlin?',
        ),
        Example("getCurrentDateTime", {}, "2024-05-17T09:30:15.123Z"),
        Example("getCurrentDateTime", {"epochInSeconds": True}, 1715938215),
    ),
)
