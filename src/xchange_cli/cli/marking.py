"""What the commands that change the state of a version say."""

import sys

from xchange_cli import formats
from xchange_cli.authoring.layout import shell_word
from xchange_cli.cli.here import here
from xchange_cli.formats.words import wrapped
from xchange_cli.project.project import Project
from xchange_cli.release.changed_state import ChangedState
from xchange_cli.release.unshared import folder_to_commit


def show_change(project: Project, url: str, changed: ChangedState, output: str) -> None:
    """Show the state, and on standard error how others get it where the registry, at `url` or the usual, is in git."""
    formats.write("marked", output, changed, sys.stdout)
    sys.stdout.flush()
    key, name = changed.manifest.key, changed.manifest.reference
    folder = "" if changed.before == changed.after else folder_to_commit(project, url, key, here())
    if folder:
        sys.stderr.write(
            wrapped("The registry is in git: commit this and push it, or nobody else gets it.") + "\n"
        )
        sys.stderr.write(f"  git add {shell_word(folder)} && git commit -m {shell_word(f'Mark {name}')}\n")
