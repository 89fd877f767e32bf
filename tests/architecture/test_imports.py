"""What is loaded when: start-up time is a feature, and floors only know floors below them."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
HEAVY = ("jsonschema", "jsonschema_rs", "yaml", "quickjs", "_quickjs", "boto3", "httpx", "croniter")


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
