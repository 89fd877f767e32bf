"""What stands for a list, or for the conditions of branches, is none.

What it checks
    Where the catalogue says that an input takes a list, a config variable that stands for it has a `collectionType`, or
    a data type that may hold a list. Conditions are written out in the file: neither a reference nor a config variable
    can stand for them.

Why it matters
    The component is handed one value where it expects a list. A branching step without conditions cannot be imported.

How to fix
    Give the config variable `collectionType: valuelist` or `keyvaluelist`, or write the list with `type: complex`.
"""

from collections.abc import Iterator

from xchange_cli.components.spec import InputSpec
from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import ConfigValue, Reference
from xchange_cli.model.integration import Input
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

_ONE_VALUE = {"string", "number", "boolean", "date", "timestamp", "picklist", "schedule", "connection"}

VALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          headers: {type: configVar, value: Shop Headers}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Shop Headers}
requiredConfigVars:
  - {key: Shop Headers, dataType: string, collectionType: keyvaluelist, defaultValue: '[]'}
""",
)

INVALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          headers: {type: configVar, value: Shop Name}
#                                           ^^^^^^^^^ not-a-list: `headers` takes a list, and `Shop Name` holds one value
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Shop Name}
requiredConfigVars:
  - {key: Shop Name, dataType: string, defaultValue: ACME}
""",
    """\
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions: {type: reference, value: trigger.results.body.data}
#                                              ^^^^^^^^^^^^^^^^^^^^^^^^^ not-a-list: `conditions` must be written out, not be a reference
        branches:
          - {name: Else, steps: []}
""",
)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    for given, spec in step.inputs.special:
        if spec.type == "conditional":
            yield from _no_conditions(given, spec)
        elif spec.collection != "none" and isinstance(given.expression, ConfigValue):
            yield from _one_value(given.expression, spec, facts)


def _no_conditions(given: Input, spec: InputSpec) -> Iterator[Problem]:
    match given.expression:
        case Reference():
            found = "a reference"
        case ConfigValue(key) if key:
            found = "a config variable"
        case _:
            return
    message = f"`{given.key}` must be written out, not be {found}"
    hint = "Write `type: complex` and a list of named conditions under `value`."
    yield Problem(given.value_node.span, message, hint, given.key, sure=spec.basis.is_sure)


def _one_value(value: ConfigValue, spec: InputSpec, facts: Facts) -> Iterator[Problem]:
    """Warn only: some components read JSON text, or take one value for a list of one."""
    variable = facts.config_vars.get(value.key)
    if variable is not None and not variable.collection and variable.data_type in _ONE_VALUE:
        yield Problem(
            value.span(),
            f"`{spec.key}` takes a list, and `{value.key}` holds one value",
            f"Give the variable `collectionType: {spec.collection}`, or write a list.",
            value.key,
            sure=False,
            related=(Related(variable.key_node.span, "defined here"),),
        )
