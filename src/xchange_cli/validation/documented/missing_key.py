"""A key that must be there is missing.

What it checks
    Mappings have the keys that the format requires: a file `definitionVersion`, `name`, `description` and `flows`, a
    step `name` and `action`, an input `type` and `value`. A key that looks like a misspelled required one is reported
    as that.

Why it matters
    The import of such a file is refused.

How to fix
    Add the key; the hint says what belongs there.
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
#<^^^^^^^^^^^^^^^^^ missing-key: `description` is missing in this integration
name: Case
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
    """\
      - nme: Greet
#       ^^^ missing-key: `name` is missing in this step
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
      - name: Greet Again
        action: {key: writeLog}
#                ^^^ missing-key: `component` is missing in this action reference
""",
)
