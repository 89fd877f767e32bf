"""What the words of `upstream resolve` mean: a name, a side, and an integration."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError

if TYPE_CHECKING:
    from xchange_cli.release.upstream.resolve import Chosen


class ResolveWords(NamedTuple):
    """`name` is empty where all conflicts are meant; `key` is None where no integration is named."""

    name: str
    side: "Chosen"
    key: str | None


def resolve_words(words: Sequence[str], *, everything: bool) -> ResolveWords:
    """Tell the words apart by their order; with `everything` there is no name.

    Raises:
        XchangeError: USAGE where they are too few or too many, or the side is none.

    """
    from xchange_cli.release.upstream.resolve import CHOICES

    name, *rest = ["", *words] if everything else words
    if not everything and not name:
        raise _wrong("the name is empty")
    if not rest or rest[0] not in CHOICES:
        said = f"`{rest[0]}` is no side" if rest else "it is not said which side counts"
        raise _wrong(said)
    if len(rest) > 2:
        raise _wrong(f"there are {len(rest) - 2} words too many")
    return ResolveWords(name, rest[0], rest[1] if len(rest) > 1 else None)


def _wrong(message: str) -> XchangeError:
    hint = "`xchange upstream resolve NAME ours|theirs [KEY]`, or `--all ours|theirs [KEY]`."
    return XchangeError(ErrorCode.USAGE, message, hint=hint)
