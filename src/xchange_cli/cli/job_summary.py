"""The summary of a job on GitHub: a file that each step of the job may add Markdown to."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path


def add_to_job_summary(summary: Callable[[], str], environment: Mapping[str, str] = os.environ) -> None:
    """Add to the summary where there is one; a file that cannot be written is a warning and stops nothing."""
    name = environment.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    try:
        with Path(name).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(summary())
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        sys.stderr.write(f"warning: the job's summary cannot be written: {name}: {reason}\n")
