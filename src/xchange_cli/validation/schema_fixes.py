"""How to mend what the JSON Schema says against a document.

Safe is what only writes in another way what stands there: the file is refused as it is, and means one thing only.
"""

from xchange_cli.diagnostics import Fix
from xchange_cli.document.entries import insert_entry, own_key
from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Mapping, Node
from xchange_cli.validation.fixes import in_quotes, is_spelling, use_word, without_quotes
from xchange_cli.validation.violation import Path, Violation, ViolationKind

_MAY_BE_EMPTY: dict[Path, str] = {(): "description"}
"""Required keys whose value may be an empty text, by the path of their mapping."""


def schema_fixes(root: Node, violation: Violation) -> tuple[Fix, ...]:
    node = node_at(root, violation.path)
    if node is None:
        return ()
    match violation.kind:
        case ViolationKind.UNKNOWN_KEY:
            return _rename(node, violation.key, violation.word, may_be_safe=False)
        case ViolationKind.MISSING_KEY if violation.key is not None:
            return _rename(node, violation.key, violation.subject, may_be_safe=True)
        case ViolationKind.MISSING_KEY:
            return _add(node, violation)
        case ViolationKind.WRONG_VALUE:
            safe = is_spelling(violation.subject, violation.word)
            return use_word(violation.word, node, node.span, safe=safe)
        case ViolationKind.WRONG_TYPE if violation.wants_text:
            return in_quotes(node, safe=True)
        case ViolationKind.WRONG_TYPE if violation.word:
            return without_quotes(violation.word, node, safe=True)
    return ()


def _rename(node: Node, key: str | None, word: str, *, may_be_safe: bool) -> tuple[Fix, ...]:
    """An unknown key may be one of the next version of the format, so that its new name is a guess."""
    if not isinstance(node, Mapping) or key is None or word in node.entries:
        return ()
    written = own_key(node, key)
    if written is None:
        return ()
    return use_word(word, written, written.span, safe=may_be_safe and is_spelling(key, word))


def _add(node: Node, violation: Violation) -> tuple[Fix, ...]:
    """Add an empty text behind the name, or in front of everything."""
    keys = list(node.entries) if isinstance(node, Mapping) else []
    if not isinstance(node, Mapping) or not keys or _MAY_BE_EMPTY.get(violation.path) != violation.subject:
        return ()
    behind_name = keys.index("name") + 1 if "name" in keys else 0
    before = keys[behind_name] if behind_name < len(keys) else keys[0]
    edit = insert_entry(node, f"{violation.subject}: ''", before)
    return () if edit is None else (Fix((edit,), safe=True),)
