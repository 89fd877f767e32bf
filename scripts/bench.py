"""The figures of the README, each a ratio of two things measured in turn in one run.

    python scripts/bench.py [--quick]

Absolute times depend on the machine and on what else it does; ratios of pairs hold.
"""

import argparse
import compileall
import contextlib
import os
import platform
import resource
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

import xchange_cli
from comparing import comparing
from faults import measured, summary, tally, total
from generate_files import generate
from measuring import compare, pair, process, reported
from registries import with_versions
from repositories import alone, change, commit, repository
from store_calls import calls_of_publish
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.document.parse import parse
from xchange_cli.engine.driver import SystemClock
from xchange_cli.engine.events import RunFinished, Status
from xchange_cli.engine.journal import RecordingPerformer
from xchange_cli.engine.launch import Around, Launch, launch
from xchange_cli.engine.payload import RunFacts
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration
from xchange_cli.record.facts import RunStart
from xchange_cli.record.writer import RecordWriter
from xchange_cli.redaction import Redactor
from xchange_cli.registry.registry import Registry
from xchange_cli.source import Source
from xchange_cli.storage.open import open_store

FIRST_RUN = "01HY3ABCDE0000000000000000"
XCHANGE = Path(sys.executable).with_name("xchange")
LOAD_WITH_PYYAML = """
import sys, pathlib, time, yaml
start = time.perf_counter()
for path in pathlib.Path(sys.argv[1]).rglob("integration.yml"):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
print(time.perf_counter() - start)
"""
VALIDATE = """
import sys, pathlib, time
from xchange_cli.project.project import Project
from xchange_cli.project.targets import resolve
from xchange_cli.validation.many import validate_many
folder = pathlib.Path(sys.argv[1])
project = Project.find(folder)
validate_many(project, resolve(project, [], folder)[:1], folder)
start = time.perf_counter()
result = validate_many(project, resolve(project, [], folder), folder)
print(time.perf_counter() - start)
assert result.ok and result.diagnostics == ()
"""
LOOP = """
definitionVersion: 7
name: Loop
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Each
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs: {items: {type: reference, value: trigger.results.body.data}}
        steps:
          - name: Sum
            action: {key: add, component: {key: math, isPublic: true, version: LATEST}}
            inputs:
              numbers: {type: complex, value: [{type: reference, value: each.currentItem}, {type: value, value: '1'}]}
          - name: Text
            action: {key: upperCase, component: {key: text-manipulation, isPublic: true, version: LATEST}}
            inputs: {text: {type: template, value: 'item {{$sum.results}}'}}
          - name: Choose
            action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
            inputs:
              inputValue: {type: reference, value: sum.results}
              branchValueMappings: {type: complex, value: [{name: Two, type: value, value: '2'}]}
            branches: [{name: Two, steps: []}, {name: Else, steps: []}]
          - name: Record
            action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
            inputs:
              keyValueInput:
                type: complex
                value:
                  - {name: sum, type: reference, value: sum.results}
                  - {name: text, type: reference, value: text.results}
"""
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
CODE_LOOP = """
definitionVersion: 7
name: Code
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Each
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs: {items: {type: reference, value: trigger.results.body.data}}
        steps:
          - name: Code
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code:
                type: value
                value: |
                  module.exports = async ({ logger }, stepResults) => {
                    const item = stepResults.each.currentItem;
                    return { data: { sum: item + 1, text: `item ${item}` } };
                  };
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    compileall.compile_dir(str(Path(xchange_cli.__file__).parent), quiet=1)  # as an installer does
    rounds = 3 if parser.parse_args().quick else 9
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {rounds} rounds"
    )
    print(f"{'measured':<46}{'this':>11}{'other':>11}{'ratio':>9}   other is")
    start_up(rounds)
    completion(rounds)
    one_step(rounds)
    one_long_file(rounds)
    validate_files(rounds)
    loops(rounds)
    code_steps(rounds)
    memory()
    listing(rounds)
    integrations(rounds)
    published(rounds)
    publishing(rounds)
    store_calls()
    comparing(rounds)
    print(summary(total(map(tally, measured()[0].values()))))


def start_up(rounds: int) -> None:
    pair(
        "xchange --version, whole process",
        lambda: process(XCHANGE, "--version"),
        lambda: process(sys.executable, "-c", "pass"),
        "python -c pass",
        rounds * 3,
    )


def completion(rounds: int) -> None:
    """Pressing Tab for a flow of one integration among many, and for a command."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 260)
        key = next(Path(folder, "integrations").iterdir()).name
        for name, words in (
            ("a flow", ("xchange", "run", key, "--flow", "")),
            ("a key among 260", ("xchange", "run", "")),
        ):
            question = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
            pair(
                f"completing {name}, whole process",
                lambda question=question, folder=folder: process(
                    XCHANGE, cwd=Path(folder), env={"_XCHANGE_COMPLETE": "complete_bash", **question}
                ),
                lambda: process(XCHANGE, "--version"),
                "xchange --version",
                rounds * 3,
            )


def one_step(rounds: int) -> None:
    """The least that a run can cost: starting, reading, checking, one step, the record."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "integration.yml").write_text(ONE_STEP)
        for words in ((), ("--output", "json"), ("--no-record",)):
            pair(
                " ".join(("xchange run", *words, "of one step")),
                lambda words=words, folder=folder: process(XCHANGE, "run", *words, cwd=Path(folder)),
                lambda: process(sys.executable, "-c", "import typer"),
                "python -c 'import typer'",
                rounds * 3,
            )


def validate_files(rounds: int) -> None:
    """The work alone with both sides started, then whole processes: the first check, and one of what has not changed."""
    for count in (26, 260, 1300):
        few = rounds if count < 1300 else max(3, rounds // 3)
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), count)
            compare(
                f"validate {count} files",
                lambda folder=folder: reported(VALIDATE, afresh(folder)),
                lambda folder=folder: reported(LOAD_WITH_PYYAML, folder),
                "load with CSafeLoader, one process",
                few,
            )
            for name, before in (("", afresh), (", again", str)):
                pair(
                    f"xchange validate, {count} files{name}, whole process",
                    lambda folder=folder, before=before: process(XCHANGE, "validate", before(folder)),
                    lambda folder=folder: process(sys.executable, "-c", LOAD_WITH_PYYAML, folder),
                    "load with CSafeLoader, whole process",
                    few,
                )
            print_peak_of(f"peak memory of checking {count} files", XCHANGE, "validate", afresh(folder))


def one_long_file(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 40)
        files = Path(folder, "integrations").glob("*/integration.yml")
        file = min(files, key=lambda path: abs(len(path.read_text().splitlines()) - 600))
        loose = Path(folder, "loose", "one.yml")  # of no project, so that nothing is remembered of it
        loose.parent.mkdir()
        loose.write_bytes(file.read_bytes())
        pair(
            f"xchange validate, a file of {len(loose.read_text().splitlines())} lines, whole process",
            lambda: process(XCHANGE, "validate", loose),
            lambda: process(sys.executable, "-c", "pass"),
            "python -c pass",
            rounds * 3,
        )


def afresh(folder: str) -> str:
    """Take away what earlier checks have left."""
    shutil.rmtree(Path(folder, ".xchange"), ignore_errors=True)
    return folder


def print_peak_of(name: str, *command: object, cwd: Path | None = None) -> None:
    """Print the peak memory of a process; of several that share the work, the largest one's."""
    words = [str(part) for part in command]
    code = (
        "import resource, subprocess, sys; "
        f"subprocess.run({words!r}, check=True, stdout=subprocess.DEVNULL, cwd={cwd and str(cwd)!r}); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    print(f"{name}: {reported(code):.0f} MiB")


def loops(rounds: int) -> None:
    for count in (1, 1_000, 10_000):
        pair(
            f"a loop of {count} x 4 steps",
            lambda count=count: run_loop(count),
            lambda count=count: plain_loop(count),
            "the same in a plain Python loop",
            rounds,
        )
    recorded, alone = pair(
        f"a loop of {count} x 4 steps with its record",
        lambda: run_loop(count, is_recorded=True),
        lambda: run_loop(count),
        "the same without",
        rounds,
    )
    for what, seconds in (("with", recorded), ("without", alone)):
        print(f"{'':<46}{seconds / (count * 4) * 1e6:>8.1f} us a step {what} its record")


def code_steps(rounds: int) -> None:
    count = 10_000
    ours, _ = pair(
        f"a loop of {count} x 1 code step in QuickJS",
        lambda: run_loop(count, CODE_LOOP),
        lambda: plain_loop(count),
        "a plain Python loop",
        rounds,
    )
    print(f"{'':<46}{ours / count * 1e6:>8.1f} us a step")


def run_loop(count: int, text: str = LOOP, *, is_recorded: bool = False) -> None:
    integration = build(parse(Source("loop.yml", text)).root)
    assert integration is not None
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        around: Around = lambda performer: performer  # noqa: E731
        if is_recorded:
            writer = stack.enter_context(written(Path(folder), FIRST_RUN, integration))
            around = lambda performer: RecordingPerformer(performer, writer.step, clock.monotonic)  # noqa: E731
        facts = RunFacts(FIRST_RUN, "2024-05-17T09:30:15.886Z")
        request = Launch(integration, integration.flows[0], facts, payload=list(range(count)))
        for event in launch(request, Catalog.load(), Implementations(), clock, around=around):
            last = event
    assert last.status == "success"


def written(folder: Path, run_id: str, integration: Integration) -> RecordWriter:
    flow = integration.flows[0].name
    start = RunStart(run_id, "loop", "Loop", "loop.yml", flow, "2024-05-17T09:30:15.886Z")
    return RecordWriter.create(folder, start, integration, Redactor())


def listing(rounds: int) -> None:
    """A thousand finished runs in the table of `xchange runs`."""
    integration = build(parse(Source("loop.yml", ONE_STEP)).root)
    assert integration is not None
    with tempfile.TemporaryDirectory() as folder:
        runs = Path(folder, ".xchange", "runs")
        runs.mkdir(parents=True)
        for number in range(1_000):
            with written(runs, f"{FIRST_RUN[:-4]}{number:04d}", integration) as writer:
                writer.end(RunFinished(Status.SUCCESS, None, None, {}), datetime.now(UTC), 0.1)
        pair(
            "xchange runs --limit 1000, whole process",
            lambda: process(XCHANGE, "runs", "--limit", "1000", cwd=Path(folder)),
            lambda: process(sys.executable, "-c", "import typer"),
            "python -c 'import typer'",
            rounds,
        )


def integrations(rounds: int) -> None:
    """Two thousand integrations in the table of `xchange list`: read for the first time, and when nothing has changed."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 2_000)
        print_peak_of("peak memory of listing 2000 files", XCHANGE, "list", cwd=Path(folder))
        pair(
            "xchange list, 2000 files, whole process",
            lambda: process(XCHANGE, "list", cwd=Path(afresh(folder))),
            lambda: process(sys.executable, "-c", LOAD_WITH_PYYAML, folder),
            "load with CSafeLoader, whole process",
            max(3, rounds // 3),
        )
        for words in ((), ("order", "--trigger", "webhook")):
            pair(
                " ".join(("xchange list", *words, "again, whole process")),
                lambda words=words: process(XCHANGE, "list", *words, cwd=Path(folder)),
                lambda: process(sys.executable, "-c", "pass"),
                "python -c pass",
                rounds * 3,
            )


def published(rounds: int) -> None:
    """Two thousand integrations with ten versions each in the table of `xchange list`, and the registry's part alone."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 2_000)
        for place in Path(folder, "integrations").iterdir():
            with_versions(Path(folder), 10, place.name)
        one = Registry(open_store("registry/", Path(folder)))
        process(XCHANGE, "list", cwd=Path(folder))
        pair(
            "xchange list again, 10 versions each",
            lambda: process(XCHANGE, "list", cwd=Path(folder)),
            lambda: process(sys.executable, "-c", "pass"),
            "python -c pass",
            rounds,
        )
        pair(
            "the registry's 2000 summaries",
            lambda: sum(1 for _ in one.summaries()),
            lambda: [path.read_bytes() for path in sorted(Path(folder, "registry/summaries").iterdir())],
            "reading their files",
            rounds,
        )


def publishing(rounds: int) -> None:
    """One integration in a repository: a change published, and a change committed."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        alone(patch)
        here = repository(Path(folder, "here"))
        words = ("publish", "orders", "--note", "x", "--allow-dirty")
        for more in ((), ("--commit",)):
            pair(
                " ".join(("xchange publish", *more, "of a change, whole process")),
                lambda more=more: (change(here, "x"), process(XCHANGE, *words, *more, cwd=here)),
                lambda: (change(here, "x"), commit(here)),
                "git add and git commit",
                rounds * 3,
            )


def store_calls() -> None:
    """What a whole publish asks of the store, the reading of the version before included: counted, not timed."""
    for count in (10, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            calls = calls_of_publish(Path(folder), count)
        told = ", ".join(f"{times} x {name}" for name, times in sorted(calls.items()))
        print(f"store calls of a publish after {count} versions: {calls.total()} ({told})")


def plain_loop(count: int) -> list[dict[str, object]]:
    results = []
    for item in range(count):
        total = float(item) + float("1")
        text = f"item {total:g}".upper()
        branch = "Two" if str(total) == "2" else "Else"
        assert branch
        results.append({"sum": total, "text": text})
    return results


def memory() -> None:
    """Peak memory of a run in a child process, for a short and a long loop."""
    for count in (1_000, 100_000):
        code = f"import bench; bench.run_loop({count}, is_recorded=True); bench.print_peak({count})"
        process(sys.executable, "-c", code, cwd=Path(__file__).parent, shown=True)


def print_peak(count: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of a recorded loop of {count} x 4 steps: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
