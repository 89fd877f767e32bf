"""Which rules' findings are wanted: `--select` and `--ignore`."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.validation.unignorable import NOT_IGNORABLE


class Selection(NamedTuple):
    """`only` is None where all rules are wanted. Findings without which a file is not checked are always among them."""

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def takes(self, rule: str) -> bool:
        is_selected = self.only is None or rule in self.only or rule in NOT_IGNORABLE
        return is_selected and rule not in self.without


EVERYTHING = Selection()


def selection(select: Iterable[str], ignore: Iterable[str], known: Iterable[str]) -> Selection:
    """Understand lists of rules, each with commas, names and patterns such as `code-*`; `known` are all slugs.

    Raises:
        XchangeError: USAGE for a word that names no rule; the hint has the nearest.

    """
    slugs = sorted(known)
    wanted = list(_words(select))
    return Selection(
        only=frozenset(_matching(wanted, slugs)) if wanted else None,
        without=frozenset(_matching(_words(ignore), slugs)),
    )


def _words(lists: Iterable[str]) -> Iterable[str]:
    return (word for text in lists for word in (part.strip() for part in text.split(",")) if word)


def _matching(words: Iterable[str], slugs: list[str]) -> Iterable[str]:
    for word in words:
        found = [slug for slug in slugs if fnmatchcase(slug, word)]
        if not found:
            raise _unknown(word, slugs)
        yield from found


def _unknown(word: str, slugs: list[str]) -> XchangeError:
    near = nearest(word, slugs) if "*" not in word else None
    message = f"no rule matches `{word}`" if "*" in word else f"there is no rule `{word}`"
    hint = f"Did you mean `{near}`?" if near else "`xchange rules` lists them."
    return XchangeError(ErrorCode.USAGE, message, hint=hint)
