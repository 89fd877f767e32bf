"""Code names a config variable that the file does not define.

What it checks
    The members of `configVars` that code reads of its first parameter are keys of `requiredConfigVars`, letter for
    letter: capitals and blanks count. Constants and patterns are followed. Where the code reckons with the absence of
    the variable (`?.`, `??`, `if`, `try`, a default), the finding is a warning.

Why it matters
    The value is undefined when the code runs. It happens when a variable is renamed.

How to fix
    Use the key of an existing variable; the hint names the nearest one. Or add the variable to `requiredConfigVars`
    and to a config page.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.nearest import nearest
from xchange_cli.validation.code_inputs import rename
from xchange_cli.validation.facts import CodeUse, Dialect, Facts
from xchange_cli.validation.fixes import did_you_mean
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

_PAGES = """\
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Page Size}
      - {type: configVar, value: Greeting}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50'}
  - {key: Greeting, dataType: string, defaultValue: Hello}
"""

VALID = (
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ configVars, logger }) => {
                const { Greeting: greeting } = configVars;
                return { data: `${greeting} ${configVars['Page Size']}` };
              };
"""
    + _PAGES,
)

INVALID = (
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => {
                const vars = context.configVars;
                const { greeting, Greeting } = vars;
              //        ^^^^^^^^ code-unknown-config-var: no config variable is called `greeting`
                return { data: [greeting, Greeting, context.configVars['Page size'], vars.Size ?? 3] };
              //                                                        ^^^^^^^^^ code-unknown-config-var: no config variable is called `Page size`
              //                                                                          ^^^^ code-unknown-config-var: no config variable is called `Size`
              };
"""
    + _PAGES,
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code: {type: value, value: 'module.exports = ({configVars: v}) => ({data: [v.Greetings, v["Page Size"]]});'}
#                                                                                      ^^^^^^^^^ code-unknown-config-var: no config variable is called `Greetings`
"""
    + _PAGES,
)


def check_code(use: CodeUse, facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.uses import uses

    if use.dialect is Dialect.FUNCTION:
        return
    known = facts.config_vars
    unknown = {
        named.start: named for named in uses(use.code) if named.kind == "config" and named.name not in known
    }
    for named in unknown.values():
        suggestion = nearest(named.name, filter(None, known))
        yield Problem(
            use.span(named.start, named.end),
            f"no config variable is called `{named.name}`",
            hint=did_you_mean(suggestion, "Add it to `requiredConfigVars` and to a config page."),
            subject=named.name,
            sure=not named.is_guarded,
            fixes=rename(use, named.first, suggestion),
        )
