"""`xchange publish` as a process that is killed at points drawn by a seed, and whether the next one makes all good."""

import signal
from pathlib import Path
from random import Random
from typing import NamedTuple

from conftest import start_process
from repositories import ORDERS, change, clone, commit, git, repository, write
from xchange_cli.registry.registry import Registry
from xchange_cli.storage.open import open_store

KEY = "orders"
LONGEST = 60.0
STEPS, STEPS_WITH_PUSH, STEPS_BEHIND = 92, 135, 215
"""About what a publish does that nobody kills; `BEHIND` when others have pushed meanwhile."""

DYING = """
import os, signal, subprocess, sys, threading
kinds = {{"os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "fcntl.flock"}}
left, late = {at}, {late}
def die():
    os.kill(os.getpid(), signal.SIGKILL)
def dying(event, arguments):
    global left
    is_git = event == "subprocess.Popen"
    is_counted = is_git or event in kinds or event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
    left -= is_counted
    if is_counted and left == 0 or is_git and {at} == 0 <= late and "push" in arguments[1]:
        threading.Timer(late, die).start() if is_git and late else die()
def dying_late(command, **more):
    ended = run(command, **more)
    if "push" in command:
        die()
    return ended
run = subprocess.run
if late < 0:
    subprocess.run = dying_late
import xchange_cli.cli.app
sys.addaudithook(dying)
"""
"""Ends the process at a certain change of files or start of git; `late` is in seconds: git has begun then.

With 0 it is when git pushes; with a negative `late` git has pushed.
"""


class Kill(NamedTuple):
    at: int
    late: float


class Told(NamedTuple):
    """What a killed publish came to: `is_there` says whether the version was published all the same."""

    was_killed: bool
    is_there: bool
    faults: tuple[str, ...]


class Scene:
    """A repository with one integration; with `pushes` its origin is what counts, and others push to it as well."""

    def __init__(self, folder: Path, *, pushes: bool) -> None:
        self._pushes = pushes
        self._origin = folder / "origin.git"
        self._here = repository(folder / "here", self._origin if pushes else None)
        self._other = clone(self._origin, folder / "other") if pushes else None
        self._turn = 0

    def tell(self, random: Random) -> Told:
        """Publish a change, killed at a point that is drawn, and then again."""
        self._turn += 1
        change(self._here, f"change {self._turn}")
        commit(self._here)
        steps = STEPS_WITH_PUSH if self._pushes else STEPS
        if self._other is not None and random.random() < 0.5:
            self._push_something(self._other)
            steps = STEPS_BEHIND
        before = self._published()
        was_killed = self._publish(_drawn(random, steps)) == -signal.SIGKILL
        after = self._published()
        text = (self._here / ORDERS).read_text(encoding="utf-8")
        code = self._publish()
        again = self._published()
        expected = [*before, text]
        found = {
            f"{len(after)} versions are there after the kill": after in (before, expected),
            f"the next publish ended with exit code {code}": code == 0,
            f"{len(again)} versions are there in the end, or not those published": again == expected,
            **dict.fromkeys(self._left(), False),
        }
        wrong = tuple(f"turn {self._turn}: {what}" for what, is_right in found.items() if not is_right)
        return Told(was_killed, after == expected, wrong)

    def _publish(self, kill: Kill | None = None) -> int:
        """Publish in a process of its own, and give how it ended; what it has started may go on for a moment."""
        words = ("publish", KEY, "--note", f"change {self._turn}", *(("--push",) if self._pushes else ()))
        python = DYING.format(at=kill.at, late=kill.late) if kill else ""
        process = start_process(*words, cwd=self._here, python=python)
        process.communicate(timeout=LONGEST)
        return process.returncode

    def _push_something(self, other: Path) -> None:
        git(other, "pull", "--quiet", "--rebase")
        write(other, "readme.txt", f"{self._turn}\n")
        commit(other, "Other")
        git(other, "push", "--quiet")

    def _published(self) -> list[str]:
        """Give the contents of the versions that are visible, having checked them; numbers have no gap."""
        root = self._here
        if self._pushes:
            root = self._here.with_name("seen")
            if root.is_dir():
                git(root, "pull", "--quiet")
            else:
                clone(self._origin, root)
        return contents(root)

    def _left(self) -> list[str]:
        """Say what is not as it should be when all is done, except for files that a registry keeps out of git."""
        entries = [entry.subject for entry in Registry(open_store("registry/", self._here)).log(KEY)]
        found = [f"{entry} is twice in the log" for entry in {*entries} if entries.count(entry) > 1]
        if self._pushes and (left := git(self._here, "status", "--porcelain")):
            found.append(f"git has changes left: {left}")
        if self._pushes and git(self._here, "rev-parse", "HEAD") != git(self._origin, "rev-parse", "main"):
            found.append("what is here is not what was pushed")
        return found


def _drawn(random: Random, steps: int) -> Kill:
    """Draw a point, one of three at the push where there is one: what comes before it takes most of the steps."""
    if steps != STEPS and random.random() < 1 / 3:
        return Kill(0, random.choice((-1.0, random.uniform(0.001, 0.2))))
    return Kill(random.randint(1, steps), random.choice((0.0, random.uniform(0.001, 0.03))))


def contents(root: Path) -> list[str]:
    """Give the contents of all versions in their order, having checked numbers and digests."""
    one = Registry(open_store("registry/", root))
    found = {}
    for manifest in one.versions(KEY):
        assert one.verify(KEY, manifest.number) == (), manifest.reference
        found[manifest.number] = one.fetch(KEY, manifest.number).file("integration.yml").decode()
    assert sorted(found) == list(range(1, len(found) + 1))
    return [found[number] for number in sorted(found)]
