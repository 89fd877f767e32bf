"""Code names a step that the flow does not have.

What it checks
    The members of `stepResults`, by whatever name the code calls its second parameter, are keys of steps of the same
    flow: their names in camel case. Constants and patterns (`const { trigger } = stepResults`) are followed. Where the
    code reckons with the absence of the step (`?.`, `??`, `if`, `try`, a default), the finding is a warning.

Why it matters
    The member is undefined when the code runs, and reading `results` of it fails. It happens when a step is renamed.

How to fix
    Use the key of an existing step; the hint names the nearest one.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.code_inputs import rename
from xchange_cli.validation.facts import CodeUse, Dialect, Facts
from xchange_cli.validation.fixes import did_you_mean
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

_OF_CONTEXT = frozenset(
    ["configVars", "crossFlowState", "instanceState", "integrationState", "logger", "webhookUrls"]
)

VALID = (
    """\
      - name: Get Order
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              // Names in comments do not count: stepResults.getDataFromApi.results
              module.exports = async (context, stepResults) => {
                const { trigger, ...others } = stepResults;
                const names = Object.keys(others).filter((stepResults) => stepResults.length > 3);
                return { data: [trigger.results.body.data, names] };
              };
""",
)

INVALID = (
    """\
      - name: Get Order
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => {
                return { data: stepResults.triger.results.body.data };
              //                           ^^^^^^ code-unknown-step: no step of this flow is called `triger`
              };
      - name: Get Line
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ logger }, { "get-order": order, trigger: { results } }) => {
              //                                     ^^^^^^^^^ code-unknown-step: no step of this flow is called `get-order`
                return { data: [order.results, results.body] };
              };
""",
    """\
      - name: Get Order
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, steps) => {
                const all = steps;
                const { listOrders } = all;
              //        ^^^^^^^^^^ code-unknown-step: no step of this flow is called `listOrders`
                const more = all?.listMore?.results ?? [];
              //                  ^^^^^^^^ code-unknown-step: no step of this flow is called `listMore`
                return { data: [...listOrders.results, ...more] };
              };
""",
)


def check_code(use: CodeUse, facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.uses import uses

    if use.step is None or use.dialect is not Dialect.STEP:
        return
    flow = use.step.flow
    unknown = {
        named.start: named
        for named in uses(use.code)
        if named.kind == "step" and named.name not in flow.by_ref
    }
    for named in unknown.values():
        suggestion = flow.nearest_in_sight(named.name, use.step)
        yield Problem(
            use.span(named.start, named.end),
            f"no step of this flow is called `{named.name}`",
            hint=did_you_mean(suggestion, _other_meaning(named.name, facts)),
            subject=named.name,
            sure=not named.is_guarded,
            fixes=rename(use, named.first, suggestion),
        )


def _other_meaning(name: str, facts: Facts) -> str:
    if name in _OF_CONTEXT:
        return f"`{name}` is a member of the context, the first parameter."
    flow = next((flow.flow.name for flow in facts.flows if name in flow.by_ref), None)
    return f"The flow `{flow}` has such a step, but code sees its own flow only." if flow else ""
