"""Golden cases: a file goes in, and what `xchange validate` says comes out, to the character.

A case is added by adding `<case>.yml` to the folder `err` or `ok`; `make golden` writes `<case>.out`.
"""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from xchange_cli.schemas import schema

CASES = Path(__file__).parent / "validate"
ERR = sorted((CASES / "err").glob("*.yml"))
OK = sorted((CASES / "ok").glob("*.yml"))


def timeless(text):
    return re.sub(r"\(\d+\.\d\d s\)", "(0.00 s)", text)


@pytest.mark.parametrize("file", ERR, ids=lambda file: file.stem)
def test_findings_are_shown_with_place_excerpt_and_hint(file, xchange, golden):
    code, out, err = xchange("validate", file.name, "--fail-on", "info", cwd=file.parent)
    assert (code, err) == (1, "")
    golden(file.with_suffix(".out"), timeless(out))


@pytest.mark.parametrize("file", OK, ids=lambda file: file.stem)
def test_a_valid_file_has_no_finding(file, xchange):
    code, out, err = xchange("validate", file.name, "--fail-on", "info", cwd=file.parent)
    assert re.fullmatch(r"1 file, 1 flow, \d+ steps: no findings \(0\.00 s\)\n", timeless(out))
    assert (code, err) == (0, "")


@pytest.mark.parametrize("file", ERR, ids=lambda file: file.stem)
def test_no_line_is_wider_than_a_terminal_but_for_the_message(file):
    for line in file.with_suffix(".out").read_text(encoding="utf-8").splitlines():
        is_message = re.match(r"( {2})?\S+\.yml:\d+:\d+: ", line)
        assert is_message or len(line) <= 80


def test_all_cases_together_say_what_each_says_alone(xchange):
    together = xchange("validate", *(file.name for file in ERR), cwd=CASES / "err").out
    alone = [file.with_suffix(".out").read_text(encoding="utf-8").rpartition("\n\n")[0] for file in ERR]
    assert together.rpartition("\n\n")[0] == "\n\n".join(alone)


@pytest.mark.parametrize("file", [*ERR, *OK], ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_json_keeps_its_published_contract(file, xchange):
    data = json.loads(xchange("validate", file.name, "--output", "json", cwd=file.parent).out)
    Draft202012Validator(schema("validate")).validate(data)
    assert data["ok"] == (not [found for found in data["findings"] if found["severity"] == "error"])
