"""Finds the code of components; a component is loaded when it is first asked for."""

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from xchange_cli.components import builtin
from xchange_cli.components.spec import ActionContext, ActionError, Implementation, Perform
from xchange_cli.errors import XchangeError

if TYPE_CHECKING:
    from xchange_cli.components.own.code import OwnCode

NO_CODE: "Mapping[str, OwnCode]" = MappingProxyType({})


class Implementations:
    """The components that can be performed here: each module of the folder `builtin`, named like its key, and `own`.

    Own code performs the actions of private components and, of public ones, those that have no built-in code.
    """

    def __init__(self, own: "Mapping[str, OwnCode]" = NO_CODE) -> None:
        self._own = own
        self._loaded: dict[str, Implementation] = {}
        self._own_loaded: dict[str, Implementation] = {}

    def keys(self) -> frozenset[str]:
        """Give the keys of all built-in components, without loading any."""
        return frozenset(self._modules)

    def own_keys(self) -> frozenset[str]:
        """Give the keys of all components that have own code, without loading any."""
        return frozenset(self._own)

    def load(self, component: str) -> Implementation | None:
        """Give the built-in code of a component; None if there is none."""
        module = self._modules.get(component)
        if module is None:
            return None
        if component not in self._loaded:
            self._loaded[component] = import_module(f"{builtin.__name__}.{module}").COMPONENT
        return self._loaded[component]

    def implementation_for(
        self, component: str, action: str, *, is_public: bool = True
    ) -> Implementation | None:
        """Give the implementation that has the code of an action or trigger; None if there is none.

        A private component is somebody's own, also where it has the key of a public one. Own code that cannot be
        loaded has every action: each fails with the reason (`trouble`).
        """
        built_in = self.load(component) if is_public else None
        if built_in is not None and action in built_in.actions:
            return built_in
        own = self._load_own(component)
        return own if own is not None and action in own.actions else None

    def perform_for(self, component: str, action: str, *, is_public: bool = True) -> Perform | None:
        """Give the code of an action or trigger; None if there is none."""
        implementation = self.implementation_for(component, action, is_public=is_public)
        if implementation is None:
            return None
        try:
            return implementation.actions[action]
        except XchangeError as error:
            return _Failing(error)

    def trouble(self, component: str, action: str, *, is_public: bool = True) -> XchangeError | None:
        """Say why own code cannot be performed, so that a run may be refused before it starts."""
        perform = self.perform_for(component, action, is_public=is_public)
        return perform.error if isinstance(perform, _Failing) else None

    def named(self, component: str, *, is_public: bool = True) -> frozenset[str] | None:
        """Tell which actions and triggers have code, without running own code; None where only that could tell."""
        built_in = self.load(component) if is_public else None
        names = frozenset(built_in.actions if built_in else ())
        code = self._own.get(component)
        if code is None:
            return names
        from xchange_cli.components.own.code import function_names

        own = function_names(code)
        return None if own is None else names | own

    def own_actions(self, component: str) -> "tuple[OwnCode, tuple[str, ...]] | None":
        """Give where the own code of a component is, and which actions it has; None where it has no own code."""
        own = self._load_own(component)
        return None if own is None else (self._own[component], tuple(own.actions))

    def _load_own(self, component: str) -> Implementation | None:
        code = self._own.get(component)
        if code is None:
            return None
        if component not in self._own_loaded:
            from xchange_cli.components.own.code import load_own

            try:
                self._own_loaded[component] = load_own(code)
            except XchangeError as error:
                self._own_loaded[component] = Implementation(_Broken(error), asks_access=False)
        return self._own_loaded[component]

    @cached_property
    def _modules(self) -> dict[str, str]:
        """Module names by component key; a key's `-` is `_` in the module's name."""
        files = (file for folder in builtin.__path__ for file in os.listdir(folder))  # noqa: PTH208 - names will do
        names = (file.removesuffix(".py") for file in files if file.endswith(".py") and file[0] != "_")
        return {name.replace("_", "-"): name for name in names}


class _Failing:
    """An action whose code cannot be performed."""

    def __init__(self, error: XchangeError) -> None:
        self.error = error

    def __call__(self, _context: ActionContext, _inputs: Mapping[str, Any]) -> NoReturn:
        from xchange_cli.components.own.calls import COMPONENT_ERROR

        place = f"{self.error.place.file}:{self.error.place.line}: " if self.error.place else ""
        raise ActionError(f"{place}{self.error.message}", kind=COMPONENT_ERROR)


class _Broken(Mapping[str, Perform]):
    """The actions of code that cannot be loaded: whichever is asked for fails with the reason."""

    def __init__(self, error: XchangeError) -> None:
        self._failing = _Failing(error)

    def __getitem__(self, _action: str) -> Perform:
        return self._failing

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
