"""A rename names something that the file does not have.

What it checks
    Each `newName` under `renameAttributes` is the name of a flow, of a config variable or, in a flow, of a step.

Why it matters
    An import uses the list to keep URLs and stored values over a rename. Here it renames to nothing, and what was
    renamed loses its identity.

How to fix
    Use the name that the thing has now, or remove the entry.
"""

from collections.abc import Iterable, Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Mapping
from xchange_cli.model.integration import Integration
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
    renameAttributes: {steps: [{oldName: Start, newName: Called}]}
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
renameAttributes: {flows: [{oldName: Old Flow, newName: Flow}]}
""",
)

INVALID = (
    """\
    renameAttributes: {steps: [{oldName: Start, newName: Caled}]}
#                                                        ^^^^^ stale-rename: this flow has no step `Caled`
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
renameAttributes:
  flows: [{oldName: Old Flow, newName: New Flow}]
#                                      ^^^^^^^^ stale-rename: this file has no flow `New Flow`
  requiredConfigVars: [{oldName: Size, newName: Page Size}]
#                                               ^^^^^^^^^ stale-rename: this file has no config variable `Page Size`
""",
)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    renames = facts.integration.node.mapping("renameAttributes")
    if renames is not None:
        yield from _stale(renames, "flows", facts.flow_names, "this file has no flow")
        yield from _stale(
            renames, "requiredConfigVars", facts.config_vars, "this file has no config variable"
        )


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    renames = flow.flow.node.mapping("renameAttributes")
    if renames is not None:
        yield from _stale(renames, "steps", [step.step.name for step in flow.steps], "this flow has no step")


def _stale(renames: Mapping, key: str, names: Iterable[str], lack: str) -> Iterator[Problem]:
    known, listed = set(names), renames.sequence(key)
    for item in listed.mappings() if listed is not None else ():
        node = item.text("newName")
        if node is not None and node.value not in known:
            meant = nearest(node.value, known)
            hint = did_you_mean(meant, "Use the name that it has now, or remove the entry.")
            fixes = use_word(meant, node, node.span)
            yield Problem(node.span, f"{lack} `{node.value}`", hint, node.value, fixes=fixes)
