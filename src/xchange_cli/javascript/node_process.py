"""A Node.js process and the frames that go to it and come back."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from queue import Empty, Queue, SimpleQueue
from threading import Thread
from typing import IO

from xchange_cli.javascript.node_program import NodeProgram, bare_environment

_HEAD = 4
"""Bytes that tell the length of a frame."""

_BESIDES_HEAP = 512 * 1024 * 1024
"""Bytes that Node.js may have besides what the code's values take."""

_KILLED_WITH_PARENT = 1
"""PR_SET_PDEATHSIG"""


_PARTS = ("programs", "enclosure")


class NodeProcess:
    """Starts at once. Frames are written by a thread of its own, since a busy process does not read, and read by
    another, since reading a pipe cannot be given up in time; that one is a frame ahead, so that a process that
    writes more than is received has to wait.

    Raises:
        OSError: when the program cannot be started.

    """

    def __init__(self, program: NodeProgram, memory_limit: int) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self._process = _start(program, memory_limit, self._errors)
        except OSError:
            self._errors.close()
            raise
        if sys.platform == "linux":
            _limit_memory(self._process.pid, memory_limit + _BESIDES_HEAP)
        self._received: Queue[bytes | None] = Queue(maxsize=1)
        self._is_read = False
        self._to_send: SimpleQueue[bytes | None] = SimpleQueue()
        self._threads = [Thread(target=work, daemon=True) for work in (self._read, self._write)]
        for thread in self._threads:
            thread.start()
        folder = files("xchange_cli.javascript")
        parts = {name: folder.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in _PARTS}
        self.send(json.dumps(parts))

    def send(self, text: str) -> None:
        """Write a frame, in its time; it is lost if the process ends before."""
        body = text.encode("utf-8", "replace")
        self._to_send.put(len(body).to_bytes(_HEAD, "little") + body)

    def receive(self, seconds: float) -> bytes | None:
        """Give the next frame, or None when the process has ended.

        Raises:
            TimeoutError: when none came in time, or no time is left.

        """
        if seconds <= 0:
            raise TimeoutError
        try:
            frame = self._received.get(timeout=seconds)
        except Empty:
            raise TimeoutError from None
        self._is_read = frame is None
        return frame

    def end(self) -> str:
        """Kill the process and give what it wrote to stderr, the first time."""
        if self._errors.closed:
            return ""
        self._process.kill()
        self._process.wait()
        self._to_send.put(None)
        while not self._is_read:
            self._is_read = self._received.get() is None
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            _close(pipe)
        self._errors.seek(0)
        text = self._errors.read(65536).decode("utf-8", "replace")
        self._errors.close()
        return text

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        while (frame := self._to_send.get()) is not None:
            try:
                pipe.write(frame)
                pipe.flush()
            except OSError:  # the reader notices that the process is gone, and tells
                return

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        while len(head := pipe.read(_HEAD)) == _HEAD:
            size = int.from_bytes(head, "little")
            body = pipe.read(size)
            if len(body) < size:
                break
            self._received.put(body)
        self._received.put(None)


def _start(program: NodeProgram, memory_limit: int, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    worker = Path(str(files("xchange_cli.javascript").joinpath("worker.cjs"))).resolve()
    command = [
        program.path,
        program.permission_flag,
        f"--allow-fs-read={worker}",
        "--no-warnings",
        "--no-addons",
        "--experimental-vm-modules",  # without it import() of a script has no handler
        f"--max-old-space-size={memory_limit // 1_048_576}",
        str(worker),
    ]
    return subprocess.Popen(  # noqa: S603 - the program that the user has as `node`
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=bare_environment(),
        cwd=Path(os.sep).resolve(),
        start_new_session=True,  # Ctrl-C is for the run; who ends the run ends the process
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same for Windows
        preexec_fn=_die_with_parent(),  # noqa: PLW1509 - one system call, looked up before
    )


def _die_with_parent() -> Callable[[], object] | None:
    """Give what makes a process on Linux end with its parent even in an endless loop; others end when idle."""
    if sys.platform != "linux":
        return None
    import ctypes
    import signal

    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_KILLED_WITH_PARENT, signal.SIGKILL)


def _limit_memory(process: int, limit: int) -> None:
    """Bound also what Node.js holds outside of its heap, such as buffers."""
    import resource

    if hasattr(resource, "prlimit"):
        try:
            resource.prlimit(process, resource.RLIMIT_DATA, (limit, limit))
        except (OSError, ValueError):  # a lower limit holds already, or the process has ended
            return


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is None:
        return
    try:
        pipe.close()
    except OSError:  # what was not written is lost with the process
        return
