"""Differences that follow from another one and have no meaning of their own."""

from collections.abc import Iterable, Iterator

from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.model.integration import ActionRef, ConfigVar, Step

_Make = tuple[str, ...]


def without_consequences(deltas: Iterable[Delta]) -> Iterator[Delta]:
    """Leave out the inputs that only one of two components, triggers or kinds of connection has.

    That it is another one is told; that it takes other inputs then goes without saying. So does that a connection which is
    shared now has no component, and the other way round.
    """
    listed = list(deltas)
    others = {delta.part for delta in listed if delta.what is What.CHANGED and _is_of_another_make(delta)}
    shared = {delta.part for delta in listed if delta.address == ("useScopedConfigVar",)}
    return (delta for delta in listed if not _follows(delta, others, shared))


def _follows(delta: Delta, others: set[Part], shared: set[Part]) -> bool:
    if delta.what is not What.CHANGED or (delta.old_value is not None and delta.new_value is not None):
        return False
    first = delta.address[:1]
    return (first == ("inputs",) and delta.part in others) or (
        first in {("inputs",), ("connection",)} and delta.part in shared
    )


def _is_of_another_make(delta: Delta) -> bool:
    return _may_tell(delta.kind, delta.address) and _make(delta.old) != _make(delta.new)


def _may_tell(kind: PartKind, address: Address) -> bool:
    keys = {PartKind.STEP: {"action"}, PartKind.CONFIG_VAR: {"connection", "dataSource"}}
    return address[0] in keys.get(kind, ())


def _make(part: Part | None) -> tuple[_Make, ...]:
    """Give what decides which inputs there are; the actions of one component share most of theirs."""
    match part.facts if part is not None else None:
        case Step(action=action, is_trigger=is_trigger):
            return (_named(action, with_key=is_trigger),)
        case ConfigVar() as variable:
            return _named(variable.connection), _named(variable.data_source)
    return ()


def _named(ref: ActionRef | None, *, with_key: bool = True) -> _Make:
    if ref is None:
        return ()
    return (ref.component, str(ref.is_public), ref.key if with_key else "")
