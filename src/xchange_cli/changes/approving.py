"""Adds to `approvals.yml`, and corrects reasons in it: what else is in the file stays byte for byte, comments too."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from xchange_cli.changes.approvals import FILE, SCHEMA, Approval, Approvals, approval_nodes
from xchange_cli.document.entries import is_flow, line_end
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.parse import parse
from xchange_cli.document.quoting import quoted
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.writing import FileChange, rewritten
from xchange_cli.source import Source
from xchange_cli.validation.own_specs import own_findings

_HEAD = (
    "# Changes that were approved on purpose; `xchange diff --approve` adds to them.\n"
    "schema: xchange.approvals/1\n"
    "approvals:\n"
)


def with_approvals(approvals: Approvals, new: Iterable[Approval]) -> FileChange | None:
    """Give the change of the file that adds entries, with their reasons; None where all of them are in it already.

    Raises:
        XchangeError: INVALID where a list in brackets leaves no line to add to.

    """
    listed = list(new)
    missing = {one.fingerprint: one for one in listed if one.fingerprint not in approvals.by_fingerprint}
    others = {one.fingerprint: one for one in listed if has_other_reason(one, approvals)}
    if not missing and not others:
        return None
    entries = sorted(missing.values())
    if approvals.document is None:
        text = _HEAD + "".join(_item(entry, "  ", "\n") for entry in entries)
        return FileChange(approvals.path, approvals.name, None, text.encode())
    source = approvals.document.source
    text = source.text
    for entry in entries:
        text = _with_entry(Source(source.name, text), entry)
    for entry in others.values():
        text = _with_reason(Source(source.name, text), entry)
    _require(Source(source.name, text), {*missing, *approvals.by_fingerprint}, others)
    return rewritten(approvals.path, source, text)


def has_other_reason(approval: Approval, approvals: Approvals) -> bool:
    known = approvals.by_fingerprint.get(approval.fingerprint)
    return known is not None and known.because != approval.because


def _with_reason(source: Source, entry: Approval) -> str:
    """Write another reason, and who gives it, into the entry that counts."""
    node = next(one for one in approval_nodes(parse(source)) if _fingerprint(one) == entry.fingerprint)
    text = source.text
    values = ((node.get("because"), entry.because), (node.get("by"), entry.by))
    found = [(value, written) for value, written in values if value is not None]
    for value, written in sorted(found, key=lambda pair: -pair[0].start):
        text = f"{text[: value.start]}{quoted(written, '')}{text[value.end :]}"
    return text


def _with_entry(source: Source, entry: Approval) -> str:
    """Put an entry in front of the first one with a greater fingerprint, and its comments; else behind the last one."""
    nodes = list(approval_nodes(parse(source)))
    end = line_end(source, 0)
    if not nodes:
        return _begun(source, entry, end)
    head = source.text[_line_start(source, nodes[0]) : nodes[0].start]
    if is_flow(nodes[0]) or head.strip() != "-":
        raise _no_line(source)
    item = _item(entry, head[: head.index("-")], end)
    behind = next((one for one in nodes if _fingerprint(one) > entry.fingerprint), None)
    place = _behind(source, nodes[-1]) if behind is None else _above_comments(source, behind)
    gap = "" if place == 0 or source.text[place - 1] in "\r\n" else end
    return f"{source.text[:place]}{gap}{item}{source.text[place:]}"


def _begun(source: Source, entry: Approval, end: str) -> str:
    """Write the first entry of a file whose list is empty."""
    root = parse(source).root
    node = root.get("approvals") if isinstance(root, MappingNode) else None
    if node is None or source.text[node.start : node.end].strip() not in {"", "[]"}:
        raise _no_line(source)
    rest = source.text[node.end :]
    gap = end if not rest or rest[0] not in "\r\n" else ""
    before = source.text[: node.start].rstrip(" ")
    first, lines_end, others = rest.partition(end)
    if first.strip() and not first.lstrip().startswith("#"):
        raise _no_line(source)
    return f"{before}{first}{lines_end or gap}{_item(entry, '  ', end)}{others}"


def _item(entry: Approval, indent: str, end: str) -> str:
    """Write an entry as a list item; a fingerprint of digits alone must not become a number."""
    rows = [f'fingerprint: "{entry.fingerprint}"']
    rows += [f"{name}: {quoted(getattr(entry, name), '')}" for name in Approval._fields[1:]]
    return "".join(f"{indent}{'  ' if number else '- '}{row}{end}" for number, row in enumerate(rows))


def _fingerprint(node: MappingNode) -> str:
    found = node.get("fingerprint")
    return str(found.data) if found is not None else ""


def _line_start(source: Source, node: MappingNode) -> int:
    return source.line_starts[source.position(node.start).line - 1]


def _above_comments(source: Source, node: MappingNode) -> int:
    """Give where the comment lines right above an item begin, which are about it."""
    line = source.position(node.start).line
    above = (source.line(number).strip() for number in range(line - 1, 0, -1))
    comments = sum(1 for _ in takewhile(lambda text: text.startswith("#"), above))
    return source.line_starts[line - 1 - comments]


def _behind(source: Source, node: MappingNode) -> int:
    """Give the start of the line behind an item."""
    last = max((entry.value.end for entry in node.entries.values()), default=node.end)
    line = source.position(max(node.start, last - 1)).line
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)


def _require(source: Source, fingerprints: set[str], reasons: Mapping[str, Approval]) -> None:
    """Read what is to be written: nothing else than was wished is put into a file of the user's."""
    document = parse(source)
    found = {_fingerprint(node) for node in approval_nodes(document)}
    first = {_fingerprint(node): node for node in reversed([*approval_nodes(document)])}
    is_told = all(first[key].data.get("because") == entry.because for key, entry in reasons.items())
    if found != fingerprints or not is_told or any(True for _ in _wrong(source)):
        raise _no_line(source)


def _wrong(source: Source) -> Iterator[object]:
    yield from own_findings(parse(source), SCHEMA)


def _no_line(source: Source) -> XchangeError:
    return XchangeError(
        ErrorCode.INVALID,
        f"{source.name} has no line to add to",
        hint=f"Write each entry of {FILE} on lines of its own that begin with `- `.",
    )
