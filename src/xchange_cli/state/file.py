"""Where a project keeps its state. Most projects never keep any: then nothing of SQLite is loaded."""

from pathlib import Path

from xchange_cli.local_folder import FOLDER_NAME


def state_file(root: Path) -> Path:
    """Give the state database of a project."""
    return root / FOLDER_NAME / "state.db"


def is_absent(file: Path) -> bool:
    """Tell whether there surely is no such file; any other trouble is for the store to report."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
