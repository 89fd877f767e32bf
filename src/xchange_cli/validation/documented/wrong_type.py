"""A value is of another kind than the format asks for.

What it checks
    Text stands where the format wants text, a list where it wants a list, and so on. Numbers and true/false stand without
    quotes, text that looks like them in quotes. That literal values of inputs are text is checked by not-text.

Why it matters
    The import of such a file is refused, or takes the value for something else.

How to fix
    Follow the hint: add or remove quotes, or begin each item of a list with a dash.
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
    isSynchronous: 'true'
#                  ^^^^^^ wrong-type: `isSynchronous` must be true or false, not text
    description: 7
#                ^ wrong-type: `description` must be text, not the number `7`
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
    """\
definitionVersion: 7
name: Case
description: ''
flows:
  name: Flow
# ^^^^ wrong-type: `flows` must be a list, not a mapping
  steps: []
""",
)
