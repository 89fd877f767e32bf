"""A reference cannot be read.

What it checks
    A path is made of parts with dots between them; a part with a dot or a bracket in its name stands in quotes and
    brackets: `loop.currentItem.[".tag"]`. A placeholder of a template names something.

Why it matters
    The input has no value when the flow runs, and the import may be refused.

How to fix
    Write `<step>.results`, then `.name`, `.0`, `[0]` or `["any name"]` for each further part.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import ConfigValue, Expression, Malformed, Template
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: reference, value: ''}
          message: {type: reference, value: 'trigger.results.body.data[0].["first.name"].X-Id'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: reference, value: trigger..results}
#                                                ^ malformed-reference: a path cannot have an empty part: here are two dots in a row, or one at an end
          message: {type: reference, value: 'trigger.results.body.data[first]'}
#                                                                     ^ malformed-reference: brackets hold a number or a quoted name: [0] or ["name"]
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: template, value: '{{$}}'}
#                                         ^^^^^ malformed-reference: this placeholder names nothing
          message: {type: template, value: 'Hello {{$trigger.results.}}, hello {{#}}'}
#                                                                   ^ malformed-reference: a path cannot have an empty part: here are two dots in a row, or one at an end
#                                                                              ^^^^^ malformed-reference: this placeholder names nothing
""",
)


def check_expression(expression: Expression, _facts: Facts) -> Iterator[Problem]:
    """Conditions that cannot be read are Malformed too, but have no place inside of a text."""
    if isinstance(expression, Malformed) and expression.problem and expression.end:
        yield Problem(expression.span(), expression.problem, subject=expression.span().text)
    elif isinstance(expression, Template):
        for part in expression.parts:
            if isinstance(part, ConfigValue) and not part.key:
                span = part.node.span_of(part.start - 3, part.end + 2)
                yield Problem(
                    span,
                    "this placeholder names nothing",
                    hint="Name a step, `{{$listFiles.results}}`, or a config variable, `{{#Key}}`.",
                )
