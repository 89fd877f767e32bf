"""Versions of components in a file: pinned and made LATEST again, it is the same file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.document.parse import parse
from xchange_cli.errors import XchangeError
from xchange_cli.release.versions.component_versions import with_latest, with_numbers
from xchange_cli.source import Source

HEAD = "name: F\ndescription: ''\nflows:\n  - name: F\n    steps:\n"
COMPONENTS = ("log", "http", "acme-erp")
LATEST = ("LATEST", "'LATEST'", '"LATEST"', "!!str LATEST", "LATEST   # as it comes")
NUMBERS = ("9", "'9'", '"9"', "9 # tested")
STYLES = st.sampled_from(["block", "flow"])


@st.composite
def files(draw, versions):
    """Write an integration whose steps use components in these spellings of their version."""
    lines = []
    for number in range(draw(st.integers(0, 5))):
        key, version = draw(st.sampled_from(COMPONENTS)), draw(st.sampled_from(versions))
        is_flow = draw(STYLES) == "flow" and "#" not in version
        start = f"      - name: S{number}\n        action:\n          key: a\n          component:"
        lines.append(
            f"{start} {{key: {key}, version: {version}, isPublic: true}}\n"
            if is_flow
            else f"{start}\n            key: {key}  # which\n            version: {version}\n"
        )
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return (HEAD + "".join(lines)).replace("\n", end)


def source(text):
    return Source("integration.yml", text)


@given(files(LATEST))
def test_pinning_changes_versions_only_and_making_them_latest_again_gives_the_same_meaning(text):
    used = {key for key in COMPONENTS if f"key: {key}" in text}
    pinned = with_numbers(source(text), dict.fromkeys(used, 7))

    assert "LATEST" not in pinned
    assert pinned.count("version: 7") == text.count("version: ")
    assert pinned.splitlines()[:3] == text.splitlines()[:3]
    assert parse(source(with_latest(source(pinned)))).data == parse(source(text)).data


@given(files(("LATEST", "LATEST   # as it comes")))
def test_plain_versions_come_back_to_the_character(text):
    used = {key for key in COMPONENTS if f"key: {key}" in text}
    assert with_latest(source(with_numbers(source(text), dict.fromkeys(used, 12)))) == text


@given(files(NUMBERS + LATEST))
def test_what_says_so_already_is_not_touched(text):
    latest = with_latest(source(text))
    assert with_latest(source(latest)) == latest
    assert [line.rstrip("\r\n") for line in latest.splitlines() if "version" not in line] == [
        line for line in text.splitlines() if "version" not in line
    ]


@given(files(LATEST))
def test_a_number_is_never_invented(text):
    used = {key for key in COMPONENTS if f"key: {key}" in text}
    if used:
        with pytest.raises(XchangeError):
            with_numbers(source(text), {})
    else:
        assert with_numbers(source(text), {}) == text
