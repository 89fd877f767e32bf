"""Console sessions of the commands: executed, each in a fresh copy of an example, and written down as they happen."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "order-intake"
FOLDER = Path(__file__).with_name("sessions")
_EXPECT = "# expect "
_WORKERS = 2
_NOWHERE = "http://127.0.0.1:9"
_SECONDS = 60


class Typed(NamedTuple):
    """A line for the shell, and the exit code that it has to end with."""

    text: str
    code: int = 0


class SessionError(Exception):
    """A session does not go as it should."""


def sessions(known: str = "", folder: Path = FOLDER) -> dict[str, str]:
    """Give what each session looks like, by the name of its file.

    `known` is where they are written down already. What is not there happens a second time, to see that it is the
    same again.

    Raises:
        SessionError: a command ends with another exit code than is said, or does not print the same twice.

    """
    files = sorted(folder.glob("*.sh"))
    with ThreadPoolExecutor(_WORKERS) as workers:
        shown = workers.map(lambda file: _steady(file, known), files)
        return {file.stem: text for file, text in zip(files, shown, strict=True)}


def typed(script: str) -> Iterator[Typed]:
    """Read a session's file: a command a line; `# expect 1` before one says its exit code."""
    code = 0
    for line in filter(None, map(str.strip, script.splitlines())):
        if line.startswith(_EXPECT):
            code = int(line.removeprefix(_EXPECT))
        else:
            yield Typed(line, code)
            code = 0


def _steady(file: Path, known: str) -> str:
    first = _session(file)
    if first not in known and first != _session(file):
        raise SessionError(f"{file.name} does not print the same twice: leave times and ids out")
    return first


def _session(file: Path) -> str:
    lines = list(typed(file.read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as temporary:
        project, home = Path(temporary, EXAMPLE.name), Path(temporary, "home")
        shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns(".xchange"))
        home.mkdir()
        return "".join(
            f"$ {line.text}\n{_output(line, project, _environment(home), file.name)}" for line in lines
        )


def _output(line: Typed, project: Path, environment: Mapping[str, str], name: str) -> str:
    done = subprocess.run(
        ["sh", "-c", line.text],
        cwd=project,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=_SECONDS,
    )
    if done.returncode != line.code:
        message = f"{name}: `{line.text}` ended with {done.returncode}, not {line.code}:\n{done.stdout}"
        raise SessionError(message)
    text = "\n".join(shown.rstrip() for shown in done.stdout.splitlines()).strip("\n")
    return f"{text}\n" if text else ""


def _environment(home: Path) -> Mapping[str, str]:
    """Give a plain environment: what the developer has set does not show, and no proxy leads into the network."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE),
    }
