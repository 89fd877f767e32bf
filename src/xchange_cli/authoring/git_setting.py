"""A setting of the user's clone, which is no file of the project: git keeps it for whoever made it."""

import shlex
import subprocess
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.offer import Fate, Ground, Offer
from xchange_cli.errors import ErrorCode, XchangeError

DIFF_COMMAND = ("diff.xchange.command", "xchange diff --git-driver --")
MERGE_NAME = ("merge.xchange.name", "integrations by flow and step")
MERGE_DRIVER = ("merge.xchange.driver", "xchange merge-driver -- %O %A %B %L %P %S %X %Y")
_ONLY_HERE = "of this clone only; whoever clones it says `xchange init --git-merge` once"


class GitSetting(NamedTuple):
    name: str
    value: str
    offer: Offer

    def make(self, ground: Ground) -> None:
        """Tell git, where that was offered.

        Raises:
            XchangeError: UNREADABLE when git refuses.

        """
        if self.offer.fate is not Fate.MADE:
            return
        answer = _git(ground.top, "config", self.name, self.value)
        if answer is None or answer.returncode:
            message = f"git refuses the setting {self.name}; all files are written"
            raise XchangeError(
                ErrorCode.UNREADABLE, message, hint=f"Try `{_command(self.name, self.value)}`."
            )


def git_setting(ground: Ground, name: str, value: str) -> GitSetting:
    """Offer a setting; another value that is there is the user's decision."""
    shown = f"git config {name}"
    command = _command(name, value)
    if not ground.has_git:
        why = "there is no git repository yet, so this is for later"
        return GitSetting(name, value, Offer(shown, Fate.BY_HAND, why=why, text=command))
    answer = _git(ground.top, "config", "--get", name)
    if answer is None:
        return GitSetting(name, value, Offer(shown, Fate.BY_HAND, why="git cannot be started", text=command))
    known = answer.stdout.decode(errors="replace").rstrip("\r\n")
    if known and known != value:
        why = f"it is `{known}` already"
        return GitSetting(name, value, Offer(shown, Fate.BY_HAND, why=why, text=command))
    why = _ONLY_HERE if name == MERGE_DRIVER[0] and not known else ""
    return GitSetting(name, value, Offer(shown, Fate.LEFT if known else Fate.MADE, why=why))


def _command(name: str, value: str) -> str:
    return f"git config {name} {shlex.quote(value)}"


def _git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes] | None":
    command = ("git", "-c", "core.fsmonitor=false", *arguments)
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603 - git itself, with nothing that the user said
    except OSError:
        return None
