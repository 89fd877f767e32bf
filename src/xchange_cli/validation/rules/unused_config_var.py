"""A config variable is never used.

What it checks
    Each config variable is named somewhere: by an input or template of a step or of another variable, by a schedule, by
    a setting of a flow, or in the text of a code step. A misspelled name counts for the variable that it is nearest
    to, and a connection that is missing for those of its component: other rules report it.

Why it matters
    Everybody who configures an instance must give a value that changes nothing. Most likely its use was forgotten.

How to fix
    Use the variable, or remove it from `requiredConfigVars` and from its config page.
"""

from collections.abc import Iterator, Mapping

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import ConfigValue, Literal
from xchange_cli.lazy_pattern import LazyPattern
from xchange_cli.model.integration import Input, Integration
from xchange_cli.nearest import nearest
from xchange_cli.validation.code_inputs import codes_of_config_var, codes_of_step
from xchange_cli.validation.connections import share_connections
from xchange_cli.validation.data_source_inputs import lacks_connection
from xchange_cli.validation.facts import Dialect, Facts, expressions
from xchange_cli.validation.required_inputs import unset_inputs
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.settings import flow_settings
from xchange_cli.validation.step_inputs import Part

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Note Size
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ configVars }) => ({ data: configVars["Page Size"] });
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Page Size}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Page Size}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50'}
#         ^^^^^^^^^ unused-config-var: nothing uses the config variable `Page Size`
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: 'page size'}
#                                            ^^^^^^^^^ unknown-config-var: no config variable is called `page size`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Page Size}
      - {type: configVar, value: Greeting}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50'}
  - {key: Greeting, dataType: string, defaultValue: Hello}
#         ^^^^^^^^ unused-config-var: nothing uses the config variable `Greeting`
""",
    """\
      - name: Note Size
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ configVars: v }) => ({ data: v["Page size"] });
              //                                                        ^^^^^^^^^ code-unknown-config-var: no config variable is called `Page size`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Page Size}
      - {type: configVar, value: Greeting}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50'}
  - {key: Greeting, dataType: string, defaultValue: Hello}
#         ^^^^^^^^ unused-config-var: nothing uses the config variable `Greeting`
""",
)

_IN_CODE = LazyPattern(
    r"""configVars\s*(?:\?\.)?(?:\[\s*(["'`])(?P<quoted>.+?)\1\s*\]|\.?\s*(?P<plain>[A-Za-z_$]\w*))"""
)
_ANY_IN_CODE = LazyPattern(
    r"""configVars\s*(?:\?\.)?\[\s*[^"'`\s]|\.\.\.\s*(?:\w+\.)?configVars|(?:keys|values|entries)\([^)]*configVars"""
)
"""Code that picks variables by computed names, or takes them all."""


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    open_keys = {key for key in facts.config_vars if key}
    if open_keys:
        open_keys -= _meant(_named(facts), facts)
    if open_keys:
        open_keys -= _in_texts(open_keys, facts)
    if open_keys:
        open_keys -= _missed_connections(facts)
    for key in facts.config_vars:
        if key in open_keys:
            span = facts.config_vars[key].key_node.span
            message = f"nothing uses the config variable `{key}`"
            yield Problem(span, message, "Use it, or remove it here and from its config page.", key)


def _missed_connections(facts: Facts) -> set[str]:
    """Give the connections of which a step or a data source should name one, and names none."""
    missed = {*_steps_without_connection(facts), *_sources_without_connection(facts)}
    return {
        key
        for key, variable in facts.config_vars.items()
        if (owner := variable.connection) and any(share_connections(owner.component, one) for one in missed)
    }


def _steps_without_connection(facts: Facts) -> Iterator[str]:
    """Yield their components."""
    for flow in facts.flows:
        for step in flow.steps:
            if step.component and any(unset.spec.type == "connection" for unset in unset_inputs(step)):
                yield step.component.key


def _sources_without_connection(facts: Facts) -> Iterator[str]:
    for variable in facts.integration.config_vars:
        lack = lacks_connection(variable, facts)
        if lack is not None:
            yield lack.source.component


def _meant(names: set[str], facts: Facts) -> set[str]:
    known = [key for key in facts.config_vars if key]
    return {near for name in names if (near := nearest(name, known)) is not None}


def _named(facts: Facts) -> set[str]:
    """Give the names in inputs, templates, schedules and settings."""
    names = {part.key for _, part in _spoken(facts) if isinstance(part, ConfigValue) and part.key}
    schedules = (step.step.schedule for flow in facts.flows for step in flow.steps)
    return names | {
        item.value for item in schedules if item is not None and item.kind == "configVar" and item.value
    }


def _spoken(facts: Facts) -> Iterator[Part]:
    for flow in facts.flows:
        for step in flow.steps:
            yield from step.inputs.spoken
    yield from (part for inputs in _outside(facts) for part in expressions(inputs))


def _outside(facts: Facts) -> Iterator[Mapping[str, Input]]:
    """Yield the inputs that belong to no step."""
    yield facts.integration.routing
    yield from (variable.inputs for variable in facts.integration.config_vars)
    yield from ({given.key: given for given in flow_settings(flow.flow)} for flow in facts.flows)


def _inputs(facts: Facts) -> Iterator[Input]:
    for inputs in _outside(facts):
        yield from inputs.values()
    for flow in facts.flows:
        for step in flow.steps:
            yield from step.step.inputs.values()


def _in_texts(keys: set[str], facts: Facts) -> set[str]:
    """Give those of the keys that literal texts name, be it only in a comment: code may use them in any way.

    A placeholder in a literal counts, too: another rule reports it.
    """
    texts = [
        given.expression.value
        for given in _inputs(facts)
        if isinstance(given.expression, Literal) and isinstance(given.expression.value, str)
    ]
    codes = [text for text in texts if "configVars" in text]
    if any(_ANY_IN_CODE.search(code) for code in codes):
        return keys
    named = {match["quoted"] or match["plain"] for code in codes for match in _IN_CODE.finditer(code)}
    named.update(_in_codes(facts))
    named.update(key for key in keys if any(f"{{{{#{key}}}}}" in text for text in texts))
    return {key for key in keys if any(key in code for code in codes)} | _meant(named, facts)


def _in_codes(facts: Facts) -> Iterator[str]:
    """Yield the names that code reads, whatever it calls its parameters."""
    from xchange_cli.javascript.reading.uses import uses

    codes = [code for flow in facts.flows for step in flow.steps for code in codes_of_step(step)]
    codes += [code for one in facts.integration.config_vars for code in codes_of_config_var(one, facts)]
    for code in codes:
        if code.dialect is not Dialect.FUNCTION and "configVars" in code.code:
            yield from (named.name for named in uses(code.code) if named.kind == "config")
