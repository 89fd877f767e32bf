"""`xchange validate --output github`: annotations on standard output, and the summary of the job."""

import os
import sys

import pytest

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
      - name: Log
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {level: {type: value, value: info}, message: {type: template, value: "MESSAGE"}}
"""
ONE = GOOD.replace("MESSAGE", "{{ $trigger.results.body.data.id }} {{$triger.results}}")
MANY = GOOD.replace("MESSAGE", "{{ $trigger.results.body.data.id }}" * 12 + "{{$triger.results}}")


def test_the_worst_findings_are_annotated_first(xchange, project):
    folder = project({"integration.yml": ONE})
    lines = xchange("validate", "--output", "github", cwd=folder).out.splitlines()
    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error", "::warning"]
    assert lines[-1].startswith("1 file, 1 flow, 2 steps: 1 error, 1 warning (")


def test_the_summary_is_added_to_what_other_steps_wrote(xchange, project):
    folder = project({"integration.yml": ONE, "summary.md": "before\n"})
    summary = folder / "summary.md"
    code, out, err = xchange(
        "validate", "--output", "github", cwd=folder, env={"GITHUB_STEP_SUMMARY": str(summary)}
    )
    assert (code, err) == (1, "")
    assert "summary" not in out
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n### xchange validate\n\n**Failed.** ")
    assert "| error | no step of this flow is called `triger` | `unknown-reference` |" in text
    assert "annotations" not in text


def test_the_summary_says_how_many_findings_are_more_than_github_annotates(xchange, project):
    folder = project({"integration.yml": MANY})
    ran = xchange(
        "validate", "--output", "github", cwd=folder, env={"GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    )
    text = (folder / "summary.md").read_text(encoding="utf-8")
    assert "GitHub shows 10 annotations of a kind: the list below has 2 more findings." in text
    assert text.count("`template-blanks` |") == 12
    assert (
        ran.out.splitlines()[-1]
        == "GitHub annotates ten of a kind: 2 more findings above, and in the job's summary."
    )


@pytest.mark.parametrize("output", ["text", "markdown", "json"])
def test_only_the_format_github_writes_a_summary(output, xchange, project):
    folder = project({"integration.yml": ONE})
    xchange(
        "validate", "--output", output, cwd=folder, env={"GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    )
    assert not (folder / "summary.md").exists()


def test_a_summary_that_cannot_be_written_hides_no_finding(xchange, project):
    folder = project({"integration.yml": ONE})
    name = str(folder / "nowhere" / "summary.md")
    code, out, err = xchange("validate", "--output", "github", cwd=folder, env={"GITHUB_STEP_SUMMARY": name})
    assert code == 1
    assert out.startswith("::error file=integration.yml,")
    assert err == f"warning: the job's summary cannot be written: {name}: No such file or directory\n"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything can be written")
def test_a_summary_that_may_not_be_written_is_a_warning(xchange, project):
    folder = project({"integration.yml": ONE, "summary.md": ""})
    (folder / "summary.md").chmod(0o400)
    env = {"GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    assert "Permission denied" in xchange("validate", "--output", "github", cwd=folder, env=env).err
