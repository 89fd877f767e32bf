"""What is published of an integration, as far as a look at it tells."""

from typing import NamedTuple


class Publication(NamedTuple):
    """`version` is the one that is looked at, of a working copy the newest; `newest` is the newest of all.

    `because` says why it is not available. `offered` is the newest version that is offered as a template, and
    `template` to whom: `org` or `all`. `differs` tells whether the working copy is another, None where there is none.
    `grade` says how much the version changes for those who have the one before, `against`; empty where nobody knows.
    """

    key: str
    version: int
    newest: int
    is_available: bool = True
    because: str = ""
    offered: int | None = None
    template: str = ""
    differs: bool | None = None
    grade: str = ""
    against: int = 0

    @property
    def reference(self) -> str:
        return f"{self.key}@{self.version}"
