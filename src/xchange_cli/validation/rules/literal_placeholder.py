"""A placeholder stands in a literal, where nothing replaces it.

What it checks
    No input of the type `value` holds a placeholder for a step of the flow or a config variable of the file:
    `{{$step.results}}`, `{{#Config Variable}}`, or either without its mark. Braces around anything else are the
    component's business. Components with templates of their own may use words without a mark. The texts in JavaScript
    hold none with a mark, unless the code looks for braces itself.

Why it matters
    Only inputs of the type `template` are expanded. Here the text goes out as it stands, braces included.

How to fix
    Write `type: template` in place of `type: value`, and `$` or `#` behind the braces. Let code read `configVars` of its
    first parameter, and the results of steps from its second.
"""

import re
from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.validation.facts import CodeUse, Dialect, Facts, StepFacts
from xchange_cli.validation.input_types import literals_of, use_type
from xchange_cli.validation.placeholders import Known, placeholders
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING
_OTHER_LANGUAGES = {"liquid-template", "html-utils", "graphql"}
_FILLS_IN = re.compile(
    r"\{\{/|\\\{|\b(?:replace|replaceAll|split|indexOf|includes|RegExp)\s*\(|handlebars|mustache",
    re.IGNORECASE,
)
"""Code that may replace braces itself."""
_IN_CODE = (
    "Read the step from the second parameter of the function.",
    "Read the variable from `configVars` of the first parameter of the function.",
)
"""What to do about a step, and about a config variable."""

VALID = (
    """\
      - name: Fill In
        action: {key: transform, component: {key: liquid-template, isPublic: true, version: LATEST}}
        inputs:
          data: {type: reference, value: trigger.results.body.data}
          liquidTemplate: {type: value, value: 'Hello {{ name }}'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: configVar, value: Log Level}
          message: {type: value, value: 'Hello {{$trigger.results.body.data.name}}, {{#Log Level}}'}
#                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ literal-placeholder: `{{$trigger.results.body.data.name}}` is not replaced in a literal
#                                                                                   ^^^^^^^^^^^^^^ literal-placeholder: `{{#Log Level}}` is not replaced in a literal
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Log Level}
requiredConfigVars:
  - {key: Log Level, dataType: string, defaultValue: info}
""",
    """\
      - name: Greet
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              // {{#Greeting}} stands here
              module.exports = async () => ({ data: ["{{#Greeting}}", `{{$trigger.results.body}}`, "{{ name }}"] });
              //                                      ^^^^^^^^^^^^^ literal-placeholder: `{{#Greeting}}` is not replaced in code
              //                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^ literal-placeholder: `{{$trigger.results.body}}` is not replaced in code
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Greeting}
requiredConfigVars:
  - {key: Greeting, dataType: string, defaultValue: Hello}
""",
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          queryParams:
            type: complex
            value:
              - {name: page, type: value, value: '{{trigger.results.body.data.page}}'}
#                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ literal-placeholder: `{{trigger.results.body.data.page}}` is not replaced in a literal
""",
)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    action = step.step.action
    if action is None or action.component == "code" or "{{" not in step.inputs.literal_text:
        return
    known = Known(step.flow.by_ref, facts.config_vars)
    for given in step.step.inputs.values():
        yield from _problems(given, known, only_marked=action.component in _OTHER_LANGUAGES)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    if variable.data_source is None or variable.data_source.component != "code":
        for given in variable.inputs.values():
            yield from _problems(given, Known({}, facts.config_vars), only_marked=False)


def check_code(use: CodeUse, facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.tree import read

    if "{{" not in use.code or use.dialect is Dialect.FUNCTION or _FILLS_IN.search(use.code):
        return
    known = Known(use.step.flow.by_ref if use.step else {}, facts.config_vars)
    code = read(use.code)
    for place in code.of_kinds("string", "template_string"):
        start, end = code.span(place.node)
        for found in placeholders(use.code[start:end], known):
            text = use.code[start + found.start : start + found.end]
            if text == found.meant:
                yield Problem(
                    use.span(start + found.start, start + found.end),
                    f"`{text}` is not replaced in code",
                    _IN_CODE["#" in text[:3]],
                    text,
                )


def _problems(given: Input, known: Known, *, only_marked: bool) -> Iterator[Problem]:
    for scalar, node in literals_of(given):
        for found in placeholders(scalar.value, known):
            text = scalar.value[found.start : found.end]
            if only_marked and text != found.meant:
                continue
            yield Problem(
                scalar.span_of(found.start, found.end),
                f"`{text}` is not replaced in a literal",
                f"Write `type: template` and `{found.meant}`.",
                text,
                fixes=use_type("template", node) if text == found.meant else (),
            )
