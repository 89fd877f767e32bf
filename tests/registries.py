"""Registries for tests: drafts, packages, a clock, and stores that are watched or stop working."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.draft import Draft, manifest_of
from xchange_cli.registry.manifest import Checked, to_json
from xchange_cli.registry.package import Package, PackageFile
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.summary import summary_of
from xchange_cli.registry.summary import to_json as summary_json
from xchange_cli.registry.version_state import StateFile
from xchange_cli.storage.open import open_store
from xchange_cli.storage.store import WriteRefusedError

KEY = "acme"
DRAFT = Draft(
    key=KEY,
    name="Acme Orders",
    description="Takes orders",
    category="Sales",
    labels=("crm",),
    note="First\nof many",
    author="Ada <ada@acme.test>",
    validation=Checked(rules=61, warnings=1, infos=0),
    xchange="0.1.0",
)
MARK = Activity.new("ada", "availability", "acme@1", "unavailable", {})
PURGE = Activity.new("ada", "delete", "acme", "purged", {})


class Ticking:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self):
        self.now = datetime(2026, 5, 1, 12, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


def folder_store(root: Path):
    return open_store("registry/", root)


def registry(root: Path, store=None):
    """Give a registry in `root/registry`, whose times are the same in each test."""
    return Registry(store or folder_store(root), Ticking())


def package(content: str = "1", **others: str):
    """Give a package with this integration file, and others under docs/."""
    docs = [PackageFile(f"docs/{name}.md", text.encode()) for name, text in others.items()]
    return Package([PackageFile("integration.yml", content.encode()), *docs])


def with_versions(root: Path, count: int, key: str = KEY) -> None:
    """Put manifests, hint and summary into `root/registry` as if that many versions of the same files were published."""
    folder = root / "registry" / layout.versions(key)
    folder.mkdir(parents=True)
    draft = DRAFT._replace(key=key, time="2026-05-01T12:00:00.000Z")
    for number in range(1, count + 1):
        name = root / "registry" / layout.version(key, number)
        name.write_bytes(to_json(manifest_of(draft, package("old"), number)))
    (root / "registry" / layout.head(key)).write_text(f'{{"number": {count}}}')
    if key != KEY:
        summary = summary_of(manifest_of(draft, package("old"), count), StateFile())
        place = root / "registry" / layout.summary(key)
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(summary_json(summary))


class Watched:
    """Another store, whose calls are counted by name of the method and, where given, go wrong."""

    def __init__(self, store):
        self.inner = store
        self.calls = Counter()

    @property
    def url(self):
        return self.inner.url

    @property
    def readers(self):
        return self.inner.readers

    def read(self, name):
        return self._call("read", name)

    def write(self, name, data, **condition):
        return self._call("write", name, data, **condition)

    def list(self, prefix, after=""):
        return self._call("list", prefix, after)

    def delete(self, name):
        return self._call("delete", name)

    def _call(self, method, *arguments, **more):
        self.calls[method] += 1
        self.before(method, *arguments)
        answer = getattr(self.inner, method)(*arguments, **more)
        self.after(method, *arguments)
        return answer

    def before(self, method, name, *_):
        pass

    def after(self, method, name, *_):
        pass


class Killed(BaseException):
    """The process is killed."""


class Stopping(Watched):
    """Stops at its call of this number, before it is made or when it was: killed, or without a network."""

    def __init__(self, store, number, *, when, trouble=Killed):
        super().__init__(store)
        self._number, self._when, self._trouble = number, when, trouble

    def before(self, *_):
        if self._when == "before" and self.calls.total() == self._number:
            raise self._trouble()

    def after(self, *_):
        if self._when == "after" and self.calls.total() == self._number:
            raise self._trouble()


class Refusing(Watched):
    """Refuses all writes to names with this in them, though there is nothing."""

    def __init__(self, store, part):
        super().__init__(store)
        self._part = part

    def before(self, method, name, *_):
        if method == "write" and self._part in name:
            raise WriteRefusedError


class Forgetting(Watched):
    """Says that it has written names with this in them, and has not."""

    def __init__(self, store, part):
        super().__init__(store)
        self._part = part

    def write(self, name, data, **condition):
        return "tag" if self._part in name else super().write(name, data, **condition)


class Meddling(Watched):
    """Lets somebody else do something once, just before a name is written."""

    def __init__(self, store, name, meddle):
        super().__init__(store)
        self._name, self._meddle = name, meddle

    def before(self, method, name, *_):
        if (method, name) == ("write", self._name) and self._meddle:
            meddle, self._meddle = self._meddle, None
            meddle()


def no_network():
    return XchangeError(ErrorCode.NETWORK, "the registry does not answer", retryable=True)


PUBLISHER = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from registries import DRAFT, package
from xchange_cli.registry.registry import Registry
from xchange_cli.storage.open import open_store
url, root, who, turns, left = sys.argv[2], Path(sys.argv[3]), sys.argv[4], int(sys.argv[5]), int(sys.argv[6])

def dying(real):
    def call(*arguments, **more):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **more)
    return call

if left:
    for name in ("fsync", "link", "replace", "rename", "mkdir", "unlink"):
        setattr(os, name, dying(getattr(os, name)))
one = Registry(open_store(url, root))
for turn in range(turns):
    one.publish(DRAFT, package(f"{who} {turn}", a="text", b="text"))
"""


def publishing(url: str, root: Path, who: str, turns: int, left: int = 0):
    """Start a process that publishes so many versions, one after the other.

    With `left`, it kills itself when it asks the system for that many changes of files.
    """
    arguments = [str(Path(__file__).parent), url, str(root), who, str(turns), str(left)]
    return subprocess.Popen([sys.executable, "-c", PUBLISHER, *arguments], env=dict(os.environ))


PURGER = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from registries import KEY, PURGE, registry
counted = 0

def purge(root, last):
    def dying(real):
        def call(*arguments, **more):
            global counted
            counted += 1
            if counted == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **more)
        return call
    for name in ("fsync", "link", "replace", "rename", "mkdir", "unlink", "rmdir"):
        setattr(os, name, dying(getattr(os, name)))
    registry(Path(root)).purge(KEY, PURGE)

def in_child(root, last):
    child = os.fork()
    if not child:
        purge(root, last)
        os._exit(counted)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

whole, *roots = sys.argv[2:]
steps = in_child(whole, 0)
for turn, root in enumerate(roots):
    print(in_child(root, 1 + turn * steps // len(roots)))
"""


def purging_killed(roots: list[Path]) -> list[int]:
    """Purge each registry in a process that is killed at a change of files, the next one later; give how they ended."""
    whole = roots[0].with_name("whole")
    shutil.copytree(roots[0], whole)
    arguments = [str(Path(__file__).parent), str(whole), *map(str, roots)]
    ran = subprocess.run(
        [sys.executable, "-c", PURGER, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return [int(line) for line in ran.stdout.split()]


def race(url: str, root: Path, publishers: int, turns: int, patience: float = 600):
    """Let processes publish at once, and give the contents that they published."""
    processes = [publishing(url, root, str(who), turns) for who in range(publishers)]
    assert [process.wait(patience) for process in processes] == [0] * publishers
    return sorted(f"{who} {turn}" for who in range(publishers) for turn in range(turns))


def whole(one: Registry):
    """Give the contents by number, having checked that all files are what the manifests say."""
    contents = {}
    for manifest in one.versions(KEY):
        assert one.verify(KEY, manifest.number) == ()
        blob = one._store.read(f"{layout.package(KEY, manifest.digest)}integration.yml")
        contents[manifest.number] = blob.data.decode()
    return contents


def settled(one: Registry, store):
    """Give the contents as `whole` does, when log, hint and summary tell of all of them, too."""
    contents, summary = whole(one), one.summary(KEY)
    logged = [entry.subject for entry in one.log(KEY) if entry.category == "publish"]
    assert sorted(logged) == sorted(set(logged))
    assert {f"{KEY}@{number}" for number in contents} <= set(logged)
    assert json.loads(store.read(layout.head(KEY)).data) == {"number": max(contents)}
    assert (summary.number, summary.versions) == (max(contents), len(contents))
    store.delete(layout.summary(KEY))
    assert one.summary(KEY) == summary
    return contents
