"""External versions: what is one, which comes after which, and what comes next."""

import pytest

from registries import DRAFT, package
from xchange_cli.changes.grade import Grade
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.draft import manifest_of
from xchange_cli.release.versions.external_versions import (
    comes_after,
    next_external_version,
    require_external_version,
)


def of(external_version):
    return manifest_of(DRAFT._replace(external_version=external_version), package(), 3)


@pytest.mark.parametrize(
    ("before", "breaking", "risky", "safe"),
    [
        ("1.4.2", "2.0.0", "1.5.0", "1.4.3"),
        ("1.0.0", "2.0.0", "1.1.0", "1.0.1"),
        ("0.4.2", "0.5.0", "0.5.0", "0.4.3"),
        ("0.0.0", "0.1.0", "0.1.0", "0.0.1"),
        ("9.9.9", "10.0.0", "9.10.0", "9.9.10"),
        ("1.4.2+build.5", "2.0.0", "1.5.0", "1.4.3"),
        ("2.0.0-rc.1", "2.0.0", "2.0.0", "2.0.0"),
        ("1.5.0-rc.1", "2.0.0", "1.5.0", "1.5.0"),
        ("1.4.3-rc.1", "2.0.0", "1.5.0", "1.4.3"),
        ("0.5.0-rc.1", "0.5.0", "0.5.0", "0.5.0"),
    ],
)
def test_the_worst_change_says_which_number_goes_up(before, breaking, risky, safe):
    grades = (Grade.BREAKING, Grade.RISKY, Grade.SAFE, None)
    found = tuple(next_external_version(of(before), grade) for grade in grades)
    assert found == (breaking, risky, safe, safe)
    assert all(comes_after(one, before) for one in found)


@pytest.mark.parametrize("before", ["7", "v1.0.0", "1.0", "01.0.0", "1.0.0-", "9" * 5000 + ".0.0"])
def test_from_what_has_not_three_numbers_nobody_can_count_on(before):
    with pytest.raises(XchangeError) as caught:
        next_external_version(of(before), Grade.SAFE)
    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        ErrorCode.USAGE,
        f"acme@3 has the external version {before[:100]!r}, from which nobody can count on",
        "Name the next one: --external-version X.Y.Z.",
    )


@pytest.mark.parametrize("text", ["", "1.0", "1.0.0\n", "Auto", "9" * 5000 + ".0.0"])
def test_what_is_none_is_refused_however_long_it_is(text):
    with pytest.raises(XchangeError) as caught:
        require_external_version(text)
    assert caught.value.code is ErrorCode.USAGE
    assert len(caught.value.message) < 150


def test_auto_and_three_numbers_are_taken():
    for text in ("auto", "1.4.0", "1.4.0-rc.1", "1.4.0+5"):
        require_external_version(text)
