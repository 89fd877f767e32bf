"""What flows keep between runs, for the executions of one command."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xchange_cli.engine.events import State
from xchange_cli.redaction import Redactor, bound
from xchange_cli.state.file import is_absent, state_file

if TYPE_CHECKING:
    from xchange_cli.state.entries import Place
    from xchange_cli.state.store import StateStore


class StateMemory:
    """The state of one integration with one config set, in the database of the project at `root`.

    Most flows keep nothing: then there is nothing to open.
    """

    def __init__(self, root: Path, redactor: Redactor, integration: str, instance: str) -> None:
        self._file = state_file(root)
        self._redactor = redactor
        self._integration = integration
        self._instance = instance
        self._opened: StateStore | None = None

    def load(self, flow: str) -> State:
        if is_absent(self._file):
            return {}
        return self._store.load(self._place(flow))

    def save(self, flow: str, before: State, after: State) -> tuple[str, ...]:
        if not any(before.values()) and not any(after.values()):
            return ()
        return self._store.save(self._place(flow), before, after).warnings()

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def _store(self) -> "StateStore":
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> "StateStore":
        from xchange_cli.state.store import StateStore

        redactor = self._redactor
        return StateStore(
            self._file, redact=redactor.data, bind=lambda value: bound_data(value, redactor.values())
        )

    def _place(self, flow: str) -> "Place":
        from xchange_cli.state.entries import Place

        return Place(self._integration, self._instance, flow)


def bound_data(value: Any, secrets: Mapping[str, str]) -> Any:
    """Put the values of secrets back in place of their tags, in a value and all it holds."""
    match value:
        case str():
            return bound(value, secrets)
        case Mapping():
            return {bound(key, secrets): bound_data(item, secrets) for key, item in value.items()}
        case list():
            return [bound_data(item, secrets) for item in value]
        case _:
            return value
