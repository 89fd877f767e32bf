"""A process that goes on until it is interrupted."""

import queue
import signal
import threading

from conftest import start_process

PATIENCE = 30
"""Seconds after which something will never come."""


class Following:
    """Run a command; both of its streams are read by threads, into one queue."""

    def __init__(self, *arguments, cwd):
        self.process = start_process(*arguments, cwd=cwd)
        self._streams = (self.process.stdout, self.process.stderr)
        self._lines = queue.SimpleQueue()
        self._readers = [
            threading.Thread(target=self._read, args=(stream,), daemon=True) for stream in self._streams
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, stream):
        for line in stream:
            self._lines.put(line.rstrip("\n"))

    def line(self, patience=PATIENCE):
        return self._lines.get(timeout=patience)

    def end(self):
        """Interrupt the process and wait for its last line: a stream that is closed under its reader breaks the reader."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
        for reader in self._readers:
            reader.join(PATIENCE)
        for stream in self._streams:
            stream.close()
