"""Exit codes: a contract with scripts and CI jobs."""

from collections.abc import Mapping
from enum import IntEnum

from xchange_cli.errors import ErrorCode


class Exit(IntEnum):
    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    CREDENTIALS = 4
    NETWORK = 5
    CONFLICT = 6
    FLOW_FAILED = 10
    TEST_FAILED = 11
    TIMEOUT = 12
    BUG = 70
    INTERRUPTED = 130
    READER_GONE = 141


OF_ERROR: Mapping[ErrorCode, Exit] = {
    ErrorCode.USAGE: Exit.USAGE,
    ErrorCode.UNREADABLE: Exit.UNREADABLE,
    ErrorCode.NOT_FOUND: Exit.UNREADABLE,
    ErrorCode.INVALID: Exit.FINDINGS,
    ErrorCode.CONFLICT: Exit.CONFLICT,
    ErrorCode.CREDENTIALS: Exit.CREDENTIALS,
    ErrorCode.NETWORK: Exit.NETWORK,
}
"""Every error code has its exit code; a test keeps this complete."""
