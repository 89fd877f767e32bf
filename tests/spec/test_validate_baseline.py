"""Baselines: findings that are known are neither shown nor counted, and new ones are."""

import json

import pytest
from jsonschema import Draft202012Validator

from xchange_cli.schemas import schema

TRIGGER = """\
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
LOG = """\
      - name: Tell
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {message: {type: reference, value: triger.results}}
"""
A, B = "integrations/a/integration.yml", "integrations/b/integration.yml"
FILES = {A: TRIGGER + LOG, B: f"{TRIGGER}colour: red\n"}


@pytest.fixture
def known(project, xchange):
    """Give a project all of whose findings are known."""
    folder = project(FILES)
    code, out, err = xchange("validate", "--write-baseline", "known.json", cwd=folder)
    assert (code, err) == (0, "known.json now holds 2 known findings\n")
    assert out.endswith(" s)\n2 known findings are not shown (known.json)\n")
    return folder


def entries(folder, name="known.json"):
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    Draft202012Validator(schema("baseline")).validate(data)
    return [(one["file"], one["rule"], one["flow"], one["step"], one["count"]) for one in data["findings"]]


def rules(ran):
    return [one["rule"] for one in json.loads(ran.out)["findings"]]


def test_what_is_known_is_written_in_the_order_of_the_files_a_line_each(known):
    assert entries(known) == [
        (A, "unknown-reference", "Flow", "Tell", 1),
        (B, "unknown-key", "", "", 1),
    ]
    assert len((known / "known.json").read_text(encoding="utf-8").splitlines()) == 7


def test_known_findings_are_neither_shown_nor_counted_wherever_their_lines_move(known, project, xchange):
    project({A: f"# new\n\n{TRIGGER}{LOG}"})
    code, out, err = xchange("validate", "--baseline", "known.json", "--fail-on", "info", cwd=known)
    assert (code, err) == (0, "")
    assert "no findings" in out
    assert out.endswith("2 known findings are not shown (known.json)\n")


def test_a_new_finding_is_shown_even_where_there_is_a_known_one(known, project, xchange):
    project({A: TRIGGER + LOG + LOG.replace("Tell", "Tell Again")})
    ran = xchange("validate", "--baseline", "known.json", "--output", "json", cwd=known)
    assert (ran.code, rules(ran)) == (1, ["unknown-reference"])
    assert json.loads(ran.out)["baseline"] == {"file": "known.json", "hidden": 2, "gone": []}


def test_of_more_equal_findings_than_are_known_the_others_are_shown(known, project, xchange):
    twice = LOG.replace("{message:", "{level: {type: value, value: info}, message:")
    project({A: TRIGGER + LOG + twice})
    ran = xchange(
        "validate", "--baseline", "known.json", "--select", "unknown-reference", "-ojson", cwd=known
    )
    lines = [one["start"]["line"] for one in json.loads(ran.out)["findings"]]
    assert (ran.code, lines) == (1, [16])


def test_what_no_longer_occurs_is_told_and_removed_by_writing_again(known, project, xchange):
    project({A: TRIGGER})
    out = xchange("validate", "--baseline", "known.json", cwd=known).out
    assert out.splitlines()[-2:] == [
        "1 known finding is not shown (known.json)",
        "1 known finding of known.json no longer occurs; --write-baseline known.json removes what is gone",
    ]
    xchange("validate", "--write-baseline", "known.json", cwd=known)
    assert entries(known) == [(B, "unknown-key", "", "", 1)]


def test_a_file_that_was_deleted_has_no_known_findings(known, xchange):
    (known / A).unlink()
    data = json.loads(xchange("validate", "b", "--baseline", "known.json", "--output", "json", cwd=known).out)
    assert [one["file"] for one in data["baseline"]["gone"]] == [A]


def test_what_was_not_looked_for_is_not_gone(known, project, xchange):
    project({A: TRIGGER, B: TRIGGER})
    by_file = xchange("validate", "b", "--baseline", "known.json", "--output", "json", cwd=known)
    assert [one["file"] for one in json.loads(by_file.out)["baseline"]["gone"]] == [B]
    by_rule = xchange(
        "validate", "--select", "unknown-reference", "--baseline", "known.json", "-ojson", cwd=known
    )
    assert [one["file"] for one in json.loads(by_rule.out)["baseline"]["gone"]] == [A]
    xchange("validate", "a", "--write-baseline", "known.json", cwd=known)
    assert entries(known) == [(B, "unknown-key", "", "", 1)]


def test_the_project_file_names_a_baseline_for_all_who_check(known, project, xchange):
    project({"xchange.yaml": "lint: {baseline: known.json}\n"})
    inside = known / "integrations" / "a"
    assert xchange("validate", cwd=inside).code == 0
    assert xchange("validate", "--no-baseline", cwd=inside).code == 1
    project({"other.json": '{"schema": "xchange.baseline/1", "findings": []}\n'})
    assert xchange("validate", "--baseline", "../../other.json", cwd=inside).code == 1


def test_names_in_a_baseline_are_those_of_its_own_folder(known, project, xchange):
    (known / "lists").mkdir()
    project({"xchange.yaml": ""})
    xchange("validate", "--write-baseline", "../../lists/known.json", cwd=known / "integrations" / "a")
    assert [file for file, *_ in entries(known, "lists/known.json")] == [f"../{A}", f"../{B}"]
    assert xchange("validate", "--baseline", "lists/known.json", cwd=known).code == 0


def test_a_file_that_is_no_yaml_is_never_known(project, xchange):
    folder = project({A: "flows: [\n"})
    code, out, err = xchange("validate", "--write-baseline", "known.json", cwd=folder)
    assert (code, err) == (1, "known.json now holds 0 known findings\n")
    assert "yaml-syntax" in out
    assert entries(folder) == []


def test_the_same_findings_write_the_same_file(known, xchange):
    before = (known / "known.json").read_bytes()
    xchange("validate", "b", "a", "--write-baseline", "known.json", cwd=known)
    assert (known / "known.json").read_bytes() == before


def test_a_baseline_that_is_not_there_gives_3(project, xchange):
    folder = project(FILES)
    assert xchange("validate", "--baseline", "known.json", cwd=folder) == (
        3,
        "",
        "error: the baseline known.json does not exist\nhint: `xchange validate --write-baseline known.json` makes it.\n",
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"schema": "xchange.baseline/1",\n "findings": [\n', "known.json:2:14"),
        ('{"schema": "xchange.baseline/1", "findings": [{}]}', "known.json:1:47"),
        ('{"schema": "xchange.baseline/1",\n "finding": []}', "known.json:"),
        ("[]", "known.json:1:1"),
        ("", "known.json:1:1"),
    ],
)
@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_what_is_no_baseline_gives_3_with_the_place(project, xchange, text, place, option):
    folder = project({**FILES, "known.json": text})
    code, out, err = xchange("validate", option, "known.json", cwd=folder)
    assert (code, out) == (3, "")
    assert err.startswith(f"{place}")
    assert "this is no baseline: " in err
    assert (folder / "known.json").read_text(encoding="utf-8") == text


def test_a_baseline_that_cannot_be_written_gives_3(project, xchange):
    folder = project(FILES)
    code, out, err = xchange("validate", "--write-baseline", "nowhere/known.json", cwd=folder)
    assert (code, out) == (3, "")
    assert err.startswith("error: nowhere/known.json cannot be written: ")


def test_a_diff_writes_no_baseline(project, xchange):
    folder = project(FILES)
    code, _, err = xchange("validate", "--diff", "--write-baseline", "known.json", cwd=folder)
    assert (code, err) == (
        2,
        "error: --diff writes nothing, so --write-baseline does not go with it\n",
    )


def test_a_baseline_is_written_where_a_link_leads_and_keeps_its_mode(known, xchange):
    file, link = known / "known.json", known / "link.json"
    file.chmod(0o640)
    link.symlink_to("known.json")
    file.write_text(file.read_text(encoding="utf-8").replace("unknown-key", "other"), encoding="utf-8")
    xchange("validate", "--write-baseline", "link.json", cwd=known)
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [rule for _, rule, *_ in entries(known)] == ["unknown-reference", "unknown-key"]


def test_a_baseline_with_a_file_that_cannot_be_is_refused(known, xchange):
    file = known / "known.json"
    file.write_text(file.read_text(encoding="utf-8").replace(A, "a\\u0000b"), encoding="utf-8")
    code, out, err = xchange("validate", "--baseline", "known.json", cwd=known)
    assert (code, out) == (3, "")
    assert "this is no baseline: " in err
