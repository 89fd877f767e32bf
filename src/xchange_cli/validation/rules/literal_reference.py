"""A literal is the text of a reference.

What it checks
    No input of the type `value` holds nothing but a path into the result of a step of the flow, such as
    `listFiles.results` or `eachFile.currentItem.name`. The items of lists and the terms of conditions are checked too.

Why it matters
    The component gets these very words, not the result that they name.

How to fix
    Write `type: reference` in place of `type: value`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import Input
from xchange_cli.validation.conditions import comparisons, conditions_of
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.input_types import literals_of, use_type
from xchange_cli.validation.placeholders import RESULT, Known, is_result_path
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: trigger.results are in}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: trigger.results.body.data.name}
#                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ literal-reference: `trigger.results.body.data.name` is only text here
      - name: Greet Again
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: trigger.results.webhookUrls.New Orders}
#                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ literal-reference: `trigger.results.webhookUrls.New Orders` is only text here
""",
    """\
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Large
                type: complex
                value:
                  - and
                  - [greaterThan, {type: value, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}]
#                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ literal-reference: `trigger.results.body.data.size` is only text here
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    if not any(word in step.inputs.literal_text for word in RESULT):
        return
    known = Known(step.flow.by_ref, ())
    for scalar, node in _literals(step):
        if "." in scalar.value and is_result_path(scalar.value, known):
            yield Problem(
                scalar.span,
                f"`{scalar.value}` is only text here",
                "Write `type: reference` to get what it names.",
                scalar.value,
                fixes=use_type("reference", node),
            )


def _literals(step: StepFacts) -> Iterator[tuple[Scalar, Node]]:
    for given in step.step.inputs.values():
        if not _has_own_rule(step, given):
            yield from literals_of(given)
    for condition in conditions_of(step):
        for comparison in comparisons(condition):
            items = comparison.node.items[1:] if isinstance(comparison.node, Sequence) else ()
            for term, node in zip(comparison.terms, items, strict=False):
                if isinstance(term, Literal) and isinstance(term.node, Scalar) and isinstance(node, Mapping):
                    yield term.node, node


def _has_own_rule(step: StepFacts, given: Input) -> bool:
    """Leave out what loop-items and not-a-connection report."""
    spec = step.spec.inputs.get(given.key) if step.spec is not None else None
    is_connection = spec is not None and spec.type == "connection"
    return is_connection or (step.is_loop and given.key == "items")
