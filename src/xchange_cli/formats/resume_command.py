"""The command that goes on with a failed run: without more, some failures would only come again."""

import re
import shlex

from xchange_cli.engine.events import Failure

BLOCKED = re.compile(
    r"(.+) was not sent, since it would change a remote system; to allow it, add (--\S.*), or `(.+)` to the config set",
    re.DOTALL,
)
"""How the write guard says it (`wire/guard.py`)."""

_NEEDS_RESULT = frozenset({"not-implemented", "not-recorded", "network-denied"})
"""Kinds of failures of steps that cannot be performed as the run was asked for."""


def resume_command(run_id: str, failure: Failure | None) -> str:
    """Give `xchange run --resume ID`, with the option that lets the run get past its failure."""
    command = f"xchange run --resume {run_id}"
    if failure is None or not failure.ref:
        return command
    if failure.kind == "write-blocked" and (blocked := BLOCKED.fullmatch(failure.message)):
        name, _, value = blocked[2].partition("=")
        return f"{command} {name}={_word(value)}"
    if failure.kind in _NEEDS_RESULT:
        return f"{command} --mock {shlex.quote(failure.ref)}=FILE"
    return command


def _word(value: str) -> str:
    """Give a pattern as one word of a shell; the guard quotes what its YAML form has to."""
    return value if value.startswith('"') else shlex.quote(value)
