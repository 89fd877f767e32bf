"""A comment ignores a finding without a reason.

What it checks
    Behind the brackets of `# xchange: ignore[rule] reason` stands a reason, in words of your own.

Why it matters
    Nobody can tell later whether the finding is still to be ignored.

How to fix
    Say why the finding is none here, or until when it has to wait.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.INFO

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: tigger.results}  # xchange: ignore[unknown-reference] waits for the ERP
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: tigger.results}  # xchange: ignore[unknown-reference]
#                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignore-without-reason: this comment gives no reason
""",
)
