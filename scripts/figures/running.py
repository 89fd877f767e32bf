"""How long runs take: one step, loops, code; with and without a record."""

import contextlib
import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from measuring import XCHANGE, pair, process
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
from xchange_cli.source import Source

FIRST_RUN = "01HY3ABCDE0000000000000000"

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


def figures(rounds: int) -> None:
    one_step(rounds)
    loops(rounds)
    code_steps(rounds)
    memory()
    listing(rounds)


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
        code = f"from figures import running; running.run_loop({count}, is_recorded=True); running.print_peak({count})"
        process(sys.executable, "-c", code, cwd=Path(__file__).parent.parent, shown=True)


def print_peak(count: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of a recorded loop of {count} x 4 steps: {peak:.0f} MiB")


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
