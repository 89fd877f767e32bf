"""The figures of `xchange diff`: two long files, and a project in which few files changed."""

import random
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import yaml

from generate_files import Data, generate, integration
from measuring import XCHANGE, pair, process
from repositories import alone
from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source

LINES = 1_700
GIT = ("git", "-c", "user.name=Bench", "-c", "user.email=bench@example.test")


def figures(rounds: int) -> None:
    """Compare two long files that differ in a few places, and find and compare 20 changed ones of 1,300."""
    long_files(rounds)
    changed_project(rounds)


def long_files(rounds: int) -> None:
    data = long_integration()
    catalog = Catalog.load()
    old = written(data)
    for name, change in (("alike but for 5 places", a_little), ("every step with another name", all_names)):
        new = written(change(data))
        pair(
            f"comparing {old.count(chr(10))} lines, {name}",
            lambda new=new: compare(side("old", old), side("new", new), catalog),
            lambda new=new: (parse(Source("old", old)), parse(Source("new", new))),
            "parsing both",
            rounds * 3,
        )


def long_integration() -> Data:
    chance = random.Random("long")
    data = integration(chance)
    while written(data).count("\n") < LINES:
        for flow in integration(chance)["flows"]:
            data["flows"].append({**flow, "name": f"{flow['name']} {len(data['flows'])}"})
    return data


def a_little(data: Data) -> Data:
    """Change an input, a description, a default, a page; take a step away."""
    data = yaml.safe_load(written(data))
    data["description"] += " Twice."
    data["requiredConfigVars"][1]["defaultValue"] = "another"
    data["configPages"][0]["tagline"] = "First of all"
    data["flows"][0]["steps"].pop()
    data["flows"][1]["steps"][1]["description"] = "Another one"
    return data


def all_names(data: Data) -> Data:
    text = written(data)
    for flow in data["flows"]:
        for step in flow["steps"]:
            text = text.replace(f"name: {step['name']}\n", f"name: {step['name']} Then\n")
    return yaml.safe_load(text)


def written(data: Data) -> str:
    return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True)


def side(name: str, text: str) -> Side:
    found = build(parse(Source(name, text)).root)
    assert found is not None
    return Side(name, found)


def changed_project(rounds: int) -> None:
    """Time `xchange diff` with 20 changed files of 1,300 against the finding alone, as this command does it and as git does.

    What was compared before is remembered; the first time, nothing is.
    """
    import pytest

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        alone(patch)
        changed, same = Path(folder, "changed"), Path(folder, "same")
        repository(changed)
        shutil.copytree(changed, same)
        files = sorted(changed.rglob("integration.yml"))[::65]
        for path in files:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("tagline: ''", "tagline: New", 1), encoding="utf-8")
        finding = partial(process, XCHANGE, "diff", cwd=same)
        for name, ours, other, what in (
            ("compared before", diff, finding, "finding: the same, nothing changed"),
            ("validated before", validated, finding, "finding: the same, nothing changed"),
            ("the first time", anew, finding, "finding: the same, nothing changed"),
            ("compared before", diff, partial(git_alone, changed), "git diff --name-only"),
            ("compared before", diff, partial(loaded, changed), "git, and loading both sides by PyYAML in C"),
        ):
            pair(f"xchange diff, 20 of 1300, {name}", partial(ours, changed), other, what, rounds)


def repository(folder: Path) -> None:
    generate(folder, 1_300)
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["commit", "-qm", "x"],
        ["switch", "-qc", "work"],
    ):
        subprocess.run([*GIT, *words], cwd=folder, check=True)


def diff(folder: Path) -> None:
    process(XCHANGE, "diff", cwd=folder)


def validated(folder: Path) -> None:
    """Compare anew what `validate` has checked before, as CI jobs do."""
    (folder / ".xchange" / "cache" / "compared").unlink(missing_ok=True)
    diff(folder)


def anew(folder: Path) -> None:
    shutil.rmtree(folder / ".xchange", ignore_errors=True)
    diff(folder)


def git_alone(folder: Path) -> None:
    process("git", "diff", "--name-only", "main", cwd=folder)


LOADED = """\
import subprocess, yaml
from pathlib import Path
names = subprocess.run(["git", "diff", "--name-only", "main"], capture_output=True, text=True, check=True).stdout
for name in names.split():
    yaml.load(subprocess.run(["git", "show", f"main:{name}"], capture_output=True, check=True).stdout, yaml.CSafeLoader)
    yaml.load(Path(name).read_bytes(), yaml.CSafeLoader)
"""


def loaded(folder: Path) -> None:
    process(sys.executable, "-c", LOADED, cwd=folder)
