"""A key stands twice in a mapping.

What it checks
    Each key of a mapping is there once, also in `inputs`. The first one counts for everything else that is checked.
    In the specification of a component, no two actions, triggers, connections or inputs have the same `key`.

Why it matters
    Programs differ in which of the two they take, so what is edited may not be what runs.

How to fix
    Remove one of the two.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

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
          level: {type: value, value: info}
          message: {type: value, value: Goodbye}
#         ^^^^^^^ duplicate-key: `message` is here twice; the first one counts
          level: {type: value, value: info}
#         ^^^^^ duplicate-key: `level` is here twice; the first one counts
""",
    """\
definitionVersion: 7
name: Case
description: ''
name: Second Case
#<^^^^ duplicate-key: `name` is here twice; the first one counts
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
""",
)
