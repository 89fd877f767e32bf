"""The file has another format or version.

What it checks
    The key that tells the format has the value of the one format that is supported: `definitionVersion: 7` in an
    integration. The numbers of older versions are a warning of `deprecated`.

Why it matters
    Other versions mean other things by the same keys, so nothing else in the file is checked against the format.

How to fix
    Export the integration again, which writes the current version.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
definitionVersion: 7
name: Case
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
definitionVersion: 8
#                  ^ wrong-format: `definitionVersion` is `8`; it must be `7`
name: Case
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)
