"""A kept value is read that no step writes.

What it checks
    Where a step reads a value of `persist-data` by a key that is written out, some step writes that key in the same
    kind of state: of the execution and of the flow (`…InstanceValue`) in the same flow, across flows
    (`…CrossFlowValue`) and of the integration in any flow. A value of the execution is written by a step that comes
    before, or that is in the same loop. Nothing is said where a key is computed, where code
    mentions the state, and where a component might write it that is not known.

Why it matters
    The step always reads nothing, or the default. What is called instance state belongs to one flow: other flows
    do not see it.

How to fix
    Write and read the value with the same key and in the same kind of state; `…CrossFlowValue` is for all flows.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import Integration
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.kept_values import KeptUse, kept_uses
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_OF_ONE_FLOW = ("Execution", "Instance")

VALID = (
    """\
      - name: Read
        action: {key: getInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursor}
      - name: Save
        action: {key: saveInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursor}
          valueInput: {type: reference, value: trigger.results.body.data}
""",
    """\
      - name: Each Page
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '3'}
        steps:
          - name: Read
            action: {key: getExecutionValue, component: {key: persist-data, isPublic: true, version: LATEST}}
            inputs:
              keyInput: {type: value, value: cursor}
          - name: Save
            action: {key: saveExecutionValue, component: {key: persist-data, isPublic: true, version: LATEST}}
            inputs:
              keyInput: {type: value, value: cursor}
              valueInput: {type: reference, value: trigger.results.body.data}
""",
)

INVALID = (
    """\
      - name: Read
        action: {key: getCrossFlowValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursr}
#                                        ^^^^^ state-never-written: no step writes the cross-flow value `cursr`
      - name: Save
        action: {key: saveCrossFlowValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursor}
          valueInput: {type: reference, value: trigger.results.body.data}
""",
    """\
      - name: Save
        action: {key: saveInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursor}
          valueInput: {type: reference, value: trigger.results.body.data}
  - name: Reader
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Read
        action: {key: getInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursor}
#                                        ^^^^^^ state-never-written: no step of this flow writes its value `cursor`
""",
    """\
      - name: Read
        action: {key: getExecutionValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursor}
#                                        ^^^^^^ state-never-written: the value of the execution `cursor` is written only behind this step
      - name: Save
        action: {key: saveExecutionValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: cursor}
          valueInput: {type: reference, value: trigger.results.body.data}
""",
)

_NAMES = {"CrossFlow": "cross-flow value", "Integration": "value of the integration"}


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    uses = [(flow, use) for flow in facts.flows for use in kept_uses(flow)]
    reads = [(flow, use) for flow, use in uses if use.is_read and use.key is not None]
    if not reads or any(_may_write(step) for flow in facts.flows for step in flow.steps):
        return
    writes = [(flow, use) for flow, use in uses if use.is_write]
    for flow, read in reads:
        same = [use for place, use in writes if use.kind == read.kind and (_is_wide(read) or place is flow)]
        if all(use.key is not None and use.key != read.key for use in same):
            yield _problem(read, same, [use for _, use in writes if use.key == read.key])
        elif read.kind == "Execution":
            yield from _too_late(read, [use for use in same if use.key in {None, read.key}], flow)


def _is_wide(use: KeptUse) -> bool:
    return use.kind not in _OF_ONE_FLOW


def _may_write(step: StepFacts) -> bool:
    """Whether a step may write state in another way: by code, or because nobody knows what it does."""
    if step.component is None or step.component.is_own:
        return True
    return any(
        isinstance(given.expression, Literal) and "State" in str(given.expression.value)
        for given in (step.step.inputs.values() if step.component.key == "code" else ())
    )


def _too_late(read: KeptUse, writes: list[KeptUse], flow: FlowFacts) -> Iterator[Problem]:
    """Report a value of the execution that is written only behind the step that reads it."""
    places = {id(step): place for place, step in enumerate(flow.steps)}
    loops = {id(step) for step in read.step.placed.containers if step.steps is not None}
    for write in writes:
        if places[id(write.step)] < places[id(read.step)]:
            return
        if any(id(step) in loops for step in write.step.placed.containers):
            return
    message = f"the value of the execution `{read.key}` is written only behind this step"
    hint = "Write it before it is read: each execution begins without values."
    related = tuple(Related(use.span, "written here") for use in writes[:1])
    yield Problem(read.span, message, hint, read.key or "", related=related)


def _problem(read: KeptUse, same: list[KeptUse], elsewhere: list[KeptUse]) -> Problem:
    meant = nearest(read.key or "", [use.key for use in same if use.key])
    what = f"no step writes the {_NAMES.get(read.kind)} `{read.key}`"
    if not _is_wide(read):
        whose = "its value" if read.kind == "Instance" else "the value of the execution"
        what = f"no step of this flow writes {whose} `{read.key}`"
    hint = did_you_mean(meant, "Write it before it is read, with the same key.")
    if elsewhere and meant is None:
        hint = f"It is written by `{elsewhere[0].action}`, which this step does not see; `…CrossFlowValue` is for all flows."
    given = read.step.step.inputs["keyInput"].value_node
    related = tuple(Related(use.span, "written here") for use in elsewhere[:1])
    return Problem(
        read.span, what, hint, read.key or "", related=related, fixes=use_word(meant, given, given.span)
    )
