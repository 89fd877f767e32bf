"""Something that must not be empty is empty.

What it checks
    Names and keys are not empty, and there is at least one flow.

Why it matters
    The import of such a file is refused.

How to fix
    Fill it in.
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
definitionVersion: 7
name: Case
description: ''
flows: []
#      ^^ empty: `flows` is empty; it needs at least one item
""",
    """\
definitionVersion: 7
name: ''
#     ^^ empty: `name` must not be empty
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)
