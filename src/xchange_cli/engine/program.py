"""A flow made ready to run: inputs compiled, containers linked. Done once, however often a step runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.conversions import to_boolean
from xchange_cli.components.spec import ActionSpec, InputSpec
from xchange_cli.expression.ast import Literal, Malformed
from xchange_cli.expression.evaluate import Evaluator, Scope, compile_expression
from xchange_cli.model.integration import ErrorConfig, Flow, Input, Step


@dataclass(frozen=True, slots=True)
class CompiledStep:
    """`constants` are the inputs that no run changes, `dynamic` gives the others.

    `conditional` are the step keys that some iteration of this loop may not run: their results of an earlier
    iteration must not be seen.
    """

    step: Step
    ref: str
    component: str
    action: str
    constants: Mapping[str, Any]
    dynamic: tuple[tuple[str, Evaluator], ...]
    error: ErrorConfig
    body: tuple["CompiledStep", ...] | None
    branches: Mapping[str, tuple["CompiledStep", ...]] | None
    conditional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    flow: Flow
    steps: tuple[CompiledStep, ...]


def compile_flow(flow: Flow, catalog: Catalog) -> Program:
    return Program(flow, tuple(_compile_step(step, catalog) for step in flow.steps))


def _compile_step(step: Step, catalog: Catalog) -> CompiledStep:
    action = step.action
    component, key = (action.component, action.key) if action else ("", "")
    spec = catalog.action(component, key, is_public=action.is_public) if action else None
    constants, dynamic = _compile_inputs(step, spec)
    body = None if step.steps is None else tuple(_compile_step(inner, catalog) for inner in step.steps)
    branches = None
    if step.branches is not None:
        branches = {
            branch.name: tuple(_compile_step(inner, catalog) for inner in branch.steps)
            for branch in step.branches
        }
    return CompiledStep(
        step=step,
        ref=step.ref,
        component=component,
        action=key,
        constants=constants,
        dynamic=dynamic,
        error=step.error,
        body=body,
        branches=branches,
        conditional=tuple(_conditional_refs(body or ())),
    )


def _compile_inputs(
    step: Step, spec: ActionSpec | None
) -> tuple[dict[str, Any], tuple[tuple[str, Evaluator], ...]]:
    constants: dict[str, Any] = {}
    dynamic: list[tuple[str, Evaluator]] = []
    declared = spec.inputs if spec else {}
    for key in [*declared, *(key for key in step.inputs if key not in declared)]:
        given = step.inputs.get(key)
        constant, value = _compile_input(given, declared.get(key))
        if value is None:
            constants[key] = constant
        else:
            dynamic.append((key, value))
    return constants, tuple(dynamic)


def _compile_input(given: Input | None, spec: InputSpec | None) -> tuple[Any, Evaluator | None]:
    """Give a constant, or a function of the scope. What is not set takes the component's default."""
    default = _converted(_unless_empty(spec.default), spec) if spec else None
    if given is None or isinstance(given.expression, Malformed):
        return default, None
    if isinstance(given.expression, Literal):
        value = _unless_empty(given.expression.value)
        return (default if value is None else _converted(value, spec)), None
    evaluate = compile_expression(given.expression)
    if default is None and (spec is None or spec.type != "boolean"):
        return None, evaluate
    return None, _with_default(evaluate, default, spec)


def _with_default(evaluate: Evaluator, default: Any, spec: InputSpec | None) -> Evaluator:
    def value_or_default(scope: Scope) -> Any:
        value = evaluate(scope)
        return default if value is None else _converted(value, spec)

    return value_or_default


def _unless_empty(value: Any) -> Any:
    """Empty text means "not set"."""
    return None if value == "" else value


def _converted(value: Any, spec: InputSpec | None) -> Any:
    if spec is not None and spec.type == "boolean" and value is not None:
        return to_boolean(value)
    return value


def _conditional_refs(steps: tuple[CompiledStep, ...]) -> list[str]:
    """Give the keys of all steps that stand in a branch or a loop inside of `steps`."""
    refs: list[str] = []
    for step in steps:
        inside = [*(step.body or ()), *(inner for branch in (step.branches or {}).values() for inner in branch)]
        refs += [inner.ref for inner in inside]
        refs += _conditional_refs(tuple(inside))
    return refs
