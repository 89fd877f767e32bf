"""A merge key merges something that is no mapping.

What it checks
    The value of the key `<<` is an alias of a mapping, or a list of such: its keys are put into the mapping where `<<`
    stands, unless they are there already.

Why it matters
    Nothing is merged, and other programs refuse the file.

How to fix
    Name the anchor of a mapping, or put the key in quotes if it is meant as text.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: &hello
          message: {type: value, value: Hello}
      - name: Greet Loudly
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {<<: *hello, level: {type: value, value: warn}}
""",
)

INVALID = (
    """\
      - name: Greet
        <<: hello
#           ^^^^^ bad-merge: `<<` merges mappings; this is not one
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          <<: [&hello {message: {type: value, value: Hello}}, none]
#                                                             ^^^^ bad-merge: `<<` merges mappings; this is not one
""",
)
