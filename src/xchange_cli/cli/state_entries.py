"""Finds the entries that the words of `xchange state` mean."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.javascript.values import parse_if_json
from xchange_cli.nearest import nearest
from xchange_cli.project.find import project_of
from xchange_cli.project.keys import shown
from xchange_cli.project.targets import Target, resolve
from xchange_cli.project.unique_names import unique_name
from xchange_cli.source import Source
from xchange_cli.state.entries import SCOPES, Entry, Place, Selection
from xchange_cli.state.file import state_file
from xchange_cli.state.store import StateStore

WITHOUT_CONFIG = "local"
_SET_SUFFIXES = {".yml", ".yaml"}


class Asked(NamedTuple):
    """The words of the command line; what is empty may be anything."""

    integration: str = ""
    config: str = ""
    flow: str = ""
    scope: str = ""
    key: str = ""

    @property
    def instance(self) -> str:
        """Name the config set, also where its file was named."""
        path = Path(self.config)
        return path.stem if path.suffix in _SET_SUFFIXES else self.config


class StateDesk:
    """The state of the project that a command is about; `folder` is where it was called."""

    def __init__(self, integration: str, folder: Path) -> None:
        self._folder = folder
        self._project = project_of([integration] if integration else [], folder)
        self._store = StateStore(state_file(self._project.root))

    def close(self) -> None:
        self._store.close()

    def found(self, asked: Asked) -> tuple[Entry, ...]:
        """Give the entries that are meant; there may be none.

        Raises:
            XchangeError: when the integration neither exists nor has left anything.

        """
        kind = SCOPES[asked.scope] if asked.scope else None
        kept = self._store.entries(
            Selection(instance=asked.instance or None, kind=kind, key=asked.key or None)
        )
        names = self._integrations(asked.integration) if asked.integration else None
        return tuple(
            entry
            for entry in kept
            if (names is None or entry.place.integration in names)
            and (not asked.flow or asked.flow in {entry.place.flow, step_ref(entry.place.flow)})
        )

    def some(self, asked: Asked) -> tuple[Entry, ...]:
        """Do as `found`.

        Raises:
            XchangeError: NOT_FOUND when there are none, with the nearest key.

        """
        entries = self.found(asked)
        if entries:
            return entries
        others = (entry.key for entry in self.found(asked._replace(key="")))
        near = nearest(asked.key, others) if asked.key else None
        what = f"nothing called `{asked.key}`" if asked.key else "nothing"
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            f"{asked.integration} keeps {what} there",
            hint=f"Did you mean `{near}`?" if near else "`xchange state list` shows what is kept.",
        )

    def one(self, asked: Asked) -> Entry:
        """Give the entry that is meant.

        Raises:
            XchangeError: NOT_FOUND when there is none, USAGE when there are several.

        """
        entries = self.some(asked)
        if len(entries) == 1:
            return entries[0]
        places = "; ".join(_where(entry) for entry in entries)
        raise XchangeError(
            ErrorCode.USAGE,
            f"`{asked.key}` is kept in {len(entries)} places",
            hint=f"Choose one with --config, --flow or --scope: {places}.",
        )

    def keep(self, asked: Asked, value: Any) -> tuple[Entry, ...]:
        """Keep a value.

        Raises:
            XchangeError: when it is not clear where, or when it cannot be kept.

        """
        targets = resolve(self._project, [asked.integration], self._folder)
        if len(targets) > 1:
            raise _which(map(self._name, targets))
        kind = SCOPES[asked.scope or "flow"]
        flow = _flow_name(targets[0], asked.flow) if kind == "instanceState" else ""
        place = Place(self._name(targets[0]), asked.instance or WITHOUT_CONFIG, flow).of(kind)
        self._store.put(place, kind, asked.key, value)
        return self._store.entries(Selection(*place, kind, asked.key))

    def remove(self, entries: tuple[Entry, ...]) -> None:
        """Remove entries that were found."""
        self._store.remove(entries)

    def _name(self, target: Target) -> str:
        return unique_name(self._project, target)

    def _integrations(self, argument: str) -> set[str]:
        """Name the integrations that an argument means; what was renamed or deleted still has its state."""
        try:
            return {self._name(target) for target in resolve(self._project, [argument], self._folder)}
        except XchangeError as error:
            if error.code is ErrorCode.NOT_FOUND and self._store.entries(Selection(argument)):
                return {argument}
            raise


def value_of(text: str, folder: Path) -> Any:
    """Read a value as it is given on the command line: JSON, else text; `@file` is what a file holds.

    Raises:
        XchangeError: USAGE for null, which is no value; when the file cannot be read.

    """
    if text.startswith("@"):
        path = folder / text[1:]
        text = Source.read(path, shown(path, folder), is_named=True).text
    value = parse_if_json(text)
    if value is None:
        raise XchangeError(
            ErrorCode.USAGE,
            "null is no value",
            hint="`xchange state clear` removes a value; the text is written as '\"null\"'.",
        )
    return value


def _flow_name(target: Target, flow: str) -> str:
    """Give the name of a flow as the file has it: state is kept for that name."""
    from xchange_cli.document.parse import parse
    from xchange_cli.model.build import build
    from xchange_cli.model.find import find_flow

    integration = build(parse(target.read()).root)
    if integration is None:
        raise XchangeError(
            ErrorCode.INVALID,
            f"{target.name} holds no integration",
            hint="`xchange validate` tells what is wrong.",
        )
    return find_flow(integration, flow).name


def _which(keys: Iterable[str]) -> XchangeError:
    return XchangeError(ErrorCode.USAGE, "which integration?", hint=f"Name one: {', '.join(keys)}.")


def _where(entry: Entry) -> str:
    """Say `acme, Nightly (flow)`."""
    names = ", ".join(name for name in entry.place[1:] if name)
    return f"{names} ({entry.scope})" if names else entry.scope
