"""A placeholder of a template has a filter.

What it checks
    In a template, `{{$path}}` holds a path and nothing else: no `| upper`, no `?? 'none'`, no `|| 'none'`. It is
    reported where one of these signs stands between blanks.

Why it matters
    Other template languages have filters and defaults, this one has not: the sign and what follows are read as part of
    the name, and nothing is found.

How to fix
    Work the value out in a step before, and put its result into the template. A step such as `upperCase` or a code
    step can do it.
"""

import re
from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Expression, Reference, Template
from xchange_cli.source import Span
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_SIGN = re.compile(r" (\|\|?|\?\?) ")

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{$trigger.results.body.data.First Name}} | {{$trigger.results.flow.name}}'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Hello {{$trigger.results.body.data.name | upper}}'}
#                                                                                   ^^^^^^^ template-filter: placeholders have no filters: `| upper` is read as part of the name
      - name: Greet Again
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: "Hello {{$trigger.results.body.data.name ?? 'you'}}"}
#                                                                                   ^^^^^^^^ template-filter: placeholders have no filters: `?? 'you'` is read as part of the name
""",
)


def check_expression(expression: Expression, _facts: Facts) -> Iterator[Problem]:
    if not isinstance(expression, Template):
        return
    for part in expression.parts:
        if isinstance(part, Reference) and (found := _sign(part)) is not None:
            message = f"placeholders have no filters: `{found.text}` is read as part of the name"
            yield Problem(found, message, "Work the value out in a step before.", found.text)


def _sign(reference: Reference) -> Span | None:
    """Give the place from the sign to the end of the reference."""
    last = reference.segments[-1]
    match = _SIGN.search(reference.path[-1])
    if match is None:
        return None
    start = last.end - len(reference.path[-1]) + match.start(1)
    return reference.node.span_of(start, last.end)
