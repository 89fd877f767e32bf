"""Words of a house rule that stand for something the catalogue or the format of integrations knows."""

from collections.abc import Iterable, Iterator

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.node import Mapping, Scalar, Sequence
from xchange_cli.nearest import nearest
from xchange_cli.schemas import schema
from xchange_cli.source import Span
from xchange_cli.validation.bad_house_rule import BAD_HOUSE_RULE
from xchange_cli.validation.fixes import did_you_mean
from xchange_cli.validation.house.globs import Globs, is_pattern
from xchange_cli.validation.house.reader import each
from xchange_cli.validation.house.selection import KINDS

_SELECTIONS = ("match", "unless")
_CONDITIONS = ("where", "require", "forbid")
_DEFINITIONS = {
    "flow": ("flow",),
    "step": ("step",),
    "trigger": ("step",),
    "configVar": ("configVar",),
    "input": ("expression", "variableExpression"),
}
"""Where the format's schema describes what a rule looks at; an integration is its root."""

_PARTS = {
    "integration": "an integration",
    "flow": "a flow",
    "step": "a step",
    "trigger": "a trigger",
    "configVar": "a config variable",
    "input": "an input",
}


def strange_words(rule: Mapping, catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield warnings about names and paths of a sound rule that fit nothing which is known."""
    for key in _SELECTIONS:
        for selection in each(rule.get(key)):
            for kind in ("step", "trigger"):
                asked = selection.mapping(kind)
                if asked is not None:
                    yield from _strange_names(asked, catalog)
    match = rule.mapping("match")
    kinds = match.entries if match is not None else {}
    looks_at = next((kind for kind in KINDS if kind in kinds), "")
    for key in _CONDITIONS:
        for condition in each(rule.get(key)):
            path = condition.text("path")
            if path is not None and looks_at:
                yield from _strange_path(path, looks_at)


def _strange_names(asked: Mapping, catalog: Catalog) -> Iterator[Diagnostic]:
    components, actions = _names(asked, "component"), _names(asked, "action")
    unknown = [node for node in components if not _is_known(node.value, catalog)]
    for node in unknown:
        yield _strange(node, "component", catalog.keys(), "`xchange components` lists them.")
    literal = [node for node in actions if not is_pattern(node.value)]
    if unknown or not literal:
        return
    keys = [node.value for node in components] or ["*"]
    known = frozenset(_actions(keys, catalog))
    for node in literal:
        if node.value not in known:
            yield _strange(node, "action", known, "`xchange components COMPONENT` lists the actions of one.")


def _actions(keys: Iterable[str], catalog: Catalog) -> Iterator[str]:
    """Yield the actions and triggers of the components whose keys fit a pattern, the project's own, too."""
    patterns = Globs.of(keys)
    fitting = filter(patterns.take, catalog.keys()) if patterns.patterns else patterns.words
    for key in fitting:
        for entry in (catalog.entry(key), catalog.entry(key, is_public=False)):
            if entry is not None:
                yield from (*entry.actions, *entry.triggers)


def _names(asked: Mapping, key: str) -> list[Scalar]:
    node = asked.get(key)
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item for item in items if isinstance(item, Scalar)]


def _is_known(key: str, catalog: Catalog) -> bool:
    return is_pattern(key) or catalog.entry(key) is not None


def _strange_path(path: Scalar, looks_at: str) -> Iterator[Diagnostic]:
    first = path.value.partition(".")[0]
    known = _keys_of(looks_at)
    if is_pattern(first) or first in known:
        return
    hint = did_you_mean(nearest(first, known), f"It has {', '.join(f'`{key}`' for key in known)}.")
    span = path.span_of(0, len(first))
    yield _warning(span, f"{_PARTS[looks_at]} has no key `{first}`", hint, first)


def _keys_of(looks_at: str) -> tuple[str, ...]:
    """Give the keys that the format's schema knows of a kind of part."""
    whole = schema("integration")
    described = [whole["$defs"][name] for name in _DEFINITIONS.get(looks_at, ())] or [whole]
    return tuple(dict.fromkeys(key for one in described for key in one["properties"]))


def _strange(node: Scalar, kind: str, known: Iterable[str], otherwise: str) -> Diagnostic:
    message = f"no {kind} is called `{node.value}`"
    return _warning(node.span, message, did_you_mean(nearest(node.value, known), otherwise), node.value)


def _warning(span: Span, message: str, hint: str, subject: str) -> Diagnostic:
    return Diagnostic(BAD_HOUSE_RULE, Severity.WARNING, message, span, hint=hint, subject=subject)
