"""The program as tests use it: in this process, as a process of its own, and with golden files."""

import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from xchange_cli.__main__ import main

settings.register_profile("patient", deadline=None)  # machines that are shared are slow now and then
settings.load_profile("patient")

REPOSITORY = Path(__file__).parents[1]


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def pytest_addoption(parser):
    parser.addoption(
        "--golden", action="store_true", help="write what is now the output into the golden files"
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is collected stays to the end: who looks for garbage would go through all of it again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture
def xchange(monkeypatch, tmp_path):
    """Run the program in this process, by the entry that the installed command has."""

    def run(*arguments, cwd: Path = tmp_path, input: bytes | str = b"", env: Mapping[str, str] | None = None):  # noqa: A002
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "ab")
        data = input.encode() if isinstance(input, str) else input
        with monkeypatch.context() as patch:
            for name, value in {**PLAIN, **(env or {})}.items():
                patch.setenv(name, value)
            patch.chdir(cwd)
            patch.setattr(sys, "argv", ["xchange", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as stopped:
                main()
        return Ran(stopped.value.code, *(stream.buffer.getvalue().decode() for stream in (out, err)))

    return run


PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}


@pytest.fixture
def unmeasured(monkeypatch):
    """Start processes without coverage, which loads modules of its own, and writes a file at the end."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture
def xchange_process(tmp_path):
    """Run the program as a process of its own; `python` gives statements to run before it."""

    def run(*arguments, cwd=tmp_path, python="", env=None, **more):
        started = start_process(*arguments, cwd=cwd, python=python, env=env, **more)
        out, err = started.communicate(timeout=60)
        return Ran(started.returncode, out, err)

    return run


def start_process(*arguments, cwd, python="", env=None, **more):
    program = f"{python}\nfrom xchange_cli.__main__ import main\nmain()"
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **PLAIN, **(env or {})},
        text=True,
        **{**streams, **more},
    )


@pytest.fixture
def golden(request):
    """Compare with a golden file, or write it with `--golden`."""

    def check(file: Path, text: str):
        is_new = not file.is_file() or file.read_text(encoding="utf-8") != text
        if is_new and request.config.getoption("--golden"):
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"{file.name} is missing; `make golden` writes it"
        assert text == file.read_text(encoding="utf-8")

    return check


@pytest.fixture
def project(tmp_path):
    """Write files of a project by their paths and give its folder."""

    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return tmp_path

    return write


@pytest.fixture
def asked_again_at_once(monkeypatch):
    """Let a store that does not answer be asked again without a pause."""
    monkeypatch.setattr("xchange_cli.storage.retrying.FIRST_PAUSE", 0.0)


@pytest.fixture
def interrupts():
    """Let Ctrl-C reach child processes even where whoever runs the tests ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
