"""The file is not YAML.

What it checks
    The text can be read as YAML 1.2. The place and the hint say what is wrong most likely: text that needs quotes, an
    indentation that fits to nothing, a bracket or a quote that is not closed.

Why it matters
    The file cannot be read, so only the first mistake is reported and no other rule runs. A template without quotes is
    taken for the text that was meant, and checking goes on.

How to fix
    Put text in quotes that starts with one of `{ [ @ % & * ! | >` or a backquote, or that holds `: ` or ` #`. Indent
    with spaces, keys of one mapping by the same number.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: 'Greet: the #1 guest'
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{$trigger.results.body.data.name}}'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: {{$trigger.results.body.data.name}}}
#                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ yaml-syntax: text that starts with `{{` must be in quotes
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        description: Note: only once
#                        ^ yaml-syntax: `: ` cannot stand in unquoted text
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
         inputs: {}
#        ^^^^^^^^^^ yaml-syntax: this line does not line up with the lines above it
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}
#               ^ yaml-syntax: this bracket is never closed
        inputs:
          message: {type: value, value: Hello}
""",
)
