"""What the commands that write to a registry beside publishing say."""

import sys
from collections.abc import Sequence
from pathlib import Path

from xchange_cli import formats
from xchange_cli.authoring.layout import shell_word
from xchange_cli.cli.here import here
from xchange_cli.formats import warning_text
from xchange_cli.formats.words import wrapped
from xchange_cli.project.keys import shown
from xchange_cli.project.project import Project
from xchange_cli.release.git.unshared import unshared
from xchange_cli.release.versions.changed_state import ChangedState


def show_change(project: Project, url: str, changed: ChangedState, output: str) -> None:
    """Show the state, and on standard error how others get it where the registry, at `url` or the usual, is in git."""
    formats.write("marked", output, changed, sys.stdout)
    sys.stdout.flush()
    if changed.before != changed.after:
        message = f"{_verb(changed)} {changed.manifest.reference}"
        tell_to_commit(project, url, changed.manifest.key, message)


def _verb(changed: ChangedState) -> str:
    if changed.before.labels != changed.after.labels:
        return "Label"
    return "Mark" if changed.before.template == changed.after.template else "Offer"


def tell_to_commit(project: Project, url: str, key: str, message: str, changed: Sequence[Path] = ()) -> None:
    """Say on standard error how others get what was written of a key, where the registry is in git.

    `changed` are folders that were changed along; they are named, too, where the registry is in the project's folder.
    """
    paths, damaged = unshared(project, url, key, here())
    for name in damaged:
        sentence = (
            f"{name} was changed or deleted since it was committed, and what is published never changes"
        )
        warning_text.render(f"{sentence}: `git restore --staged --worktree {shell_word(name)}`", sys.stderr)
    if paths:
        is_within = (here() / paths[0]).resolve().is_relative_to(project.root.resolve())
        folders = [*paths, *(shown(one, here()) for one in changed if is_within)]
        sys.stderr.write(
            wrapped("The registry is in git: commit this and push it, or nobody else gets it.") + "\n"
        )
        words = " ".join(map(shell_word, folders))
        sys.stderr.write(f"  git add {words} && git commit -m {shell_word(message)}\n")
