"""A key is a list or a mapping.

What it checks
    Keys are plain text. Without quotes, brackets at the start of a key make a list or a mapping of it.

Why it matters
    No other program that reads such files can read this key.

How to fix
    Put the key in quotes if the brackets belong to it. A `{{$template}}` without quotes is reported as yaml-syntax.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: '[CRM] Greet'
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
          [level]: {type: value, value: info}
#         ^^^^^^^ complex-key: a key must be plain text, not a list or a mapping
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
          ? {level: 1}
#           ^^^^^^^^^^ complex-key: a key must be plain text, not a list or a mapping
          : {type: value, value: info}
""",
)
