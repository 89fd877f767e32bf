"""The names of an integration in its config sets."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.model.integration import Step
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Form, Named, whole

_WILDCARDS = frozenset("*?[")


def names_in_set(root: Mapping, lookup: Lookup) -> Iterator[Named]:
    """Yield the keys of values and connections, and what the write guard lets pass by name."""
    for part in ("values", "connections"):
        given = root.mapping(part)
        for entry in given.entries.values() if given is not None else ():
            yield whole(lookup.config_var(entry.key.value), entry.key)
    for item in _allowed(root):
        if not _WILDCARDS & set(item.value):
            yield from _allowed_name(item, lookup)


def patterns_for(root: Mapping, names: tuple[str, ...]) -> Iterator[Scalar]:
    """Yield the patterns of the write guard that match one of some names by a wildcard."""
    for item in _allowed(root):
        pattern = item.value
        if _WILDCARDS & set(pattern) and pattern != "*" and any(fnmatchcase(name, pattern) for name in names):
            yield item


def _allowed(root: Mapping) -> Iterator[Scalar]:
    run = root.mapping("run")
    listed = run.sequence("allowWrites") if run is not None else None
    for item in listed.items if listed is not None else ():
        if isinstance(item, Scalar) and isinstance(item.data, str):
            yield item


def _allowed_name(item: Scalar, lookup: Lookup) -> Iterator[Named]:
    variable = lookup.config_var(item.value)
    if variable is not None:
        yield whole(variable, item)
        return
    found = [
        (lookup.step_by_any_name(flow, item.value), step.step)
        for flow in lookup.facts.flows
        for step in flow.steps
        if item.value in {step.step.name, step.step.ref}
    ]
    for target, step in found:
        yield whole(target, item)._replace(form=_form(item, step), is_shared=len(found) > 1)


def _form(item: Scalar, step: Step) -> Form:
    return Form.KEY if item.value == step.ref else Form.WHOLE
