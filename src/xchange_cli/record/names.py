"""The names of a record's files, and the words for how a run stands."""

SCHEMA = "xchange.record/1"

START = "run.json"
END = "end.json"
JOURNAL = "journal.jsonl"
INTEGRATION = "integration.yml"
LOCK = "lock"
BLOBS = "blobs"

RUNNING = "running"
INTERRUPTED = "interrupted"
UNREADABLE = "unreadable"
FAILURES = frozenset({"error", "timeout"})
STATUSES = ("success", "no_changes", *sorted(FAILURES), RUNNING, INTERRUPTED, UNREADABLE)

BROKEN = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading raises where a file of a record does not hold what it should."""
