"""`xchange log`: who did what in a registry, and when."""

import json

import pytest

from published import TEXT, opened, publish
from strict_schemas import faults
from xchange_cli.registry.activity import Activity


@pytest.fixture
def folder(project):
    root = project({"xchange.yaml": ""})
    registry = opened(root)
    publish(registry, TEXT)
    publish(registry, TEXT, key="bills", note="Sends bills")
    details = {"available": {"before": True, "after": False}, "because": {"before": "", "after": "slow"}}
    entry = Activity.new("Bob <bob@acme.test>", "availability", "orders@1", "unavailable: slow", details)
    registry.change_state("orders", 1, lambda state: state._replace(available=False), entry)
    return root


def previews(ran):
    return [entry["preview"] for entry in json.loads(ran.out)["entries"]]


def test_the_log_of_all_integrations_is_one_the_newest_entry_first(xchange, folder):
    assert xchange("log", cwd=folder) == (
        0,
        (
            "TIME (UTC)        WHO           CATEGORY      SUBJECT   PREVIEW\n"
            "2026-05-03 12:00  Bob           availability  orders@1  unavailable: slow\n"
            "2026-05-02 12:00  Ada Lovelace  publish       bills@1   version 1: Sends bills\n"
            "2026-05-01 12:00  Ada Lovelace  publish       orders@1  version 1: Takes orders\n"
            "\n"
            "3 entries\n"
        ),
        "",
    )


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("bills",), ["version 1: Sends bills"]),
        (("--category", "availability"), ["unavailable: slow"]),
        (("--user", "LOVE", "orders"), ["version 1: Takes orders"]),
        (("--user", "bob@", "--user", "nobody"), ["unavailable: slow"]),
        (("--since", "2026-05-02"), ["unavailable: slow", "version 1: Sends bills"]),
        (("--since", "2026-05-02T14:00+01:00"), ["unavailable: slow"]),
        (("--since", "9999w"), ["unavailable: slow", "version 1: Sends bills", "version 1: Takes orders"]),
        (("--since", "2999-01-01"), []),
        (("--category", "fork"), []),
    ],
)
def test_a_part_of_the_log_is_found_by_key_kind_user_and_time(xchange, folder, options, found):
    assert previews(xchange("log", *options, "--output", "json", cwd=folder)) == found


def test_older_entries_beyond_the_limit_are_told_of(xchange, folder):
    assert xchange("log", "--limit", "1", cwd=folder).out.endswith(
        "\n\n1 entry; older ones are not shown (--limit)\n"
    )
    assert json.loads(xchange("log", "--limit", "1", "--output", "json", cwd=folder).out)["isCut"] is True
    assert json.loads(xchange("log", "--limit", "3", "--output", "json", cwd=folder).out)["isCut"] is False


def test_details_are_shown_on_request(xchange, folder):
    assert xchange("log", "--details", "--category", "availability", cwd=folder).out == (
        "2026-05-03T12:00:00.000Z  availability  orders@1\n"
        "    Bob <bob@acme.test>\n"
        "    unavailable: slow\n"
        "    available: yes → no\n"
        "    because: (none) → slow\n"
        "\n"
        "1 entry\n"
    )


def test_a_log_without_entries_is_no_error(xchange, project):
    folder = project({"xchange.yaml": ""})
    assert xchange("log", cwd=folder) == (0, "nothing is logged that fits\n", "")


def test_the_log_of_a_key_that_nobody_knows_is_not_found(xchange, folder):
    assert xchange("log", "order", cwd=folder) == (
        3,
        "",
        "error: nothing was ever done with order in this registry\nhint: Did you mean `orders`?\n",
    )


@pytest.mark.parametrize("text", ["soon", "7", "2024-13-01", "99999999d", "999999w", ""])
def test_a_time_that_is_none_is_wrong_usage(xchange, folder, text):
    ran = xchange("log", "--since", text or " ", cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert "is no time" in ran.err


def test_another_category_is_wrong_usage_with_those_there_are(xchange, folder):
    ran = xchange("log", "--category", "deploy", cwd=folder)
    assert ran.code == 2
    assert "publish, availability, labels, template, fork, delete" in " ".join(ran.err.split())


def test_the_log_for_programs_is_as_its_schema_says(xchange, folder):
    assert faults(xchange("log", "--output", "json", cwd=folder).out, "log-output") == []
