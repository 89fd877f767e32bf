"""Instants as text, and the time zones of the IANA database."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from xchange_cli.components.spec import ActionError
from xchange_cli.nearest import nearest

_NAMES_OF_UTC = frozenset({"utc", "etc/utc", "z", "zulu", "etc/zulu"})


def iso_text(moment: datetime) -> str:
    """Write like JavaScript's `Date.toISOString`: in UTC, with milliseconds and `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_iso_text(moment: datetime) -> str:
    """Write the local time with milliseconds and its offset, which is `+00:00` in UTC."""
    wall_clock = moment.replace(tzinfo=None).isoformat(timespec="milliseconds")
    return wall_clock + offset_text(moment)


def offset_text(moment: datetime, separator: str = ":") -> str:
    """Write the offset from UTC in hours and minutes; seconds, which only old local times have, are cut off."""
    offset = moment.utcoffset()
    seconds = 0 if offset is None else int(offset.total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{separator}{minutes:02}"


def zone_of(name: str) -> tzinfo:
    """Find a zone of the IANA database by its name; upper and lower case are alike, as in JavaScript.

    Raises:
        ActionError: with the name that was probably meant.

    """
    folded = name.strip().lower()
    if folded in _NAMES_OF_UTC:
        return UTC
    known = _zone_names()
    if folded in known:
        from zoneinfo import ZoneInfo

        return ZoneInfo(known[folded])
    meant = nearest(folded, known)
    hint = f"; did you mean {known[meant]}?" if meant else "; a name such as Europe/Berlin is needed"
    raise ActionError(f'"{name if len(name) <= 40 else name[:39] + "…"}" is not a time zone{hint}')


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    """Give the names of all zones by their lower-case form."""
    from zoneinfo import available_timezones

    return {name.lower(): name for name in sorted(available_timezones()) if name != "localtime"}
