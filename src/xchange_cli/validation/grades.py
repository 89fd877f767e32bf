"""Which severity a project wants for a rule: `lint.rules` names rules, or has patterns such as `code-*`."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from xchange_cli.validation.unignorable import NOT_IGNORABLE


def is_pattern(word: str) -> bool:
    """Whether a word stands for several rules; no rule's name has such a character."""
    return any(mark in word for mark in "*?[")


def wanted_severity(severities: Mapping[str, str], rule: str) -> str | None:
    """Give error, warning, info or off; None where the rule's own severity holds.

    A name wins over patterns, and of the patterns that fit the last. No pattern means findings without which a file
    is not checked.
    """
    named = severities.get(rule)
    if named is not None or rule in NOT_IGNORABLE:
        return named
    fitting = [
        severity for word, severity in severities.items() if is_pattern(word) and fnmatchcase(rule, word)
    ]
    return fitting[-1] if fitting else None
