"""A flow made ready to run: inputs compiled, containers linked. Done once, however often a step runs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.conversions import to_boolean
from xchange_cli.components.spec import ActionSpec, InputSpec
from xchange_cli.expression.ast import Literal, Malformed
from xchange_cli.expression.evaluate import Evaluator, Scope, compile_expression
from xchange_cli.model.integration import Branch, ErrorConfig, Flow, Input, Step


class CompiledStep(NamedTuple):
    """`constants` are the inputs that no run changes, `dynamic` gives the others.

    `segment` is the step's part of its path: its key, with `~2` for the second step of that key in the same
    loop body, so that paths are unique also in flows that a validator refuses. `inside` are the keys of all
    steps of a loop's body: a pass must not see what an earlier one left.
    """

    step: Step
    ref: str
    segment: str
    component: str
    action: str
    is_public: bool
    constants: Mapping[str, Any]
    dynamic: tuple[tuple[str, Evaluator], ...]
    error: ErrorConfig
    body: tuple["CompiledStep", ...] | None
    branches: Mapping[str, tuple["CompiledStep", ...]] | None
    inside: tuple[str, ...]


class Program(NamedTuple):
    flow: Flow
    steps: tuple[CompiledStep, ...]


def compile_flow(flow: Flow, catalog: Catalog) -> Program:
    return Program(flow, _compile_steps(flow.steps, catalog, Counter()))


def _compile_steps(
    steps: tuple[Step, ...], catalog: Catalog, taken: Counter[str]
) -> tuple[CompiledStep, ...]:
    return tuple(_compile_step(step, catalog, taken) for step in steps)


def _compile_step(step: Step, catalog: Catalog, taken: Counter[str]) -> CompiledStep:
    """`taken` counts the step keys of this loop body, or of the flow outside of loops."""
    action = step.action
    component, key = (action.component, action.key) if action else ("", "")
    spec = catalog.action(component, key, is_public=action.is_public) if action else None
    constants, dynamic = _compile_inputs(step, spec)
    segment = _segment(step.ref, taken)
    body = None if step.steps is None else _compile_steps(step.steps, catalog, Counter())
    branches = None if step.branches is None else _compile_branches(step.branches, catalog, taken)
    return CompiledStep(
        step=step,
        ref=step.ref,
        segment=segment,
        component=component,
        action=key,
        is_public=action is None or action.is_public,
        constants=constants,
        dynamic=dynamic,
        error=step.error,
        body=body,
        branches=branches,
        inside=tuple(dict.fromkeys(_refs_inside(step.steps or ()))),
    )


def _segment(ref: str, taken: Counter[str]) -> str:
    taken[ref] += 1
    return ref if ref and taken[ref] == 1 else f"{ref}~{taken[ref]}"


def _compile_branches(
    branches: tuple[Branch, ...], catalog: Catalog, taken: Counter[str]
) -> dict[str, tuple[CompiledStep, ...]]:
    """Give the steps by branch; of branches with the same name the first one counts."""
    compiled: dict[str, tuple[CompiledStep, ...]] = {}
    for branch in branches:
        compiled.setdefault(branch.name, _compile_steps(branch.steps, catalog, taken))
    return compiled


def _refs_inside(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        yield step.ref
        yield from _refs_inside(step.steps or ())
        for branch in step.branches or ():
            yield from _refs_inside(branch.steps)


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
