"""The file is empty.

What it checks
    The file holds more than blanks and comments.

Why it matters
    There is no integration in it. A program that was interrupted while it wrote leaves such files.

How to fix
    Restore the file from git, or start from another integration.
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
# nothing but a comment
#<^ empty-file: the file is empty
""",
    """\

#<^ empty-file: the file is empty
""",
)
