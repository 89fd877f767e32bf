"""An action or connection has no such input.

What it checks
    The keys under `inputs` of a step, and of a connection variable, are inputs that the catalogue knows. It is a
    warning: versions of a component add and drop inputs. Where the catalogue has keys from documentation only,
    capitals do not count.

Why it matters
    A misspelled input is never read: its value is lost, and the input that was meant has none.

How to fix
    Correct the key; the hint names the nearest one. Or leave it, if the version of the component has this input.
"""

from collections.abc import Iterator, Mapping

from xchange_cli.components.spec import InputSpec
from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.nearest import nearest
from xchange_cli.validation.certainty import is_known
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

MOST_NAMED = 6
SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
          logLevel: {type: value, value: info}
#         ^^^^^^^^ unknown-input: the action `writeLog` has no input `logLevel`
          retention: {type: value, value: '30'}
#         ^^^^^^^^^ unknown-input: the action `writeLog` has no input `retention`
""",
    """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Connection}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      clientID: {type: value, value: ''}
#     ^^^^^^^^ unknown-input: the connection `oauth2` has no input `clientID`
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    if step.spec is not None and len(step.inputs.specified) < len(step.step.inputs):
        kind = "trigger" if step.spec.is_trigger else "action"
        yield from _unknown(step.step.inputs, step.spec.inputs, f"the {kind} `{step.spec.key}`")


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    component = facts.component(variable.connection)
    if component is None or variable.connection is None:
        return
    connection = component.connections.get(variable.connection.key)
    if connection is not None:
        yield from _unknown(variable.inputs, connection.inputs, f"the connection `{connection.key}`")


def _unknown(inputs: Mapping[str, Input], specs: Mapping[str, InputSpec], owner: str) -> Iterator[Problem]:
    for key, given in inputs.items():
        if is_known(key, specs):
            continue
        suggestion = nearest(key, (known for known in specs if known not in inputs))
        yield Problem(
            given.key_node.span,
            f"{owner} has no input `{key}`",
            hint=did_you_mean(suggestion, _otherwise(specs)),
            subject=key,
            fixes=use_word(suggestion, given.key_node, given.key_node.span),
        )


def _otherwise(specs: Mapping[str, InputSpec]) -> str:
    if not specs:
        return "It takes no inputs; another version of the component may."
    if len(specs) > MOST_NAMED:
        return "Another version of the component may have it."
    names = ", ".join(f"`{key}`" for key in specs)
    return f"Its inputs are {names}; another version of the component may have more."
