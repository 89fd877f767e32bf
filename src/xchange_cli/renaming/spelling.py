"""How a new name is written in the place of an old one, in each form that a name can have."""

import re
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.document.node import Scalar
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.names import Form, Named

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Segment

_IN_PATH_ONLY_QUOTED = re.compile(r"[.\[\]]")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_DOT_BEFORE = re.compile(r"(?P<optional>\?)?\.\s*\Z")


class Change(NamedTuple):
    """Put `text` in the place of `node.value[start:end]`."""

    node: Scalar
    start: int
    end: int
    text: str


class NewName(NamedTuple):
    """`key` is the name as references have it, or the name itself where that form would not be clear."""

    name: str
    key: str


def change(named: Named, new: NewName) -> Change:
    """Write the new name where the old one stands.

    Raises:
        XchangeError: USAGE with the place, where nothing that may stand there can hold the new name.

    """
    match named.form:
        case Form.WHOLE:
            return _in_place(named, new.name)
        case Form.KEY:
            return _in_place(named, new.key)
        case Form.PATH_PART:
            return _path_part(named, new.name)
        case Form.PLACEHOLDER:
            _require_no_braces(named, new.name)
            return _in_place(named, new.name)
        case Form.CODE:
            assert named.segment is not None
            is_step = named.target is not None and named.target.kind is Kind.STEP
            return _member(named, named.segment, new.key if is_step else new.name)


def _in_place(named: Named, text: str) -> Change:
    return Change(named.node, named.start, named.end, text)


def _path_part(named: Named, name: str) -> Change:
    """Keep brackets, but those behind a dot only where they are needed; bare parts get such brackets."""
    node, start, end = named.node, named.start, named.end
    before = node.value[:start]
    if _is_placeholder(named):
        _require_no_braces(named, name)
    if before.endswith(('["', "['")):
        if before[:-2].endswith(".") and not _IN_PATH_ONLY_QUOTED.search(name):
            return Change(node, start - 2, end + 2, name)
        return Change(node, start - 1, end + 1, _path_quoted(named, name))
    if before.endswith("[") or _IN_PATH_ONLY_QUOTED.search(name):
        quoted = _path_quoted(named, name)
        return Change(node, start, end, quoted if before.endswith("[") else f"[{quoted}]")
    return Change(node, start, end, name)


def _path_quoted(named: Named, name: str) -> str:
    for quote in ('"', "'"):
        if quote not in name:
            return f"{quote}{name}{quote}"
    raise _refused(named, "in a path, the name would need quotes, and it has both kinds itself")


def _require_no_braces(named: Named, name: str) -> None:
    """Refuse what ends a placeholder, and what nobody could read in one."""
    if "{" in name or "}" in name:
        raise _refused(named, "a placeholder cannot hold braces")


def _is_placeholder(named: Named) -> bool:
    value = named.node.value
    opened = value.rfind("{{", 0, named.start)
    return opened >= 0 and "}" not in value[opened : named.start]


def _member(named: Named, segment: "Segment", name: str) -> Change:
    """Write a member of JavaScript: bare where it is an identifier, else in quotes; a variable keeps its name."""
    node, start, end = named.node, named.start, named.end
    if segment.is_text:
        quote = node.value[start - 1]
        if not {quote, "\\"} & set(name) and "${" not in name:
            return Change(node, start, end, name)
        return Change(node, start - 1, end + 1, _script_text(named, name))
    written = name if _IDENTIFIER.fullmatch(name) else _script_text(named, name)
    if segment.is_shorthand:
        return Change(node, start, end, f"{written}: {segment.name}")
    if node.value[:start].rstrip().endswith("["):
        return Change(node, start, end, _script_text(named, name))
    dot = _DOT_BEFORE.search(node.value, 0, start)
    if dot is None or written == name:
        return Change(node, start, end, written)
    return Change(node, dot.start(), end, f"{'?.' if dot['optional'] else ''}[{written}]")


def _script_text(named: Named, name: str) -> str:
    """Put a name in quotes that it does not have itself: members with escapes cannot be told for certain again."""
    for quote in () if "\\" in name else ('"', "'", "`"):
        if quote not in name and (quote != "`" or "${" not in name):
            return f"{quote}{name}{quote}"
    raise _refused(named, "in code, it would need an escape")


def _refused(named: Named, why: str) -> XchangeError:
    return XchangeError(
        ErrorCode.USAGE,
        f"the new name cannot be written here: {why}",
        hint="Choose another name.",
        place=named.span.place,
    )
