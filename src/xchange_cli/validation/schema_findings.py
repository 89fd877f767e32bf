"""What the JSON Schema says against a document, as findings at their places."""

from collections.abc import Iterator

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Mapping, Node
from xchange_cli.document.parse import Document
from xchange_cli.model.version import VERSION, is_old_version
from xchange_cli.source import Span
from xchange_cli.validation.schema_check import Violation, ViolationKind, explain, is_valid
from xchange_cli.validation.schema_fixes import schema_fixes


def schema_findings(
    document: Document, schema: str = "integration", *, unknown_keys: Severity = Severity.WARNING
) -> Iterator[Diagnostic]:
    """Check a document against one of the packaged schemas.

    Unknown keys are warnings in files of the hosted format, whose next version may know them, and errors in
    formats of our own. An integration of an older version is judged like one of this version.
    """
    data = _as_this_version(document.data) if schema == "integration" else document.data
    if document.root is None or is_valid(data, schema):
        return
    for violation in explain(data, schema):
        severity = unknown_keys if violation.kind is ViolationKind.UNKNOWN_KEY else Severity.ERROR
        yield Diagnostic(
            rule=violation.kind.value,
            severity=severity,
            message=violation.message,
            span=_span(document.root, violation),
            hint=violation.hint,
            subject=violation.subject,
            fixes=schema_fixes(document.root, violation),
        )


def _as_this_version(data: object) -> object:
    """Give the data with this version, where they have an older one: that is a finding of the rule `deprecated`."""
    if not isinstance(data, dict) or not is_old_version(data.get("definitionVersion")):
        return data
    return {**data, "definitionVersion": VERSION}


def _span(root: Node, violation: Violation) -> Span:
    """Point at the key itself, at the value, or, where a key is missing, at the first key of the mapping."""
    node = node_at(root, violation.path) or root
    if isinstance(node, Mapping):
        key = node.key_node(violation.key) if violation.key is not None else None
        if key is not None:
            return key.span
        first = next(iter(node.entries.values()), None)
        if first is not None:
            return first.key.span
    return node.span
