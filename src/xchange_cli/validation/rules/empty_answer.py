"""A synchronous flow ends with a step that gives no meaningful answer.

What it checks
    The last step of a synchronous flow, or of an agent flow, is no log step, no waiting step, no loop and no step that
    only keeps or removes a value; where it branches, the same holds for the last step of each branch, and no branch is
    empty. The flow has more than a trigger.

Why it matters
    The caller gets what the step executed last has given: an empty body, the name of a branch, a list of whatever
    the loop's last step gave, or the request itself.

How to fix
    End with a step that has the answer, such as `stopExecution` or a code step.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ActionRef, Step
from xchange_cli.source import Span
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_SILENT = {"log": "a log step", "sleep": "a waiting step"}
_CALLED_BY = frozenset({"webhook-triggers", "openai"})
_KEEPING = ("save", "remove", "add", "append")

VALID = (
    """\
    isSynchronous: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
      - name: Count
        action: {key: length, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: called.results.body.data}
""",
)

INVALID = (
    """\
    isSynchronous: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Greet
#             ^^^^^ empty-answer: the flow answers its caller with what a log step gives
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
    """\
    isSynchronous: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Check Size
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: called.results.body.data.size}
          branchValueMappings: {type: complex, value: [{name: Large, type: value, value: L}]}
        branches:
          - name: Large
            steps:
              - name: Each Item
#                     ^^^^^^^^^ empty-answer: the flow answers its caller with what a loop gives
                action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
                inputs:
                  items: {type: reference, value: called.results.body.data.items}
                steps:
                  - name: Greet
                    action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
                    inputs:
                      message: {type: value, value: Hello}
          - {name: Else, steps: []}
#                  ^^^^ empty-answer: the flow answers its caller with nothing but the name of the branch `Else`
""",
    """\
    isSynchronous: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Keep
#             ^^^^ empty-answer: the flow answers its caller with what a step that keeps or removes a value gives
        action: {key: saveInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursor}
          valueInput: {type: reference, value: called.results.body.data}
""",
    """\
    isSynchronous: true
    steps:
      - name: Called
#             ^^^^^^ empty-answer: the flow answers its caller with what its trigger gives: there is no other step
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    steps = flow.flow.steps
    if not flow.flow.is_answered_at_end or any(map(_stops, steps)):
        return
    if len(steps) == 1 and _only_calls(steps[0]):
        yield _problem(steps[0].name_node.span, "what its trigger gives: there is no other step")
    elif steps:
        yield from _ending(steps[-1])


def _ending(step: Step) -> Iterator[Problem]:
    for branch in step.branches or ():
        if not branch.steps:
            yield _problem(branch.name_node.span, f"nothing but the name of the branch `{branch.name}`")
        elif not any(map(_stops, branch.steps)):
            yield from _ending(branch.steps[-1])
    action = step.action
    if step.branches or action is None or not action.is_public:
        return
    kind = "a loop" if step.steps is not None else _silent(action)
    if kind:
        yield _problem(step.name_node.span, f"what {kind} gives")


def _only_calls(step: Step) -> bool:
    """Tell a trigger that gives the request and no answer; others may answer by themselves."""
    action = step.action
    is_known = action is not None and action.is_public and action.component in _CALLED_BY
    return step.is_trigger and is_known and not step.branches


def _silent(action: ActionRef) -> str:
    """Say which kind of step an action makes; empty for one that gives something."""
    if action.component == "persist-data" and action.key.startswith(_KEEPING):
        return "a step that keeps or removes a value"
    return _SILENT.get(action.component, "")


def _stops(step: Step) -> bool:
    return step.action is not None and step.action.component == "stop-execution"


def _problem(span: Span, what: str) -> Problem:
    hint = "End with a step that has the answer, such as `stopExecution` or a code step."
    return Problem(span, f"the flow answers its caller with {what}", hint, span.text)
