"""Which rules come with fixes, as their own cases show; `make golden` writes the table."""

import json
from functools import cache
from pathlib import Path
from typing import Literal

Fixability = Literal["safe", "unsafe", "no"]

TABLE = Path(__file__).with_name("fixable.json")


def fixability(slug: str) -> Fixability:
    """Say whether findings of a rule can be mended: by a safe fix, by a guess at best, or by hand only.

    The best that the rule has counts; single findings of it may have less.
    """
    return _table().get(slug, "no")


@cache
def _table() -> dict[str, Fixability]:
    table: dict[str, Fixability] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table
