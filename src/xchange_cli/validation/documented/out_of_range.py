"""A number is too small or too large.

What it checks
    Numbers are in the range of the format: a flow is retried up to 10 times after up to 60 minutes, a step up to 5 times
    after up to 60 seconds, a queue runs 2 to 15 executions at once, and a batch has at least one item.

Why it matters
    The import of such a file is refused.

How to fix
    Use a number of the range in the message.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
    retryConfig: {maxAttempts: 10, delayMinutes: 60, usesExponentialBackoff: false}
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
    retryConfig: {maxAttempts: 11, delayMinutes: -1, usesExponentialBackoff: false}
#                              ^^ out-of-range: `maxAttempts` is `11`; it must be 0 to 10
#                                                ^^ out-of-range: `delayMinutes` is `-1`; it must be 0 to 60
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
        errorConfig: {errorHandlerType: retry, maxAttempts: 6, delaySeconds: 61}
#                                                           ^ out-of-range: `maxAttempts` is `6`; it must be 0 to 5
#                                                                            ^^ out-of-range: `delaySeconds` is `61`; it must be 0 to 60
""",
)
