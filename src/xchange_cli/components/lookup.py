"""Components as somebody looks them up: all, one, or one action; with what can be performed here."""

from typing import NamedTuple

from xchange_cli.components.catalog import Catalog, Entry
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionSpec, ComponentSpec, ConnectionSpec
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest


class ComponentList(NamedTuple):
    """`local`: the keys of components that have an implementation here; `own_local` those with code of their own."""

    entries: tuple[Entry, ...]
    local: frozenset[str]
    own_local: frozenset[str] = frozenset()

    def is_local(self, entry: Entry) -> bool:
        return entry.key in self.own_local or (not entry.is_own and entry.key in self.local)


class ComponentPage(NamedTuple):
    """`local`: the keys of the actions and triggers that have an implementation here.

    Own code is read and not run; where only running it could tell, all count.
    """

    spec: ComponentSpec
    local: frozenset[str]


class ActionPage(NamedTuple):
    """An action, trigger or connection of a component."""

    component: ComponentSpec
    part: ActionSpec | ConnectionSpec
    is_local: bool


def component_list(catalog: Catalog, implementations: Implementations) -> ComponentList:
    return ComponentList(catalog.entries(), implementations.keys(), implementations.own_keys())


def component_page(catalog: Catalog, implementations: Implementations, key: str) -> ComponentPage:
    """Find a component.

    Raises:
        XchangeError: NOT_FOUND; the hint names the nearest key.

    """
    spec = catalog.component(key)
    if spec is None:
        near = nearest(key, catalog.keys())
        hint = f"Did you mean `{near}`?" if near else "`xchange components` lists them."
        raise XchangeError(ErrorCode.NOT_FOUND, f"there is no component `{key}`", hint=hint)
    local = implementations.named(spec.key, is_public=not spec.is_own)
    return ComponentPage(spec, frozenset([*spec.actions, *spec.triggers]) if local is None else local)


def action_page(catalog: Catalog, implementations: Implementations, key: str, name: str) -> ActionPage:
    """Find an action, trigger or connection.

    Raises:
        XchangeError: NOT_FOUND; the hint names the nearest one.

    """
    spec, local = component_page(catalog, implementations, key)
    for parts in (spec.actions, spec.triggers, spec.connections):
        if name in parts:
            return ActionPage(spec, parts[name], name in local)
    near = nearest(name, [*spec.actions, *spec.triggers, *spec.connections])
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        f"the component `{key}` has no action, trigger or connection `{name}`",
        hint=f"Did you mean `{near}`?" if near else f"`xchange components {key}` lists them.",
    )
