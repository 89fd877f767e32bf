"""What the examples of datetime cannot show: zones where clocks change, the calendar's oddities, formats, limits."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.datetime import COMPONENT
from xchange_cli.components.spec import ActionError


def perform(action, context=None, **inputs):
    return COMPONENT.actions[action](context or RecordingContext(), inputs).data


def warnings_of(action, **inputs):
    context = RecordingContext()
    perform(action, context, **inputs)
    return context.warnings


def failure(action, **inputs):
    with pytest.raises(ActionError) as caught:
        perform(action, **inputs)
    return caught.value.input_key, caught.value.message


def formatted(moment, pattern, zone="UTC"):
    return perform("formatDateTime", dateTimeInput=moment, formatInput=pattern, timeZoneInput=zone)


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        ("2024-03-10T07:59:59.999Z", "2024-03-10T01:59:59.999-06:00"),
        ("2024-03-10T08:00:00Z", "2024-03-10T03:00:00.000-05:00"),
        ("2024-11-03T06:30:00Z", "2024-11-03T01:30:00.000-05:00"),
        ("2024-11-03T07:30:00Z", "2024-11-03T01:30:00.000-06:00"),
    ],
)
def test_local_time_skips_and_repeats_an_hour_where_clocks_change(moment, local):
    assert perform("convertToLocalISOString", dateTimeInput=moment, timeZoneInput="America/Chicago") == local


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("Asia/Kathmandu", "2024-01-01T05:45:00.000+05:45"),
        ("Pacific/Kiritimati", "2024-01-01T14:00:00.000+14:00"),
        ("America/St_Johns", "2023-12-31T20:30:00.000-03:30"),
        ("EUROPE/london", "2024-01-01T00:00:00.000+00:00"),
        ("etc/UTC", "2024-01-01T00:00:00.000+00:00"),
        (None, "2024-01-01T00:00:00.000+00:00"),
        ("", "2024-01-01T00:00:00.000+00:00"),
    ],
)
def test_a_zone_gives_local_time_with_its_offset(zone, local):
    found = perform("convertToLocalISOString", dateTimeInput="2024-01-01T00:00:00Z", timeZoneInput=zone)

    assert found == local


@pytest.mark.parametrize(
    ("zone", "message"),
    [
        ("Europe/Berln", '"Europe/Berln" is not a time zone; did you mean Europe/Berlin?'),
        ("../../etc/passwd", '"../../etc/passwd" is not a time zone; a name such as Europe/Berlin is needed'),
        ("+01:00", '"+01:00" is not a time zone; a name such as Europe/Berlin is needed'),
        ("x" * 50, f'"{"x" * 39}…" is not a time zone; a name such as Europe/Berlin is needed'),
    ],
)
def test_an_unknown_zone_is_an_error_that_names_the_one_that_was_meant(zone, message):
    inputs = {"dateTimeInput": "2024-01-01", "timeZoneInput": zone}

    assert failure("convertToLocalISOString", **inputs) == ("timeZoneInput", f"timeZoneInput: {message}")


@pytest.mark.parametrize(
    ("moment", "days", "moved"),
    [
        ("2024-02-28T12:00:00Z", "1", "2024-02-29T12:00:00.000Z"),
        ("2023-02-28T12:00:00Z", "1", "2023-03-01T12:00:00.000Z"),
        ("1900-02-28", "1", "1900-03-01T00:00:00.000Z"),
        ("2000-02-28", "1", "2000-02-29T00:00:00.000Z"),
        ("2024-03-09T12:00:00-06:00", "1", "2024-03-10T18:00:00.000Z"),
        ("2024-01-01", "0.5", "2024-01-01T12:00:00.000Z"),
        ("0001-01-02", "-1", "0001-01-01T00:00:00.000Z"),
    ],
)
def test_a_day_is_24_hours_and_leap_days_count(moment, days, moved):
    assert perform("adjustDateTime", dateTimeInput=moment, daysInput=days) == moved


@pytest.mark.parametrize("days", ["-1", "Infinity", "1e300"])
def test_a_moment_cannot_leave_the_years_that_can_be_written(days):
    assert failure("adjustDateTime", dateTimeInput="0001-01-01", daysInput=days) == (
        "",
        "0001-01-01T00:00:00.000Z moved so far is not in the years 1 to 9999",
    )


@pytest.mark.parametrize("action", ["convertToLocalISOString", "formatDateTime"])
def test_a_local_time_cannot_leave_them_either(action):
    inputs = {"dateTimeInput": "9999-12-31T23:00:00Z", "timeZoneInput": "Europe/Berlin"}

    assert failure(action, **inputs) == (
        "dateTimeInput",
        "9999-12-31T23:00:00.000Z is outside of the years 1 to 9999 in that time zone",
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "dateTimeInput is not set, or its value is null"),
        ("", 'dateTimeInput: the text "" is not a date: neither ISO 8601 text nor Unix seconds'),
        (
            "2023-02-29",
            'dateTimeInput: the text "2023-02-29" is not a date: neither ISO 8601 text nor Unix seconds',
        ),
        (
            "01/02/2024",
            'dateTimeInput: the text "01/02/2024" is not a date: neither ISO 8601 text nor Unix seconds',
        ),
        ({}, "dateTimeInput: an empty object is not a date: neither ISO 8601 text nor Unix seconds"),
        (
            1704067200000,
            "dateTimeInput: the number 1704067200000 is a date outside of the years 1 to 9999",
        ),
    ],
)
def test_what_is_no_moment_is_an_error(value, message):
    assert failure("convertToEpoch", dateTimeInput=value) == ("dateTimeInput", message)


def test_a_number_is_taken_for_seconds_with_a_warning():
    inputs = {"dateTimeInput": "1704067200"}

    assert perform("convertToISOString", **inputs) == "2024-01-01T00:00:00.000Z"
    assert warnings_of("convertToISOString", **inputs) == [
        'dateTimeInput: the text "1704067200" is taken for seconds since 1970'
    ]
    assert warnings_of("convertToISOString", dateTimeInput="2024-01-01") == []


def test_the_zone_of_an_iso_string_in_utc_is_warned_of():
    inputs = {"dateTimeInput": "2024-07-01", "timeZoneInput": "Europe/Berlin"}

    assert perform("convertToISOString", **inputs) == "2024-07-01T00:00:00.000Z"
    assert warnings_of("convertToISOString", **inputs) == [
        "the ISO string is in UTC; the time zone Europe/Berlin changes nothing here"
    ]


@pytest.mark.parametrize(
    ("epoch", "in_seconds", "moment"),
    [
        (0, False, "1970-01-01T00:00:00.000Z"),
        ("-1", False, "1969-12-31T23:59:59.999Z"),
        ("1.9", False, "1970-01-01T00:00:00.001Z"),
        ("1704067200.5", True, "2024-01-01T00:00:00.500Z"),
        ("253402300799", "true", "9999-12-31T23:59:59.000Z"),
    ],
)
def test_an_epoch_is_read_as_milliseconds_or_seconds(epoch, in_seconds, moment):
    assert perform("convertFromEpoch", epochInput=epoch, epochInSeconds=in_seconds) == moment


@pytest.mark.parametrize(
    ("epoch", "message"),
    [
        ("253402300800000", 'the text "253402300800000" is no moment of the years 1 to 9999'),
        ("Infinity", 'the text "Infinity" is no moment of the years 1 to 9999'),
        ("soon", 'the text "soon" is not a number'),
    ],
)
def test_an_epoch_must_be_a_number_of_a_moment(epoch, message):
    assert failure("convertFromEpoch", epochInput=epoch) == ("epochInput", f"epochInput: {message}")


def test_epochs_before_1970_are_cut_downwards():
    moment = "1969-12-31T23:59:59.500Z"

    assert perform("convertToEpoch", dateTimeInput=moment) == -500
    assert perform("convertToEpoch", dateTimeInput=moment, epochInSeconds="true") == -1


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("YYYY-MM-DDTHH:mm:ss.SSSZ", "2024-02-09T00:05:07.089+00:00"),
        ("YY M D H m s S SS ZZ z", "24 2 9 0 5 7 0 08 +0000 UTC"),
        ("hh h A a k kk", "12 12 AM am 24 24"),
        ("MMM MMMM Mo Do dd ddd dddd d do E", "Feb February 2nd 9th Fr Fri Friday 5 5th 5"),
        ("DDD DDDD Q W WW GGGG X x", "40 040 1 6 06 2024 1707437107 1707437107089"),
        ("LT|LTS|L|LL|LLL", "12:05 AM|12:05:07 AM|02/09/2024|February 9, 2024|February 9, 2024 12:05 AM"),
        ("LLLL", "Friday, February 9, 2024 12:05 AM"),
        ("[Day] D [of] MMMM[]", "Day 9 of February"),
    ],
)
def test_a_pattern_has_the_tokens_of_moment(pattern, text):
    assert formatted("2024-02-09T00:05:07.089Z", pattern) == text
    assert warnings_of("formatDateTime", dateTimeInput="2024-02-09", formatInput=pattern) == []


@pytest.mark.parametrize(
    ("day", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (22, "22nd")],
)
def test_days_have_ordinals(day, text):
    assert formatted(f"2024-01-{day:02}", "Do") == text


def test_a_pattern_sees_local_time():
    assert formatted("2024-07-01T12:00:00Z", "YYYY-MM-DD HH:mm Z z", "America/New_York") == (
        "2024-07-01 08:00 -04:00 EDT"
    )


def test_letters_that_mean_something_elsewhere_are_warned_of():
    inputs = {"dateTimeInput": "2024-01-31", "formatInput": "yyyy-MM-DD [year]"}

    assert perform("formatDateTime", **inputs) == "yyyy-01-31 year"
    assert warnings_of("formatDateTime", **inputs) == [
        "formatInput: yyyy is written as it is here; the platform may fill it in (years are YYYY, days are DD)"
    ]
