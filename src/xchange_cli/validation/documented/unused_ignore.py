"""A comment ignores a finding that is not there.

What it checks
    `# xchange: ignore[rule] reason` stands behind the line that it is about, or on a line of its own above it, and
    every rule that it names finds something in that line, or in a text of several lines that begins there. Above an
    input it is about the whole input. In a file whose structure is broken, nothing is said about it: not everything
    could be checked.

Why it matters
    The mistake was mended, or the comment stands in a wrong place. Left behind, it would hide the next mistake.

How to fix
    Remove the comment, or the name from its brackets; the fix does it.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: tigger.results}  # xchange: ignore[unknown-reference] waits for the ERP
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          # the trigger is named by the ERP team
          # xchange: ignore[unknown-reference] it comes with their next release
          message: {type: reference, value: tigger.results}
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          # xchange: ignore[unknown-reference] it comes with their next release
          message:
            type: reference
            value: tigger.results
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}  # xchange: ignore[unknown-reference] waits for the ERP
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-ignore: this comment ignores nothing: there is no finding of `unknown-reference` here
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          # xchange: ignore[unknown-reference, template-blanks] waits for the ERP
#                                              ^^^^^^^^^^^^^^^ unused-ignore: there is no finding of `template-blanks` here to ignore
          message: {type: reference, value: tigger.results}
""",
)
