"""`xchange run` on a terminal: what goes on is drawn, and nothing but the lines of a plain run stays."""

import os
import signal
import sys

import pytest

from conftest import start_process
from runs import code, flow, integration, step, timeless
from terminals import screen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

CALLED = step("Trigger", "cross-flow", "crossFlow", is_trigger=True)
SLOW = code("Work", "const end = Date.now() + 600;\nwhile (Date.now() < end) {}\nreturn { data: 1 };")
FLOWS = (
    flow(step("Call Child", "cross-flow", "invokeFlow", flowName="Child"), name="Main"),
    flow(SLOW, code("Fail", 'throw new Error("no");'), name="Child", trigger=CALLED),
)
ENDLESS = flow(
    code("Fine", "return { data: 1 };"), step("Nap", "sleep", "sleep", ms="20000"), synchronous=False
)


class OnTerminal:
    """A run on a pseudo-terminal, and what it has written to it so far."""

    def __init__(self, *arguments, cwd):
        import pty

        self.ours, theirs = pty.openpty()
        env = {"TERM": "xterm", "NO_COLOR": "", "_TYPER_FORCE_DISABLE_TERMINAL": ""}
        streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
        self.process = start_process("run", *arguments, cwd=cwd, env=env, **streams)
        os.close(theirs)
        self.written = b""

    def read(self, until=None):
        """Read until a text is there, or until the end."""
        while until is None or until.encode() not in self.written:
            try:
                part = os.read(self.ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                part = b""
            if not part:
                assert until is None, self.written
                os.close(self.ours)
                return self.process.wait(timeout=60)
            self.written += part
        return None

    @property
    def screen(self):
        return "\n".join(screen(self.written.decode()))


@pytest.fixture
def files(project):
    return lambda *flows: project({"integration.yml": integration(*flows)})


def test_the_screen_at_the_end_is_that_of_a_plain_run(files, xchange):
    folder = files(*FLOWS)
    plain = xchange("run", "--flow", "Main")
    on_terminal = OnTerminal("--flow", "Main", cwd=folder)
    assert on_terminal.read() == plain.code == 10
    assert timeless(on_terminal.screen) == timeless(plain.out)
    assert "\x1b[36m" in on_terminal.written.decode()
    assert "Call Child" in on_terminal.written.decode().partition("✗")[0]


def test_without_colour_nothing_is_drawn(files, xchange_process):
    folder = files(*FLOWS)
    assert "\x1b" not in xchange_process("run", "--flow", "Main", cwd=folder).out


def test_ctrl_c_leaves_what_was_finished_and_says_how_to_go_on(files, interrupts):
    on_terminal = OnTerminal(cwd=files(ENDLESS))
    on_terminal.read(until="waits, ")
    on_terminal.process.send_signal(signal.SIGINT)
    assert on_terminal.read() == 130
    lines = timeless(on_terminal.screen).splitlines()
    assert lines[2:] == [
        "✓ Trigger webhook    #.# ms  729 B",
        "✓ Fine    runCode    #.# ms  1 B",
        "✗ Nap     sleep      #.# ms  interrupted",
        "│ waiting 20 s (sleep)",
        "interrupted; `xchange run --resume RUN-ID-OF-26-CHARACTERS---` goes on with it",
    ]
