"""A flow is named that the file does not have.

What it checks
    The part after `<trigger>.results.webhookUrls` or `<trigger>.results.webhookApiKeys`, and inputs that take a flow,
    such as `flowName` of `invokeFlow`, name a flow of the same file by its display name, letter for letter. The same
    holds for what code reads of them, and of `webhookUrls` and `webhookApiKeys` of its context.

Why it matters
    There is no URL to call: the step sends its request nowhere, or fails. It happens when a flow is renamed.

How to fix
    Use the name of an existing flow; the hint names the nearest one. A name with a dot stands in brackets:
    `webhookUrls.["Orders 2.0"]`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Node
from xchange_cli.expression.ast import Literal
from xchange_cli.nearest import nearest
from xchange_cli.source import Span
from xchange_cli.validation.code_inputs import rename
from xchange_cli.validation.facts import CodeUse, Dialect, Facts, ReferenceUse, StepFacts
from xchange_cli.validation.fixes import did_you_mean, listed, use_word
from xchange_cli.validation.rule import Problem

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Segment, Use

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Call Myself
        action: {key: invokeFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
        inputs:
          flowName: {type: value, value: Flow}
          data: {type: reference, value: trigger.results.webhookUrls.Flow}
""",
)

INVALID = (
    """\
      - name: Call Sibling
        action: {key: invokeFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
        inputs:
          flowName: {type: value, value: flow}
#                                        ^^^^ unknown-flow: no flow of this file is called `flow`
""",
    """\
      - name: Note URL
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{$trigger.results.webhookUrls.Send Orders}}'}
#                                                                          ^^^^^^^^^^^ unknown-flow: no flow of this file is called `Send Orders`
""",
    """\
      - name: Note URLs
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ webhookUrls }, { trigger }) => {
                return { data: [webhookUrls.Flow, webhookUrls['Send Orders'], trigger.results.webhookUrls.flow] };
              //                                               ^^^^^^^^^^^ unknown-flow: no flow of this file is called `Send Orders`
              //                                                                                          ^^^^ unknown-flow: no flow of this file is called `flow`
              };
""",
)

_MOST_NAMES = 8
_BY_FLOW = ("webhookUrls", "webhookApiKeys")


def check_reference(use: ReferenceUse, facts: Facts) -> Iterator[Problem]:
    path = use.reference.path
    if len(path) < 4 or path[1] != "results" or path[2] not in _BY_FLOW or path[3] in facts.flow_names:
        return
    _, target = use.step.flow.look(use.step, path[0])
    if target is not None and target.step.is_trigger:
        yield _unknown(path[3], use.reference.node, use.reference.span(3, 3), facts)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    for given, spec in step.inputs.special:
        if spec.type != "flow" or not isinstance(given.expression, Literal):
            continue
        name, node = given.expression.value, given.value_node
        if isinstance(name, str) and name and name not in facts.flow_names:
            yield _unknown(name, node, node.span, facts, sure=spec.basis.is_sure)


def check_code(use: CodeUse, facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.uses import uses

    if use.dialect is Dialect.FUNCTION or not any(word in use.code for word in _BY_FLOW):
        return
    named = (_flow(found, use) for found in uses(use.code))
    for flow in dict.fromkeys(filter(None, named)):
        if flow.name not in facts.flow_names:
            found = _unknown(flow.name, use.node, use.span(flow.start, flow.end), facts)
            yield found._replace(fixes=rename(use, flow, nearest(flow.name, facts.flow_names)))


def _flow(found: "Use", use: CodeUse) -> "Segment | None":
    """Give the flow that code names, also in what it reads of the trigger's result."""
    if found.kind == "flow":
        return found.first
    path = tuple(segment.name for segment in found.path)
    if (
        use.step is None
        or found.kind != "step"
        or len(path) < 3
        or path[0] != "results"
        or path[1] not in _BY_FLOW
    ):
        return None
    _, target = use.step.flow.look(use.step, found.name)
    return found.path[2] if target is not None and target.step.is_trigger else None


def _unknown(name: str, node: Node, span: Span, facts: Facts, *, sure: bool = True) -> Problem:
    suggestion = nearest(name, facts.flow_names)
    return Problem(
        span,
        f"no flow of this file is called `{name}`",
        hint=did_you_mean(suggestion, _listed(facts.flow_names)),
        subject=name,
        sure=sure,
        fixes=use_word(suggestion, node, span),
    )


def _listed(names: list[str]) -> str:
    return f"The file has {listed(names, _MOST_NAMES)}." if names else ""
