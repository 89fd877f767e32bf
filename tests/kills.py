"""Runs that are killed at points drawn by a seed, and gone on with until they end; and whether nothing was lost."""

import json
import re
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from conftest import start_process
from resumable import FAILS_FIRST, Call, Counting, project
from runs import timeless
from servers import serving
from xchange_cli.state.entries import Selection
from xchange_cli.state.file import state_file
from xchange_cli.state.store import StateStore

START = ("run", "integration.yml", "--flow", "Main", "--allow-writes", "--timeout", "120")
RESUME = ("run", "--resume", "last")
LONGEST = 60.0
SHARE_KILLED_TWICE = 0.25
REQUESTS, WRITES, SECONDS = 15, 75, 0.9
"""About what a run that nobody disturbs comes to."""

DYING = """
import os, signal
write, left = os.write, {at}
def dying(descriptor, data):
    global left
    left -= 1
    if left == 0:
        write(descriptor, data[:round(len(data) * {part})])
        os.kill(os.getpid(), signal.SIGKILL)
    return write(descriptor, data)
os.write = dying
"""
"""Ends the process at a certain write to a record, of which a part is done."""


class Kill(NamedTuple):
    """`when`: `before` or `after` the answer to a request, at a `write` to a record, or at a `time` in seconds."""

    when: str
    at: float
    part: float = 0.0


@dataclass
class Story:
    """What a run came to: `document` is what the last process has printed; None when nothing was left to do.

    `kills` are those that hit; `repeated` are the calls that were made although their steps had finished.
    """

    folder: Path
    calls: list[Call] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    repeated: list[Call] = field(default_factory=list)
    document: Any = None
    message: str = ""


def drawn(seed: int) -> list[Kill]:
    """Draw one kill or two; the second may come too late."""
    random = Random(seed)
    first = _drawn(random, 1)
    return [first, _drawn(random, 0.5)] if random.random() < SHARE_KILLED_TWICE else [first]


def _drawn(random: Random, share: float) -> Kill:
    when = random.choice(("before", "after", "write", "write", "time"))
    if when == "write":
        return Kill(when, random.randint(1, round(WRITES * share)), random.choice((0.0, 0.5, 1.0)))
    if when == "time":
        return Kill(when, random.uniform(0.2, SECONDS))
    return Kill(when, random.randint(1, round(REQUESTS * share)))


def tell(folder: Path, kills: list[Kill]) -> Story:
    """Run the project in a folder, with these kills, to its end."""
    story = Story(folder)
    with serving() as server:
        for name, text in project(server).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        counting = Counting(server)
        for kill in [*kills, None]:
            finished, known = _finished(folder), len(counting.calls)
            code, out, story.message = _one_process(folder, counting, kill)
            story.repeated += [call for call in counting.calls[known:] if call in finished]
            if kill is None or code != -signal.SIGKILL:
                break
            story.kills.append(kill)
        story.calls = counting.calls
    document = json.loads(timeless(out)) if out else {}
    story.document = document if document.get("schema") == "xchange.run/1" else None
    story.message = document.get("message", story.message)
    return story


def _one_process(folder: Path, counting: Counting, kill: Kill | None) -> tuple[int, str, str]:
    has_begun = any((folder / ".xchange" / "runs").glob("*/run.json"))
    dying = DYING.format(at=kill.at, part=kill.part) if kill and kill.when == "write" else ""
    first = len(counting.calls)
    with counting.lock:
        words = RESUME if has_begun else START
        process = start_process(*words, "--output", "json", cwd=folder, python=dying)

        def end(number: int, when: str) -> None:
            if kill and (when, number - first) == (kill.when, kill.at):
                process.kill()

        counting.at_request = end
    try:
        out, err = process.communicate(timeout=kill.at if kill and kill.when == "time" else LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    return process.returncode, out, err


def _finished(folder: Path) -> set[Call]:
    """Give the calls that gave a result, as the records have it."""
    return {
        Call(path.parent.name, line["path"].partition("#")[0])
        for path, line in _lines(folder)
        if line["e"] == "step" and line["ok"]
    }


def _lines(folder: Path) -> Iterator[tuple[Path, Any]]:
    for path in (folder / ".xchange" / "runs").glob("*/journal.jsonl"):
        whole, _, _ = path.read_bytes().rpartition(b"\n")
        yield from ((path, json.loads(line)) for line in whole.splitlines())


def faults(story: Story, undisturbed: Story) -> list[str]:
    """Say what differs from a run that nobody has disturbed, where nothing may."""
    extra, lost = _counted(story) - _counted(undisturbed), _counted(undisturbed) - _counted(story)
    found = {
        "repeated though finished": story.repeated,
        "lost": dict(lost),
        "more repeated than killed": dict(extra) if extra.total() > len(story.kills) else {},
        "document": _difference(story.document, undisturbed.document),
        "state": _difference(_state(story.folder), _state(undisturbed.folder)),
        "records": _difference(_records(story.folder), _records(undisturbed.folder)),
        "message": "" if story.document or "nothing is left to do" in story.message else story.message,
    }
    return [f"{what}: {fault}" for what, fault in found.items() if fault]


def _counted(story: Story) -> Counter[tuple[str, str]]:
    """Count the calls; runs are told by what they are of."""
    names = {run: f"{one['flow']} at {one['cause']['path']}" for run, one in _starts(story.folder).items()}
    return Counter((names[call.run], call.path) for call in story.calls)


def _starts(folder: Path) -> dict[str, Any]:
    return {
        path.parent.name: json.loads(path.read_bytes())
        for path in (folder / ".xchange" / "runs").glob("*/run.json")
    }


def _records(folder: Path) -> list[tuple[str, str, str, int]]:
    """Say of each record what it is of, how it ended and how often it saved its state."""
    saved = Counter(path.parent.name for path, line in _lines(folder) if line["e"] == "state-saved")
    return sorted(
        (
            one["flow"],
            one["cause"]["path"],
            json.loads((folder / ".xchange" / "runs" / run / "end.json").read_bytes())["status"],
            saved[run],
        )
        for run, one in _starts(folder).items()
    )


def _state(folder: Path) -> list[tuple[str, str, Any]]:
    with closing(StateStore(state_file(folder))) as store:
        return [(entry.place.flow, entry.key, entry.value) for entry in store.entries(Selection())]


def _difference(one: Any, other: Any) -> str:
    """Say where two values differ; without a value nothing does."""
    texts = [_lines_of(value) for value in (one, other)]
    pairs = zip(*texts, strict=False)
    differing = next((f"{a.strip()} instead of {b.strip()}" for a, b in pairs if a != b), "")
    return "" if one is None or texts[0] == texts[1] else differing or f"{texts[0]} instead of {texts[1]}"


def _lines_of(value: Any) -> list[str]:
    """Write a value without what depends on when its process was killed: whether a failed answer was read."""
    text = json.dumps(_without_failing(value), indent=1)
    return re.sub(r'"(local|id|name)": "[^"]*"', "", text).splitlines()


def _without_failing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_failing(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [
            _without_failing(item)
            for item in value
            if not (isinstance(item, dict) and item.get("path") == FAILS_FIRST)
        ]
    return value
