"""A placeholder of a template is not read as one.

What it checks
    In a template, `{{step.results}}` without `$` and `{{Config Variable}}` without `#` are text, as is `{{$…` or
    `{{#…` without `}}`. With single braces (`{$step.results}`, `${step.results}`), it is reported where a step or a
    config variable of that name exists. Templates of other kinds, such as those of `liquid-template`, have words of
    their own: there it is reported only where the name exists.

Why it matters
    The text goes out as it stands, braces included, and nobody notices before a customer does.

How to fix
    Write `{{$step.results}}` for a step and `{{#Config Variable}}` for a config variable.
"""

from collections.abc import Iterable, Iterator

from xchange_cli.diagnostics import Edit, Fix, Severity
from xchange_cli.expression.ast import Template
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.facts import Facts, StepFacts, expressions
from xchange_cli.validation.placeholders import Found, Known, look_alikes
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.step_inputs import Part

SEVERITY = Severity.WARNING
_OTHER_LANGUAGES = {"liquid-template", "html-utils", "code", "graphql"}

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{"to": {"name": "{{$trigger.results.body.data.name}}"}}'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{trigger.results.body.data}} and {{ name }}'}
#                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unread-placeholder: `{{trigger.results.body.data}}` is text here: a placeholder has `$` or `#`
#                                                                             ^^^^^^^^^^ unread-placeholder: `{{ name }}` is text here: a placeholder has `$` or `#`
      - name: Greet Again
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Hello {{$trigger.results.body.data.name}, hello {{$trigger.results.flow.name}}'}
#                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unread-placeholder: this placeholder does not end in `}}`
      - name: Greet Twice
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Hello {{$trigger.results.body.data.name, hello {{$trigger.results.flow.name}}'}
#                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unread-placeholder: this placeholder does not end in `}}`
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: configVar, value: Log Level}
          message: {type: template, value: '${trigger.results.flow.name}: {$trigger.results.body.data} {{Log Level}}'}
#                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unread-placeholder: `${trigger.results.flow.name}` is text here: a placeholder has two braces and `$` or `#`
#                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unread-placeholder: `{$trigger.results.body.data}` is text here: a placeholder has two braces and `$` or `#`
#                                                                                                      ^^^^^^^^^^^^^ unread-placeholder: `{{Log Level}}` is text here: a placeholder has `$` or `#`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Log Level}
requiredConfigVars:
  - {key: Log Level, dataType: string, defaultValue: info}
""",
)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    if "{" not in step.inputs.template_text:
        return
    known = Known(step.flow.by_ref, facts.config_vars)
    action = step.step.action
    is_other = action is not None and action.component in _OTHER_LANGUAGES
    yield from _problems(step.inputs.spoken, known, only_known=is_other)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    known = Known({}, facts.config_vars)
    yield from _problems(expressions(variable.inputs), known, only_known=False)


def _problems(parts: Iterable[Part], known: Known, *, only_known: bool) -> Iterator[Problem]:
    for _, part in parts:
        if isinstance(part, Template):
            for found in look_alikes(part.node.value, known):
                if found.meant or not only_known:
                    yield _problem(part, found)


def _problem(template: Template, found: Found) -> Problem:
    span = template.node.span_of(found.start, found.end)
    text = template.node.value[found.start : found.end]
    if found.is_open:
        message, hint = "this placeholder does not end in `}}`", "Close it with two braces."
    else:
        braces = "" if text.startswith("{{") else "two braces and "
        message = f"`{text}` is text here: a placeholder has {braces}`$` or `#`"
        hint = "Write `$` before a step, `#` before a config variable."
    if found.meant:
        hint = f"Did you mean `{found.meant}`?"
    fixes = (Fix((Edit(span, found.meant),)),) if found.meant and span.text == text else ()
    return Problem(span, message, hint, text, fixes=fixes)
