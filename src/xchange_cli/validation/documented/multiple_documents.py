"""The file holds more than one YAML document.

What it checks
    There is no `---` line behind the start of the document.

Why it matters
    A file is one integration: what follows the line would be lost.

How to fix
    Remove the line, or move what follows to a file of its own.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
---
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
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
---
#<^^^ multiple-documents: a second YAML document starts here; a file holds exactly one
name: Second Case
""",
    """\
definitionVersion: 7
---
#<^^^ multiple-documents: a second YAML document starts here; a file holds exactly one
""",
)
