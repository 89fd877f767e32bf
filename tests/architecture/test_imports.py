"""What is loaded when: start-up time is a feature, and floors only know floors below them."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
HEAVY = ("jsonschema", "jsonschema_rs", "yaml", "quickjs", "_quickjs", "boto3", "httpx", "croniter")

ONE_STEP = """
definitionVersion: 7
name: One step
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Text
        action: {key: upperCase, component: {key: text-manipulation, isPublic: true, version: LATEST}}
        inputs: {text: {type: value, value: a text}}
"""


def loaded_by(*arguments):
    program = (
        "import sys\n"
        "from xchange_cli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "print('LOADED', *sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return set(ran.stdout.rpartition("LOADED ")[2].split())


def test_version_loads_nothing_but_the_package():
    program = "import sys; before = set(sys.modules)\nfrom xchange_cli.__main__ import main\n"
    program += "try:\n    main()\nexcept SystemExit: pass\nprint(*sorted(set(sys.modules) - before))"
    ran = subprocess.run(
        [sys.executable, "-c", program, "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == "xchange 0.1.0\nxchange_cli xchange_cli.__main__\n"


@pytest.mark.parametrize("arguments", [("--help",), ("validate", "--help"), ("--nonsense",)])
def test_help_loads_no_heavy_library(arguments):
    assert loaded_by(*arguments).isdisjoint(HEAVY)


def test_a_table_is_written_without_the_terminal_library_for_rich_text():
    assert "rich" not in loaded_by("rules")


def test_validating_a_good_file_loads_only_the_fast_schema_library():
    file = REPOSITORY / "tests" / "spec" / "validate" / "ok" / "minimal.yml"
    assert loaded_by("validate", str(file)).isdisjoint({"jsonschema", "boto3", "httpx", "rich"})


@pytest.mark.usefixtures("unmeasured")
def test_a_run_loads_only_what_it_needs(tmp_path):
    (tmp_path / "integration.yml").write_text(ONE_STEP, encoding="utf-8")
    loaded = loaded_by("run", str(tmp_path / "integration.yml"), "--output", "json")
    unused = {
        "jsonschema",
        "boto3",
        "httpx",
        "rich",
        "quickjs",
        "_quickjs",
        "tree_sitter",
        "croniter",
        "sqlite3",
    }
    unused |= {f"xchange_cli.cli.commands.{name}" for name in ("validate", "components", "runs", "state")}
    unused |= {"xchange_cli.record.resume", "xchange_cli.wire.recording", "dataclasses"}
    assert loaded.isdisjoint(unused)


def test_imports_go_down_only():
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout
