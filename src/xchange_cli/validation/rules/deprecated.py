"""Something old is used that has a successor.

What it checks
    `definitionVersion` is the current version of the format: a file of an older one is checked like one of this version.
    The data type `credential`, the keys `header` and `credentialTypes` of config variables, the key `credential` of
    steps, and the keys `isVisibleToOrgDeployer` and `isVisibleToCustomerDeployer` in `meta` are not used any more.

Why it matters
    They are ignored or will be: the file then does not do what it says. An older version may mean other things by the
    same keys.

How to fix
    Use a connection in place of a credential, and the keys without `is` (`visibleToOrgDeployer`). Export a file of an
    older version again, which writes the current one.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Edit, Fix, Severity
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.model.integration import ConfigVar, Integration
from xchange_cli.model.version import VERSION, is_old_version
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_RENAMED = {
    "isVisibleToOrgDeployer": "visibleToOrgDeployer",
    "isVisibleToCustomerDeployer": "visibleToCustomerDeployer",
}

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Greeting}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Greeting}
requiredConfigVars:
  - key: Greeting
    dataType: string
    meta: {visibleToOrgDeployer: true}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        credential: Slack
#       ^^^^^^^^^^ deprecated: the key `credential` is from old files and has no effect
        inputs:
          message: {type: configVar, value: Greeting}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Greeting}
requiredConfigVars:
  - key: Greeting
    header: Texts
#   ^^^^^^ deprecated: the key `header` is from old files and has no effect
    dataType: credential
#             ^^^^^^^^^^ deprecated: the data type `credential` is deprecated
    meta: {isVisibleToOrgDeployer: true}
#          ^^^^^^^^^^^^^^^^^^^^^^ deprecated: `isVisibleToOrgDeployer` is the old name of `visibleToOrgDeployer`
""",
    """\
definitionVersion: 6
#                  ^ deprecated: version 6 of the format is old; the current one is 7
name: Case
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: triger.results.body}
#                                           ^^^^^^ unknown-reference: no step of this flow is called `triger`
""",
)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    version = facts.integration.node.get("definitionVersion")
    if isinstance(version, Scalar) and is_old_version(version.data):
        message = f"version {version.value} of the format is old; the current one is {VERSION}"
        hint = "Export the integration again, which writes the current version."
        yield Problem(version.span, message, hint, version.value)


def check_config_var(variable: ConfigVar, _facts: Facts) -> Iterator[Problem]:
    node = variable.node
    kind = node.text("dataType")
    if kind is not None and kind.value == "credential":
        hint = "Use the data type `connection`."
        yield Problem(kind.span, "the data type `credential` is deprecated", hint, variable.key)
    yield from _dead_keys(node, ("header", "credentialTypes"), "Remove it.")
    yield from _old_names(node.mapping("meta"))
    for given in variable.inputs.values():
        if isinstance(given.node, Mapping):
            yield from _old_names(given.node.mapping("meta"))


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    if "credential" in step.step.node.entries:
        yield from _dead_keys(step.step.node, ("credential",), "Remove it; use a connection input.")


def _dead_keys(node: Mapping, keys: tuple[str, ...], hint: str) -> Iterator[Problem]:
    for key in keys:
        found = node.key_node(key)
        if found is not None:
            yield Problem(found.span, f"the key `{key}` is from old files and has no effect", hint, key)


def _old_names(meta: Mapping | None) -> Iterator[Problem]:
    for old, new in _RENAMED.items():
        key = meta.key_node(old) if meta is not None else None
        if meta is not None and key is not None:
            fixes = () if new in meta.entries else _renamed(key, new)
            yield Problem(key.span, f"`{old}` is the old name of `{new}`", f"Use `{new}`.", old, fixes=fixes)


def _renamed(key: Scalar, name: str) -> tuple[Fix, ...]:
    """Quotes around the key stay."""
    return (Fix((Edit(key.span_of(0, len(key.value)), name),), safe=True),)
