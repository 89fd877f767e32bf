"""A component is used in its latest and in a numbered version.

What it checks
    All steps, connections and data sources of one component say `version: LATEST`, or all of them give a number.

Why it matters
    `LATEST` becomes another number with each import: parts that worked together may then differ in what they expect.

How to fix
    Use the same version everywhere.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.document.node import Node
from xchange_cli.model.integration import ActionRef, Integration
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: 9}}
        inputs:
          message: {type: value, value: Hello}
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '10'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
      - name: Note
        action: {key: writeLog, component: {key: log, isPublic: true, version: 9}}
#                                                                              ^ mixed-versions: `log` is used in version 9 here and as `LATEST` elsewhere
        inputs:
          message: {type: value, value: Good bye}
      - name: End
        action: {key: writeLog, component: {key: log, isPublic: true, version: 9}}
        inputs:
          message: {type: value, value: The end}
""",
    """\
      - name: Note
        action: {key: writeLog, component: {key: log, isPublic: true, version: 9}}
        inputs:
          message: {type: value, value: Good bye}
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
#                                                                              ^^^^^^ mixed-versions: `log` is used as `LATEST` here and in version 9 elsewhere
        inputs:
          message: {type: value, value: Hello}
""",
)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    first: dict[tuple[str, bool], tuple[str, ActionRef]] = {}
    told: set[tuple[str, bool]] = set()
    for action in _actions(facts):
        key = (action.component, action.is_public)
        version, other = first.setdefault(key, (action.version, action))
        if (version == "LATEST") != (action.version == "LATEST") and key not in told:
            told.add(key)
            message = f"`{action.component}` is used {_shown(action)} here and {_shown(other)} elsewhere"
            related = (Related(_version(other).span, "the other version"),)
            hint = "Use the same version everywhere."
            yield Problem(_version(action).span, message, hint, action.component, related=related)


def _actions(facts: Facts) -> Iterator[ActionRef]:
    for variable in facts.integration.config_vars:
        yield from (
            action for action in (variable.connection, variable.data_source) if action and action.version
        )
    for flow in facts.flows:
        for step in flow.steps:
            if step.step.action is not None and step.step.action.version:
                yield step.step.action


def _shown(action: ActionRef) -> str:
    return "as `LATEST`" if action.version == "LATEST" else f"in version {action.version}"


def _version(action: ActionRef) -> Node:
    component = action.node.mapping("component")
    return (component and component.get("version")) or action.component_node
