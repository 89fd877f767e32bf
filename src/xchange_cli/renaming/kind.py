"""What can be renamed."""

from enum import StrEnum


class Kind(StrEnum):
    """In the words of the command line."""

    FLOW = "flow"
    STEP = "step"
    CONFIG_VAR = "config-var"
