"""`--watch`: files are checked again when they change, until Ctrl-C."""

import json
import re
import signal
import time

import pytest

from following import PATIENCE, Following

GOOD = """\
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
A, B = "integrations/a/integration.yml", "integrations/b/integration.yml"
ODD = f"{GOOD}colour: red\n"


class Watching(Following):
    """A process that watches."""

    def __init__(self, *arguments, cwd):
        super().__init__("validate", "--watch", *arguments, cwd=cwd)

    def until(self, *wanted):
        """Give the lines up to those that begin with each of the wanted texts, in whatever order."""
        missing, lines, end = set(wanted), [], time.monotonic() + PATIENCE
        while missing:
            line = self.line(max(0.01, end - time.monotonic()))
            lines.append(line)
            missing -= {text for text in missing if line.startswith(text)}
        return lines


@pytest.fixture
def watch(interrupts, project):
    """Start watching; the process ends with the test."""
    started = []

    def start(*arguments, files):
        watching = Watching(*arguments, cwd=project(files))
        started.append(watching)
        return watching

    yield start
    for watching in started:
        watching.end()


def findings(lines):
    return [line for line in lines if re.search(r"^[^-].*:\d+:\d+: ", line)]


@pytest.fixture
def put(tmp_path):
    """Write a file of the project at once, so that nobody sees a part of it."""

    def write(name, text):
        unfinished = tmp_path / "unfinished"
        unfinished.write_text(text, encoding="utf-8")
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        unfinished.replace(tmp_path / name)

    return write


def test_a_change_is_checked_again_and_ctrl_c_ends_it(watch, put):
    watching = watch(files={A: GOOD, B: ODD})
    first = watching.until("2 files, ", "watching 2 integrations; Ctrl-C ends")
    assert len(findings(first)) == 1
    put(A, ODD)
    second = watching.until("2 files, ", "--- ")
    assert [line.partition(":")[0] for line in findings(second)] == [A]
    assert (
        next(line for line in second if line.startswith("2 files, "))
        .partition(" (")[0]
        .endswith("2 warnings")
    )
    assert re.search(rf"\n--- \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d: {A}\n", "\n".join(["", *second, ""]))
    put(A, GOOD)
    third = watching.until("2 files, ", "--- ")
    assert (findings(third), [line for line in third if line.startswith("watching ")]) == ([], [])
    watching.process.send_signal(signal.SIGINT)
    assert watching.until("interrupted") == ["interrupted"]
    assert watching.process.wait(PATIENCE) == 130


def test_new_files_and_files_beside_an_integration_are_seen(watch, put):
    watching = watch(files={A: GOOD})
    watching.until("1 file, ", "watching 1 integration;")
    put(B, ODD)
    assert len(findings(watching.until("2 files, ", "--- "))) == 1
    put("integrations/a/configs/dev.yml", "colour: red\n")
    assert "integrations/a/configs/dev.yml:1:1: error" in str(watching.until("2 files, ", "--- "))


def test_a_change_of_the_project_file_concerns_all(watch, put):
    watching = watch(files={A: ODD})
    assert " warning " in str(watching.until("1 file, ", "watching "))
    put("xchange.yaml", "lint: {rules: {unknown-key: error}}\n")
    again = watching.until("1 file, ", "--- ")
    assert " error unknown-key" in str(again)
    assert [line[-11:] for line in again if line.startswith("---")] == [": all files"]


def test_trouble_on_the_way_is_told_once_and_waited_out(watch, tmp_path):
    watching = watch("integrations/a", files={A: ODD})
    watching.until("1 file, ", "watching ")
    kept = (tmp_path / A).replace(tmp_path / "kept.yml")
    watching.until("error: integrations/a has no integration")
    kept.replace(tmp_path / A)
    assert len(findings(watching.until("1 file, ", "--- "))) == 1


def test_with_jsonl_each_result_has_its_new_findings_and_a_summary_of_all(watch, put):
    watching = watch("--output", "jsonl", files={A: GOOD, B: ODD})
    watching.until('{"event":"summary"', "watching 2 integrations")
    put(A, ODD)
    lines = watching.until('{"event":"summary"', "--- ")
    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert [(one["event"], one.get("file")) for one in events] == [("finding", A), ("summary", None)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-"], "standard input cannot be watched"),
        (["--fix"], "--watch and --fix do not go together"),
        (["--diff"], "--watch and --diff do not go together"),
        (["--output", "sarif"], "--watch and --output sarif do not go together"),
        (["--since", "main"], "--watch and --since do not go together"),
        (["--write-baseline", "known.json"], "--watch and --write-baseline do not go together"),
    ],
)
def test_what_cannot_be_watched_is_wrong_usage(xchange, project, arguments, message):
    folder = project({A: GOOD})
    code, out, err = xchange("validate", "--watch", *arguments, cwd=folder)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}\n")


def test_what_cannot_even_begin_ends_as_without_watching(xchange, project):
    folder = project({A: GOOD})
    code, out, err = xchange("validate", "--watch", "nope", cwd=folder)
    assert (code, out) == (3, "")
    assert err.startswith("error: nope does not exist")
