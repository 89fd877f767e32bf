"""A value is none of those that can stand there.

What it checks
    Where the format knows a fixed set of words, one of them is used, spelled like there.

Why it matters
    The import of such a file is refused.

How to fix
    Use one of the words in the message; the hint names the nearest one.
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
    endpointSecurityType: customer-optional
#                         ^^^^^^^^^^^^^^^^^ wrong-value: `endpointSecurityType` is `customer-optional`; it must be one of `unsecured`, `customer_optional`, `customer_required`, `organization`
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: newest}}
#                                                                              ^^^^^^ wrong-value: `version` is `newest`; it must be `LATEST`
        inputs:
          message: {type: text, value: Hello}
#                         ^^^^ wrong-value: `type` is `text`; it must be one of `value`, `reference`, `configVar`, `template`, `complex`
""",
)
