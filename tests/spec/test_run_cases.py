"""Golden cases: an integration is run, and what the command says comes out, to the character.

A case is a folder with `integration.yml`, the arguments in `command`, and whatever files these name; instead of an
integration, `folder` may name the folder to run in. `text.golden` holds the outcome. The outcomes `json.golden` and
`jsonl.golden` are compared where the files exist: an empty file asks for one. `make golden` writes them all.
"""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from runs import timeless
from strict_schemas import event_faults, faults

CASES = sorted(path.parent for path in (Path(__file__).parent / "run").glob("*/command"))
FORMATS = ("text", "json", "jsonl")
GOLDEN = [
    (case, form) for case in CASES for form in FORMATS if form == "text" or (case / f"{form}.golden").exists()
]


@pytest.fixture
def run(xchange, tmp_path):
    """Run a case in a copy of its folder; what `--output` says comes last."""

    def run_case(case: Path, form: str):
        folder = case / "folder"
        original = case / folder.read_text().strip() if folder.is_file() else case
        here = shutil.copytree(original, tmp_path / case.name, ignore=shutil.ignore_patterns(".xchange"))
        arguments = shlex.split((case / "command").read_text(encoding="utf-8"))
        return xchange(*arguments, "--output", form, cwd=here)

    return run_case


def record(ran) -> str:
    parts = [ran.out, f"--- standard error\n{ran.err}" if ran.err else "", f"--- exit {ran.code}\n"]
    return timeless("".join(parts))


@pytest.mark.parametrize(("case", "form"), GOLDEN, ids=lambda one: one if isinstance(one, str) else one.name)
def test_a_run_says_what_is_expected(case, form, run, golden):
    golden(case / f"{form}.golden", record(run(case, form)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_output_ends_alike_and_keeps_its_published_contract(case, run, xchange, tmp_path):
    expected = exit_code(case)
    as_json = run(case, "json")
    shutil.rmtree(tmp_path / case.name)
    as_lines = run(case, "jsonl")
    assert (as_json.code, as_lines.code) == (expected, expected)
    document = json.loads(as_json.out)
    name = "error" if document["schema"] == "xchange.error/1" else "run"
    assert faults(as_json.out, name) == []
    assert name == ("error" if expected in {1, 2, 3} else "run")
    if name == "run":
        events = [json.loads(line) for line in as_lines.out.splitlines()]
        assert [found for line in as_lines.out.splitlines() if (found := event_faults(line))] == []
        assert events[0]["event"] == "run_started"
        assert events[-1]["event"] == "run_finished"
        assert sorted(endings(events)) == sorted(
            (one["flow"], one["cause"], one["attempt"], one["status"])
            for one in [document, *document.get("executions", [])]
        )
        assert EXIT_OF[document["outcome"]] == expected


EXIT_OF = {"success": 0, "no_changes": 0, "error": 10, "timeout": 12}


def endings(events):
    """Give flow, cause, attempt and status of each execution that events tell of."""
    begun = {event["run"]: event for event in events if event["event"] == "run_started"}
    for event in events:
        if event["event"] == "run_finished":
            one = begun[event["run"]]
            yield one["flow"], one["cause"], one["attempt"], event["status"]


def exit_code(case: Path) -> int:
    return int((case / "text.golden").read_text(encoding="utf-8").rpartition("--- exit ")[2])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_line_is_wider_than_a_terminal_but_for_answers_and_messages_of_findings(case):
    is_answer = False
    for line in (case / "text.golden").read_text(encoding="utf-8").splitlines():
        is_answer = line.startswith("answer ") or (is_answer and line.startswith("  "))
        is_message = re.match(r"(\S+:\d+:\d+: |error: )", line)
        assert is_answer or is_message or len(line) <= 80
