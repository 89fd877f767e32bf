"""docs/exit-codes.md: what each exit code means."""

from docs.markdown import code, page, table
from xchange_cli.cli.exits import OF_ERROR, Exit

_MEANINGS = {
    Exit.OK: "Done; nothing at or above the fail level.",
    Exit.FINDINGS: "Findings at or above the fail level, or errors that keep a run from starting.",
    Exit.USAGE: "Wrong usage.",
    Exit.UNREADABLE: "The project, a file or a config set cannot be read, or nothing matched.",
    Exit.CREDENTIALS: "Credentials are missing or were refused.",
    Exit.NETWORK: "Trouble with the network or the registry; the JSON error says whether it is `retryable`.",
    Exit.CONFLICT: "A conflict: a version that exists with other content, a merge conflict, a dirty tree, or "
    "somebody who was faster.",
    Exit.FLOW_FAILED: "The flow ran and failed.",
    Exit.TEST_FAILED: "A test or a comparison of behaviour failed.",
    Exit.TIMEOUT: "The flow ran out of time.",
    Exit.BUG: "A bug in xchange; a report file is written, with secrets removed.",
    Exit.INTERRUPTED: "Interrupted with Ctrl-C.",
    Exit.READER_GONE: "The reader of the output went away; nothing is said about it.",
}
_INTRODUCTION = """\
A contract with scripts and CI jobs: a code keeps its meaning. With `--output json` a failed command prints an
object of the schema [`error`](../schemas/error.schema.json), whose `code` is in the last column."""


def exit_code_page() -> str:
    """A code without a meaning is a KeyError: write its meaning above."""
    rows = [
        (
            str(exit_code.value),
            _MEANINGS[exit_code],
            ", ".join(code(error.value) for error, given in OF_ERROR.items() if given is exit_code),
        )
        for exit_code in Exit
    ]
    return page("# Exit codes", _INTRODUCTION, table(("Code", "Meaning", "Error code"), rows))
