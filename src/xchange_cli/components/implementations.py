"""Finds the code of components; a component is loaded when it is first asked for."""

import pkgutil
from functools import cached_property
from importlib import import_module

from xchange_cli.components import builtin
from xchange_cli.components.spec import Implementation, Perform


class Implementations:
    """The components that can be performed here, each a module of the folder `builtin` named like its key."""

    def __init__(self) -> None:
        self._loaded: dict[str, Implementation] = {}

    def keys(self) -> frozenset[str]:
        """Give the keys of all components, without loading any."""
        return frozenset(self._modules)

    def load(self, component: str) -> Implementation | None:
        """Give the code of a component; None if there is none."""
        module = self._modules.get(component)
        if module is None:
            return None
        if component not in self._loaded:
            self._loaded[component] = import_module(f"{builtin.__name__}.{module}").COMPONENT
        return self._loaded[component]

    def perform_for(self, component: str, action: str, *, is_public: bool = True) -> Perform | None:
        """Give the code of an action or trigger; None if there is none.

        A private component is somebody's own, also where it has the key of a public one.
        """
        implementation = self.load(component) if is_public else None
        return None if implementation is None else implementation.actions.get(action)

    @cached_property
    def _modules(self) -> dict[str, str]:
        """Module names by component key; a key's `-` is `_` in the module's name."""
        names = (module.name for module in pkgutil.iter_modules(builtin.__path__))
        return {name.replace("_", "-"): name for name in names}
