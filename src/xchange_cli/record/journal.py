"""The lines of a record: where each outcome stands, so that it is made again only when it is wanted."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from xchange_cli.engine.events import Outcome
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.record.names import BROKEN, JOURNAL
from xchange_cli.record.outcomes import outcome_of
from xchange_cli.record.record import NO_SECRETS, Record
from xchange_cli.record.values import RAW_SPECIAL_KEY, RAW_TAG_START

_NOTHING: frozenset[str] = frozenset()

Secrets = Callable[[], Mapping[str, str]]


def no_secrets() -> Mapping[str, str]:
    return NO_SECRETS


class Told(NamedTuple):
    """A line about a step or an answer. `unbound` are the names of secrets in a result that are not known."""

    outcome: Outcome
    milliseconds: float
    unbound: frozenset[str]


class Resumed(NamedTuple):
    at: str
    after: str


class _Line(NamedTuple):
    start: int
    end: int
    is_done: bool = True
    is_reworded: bool = False


class Journal:
    """What the lines say in the end: a call that was performed again after a resume counts as it went then.

    `steps` and `answers` have the lines of calls and of what called flows answered, by path; `children` the ids of
    the runs that called flows became; `waits` how often a wait was over, by path and reason. `resumed` tells when
    the run was gone on with, and how it had ended before (empty when it was interrupted). `size` is the length of all
    whole lines in bytes: a torn last line is none.
    """

    def __init__(self, record: Record, secrets: Secrets = no_secrets) -> None:
        """Read the lines.

        Raises:
            XchangeError: UNREADABLE, with the number of a line that is none.

        """
        self._record = record
        self._secrets = secrets
        self.children: dict[str, str] = {}
        self.waits: Counter[tuple[str, str]] = Counter()
        self.resumed: list[Resumed] = []
        self.is_state_saved = False
        self.steps: dict[str, _Line] = {}
        self.answers: dict[str, _Line] = {}
        self._data = _bytes_of(record)
        self.size = self._data.rfind(b"\n") + 1
        decode = record.decoder(secrets()).decode
        for number, (start, end) in enumerate(_whole_lines(self._data), start=1):
            try:
                data = json.loads(self._data[start:end].decode("utf-8"))
                self._take(data, _Line(start, end, is_reworded="reworded" in data), decode)
            except BROKEN as error:
                raise record.damaged(f"line {number} of {JOURNAL}") from error

    @property
    def finished(self) -> int:
        """Count the calls that gave a result."""
        return sum(line.is_done for line in self.steps.values())

    def step(self, path: str) -> Told | None:
        """Give what came of a call; None when the run did not come to its end."""
        return self._told(self.steps.get(path))

    def answer(self, path: str) -> Told | None:
        """Give what the flow has answered that was called there."""
        return self._told(self.answers.get(path))

    @property
    def reworded(self) -> tuple[str, ...]:
        """Give the paths of results that held a secret in another form than its own, which they have lost."""
        return tuple(path for path, line in (*self.steps.items(), *self.answers.items()) if line.is_reworded)

    @property
    def last_failed(self) -> bool:
        """Tell whether the call that ended last gave no result."""
        path = next(reversed(self.steps), "")
        line, answer = self.steps.get(path), self.answers.get(path)
        return any(one is not None and not one.is_done for one in (line, answer))

    def forget(self, path: str) -> None:
        """Take a call for not performed; of a step whose called flow has failed, only the flow's answer is forgotten.

        So whoever goes on can go on with the called flow's own run, too.
        """
        answer = self.answers.pop(path, None)
        if answer is None or answer.is_done:
            self.forget_call(path)
        step_path = path.partition("#")[0]
        for wait in [wait for wait in self.waits if wait[0] == step_path]:
            del self.waits[wait]

    def forget_call(self, path: str) -> None:
        """Take a call for not performed, and the flow that it called for not called."""
        self.steps.pop(path, None)
        self.children.pop(path, None)

    def _take(self, data: Mapping[str, Any], line: _Line, decode: Callable[[Any], Any]) -> None:
        """Note what a line tells; those of later versions that are not known tell nothing."""
        match data["e"]:
            case "step":
                path = decode(data["path"])
                self.steps.pop(path, None)  # so that the last one is the one that ended last
                self.steps[path] = line._replace(is_done=bool(data["ok"]))
            case "call":
                path = decode(data["path"])
                self.answers.pop(path, None)
                self.children[path] = data["run"]
            case "called":
                self.answers[decode(data["path"])] = line._replace(is_done="result" in data["outcome"])
            case "wait":
                self.waits[decode(data["path"]), data["reason"]] += 1
            case "state-saved":
                self.is_state_saved = True
            case "resumed":
                self.resumed.append(Resumed(data["at"], data.get("after", "")))
                for path in decode(data["forget"]):
                    self.forget(path)
                for path in decode(data.get("anew", [])):
                    self.forget_call(path)

    def _told(self, line: _Line | None) -> Told | None:
        if line is None:
            return None
        raw = self._data[line.start : line.end]
        data = json.loads(raw.decode("utf-8"))
        fields = data["outcome"] if data["e"] == "called" else data
        try:
            if not _is_special(raw):
                return Told(outcome_of(fields), data.get("ms", 0.0), _NOTHING)
            decoder = self._record.decoder(self._secrets())
            result = decoder.decode({key: fields[key] for key in ("result", "failed") if key in fields})
            unbound = frozenset(decoder.unbound)
            said = decoder.decode({key: fields[key] for key in ("logs", "warnings") if key in fields})
            return Told(outcome_of(result | said), data.get("ms", 0.0), unbound)
        except (*BROKEN, OSError) as error:
            number = self._data.count(b"\n", 0, line.start) + 1
            raise self._record.damaged(f"line {number} of {JOURNAL}") from error


def _is_special(raw: bytes) -> bool:
    """Tell whether a line may hold more than what JSON has, or tags of secrets; False is certain."""
    return RAW_SPECIAL_KEY in raw or RAW_TAG_START in raw


def _bytes_of(record: Record) -> bytes:
    path = record.folder / JOURNAL
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise XchangeError(
            ErrorCode.UNREADABLE, f"{path.as_posix()} cannot be read: {error.strerror}"
        ) from error


def _whole_lines(data: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield start, end
        start = end + 1
