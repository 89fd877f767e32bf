"""What other repositories use of this one: the hook of pre-commit and the action of GitHub."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}

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
BAD = GOOD.replace("isTrigger: true", "isTriger: true")

needs_bash = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("bash"), reason="the steps are for bash"
)


def test_the_hook_runs_a_program_that_the_package_installs():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert HOOK.keys() >= {"id", "name", "entry", "language"}
    assert (HOOK["id"], HOOK["language"], HOOK["types_or"]) == ("xchange-validate", "python", ["yaml"])
    assert shlex.split(HOOK["entry"])[0] in scripts


@pytest.mark.parametrize(
    ("file", "is_checked"),
    [
        ("integrations/acme/integration.yml", True),
        ("shops/integrations/acme/integration.yaml", True),
        ("integrations/acme/configs/dev.yml", True),
        ("integrations/acme/attachments/integration.yml", False),
        ("integrations/acme/fork.base.yml", False),
        ("my-integrations/acme/integration.yml", False),
        ("docker-compose.yml", False),
    ],
)
def test_the_hook_takes_files_that_are_checked_and_no_others(file, is_checked):
    assert bool(re.search(HOOK["files"], file)) == is_checked


def test_the_hook_checks_the_files_that_it_is_given(xchange, project):
    folder = project(
        {
            "integrations/good/integration.yml": GOOD,
            "integrations/bad/integration.yml": BAD,
            "integrations/set/integration.yml": GOOD,
            "integrations/set/configs/dev.yml": "values: 3\n",
        }
    )

    def checked(*files):
        code, out, err = xchange(*shlex.split(HOOK["entry"])[1:], *files, cwd=folder)
        return code, out.partition(": ")[0].partition(":")[0], err

    assert checked("integrations/good/integration.yml") == (0, "1 file, 1 flow, 1 step", "")
    bad = ("integrations/good/integration.yml", "integrations/bad/integration.yml")
    assert checked(*bad) == (1, "integrations/bad/integration.yml", "")
    assert checked("integrations/set/configs/dev.yml") == (1, "integrations/set/configs/dev.yml", "")


def test_the_action_is_a_composite_one_whose_inputs_all_have_a_description_and_a_default():
    assert ACTION["runs"]["using"] == "composite"
    assert [
        name for name, given in ACTION["inputs"].items() if given.keys() != {"description", "default"}
    ] == []
    assert all(isinstance(given["default"], str) for given in ACTION["inputs"].values())
    assert all(step.get("uses") or step["shell"] == "bash" for step in STEPS.values())


def test_the_action_uses_every_input_and_puts_none_into_a_script():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == ACTION["inputs"].keys()
    assert [step for step in STEPS.values() if "${{" in step.get("run", "")] == []


def test_the_action_installs_what_it_comes_with():
    step = STEPS["Install xchange"]
    assert step["env"] == {"XCHANGE_SOURCE": "${{ github.action_path }}"}
    assert step["run"].endswith('--target "$RUNNER_TEMP/xchange" "$XCHANGE_SOURCE"')


def run_step(name, folder, **inputs):
    """Run the script of a step as a runner does, with inputs in place of the expressions of its environment."""
    step = STEPS[name]
    given = {key: inputs.get(key, one["default"]) for key, one in ACTION["inputs"].items()}
    expression = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
    own = {key: expression.sub(lambda match: given[match[1]], value) for key, value in step["env"].items()}
    (folder / "bin").mkdir(exist_ok=True)
    python = folder / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={
            **os.environ,
            **own,
            "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(folder / "temp"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@needs_bash
def test_the_action_checks_the_whole_project_and_writes_annotations_and_a_summary(project):
    folder = project({"integrations/good/integration.yml": GOOD, "integrations/bad/integration.yml": BAD})
    ran = run_step("Validate", folder)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("::error file=integrations/bad/integration.yml,line=")
    assert (
        (folder / "summary.md")
        .read_text(encoding="utf-8")
        .startswith("### xchange validate\n\n**Failed.** 2 files")
    )


@needs_bash
def test_the_action_checks_the_paths_that_it_is_given_one_a_line(project):
    folder = project({"integrations/a b/integration.yml": GOOD, "integrations/bad/integration.yml": BAD})
    ran = run_step("Validate", folder, paths="integrations/a b\r\n\n", output="text")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("1 file, 1 flow, 1 step: no findings")
    hostile = run_step("Validate", folder, paths="$(touch hacked)\n--help", output="text")
    assert hostile.returncode == 3
    assert not (folder / "hacked").exists()


@needs_bash
def test_the_action_checks_with_config_sets_and_whatever_else_is_asked_for(project):
    folder = project(
        {"integrations/a/integration.yml": GOOD, "integrations/a/configs/dev.yml": "values: {No: 1}\n"}
    )
    more = "--select=unknown-config-value\r\n--fail-on\nwarning\n"
    ran = run_step("Validate", folder, config="all", arguments=more, output="text")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "warning unknown-config-value" in ran.stdout
    assert "INTEGRATION  dev\na            1 warning\n" in ran.stdout


@needs_bash
def test_the_action_writes_its_result_to_a_file_and_keeps_the_exit_code(project):
    folder = project({"integrations/bad/integration.yml": BAD})
    ran = run_step("Validate", folder, output="sarif", **{"output-file": "out.sarif"})
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "")
    assert '"version": "2.1.0"' in (folder / "out.sarif").read_text(encoding="utf-8")
