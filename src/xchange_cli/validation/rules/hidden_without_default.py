"""A config variable that customers cannot set has no default value.

What it checks
    A variable with `orgOnly: true`, or one that `meta` shows to nobody, has a `defaultValue`. Connections are left
    out: exports leave their secrets blank on purpose.

Why it matters
    An instance cannot be deployed before every variable has a value, and a customer who deploys it cannot give this
    one.

How to fix
    Add a `defaultValue`. If your organisation sets the variable for each customer, ignore the warning.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.document.node import Node
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_SHOWN = ("visibleToOrgDeployer", "visibleToCustomerDeployer")

_PAGES = """\
      - name: Note Project
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Project}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Project}
"""

VALID = (
    _PAGES
    + """\
requiredConfigVars:
  - {key: Project, dataType: string, orgOnly: true, defaultValue: acme}
""",
)

INVALID = (
    _PAGES
    + """\
requiredConfigVars:
  - {key: Project, dataType: string, orgOnly: true, defaultValue: ''}
#         ^^^^^^^ hidden-without-default: customers cannot set `Project`, and it has no default value
""",
    _PAGES
    + """\
requiredConfigVars:
  - key: Project
#        ^^^^^^^ hidden-without-default: nobody can set `Project`, and it has no default value
    dataType: string
    meta: {visibleToOrgDeployer: false, visibleToCustomerDeployer: false}
""",
)


def check_config_var(variable: ConfigVar, _facts: Facts) -> Iterator[Problem]:
    if variable.default or variable.is_scoped or variable.data_type in {"connection", "credential"}:
        return
    place, who = _hidden(variable)
    if place is not None:
        yield Problem(
            variable.key_node.span,
            f"{who} set `{variable.key}`, and it has no default value",
            "Add a `defaultValue`.",
            variable.key,
            related=(Related(place.span, "hidden here"),),
        )


def _hidden(variable: ConfigVar) -> tuple[Node | None, str]:
    """Say where a variable is hidden, and who cannot set it."""
    meta = variable.node.mapping("meta")
    shown = [meta.data.get(key) for key in _SHOWN] if meta is not None else []
    if meta is not None and shown == [False, False]:
        return meta, "nobody can"
    mark = variable.node.get("orgOnly")
    return (mark, "customers cannot") if mark is not None and mark.data is True else (None, "")
