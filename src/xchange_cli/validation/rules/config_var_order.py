"""A config variable depends on one that is asked for on a later page.

What it checks
    The inputs of a connection or data source name only variables of the same config page or of an earlier one.

Why it matters
    Pages are filled in from first to last: on its own page the variable has nothing to choose from yet.

How to fix
    Move the element of the other variable to the same page or to an earlier one.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.model.integration import PageElement
from xchange_cli.validation.facts import ConfigUse, Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_STEPS = """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
          teamId: {type: configVar, value: Channel}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
  - key: Channel
    dataType: picklist
    dataSource: {key: selectChannels, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      connection: {type: configVar, value: Slack Connection}
"""

VALID = (
    _STEPS
    + """\
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Channel}
      - {type: configVar, value: Slack Connection}
""",
)

INVALID = (
    _STEPS
    + """\
#                                          ^^^^^^^^^^^^^^^^ config-var-order: `Slack Connection` is asked for only on the later page `Connections`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Channel}
  - name: Connections
    elements:
      - {type: configVar, value: Slack Connection}
""",
)


def check_config_value(use: ConfigUse, facts: Facts) -> Iterator[Problem]:
    if use.variable is None or use.value.key not in facts.config_vars:
        return
    user, used = _place(use.variable.key, facts), _place(use.value.key, facts)
    if user is not None and used is not None and used[0] > user[0]:
        page = facts.integration.config_pages[used[0]].name
        yield Problem(
            use.value.span(),
            f"`{use.value.key}` is asked for only on the later page `{page}`",
            "Move it to the page of this variable, or to an earlier one.",
            use.value.key,
            related=(Related(used[1].value_node.span, "asked for here"),),
        )


def _place(key: str, facts: Facts) -> tuple[int, PageElement] | None:
    """Give the number of the first page that a variable is on, and its element there."""
    for index, page in enumerate(facts.integration.config_pages):
        for element in page.elements:
            if element.kind == "configVar" and element.value == key:
                return index, element
    return None
