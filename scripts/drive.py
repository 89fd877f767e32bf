"""Runs every flow of every integration in a folder, with stand-ins for all that is outside.

    python scripts/drive.py FOLDER [--js quickjs|node] [--output json]

Steps that go over the network, or have no code here, give the examples of the catalogue, completed by what the flow
reads of them; config variables keep their defaults and else get a value of their type; requests hold what the flow
reads. Everything else is performed for real, without waiting. A flow with branches runs several times, so that each
branch is taken where that depends on what the flow is given, and at last with the state that the flows before it have
kept. Exit code 1: a flow stopped, and nothing in its file explains why.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import yaml

from driving.explaining import Failing
from driving.flows import Driven, drive_flow
from xchange_cli.formats.values import jsonable
from xchange_cli.project.find import project_of
from xchange_cli.project.targets import resolve
from xchange_cli.runs.load import Loaded, load
from xchange_cli.runs.request import Surroundings


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--js", choices=("auto", "quickjs", "node"), default="auto")
    parser.add_argument("--output", choices=("text", "json"), default="text")
    given = parser.parse_args(arguments)
    folder = given.folder.absolute()
    driven = [one for path in integration_files(folder) for one in drive_file(path, folder, given.js)]
    (as_json if given.output == "json" else as_text)(driven)
    return 0 if driven and all(one.is_fine for one in driven) else 1


def integration_files(folder: Path) -> Iterator[Path]:
    """Yield the YAML files below a folder that have flows; hidden folders do not count."""
    for path in sorted((*folder.rglob("*.yml"), *folder.rglob("*.yaml"))):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        data = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        if isinstance(data, dict) and "flows" in data:
            yield path


def drive_file(path: Path, folder: Path, javascript: str) -> Iterator[Driven]:
    project = project_of([str(path)], folder)
    [target] = resolve(project, [str(path)], folder)
    loaded = load(project, target, Surroundings(folder, {}))
    if isinstance(loaded, Loaded):
        with tempfile.TemporaryDirectory() as shared:
            for flow in loaded.integration.flows:
                yield drive_flow(loaded, flow, Path(shared), javascript)
    else:
        yield Driven(target.name, "", Failing(False, str(loaded[0].span.place), loaded[0].message))


def verdict(one: Driven) -> str:
    if one.failing is None:
        return "ran to the end"
    return "failed" if one.failing.has_started else "did not start"


def as_text(driven: list[Driven]) -> None:
    for one in driven:
        runs = f" in {one.runs} runs" if one.runs > 1 else ""
        steps = f"{len(one.reached)} of {len(one.reached) + len(one.left)} steps"
        print(f"{one.file} · {one.flow}: {verdict(one)}, {steps}{runs}")
        if one.failing:
            print(f"  {one.failing.where}: {one.failing.message}")
            print(f"  {one.failing.explained or 'nothing in the file explains it'}")
    counts = ", ".join(
        f"{sum(verdict(one) == word for one in driven)} {word}"
        for word in ("ran to the end", "failed", "did not start")
    )
    print(f"{len(driven)} flows: {counts}; {sum(not one.is_fine for one in driven)} without explanation")


def as_json(driven: list[Driven]) -> None:
    flows = [{**asdict(one), "verdict": verdict(one), "isFine": one.is_fine} for one in driven]
    json.dump(jsonable(flows), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    sys.exit(main())
