"""The default value of a config variable does not fit its type.

What it checks
    `defaultValue` is text that can be read as the variable's data type: a number, `true` or `false`, a date, five cron
    fields, one of the choices of `pickList`, JSON text for lists and objects. Connections have no default value. What
    is inside of the JSON text of an object is checked with less certainty, and is a warning; so is a default of code in
    the language JSON or XML that is none. Config sets may write some values in more ways than this
    file: `True`, `0x10`, a JSON object for keys and values.

Why it matters
    The default cannot be used: the import is refused, or steps get a value of another kind than they expect.

How to fix
    Write the default in the form that the hint shows, or `''` for none.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Node
from xchange_cli.model.integration import ConfigVar
from xchange_cli.nearest import nearest
from xchange_cli.validation.default_form import misfit_of
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.fixes import use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

_PAGES = """\
      - name: Build Order
        action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          keyValueInput:
            type: complex
            value:
              - {name: size, type: configVar, value: Size}
              - {name: names, type: configVar, value: Names}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Size}
      - {type: configVar, value: Names}
"""

VALID = (
    _PAGES
    + """\
requiredConfigVars:
  - {key: Size, dataType: picklist, pickList: [S, M], defaultValue: M}
  - {key: Names, dataType: string, collectionType: valuelist, defaultValue: '["a","b"]'}
""",
    _PAGES
    + """\
requiredConfigVars:
  - {key: Size, dataType: number, defaultValue: ''}
  - {key: Names, dataType: date, defaultValue: 2024-01-31}
""",
)

INVALID = (
    _PAGES
    + """\
requiredConfigVars:
  - {key: Size, dataType: picklist, pickList: [Small, Medium], defaultValue: Smal}
#                                                                            ^^^^ bad-default: the default value does not fit: `Size` needs one of the options of its pick list
  - {key: Names, dataType: string, collectionType: valuelist, defaultValue: 'a, b'}
#                                                                           ^^^^^^ bad-default: the default value does not fit: `Names` needs a JSON list
""",
    _PAGES
    + """\
requiredConfigVars:
  - {key: Size, dataType: number, defaultValue: 10 MB}
#                                               ^^^^^ bad-default: the default value does not fit: `Size` needs a number
  - {key: Names, dataType: boolean, defaultValue: 'yes'}
#                                                 ^^^^^ bad-default: the default value does not fit: `Names` needs true or false
""",
    _PAGES
    + """\
requiredConfigVars:
  - {key: Size, dataType: code, codeLanguage: json, defaultValue: '{"width": }'}
#                                                                 ^^^^^^^^^^^^^ bad-default: the default value does not fit: `Size` needs JSON
  - {key: Names, dataType: code, codeLanguage: html, defaultValue: '<p>'}
""",
    _PAGES
    + """\
requiredConfigVars:
  - {key: Size, dataType: number, defaultValue: '0x10'}
#                                               ^^^^^^ bad-default: the default value does not fit: `Size` needs a decimal number
  - {key: Names, dataType: string, collectionType: keyvaluelist, defaultValue: '{"a": "b"}'}
#                                                                              ^^^^^^^^^^^^ bad-default: the default value does not fit: `Names` needs a JSON list of keys and values, not an object
""",
    _PAGES
    + """\
requiredConfigVars:
  - {key: Size, dataType: boolean, defaultValue: 'True'}
#                                                ^^^^^^ bad-default: the default value does not fit: `Size` needs true or false
  - {key: Names, dataType: number, collectionType: valuelist, defaultValue: '["1", "0x2"]'}
#                                                                           ^^^^^^^^^^^^^^ bad-default: the default value does not fit: `Names` needs a decimal number in every entry
""",
    _PAGES
    + """\
requiredConfigVars:
  - {key: Size, dataType: code, codeLanguage: xml, defaultValue: '<a>'}
#                                                                ^^^^^ bad-default: the default value does not fit: `Size` needs XML
  - {key: Names, dataType: code, codeLanguage: xml, defaultValue: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
""",
)

_OBJECTS = ("objectSelection", "objectFieldMap")
_JSON_HINTS = {
    "valuelist": """Write JSON text: `'["a", "b"]'`.""",
    "keyvaluelist": """Write JSON text: `'[{"key": "a", "value": "1"}]'`.""",
}


def check_config_var(variable: ConfigVar, _facts: Facts) -> Iterator[Problem]:
    node = variable.node.get("defaultValue")
    if variable.default is None or node is None:
        return
    from xchange_cli.configset.values import BadValueError, decode, is_unset

    if is_unset(variable, variable.default):
        return
    if variable.data_type in {"connection", "credential"}:
        message = "a connection has no default value"
        yield Problem(node.span, message, "Set the values of its `inputs`.", variable.key, sure=False)
        return
    try:
        decode(variable._replace(time_zone=""), variable.default)  # which is judged on its own
    except BadValueError as error:
        of_entry = isinstance(error.__cause__, BadValueError)
        hint = error.hint if of_entry else _hint(variable, error.hint)
        yield _problem(variable, node, error.message, hint, is_inside=bool(error.path))
        return
    misfit = misfit_of(variable, variable.default)
    if misfit is not None and isinstance(node.data, str):  # otherwise the rule not-text says what to write
        problem = _problem(variable, node, misfit.message, misfit.hint, is_inside=False)
        yield problem._replace(sure=misfit.sure)


def _problem(variable: ConfigVar, node: Node, message: str, hint: str, *, is_inside: bool) -> Problem:
    text = variable.default or ""
    choice = nearest(text, variable.pick_list) if variable.pick_list and not variable.collection else None
    return Problem(
        node.span,
        f"the default value does not fit: `{variable.key}` {message}",
        hint,
        variable.key,
        sure=not (variable.data_type in _OBJECTS and is_inside),
        fixes=use_word(choice, node, node.span),
    )


def _hint(variable: ConfigVar, hint: str) -> str:
    """The hints of config sets speak of YAML lists and mappings, which a default value cannot be."""
    if variable.data_type in {*_OBJECTS, "jsonForm"}:
        return "Write JSON text, in quotes."
    return _JSON_HINTS.get(variable.collection, hint)
