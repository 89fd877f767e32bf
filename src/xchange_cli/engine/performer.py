"""The seam to the world: performers answer step calls. Live, mocked and replayed runs differ only in them."""

from collections.abc import Mapping
from typing import Any, Protocol

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Effect, Perform
from xchange_cli.engine.context import Clock, LiveContext
from xchange_cli.engine.events import Done, Failed, Outcome, StepCall
from xchange_cli.engine.world import World
from xchange_cli.nearest import nearest
from xchange_cli.wire.http import WireError

TOO_DEEP = "nested-too-deeply"
_TOO_DEEP = "the data is nested too deeply"


class Performer(Protocol):
    """Performs one call; failures are outcomes, exceptions are bugs."""

    def perform(self, call: StepCall) -> Outcome: ...


class LivePerformer:
    """Performs actions with the code of their components. `deadline` is a time of `clock.monotonic`.

    `catalog` tells what actions do to the world; what it does not know counts as writing.

    Data that is too large or nested too deeply makes a step fail. Any other exception that is no ActionError is a
    bug of the action: it is raised, with a note that names the step.
    """

    def __init__(
        self,
        implementations: Implementations,
        *,
        config: Mapping[str, Any],
        payload: Mapping[str, Any],
        execution: Mapping[str, Any],
        clock: Clock,
        deadline: float,
        world: World | None = None,
        catalog: Catalog | None = None,
    ) -> None:
        self._implementations = implementations
        self._catalog = catalog
        self._context = LiveContext(
            config=config,
            payload=payload,
            execution=execution,
            clock=clock,
            deadline=deadline,
            world=world or World(),
        )
        self._performs: dict[tuple[str, str, bool], Perform | None] = {}

    def perform(self, call: StepCall) -> Outcome:
        perform = self._perform_for(call.component, call.action, is_public=call.is_public)
        if perform is None:
            return not_implemented(call, self._implementations)
        if call.unusable:
            return Failed(TOO_DEEP, f"{call.unusable}: {_TOO_DEEP}", input_key=call.unusable)
        context = self._context
        context.begin(call)
        try:
            result = perform(context, call.inputs)
        except ActionError as error:
            return context.failed(error.kind, error.message, error.input_key, error.offset)
        except WireError as error:
            failed = context.failed(error.kind, error.message, error.input_key, error.offset)
            return failed._replace(is_final=error.is_final)
        except RecursionError:
            return context.failed(TOO_DEEP, _TOO_DEEP)
        except MemoryError:
            return context.failed("out-of-memory", "the data of this step does not fit into the memory")
        except Exception as error:
            error.add_note(f"while `{call.action}` of `{call.component}` was performed for {call.path}")
            raise
        if context.logs or context.warnings:
            return Done(result, tuple(context.logs), tuple(context.warnings))
        return Done(result)

    def _perform_for(self, component: str, action: str, *, is_public: bool) -> Perform | None:
        key = (component, action, is_public)
        if key not in self._performs:
            perform = self._implementations.perform_for(component, action, is_public=is_public)
            self._performs[key] = perform if perform is None else self._asking(perform, *key)
        return self._performs[key]

    def _asking(self, perform: Perform, component: str, action: str, is_public: bool) -> Perform:
        """Let code that does not ask before it writes somewhere do so before it is performed."""
        code = self._implementations.implementation_for(component, action, is_public=is_public)
        if code is None or code.asks_access:
            return perform
        spec = self._catalog.action(component, action, is_public=is_public) if self._catalog else None
        effect = spec.effect if spec else Effect.WRITES
        if effect is Effect.PURE:
            return perform
        what = (lambda: f"`{action}` of `{component}`") if effect is Effect.WRITES else None

        def asking(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
            context.require_access("", what)
            return perform(context, inputs)

        return asking


def not_implemented(call: StepCall, implementations: Implementations) -> Failed:
    """Refuse for good: the error handling of the flow is for errors that the hosted platform has too."""
    if not call.component or not call.action:
        message = f"the step has no action; give it a result with --mock {call.ref}=FILE"
    else:
        message = (
            f"`{call.action}` of `{call.component}` cannot be performed here; give the step a result with "
            f"--mock {call.ref}=FILE, or {_way_to_write(call, implementations)}"
        )
    return Failed("not-implemented", message, is_final=True)


def _way_to_write(call: StepCall, implementations: Implementations) -> str:
    """Say how the action may get code; where the component has some, what is in it, the nearest name first."""
    own = implementations.own_actions(call.component)
    if own is None:
        return (
            f"write it yourself in components/{call.component}.py "
            f"(`xchange components new {call.component} --action {call.action}` begins it)"
        )
    code, names = own
    near = nearest(call.action, names)
    listed = ", ".join(f"`{name}`" for name in sorted(names, key=lambda name: (name != near, name)))
    return f"write it: {code.name} has no function `{call.action}`; it has {listed or 'none yet'}"
