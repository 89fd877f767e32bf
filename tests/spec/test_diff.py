"""`xchange diff OLD NEW`: what changed in meaning between two files, and how bad that is."""

import json
import re
from pathlib import Path

import pytest

from differing import LATER, SMALL
from strict_schemas import faults

HERE = Path(__file__).parent / "diff"
PAIRS = sorted(folder.name for folder in HERE.iterdir() if folder.is_dir())
FINGERPRINT = re.compile(r"\b[0-9a-f]{12}\b")


@pytest.fixture
def pair(project):
    """Write two files, and give their folder."""

    def write(old, new):
        return project({"old.yml": old, "new.yml": new})

    return write


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_is_told_to_the_character(name, xchange, golden):
    code, out, err = xchange("diff", "old.yml", "new.yml", cwd=HERE / name)
    assert (code, err) == (0, "")
    golden(HERE / name / "expected.txt", FINGERPRINT.sub("·" * 12, out))


@pytest.mark.parametrize("name", PAIRS)
def test_json_is_as_its_schema_says_and_tells_the_same(name, xchange):
    out = xchange("diff", "old.yml", "new.yml", "--output", "json", cwd=HERE / name).out
    assert faults(out, "diff") == []
    [told] = json.loads(out)["integrations"]
    text = (HERE / name / "expected.txt").read_text("utf-8")
    assert (told["old"], told["new"]) == ("old.yml", "new.yml")
    assert sorted(change["kind"] for change in told["changes"]) == sorted(
        re.findall(r"^ {12}([a-z]+(?:-[a-z]+)+)(?: ·{12})? \S+:\d+:\d+$", text, re.MULTILINE)
    )


@pytest.mark.parametrize("name", PAIRS)
def test_no_line_is_wider_than_a_terminal(name, xchange):
    assert max(map(len, xchange("diff", "old.yml", "new.yml", cwd=HERE / name).out.splitlines())) <= 80


def test_secrets_are_in_no_format(xchange):
    for output in ("text", "json"):
        out = xchange("diff", "old.yml", "new.yml", "-o", output, cwd=HERE / "08-config-variables").out
        assert "s3cr3t" not in out


@pytest.mark.parametrize("name", PAIRS)
def test_a_file_does_not_differ_from_itself(name, xchange):
    assert xchange("diff", "new.yml", "new.yml", cwd=HERE / name).out == (
        "new.yml → new.yml: no change in meaning\n"
    )


@pytest.mark.parametrize(
    ("grade", "breaking", "risky", "safe"),
    [(None, 0, 0, 0), ("breaking", 1, 0, 0), ("risky", 1, 1, 0)],
)
def test_it_fails_by_the_grade_that_is_asked_for(grade, breaking, risky, safe, pair, xchange):
    option = ["--fail-on-change", grade] if grade else []
    texts = (LATER, SMALL.replace("'5'", "'6'"), SMALL.replace("name: Orders", "name: Other"))
    codes = [xchange("diff", "old.yml", "new.yml", *option, cwd=pair(SMALL, new)).code for new in texts]
    assert codes == [breaking, risky, safe]


@pytest.mark.parametrize(
    ("new", "place", "message"),
    [
        ("name: [\n", "new.yml:1:7", "this bracket is never closed"),
        ("- a\n", "new.yml:1:1", "this is no integration: the file has no keys at its top"),
    ],
)
def test_a_broken_side_is_told_with_its_place(new, place, message, pair, xchange):
    code, out, err = xchange("diff", "old.yml", "new.yml", cwd=pair(SMALL, new))
    assert (code, out) == (3, "")
    assert err.startswith(f"{place}: error: ")
    assert message in err


def test_the_marks_of_a_merge_are_a_conflict(pair, xchange):
    marked = SMALL.replace("name: Orders\n", "<<<<<<< ours\nname: A\n=======\nname: B\n>>>>>>> theirs\n")
    ran = xchange("diff", "old.yml", "new.yml", cwd=pair(SMALL, marked))
    assert (ran.code, ran.err.splitlines()[0]) == (
        6,
        "new.yml:2:1: error: the file has the marks of a merge that is not finished",
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_line_ends_marks_and_encodings_are_no_difference(encoding, pair, xchange):
    folder = pair(SMALL, "")
    (folder / "new.yml").write_bytes(SMALL.replace("\n", "\r\n").encode(encoding))
    assert xchange("diff", "old.yml", "new.yml", cwd=folder).out.endswith("no change in meaning\n")


def test_names_that_could_steer_a_terminal_are_shown_without_effect(pair, xchange):
    odd = SMALL.replace("name: Receive", 'name: "\\e[31mred/\\u202e🚚 ' + "x" * 300 + '"')
    out = xchange(
        "diff",
        "old.yml",
        "new.yml",
        cwd=pair(odd, odd.replace("isSynchronous: true", "isSynchronous: false")),
    ).out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "🚚" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a", "b", "c"), "two sides are compared, and there are 3"),
        (("-", "-"), "standard input can be one side only"),
        (("",), "a side is empty"),
        (("old.yml",), "nobody can tell what old.yml is to be compared with"),
        (("old.yml", "new.yml", "--approve", "x"), "--approve takes --because"),
        (("old.yml", "new.yml", "--because", "x"), "--because is of no use without --approve"),
        (("--output", "nothing"), "'nothing' is not one of"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(arguments, message, pair, xchange):
    code, out, err = xchange("diff", *arguments, cwd=pair(SMALL, LATER))
    assert (code, out) == (2, "")
    assert message in err


def test_what_is_not_there_is_told_with_the_nearest_name(pair, xchange):
    ran = xchange("diff", "old.yml", "newer.yml", cwd=pair(SMALL, LATER))
    assert ran == (
        3,
        "",
        (
            "error: newer.yml is no file, no key of an integration, no version and no git revision\n"
            "hint: Did you mean new.yml?\n"
        ),
    )


def test_a_loose_file_has_no_place_for_approvals(pair, xchange):
    folder = pair(SMALL, LATER)
    out = xchange("diff", "old.yml", "new.yml", "-o", "json", cwd=folder).out
    fingerprint = json.loads(out)["integrations"][0]["changes"][0]["fingerprint"]
    ran = xchange("diff", "old.yml", "new.yml", "--approve", fingerprint, "--because", "x", cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert sorted(path.name for path in folder.iterdir()) == ["new.yml", "old.yml"]
