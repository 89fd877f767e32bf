"""`validate --watch`: check, and check again what has changed, until Ctrl-C."""

import sys
import time
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from xchange_cli.cli.validating import Setting, Wanted, baseline_path, checked, setting_of, show
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.formats import error_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count
from xchange_cli.project.stamps import Stamp, stamp_of_project, stamp_of_target
from xchange_cli.validation.result import FileResult, ValidationResult

INTERVAL = 0.3
"""Seconds between two looks at the files."""

_CLEARED = "\x1b[2J\x1b[H"

_OUTPUTS = ("text", "jsonl")
"""Those that can go on after the first result."""

_CONTRADICTIONS: dict[str, Callable[[Wanted], bool | str]] = {
    "--fix": lambda wanted: wanted.fix,
    "--diff": lambda wanted: wanted.diff,
    "--since": lambda wanted: wanted.since,
    "--write-baseline": lambda wanted: wanted.write_baseline,
}


def watch(wanted: Wanted, folder: Path) -> NoReturn:
    """Show the result whenever a file has changed; trouble that comes up on the way is told and waited out.

    Raises:
        XchangeError: when the first check is not possible.

    """
    for option, is_given in _CONTRADICTIONS.items():
        if is_given(wanted):
            raise XchangeError(ErrorCode.USAGE, f"--watch and {option} do not go together")
    if wanted.output not in _OUTPUTS:
        message = f"--watch and --output {wanted.output} do not go together"
        raise XchangeError(ErrorCode.USAGE, message, hint="--output jsonl writes a line for each finding.")
    watcher = _Watcher(wanted, folder)
    while True:
        watcher.look()
        time.sleep(INTERVAL)


class _Watcher:
    """`_kept` holds the results of the files that have not changed since they were checked."""

    def __init__(self, wanted: Wanted, folder: Path) -> None:
        self._wanted = wanted
        self._folder = folder
        self._kept: dict[str, FileResult] = {}
        self._stamps: dict[str, Stamp] = {}
        self._trouble = ""

    def look(self) -> None:
        """Check again if there is anything new."""
        try:
            setting = setting_of(self._wanted, self._folder)
            self._check(setting, _stamps(self._wanted, setting))
        except XchangeError as error:
            if not self._stamps:
                raise
            if str(error) != self._trouble:
                self._trouble = str(error)
                error_text.render(error, sys.stderr)

    def _check(self, setting: Setting, stamps: dict[str, Stamp]) -> None:
        if setting.reads_stdin:
            raise XchangeError(ErrorCode.USAGE, "standard input cannot be watched", hint="Name files.")
        changed = [name for name in {**self._stamps, **stamps} if self._stamps.get(name) != stamps.get(name)]
        if not changed and not self._trouble:
            return
        unchanged = set() if "" in changed else self._kept.keys() - changed
        self._kept = {name: self._kept[name] for name in unchanged}
        is_anew = "" in changed or bool(self._trouble)
        is_first, self._stamps, self._trouble = not self._stamps, stamps, ""
        result = checked(self._wanted, setting, kept=self._kept)
        is_cleared = Style.of(sys.stdout).is_on
        if not is_first and is_cleared:
            sys.stdout.write(_CLEARED)
        elif not is_first:
            _tell(f"\n{_separator(changed)}")
            result = result if is_anew else result._replace(news=self._news(result, unchanged))
        show(self._wanted, result, sys.stdout)
        sys.stdout.flush()
        if is_first or is_cleared:
            _tell(f"watching {count(len(setting.targets), 'integration')}; Ctrl-C ends")

    def _news(self, result: ValidationResult, unchanged: AbstractSet[str]) -> tuple[Diagnostic, ...]:
        """Give the findings of files that were checked again; those of the others were shown before."""
        checked_again = self._kept.keys() - unchanged
        again = {id(found) for name in checked_again for found in self._kept[name].diagnostics}
        return tuple(found for found in result.diagnostics if id(found) in again)


def _separator(changed: Sequence[str]) -> str:
    """Say when, and because of which file, there is another result; the empty name concerns all."""
    others = f" and {len(changed) - 1:,} more" if len(changed) > 1 else ""
    what = "all files" if "" in changed else f"{changed[0]}{others}" if changed else "as before"
    return f"--- {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}: {showable(what)}"


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _stamps(wanted: Wanted, setting: Setting) -> dict[str, Stamp]:
    """Give the stamps of the targets by name; the empty name stands for what concerns all."""
    baseline = baseline_path(wanted, setting)
    own = stamp_of_project(setting.project, () if baseline is None else (baseline,))
    return {"": own, **{target.name: stamp_of_target(target) for target in setting.targets}}
