"""A headless Chromium, driven through a pipe by its own protocol: real layout, no extra package, no port."""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 60.0
"""Seconds after which a browser will never answer."""

_SWITCHES = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
)


def found_browser() -> str | None:
    """Give the path of a browser on this machine, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


_LAUNCHER = """\
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""A browser reads commands from descriptor 3 and answers on 4."""


class Browser:
    """One tab. `console` and `requests` hold what the page said and asked for since it was opened."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = answers
        self._received = b""
        self._last = 0
        self._session = ""
        self.console: list[str] = []
        self.requests: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def open(self, url: str, *, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
        """Open a page in a window of a size, and wait until it is there with all that it needs."""
        self.console.clear()
        self.requests.clear()
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", features=features)
        self.ask("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def value(self, expression: str) -> Any:
        """Give what JavaScript says in the page."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until something is true in the page, whatever page it is by then."""
        end = time.monotonic() + PATIENCE
        while not self._is_true(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            select.select([self._answers], [], [], 0.05)

    def picture(self) -> bytes:
        """Give the whole page as a PNG."""
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        command = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == self._last:
                assert "error" not in message, message
                return message["result"]
            self._note(message)

    def _is_true(self, expression: str) -> bool:
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value") is True

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._received:
            ready, _, _ = select.select([self._answers], [], [], PATIENCE)
            assert ready, "the browser does not answer"
            data = os.read(self._answers, 1 << 16)
            assert data, "the browser has ended"
            self._received += data
        message, _, self._received = self._received.partition(b"\0")
        return json.loads(message)

    def _note(self, message: dict[str, Any]) -> None:
        parameters = message.get("params", {})
        match message.get("method"):
            case "Log.entryAdded":
                self.console.append(f"{parameters['entry']['level']}: {parameters['entry']['text']}")
            case "Runtime.consoleAPICalled":
                self.console.append(f"{parameters['type']}: {parameters['args']}")
            case "Runtime.exceptionThrown":
                self.console.append(f"exception: {parameters['exceptionDetails']['text']}")
            case "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith("data:"):
                    self.requests.append(url)


@contextmanager
def browsing(program: str, profile: str) -> Iterator[Browser]:
    """Run a browser with an empty profile in a folder; it ends with the block."""
    commands_in, commands = os.pipe()
    answers, answers_out = os.pipe()
    switches = (*_SWITCHES, f"--user-data-dir={profile}")
    process = subprocess.Popen(
        [sys.executable, "-c", _LAUNCHER, *map(str, (commands_in, answers_out)), program, *switches],
        pass_fds=(commands_in, answers_out),
        env={**os.environ, "HOME": profile},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(commands_in)
    os.close(answers_out)
    try:
        yield Browser(commands, answers)
    finally:
        os.close(commands)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(answers)
