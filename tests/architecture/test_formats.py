"""What users can choose for `--output` are formats, and nothing else that stands beside them."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import xchange_cli.cli
from xchange_cli import formats

COMMANDS = Path(xchange_cli.cli.__file__).parent.rglob("*.py")
SUBJECTS = sorted(
    {
        found
        for path in COMMANDS
        for found in re.findall(r'output_option\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_choice_shows_a_result_and_needs_no_more(subject):
    choices = formats.names(subject)
    assert choices[0] == "text"
    for name in choices:
        render = import_module(f"xchange_cli.formats.{subject}_{name}").render
        needed = [one for one in inspect.signature(render).parameters.values() if one.default is one.empty]
        assert len(needed) == 2, name


def test_there_are_subjects():
    assert {"diff", "validate", "run", "versions"} <= set(SUBJECTS)
