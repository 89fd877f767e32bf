"""It is not known how references spell the name of a step.

What it checks
    Names of steps have no underscores, no letters outside of ASCII, no words that begin with digits and go on with
    letters, and at least one letter or digit.

Why it matters
    References use the name in camel case. For such names the rules of the hosted platform are not documented, so a
    reference that works here may have no value there.

How to fix
    Rename the step with plain letters, digits and blanks: `Send Mail`, not `send_mail`.
"""

import re
from collections.abc import Iterator
from unicodedata import combining

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_DIGITS_FIRST = re.compile(r"(?<![0-9A-Za-z])[0-9]+[A-Za-z]")

VALID = (
    """\
      - name: "\U0001f680 Get a Queue's URL - 2"
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
)

INVALID = (
    """\
      - name: send_mail
#             ^^^^^^^^^ unsure-step-name: it is not known how references spell `send_mail`: it has an underscore
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
    """\
      - name: Grüße senden
#             ^^^^^^^^^^^^ unsure-step-name: it is not known how references spell `Grüße senden`: `ü` is no ASCII letter
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
    """\
      - name: Get 3rd Item
#             ^^^^^^^^^^^^ unsure-step-name: it is not known how references spell `Get 3rd Item`: a word begins with digits and goes on with letters
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
    """\
      - name: '???'
#             ^^^^^ unsure-step-name: it is not known how references spell `???`: it has no letter or digit
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    name, ref = step.step.name, step.step.ref
    reason = _reason(name)
    if name and reason:
        yield Problem(
            step.step.name_node.span,
            f"it is not known how references spell `{name}`: {reason}",
            hint=f"Here they spell it `{ref}`." if ref else "Here no reference can name it.",
            subject=name,
        )


def _reason(name: str) -> str:
    if not name.isascii():
        strange = next((char for char in name if _is_strange(char)), "")
        if strange:
            return f"`{strange}` is no ASCII letter"
    elif name.replace(" ", "").isalpha():
        return ""
    if "_" in name:
        return "it has an underscore"
    if _DIGITS_FIRST.search(name):
        return "a word begins with digits and goes on with letters"
    return "" if any(map(str.isalnum, name)) else "it has no letter or digit"


def _is_strange(char: str) -> bool:
    """Signs such as emoji are dropped; letters, digits and accents outside of ASCII may be or not."""
    return not char.isascii() and (char.isalnum() or combining(char) > 0)
