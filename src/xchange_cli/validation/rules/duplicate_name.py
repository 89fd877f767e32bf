"""Two flows, config variables or config pages have the same name.

What it checks
    Names of flows, keys of config variables and names of config pages occur once in a file.

Why it matters
    References, URLs and stored values go by these names: of two equal ones, only one can be meant.

How to fix
    Rename one of the two, and what refers to it.
"""

from collections.abc import Iterable, Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.document.node import Node
from xchange_cli.model.integration import Integration
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
  - name: flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
""",
)

INVALID = (
    """\
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
  - name: Flow
#         ^^^^ duplicate-name: another flow is called `Flow`
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Greeting}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Greeting}
  - name: Settings
#         ^^^^^^^^ duplicate-name: another config page is called `Settings`
    elements: []
requiredConfigVars:
  - {key: Greeting, dataType: string, defaultValue: Hello}
  - {key: Greeting, dataType: string, defaultValue: Welcome}
#         ^^^^^^^^ duplicate-name: another config variable is called `Greeting`
""",
)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    file = facts.integration
    yield from _repeated("flow", ((flow.name, flow.name_node) for flow in file.flows))
    yield from _repeated("config variable", ((item.key, item.key_node) for item in file.config_vars))
    yield from _repeated("config page", ((page.name, page.name_node) for page in file.config_pages))


def _repeated(kind: str, names: Iterable[tuple[str, Node]]) -> Iterator[Problem]:
    first: dict[str, Node] = {}
    for name, node in names:
        if name and first.setdefault(name, node) is not node:
            yield Problem(
                node.span,
                f"another {kind} is called `{name}`",
                hint="Give each a name of its own.",
                subject=name,
                related=(Related(first[name].span, "first used here"),),
            )
