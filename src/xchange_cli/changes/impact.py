"""What a new version does to the config sets that are kept beside the integration."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.bind import bind
from xchange_cli.configset.placeholders import reader_in
from xchange_cli.configset.read import ConfigSet
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.locate import locate
from xchange_cli.document.parse import parse
from xchange_cli.model.integration import Integration


class Outcome(StrEnum):
    """BREAKS: a value that the set holds is dropped, or does not fit. NEEDS_VALUE: it lacks one that is needed.

    UPDATED: it was changed along with the integration, and would not do for the old version. BROKEN: it cannot be read.
    """

    BREAKS = "breaks"
    NEEDS_VALUE = "needs value"
    UPDATED = "updated"
    UNAFFECTED = "unaffected"
    BROKEN = "broken"


class Impact(NamedTuple):
    """`changes` are those that concern the set, and `needed` the config variables that it has no value for."""

    set_name: str
    outcome: Outcome
    changes: tuple[Change, ...]
    needed: tuple[str, ...] = ()


class _Held(NamedTuple):
    """What is wrong with a set for one version, as config variables: values that do not fit, and those it lacks."""

    wrong: frozenset[str]
    missing: frozenset[str]


_WRONG = frozenset({"bad-config-value", "unknown-config-value", "unknown-connection-field"})
_MISSING = frozenset({"missing-config-value", "missing-connection-value"})


def impact(
    change_set: ChangeSet, new: Integration, sets: Iterable[ConfigSet], catalog: Catalog
) -> tuple[Impact, ...]:
    """Judge each set by its own values: what is wrong with it for the new version, and was not for the old one.

    A set that lacks a value in both is unaffected.
    """
    return tuple(_impact(change_set, new, one, catalog) for one in sets)


def _impact(change_set: ChangeSet, new: Integration, config_set: ConfigSet, catalog: Catalog) -> Impact:
    if any(one.severity is Severity.ERROR for one in config_set.diagnostics):
        return Impact(config_set.name, Outcome.BROKEN, ())
    old = change_set.before
    before = _held(config_set, old, catalog) if old is not None else _Held(frozenset(), frozenset())
    now = _held(config_set, new, catalog)
    wrong, missing = now.wrong - before.wrong, now.missing - before.missing
    mended = before.wrong - now.wrong
    if not (wrong or missing) and mended:
        changes = tuple(_about(change_set, mended))
        if changes:
            return Impact(config_set.name, Outcome.UPDATED, changes)
    if not change_set.changes or not (wrong or missing):
        return Impact(config_set.name, Outcome.UNAFFECTED, ())
    changes = tuple(_about(change_set, wrong | missing))
    needed = tuple(variable.key for variable in new.config_vars if variable.key in missing)
    return Impact(config_set.name, Outcome.BREAKS if wrong else Outcome.NEEDS_VALUE, changes, needed)


def _held(config_set: ConfigSet, integration: Integration, catalog: Catalog) -> _Held:
    binding = bind(
        integration,
        config_set,
        catalog=catalog,
        overrides={},
        environment=None,
        read_file=reader_in(Path()),
        needed=None,
    )
    found = [one for one in binding.diagnostics if one.span.source is not integration.node.source]
    return _Held(
        frozenset(_variable(one) for one in found if one.rule in _WRONG),
        frozenset(_variable(one) for one in found if one.rule in _MISSING),
    )


def _variable(found: Diagnostic) -> str:
    """Give the key of the config variable: it stands around the place of a finding about a connection's field."""
    names = locate(parse(found.span.source).root, found.span.start, found.span.end).names
    return names[1] if len(names) > 1 and names[0] in {"values", "connections"} else found.subject


def _about(change_set: ChangeSet, keys: frozenset[str]) -> Iterator[Change]:
    for change, delta in zip(change_set.changes, change_set.deltas, strict=True):
        if delta.kind is PartKind.CONFIG_VAR and any(
            part and part.name in keys for part in (delta.old, delta.new)
        ):
            yield change
