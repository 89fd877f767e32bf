"""What is wrong with the file of approved changes beside an integration."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.node import Mapping, Node
from xchange_cli.document.parse import Document, parse
from xchange_cli.validation.finish import finish
from xchange_cli.validation.kind import Beside
from xchange_cli.validation.own_specs import own_findings
from xchange_cli.validation.settled import settled

SCHEMA = "approvals"


def approval_findings(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with the file, and entries that stand twice.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    document = parse(beside.read(file))
    name = f"{beside.key} {file.name}"
    found = (*own_findings(document, SCHEMA), *_twice(document))
    finished = dict.fromkeys(finish(one, document, name) for one in found)
    yield from (one._replace(integration=beside.key) for one in settled(document, finished, name))


def _twice(document: Document) -> Iterator[Diagnostic]:
    root = document.root
    listed = root.sequence("approvals") if isinstance(root, Mapping) else None
    seen: dict[object, Node] = {}
    for entry in listed.mappings() if listed is not None else ():
        node = entry.text("fingerprint")
        if node is None:
            continue
        first = seen.setdefault(node.value, node)
        if first is not node:
            yield Diagnostic(
                "duplicate-key",
                Severity.WARNING,
                f"`{node.value}` is approved twice; the first entry counts",
                node.span,
                hint="Remove one of the two.",
                subject=node.value,
                related=(Related(first.span, "first approved here"),),
            )
