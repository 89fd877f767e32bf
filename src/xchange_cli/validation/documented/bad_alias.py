"""An alias names no anchor.

What it checks
    Unquoted text that starts with `*` is an alias in YAML: it repeats the value that an anchor, `&name`, has marked
    further up. An alias cannot stand inside of the value that it names.

Why it matters
    The file cannot be read.

How to fix
    If the `*` belongs to the text, put the text in quotes. Otherwise set the anchor, or correct the name.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: &hello
          message: {type: value, value: '*'}
      - name: Greet Again
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: *hello
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: *important}
#                                       ^^^^^^^^^^ bad-alias: `*important` names no anchor above it
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: &all
          message: {type: value, value: Hello}
          level: *all
#                ^^^^ bad-alias: `*all` stands inside the value it names
""",
)
