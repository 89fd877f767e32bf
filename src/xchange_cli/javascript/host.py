"""Chooses the engine for each piece of code: QuickJS, or Node.js where the code needs it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from xchange_cli.javascript.errors import JavaScriptError, LogLine
from xchange_cli.javascript.needs import Need, needs
from xchange_cli.javascript.places import CodePlace, place_at
from xchange_cli.javascript.quickjs import CodeHost
from xchange_cli.javascript.scripts import CALL, ModuleOutcome, Scripts
from xchange_cli.wire.http import HttpClient

if TYPE_CHECKING:
    from xchange_cli.javascript.node import NodeWorker
    from xchange_cli.javascript.node_program import NodeProgram

_INSTALL = "install it, or `pip install 'xchange-cli[node]'`"


class ScriptHost(Scripts):
    """Runs the JavaScript of one run. `choice` is quickjs, node, or auto: Node.js for code that needs it.

    Code for which QuickJS only gives other results, such as the order of `localeCompare`, runs in QuickJS with a
    warning where there is no Node.js or QuickJS was chosen.
    """

    def __init__(
        self,
        choice: str,
        http: HttpClient,
        *,
        find: "Callable[[], NodeProgram | None] | None" = None,
    ) -> None:
        self._choice = choice
        self._http = http
        self._find = find
        self._quickjs = CodeHost()
        self._worker: NodeWorker | None = None
        self._warned: set[str] = set()

    def run_module(
        self, code: str, *, context: Mapping[str, Any], step_results: Mapping[str, Any], seconds: float
    ) -> ModuleOutcome:
        engine, warning = self._engine({"code": code})
        outcome = engine.run_module(code, context=context, step_results=step_results, seconds=seconds)
        return outcome._replace(logs=(*warning, *outcome.logs)) if warning else outcome

    def call_function(self, source: str, args: Sequence[Any], *, seconds: float, input_key: str = "") -> Any:
        return self.call_functions(CALL, {input_key: source}, args, seconds=seconds).value

    def call_functions(
        self, driver: str, sources: Mapping[str, str], args: Sequence[Any], *, seconds: float
    ) -> ModuleOutcome:
        engine, warning = self._engine(sources)
        outcome = engine.call_functions(driver, sources, args, seconds=seconds)
        return outcome._replace(logs=(*warning, *outcome.logs)) if warning else outcome

    def through(self, http: HttpClient) -> Self:
        self._http = http
        if self._worker is not None:
            self._worker.through(http)
        return self

    def close(self) -> None:
        """End the Node.js process, if there is one."""
        if self._worker is not None:
            self._worker.close()

    @cached_property
    def _program(self) -> "NodeProgram | None":
        from xchange_cli.javascript.node_program import find_node

        return (self._find or find_node)()

    def _engine(self, sources: Mapping[str, str]) -> tuple[Scripts, tuple[LogLine, ...]]:
        """Give the engine for the code, and a warning the first time that it is not the right one."""
        if self._choice == "node":
            return self._node("`--js node`", "", None), ()
        key, need = first_need(sources)
        if need is None:
            return self._quickjs, ()
        if self._choice == "auto" and (need.is_vital or self._program is not None):
            return self._node(f"`{need.name}`", key, place_at(need.offset, sources[key])), ()
        if need.is_vital:
            message = f"`{need.name}` needs Node.js; leave out --js quickjs"
            raise _missing(message, key, place_at(need.offset, sources[key]))
        return self._quickjs, self._warning(need)

    def _node(self, what: str, key: str, place: CodePlace | None) -> "NodeWorker":
        if self._worker is None:
            if self._program is None:
                raise _missing(
                    f"{what} needs Node.js 20 or newer, which is not on the path; {_INSTALL}", key, place
                )
            from xchange_cli.javascript.node import NodeWorker

            self._worker = NodeWorker(self._program, self._http)
        return self._worker

    def _warning(self, need: Need) -> tuple[LogLine, ...]:
        if need.name in self._warned:
            return ()
        self._warned.add(need.name)
        message = (
            f"`{need.name}` follows no language's rules in the built-in JavaScript engine; Node.js has them"
        )
        return (LogLine("warn", message),)


def first_need(sources: Mapping[str, str]) -> tuple[str, Need | None]:
    """Give the first vital need of several pieces of code by key, else the first other one, else None."""
    other: tuple[str, Need | None] = ("", None)
    for key, code in sources.items():
        need = needs(code)
        if need is not None and need.is_vital:
            return key, need
        if other[1] is None and need is not None:
            other = key, need
    return other


def _missing(message: str, key: str, place: CodePlace | None) -> JavaScriptError:
    line, column = place or (None, None)
    return JavaScriptError(message, kind="node-missing", line=line, column=column, input_key=key)
