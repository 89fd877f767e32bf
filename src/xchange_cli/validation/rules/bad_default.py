"""The default value of a config variable does not fit its type.

What it checks
    `defaultValue` is text that can be read as the variable's data type: a number, `true` or `false`, a date, five cron
    fields, one of the choices of `pickList`, JSON text for lists and objects. Connections have no default value. What
    is inside of the JSON text of an object is checked with less certainty, and is a warning; so is a default of code in
    the language JSON that is no JSON.

Why it matters
    The default cannot be used: the import is refused, or steps get a value of another kind than they expect.

How to fix
    Write the default in the form that the hint shows, or `''` for none.
"""

import json
from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Node
from xchange_cli.model.integration import ConfigVar
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.fixes import use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

_PAGES = """\
      - name: Note Sizes
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{#Size}} {{#Names}}'}
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
#                                                                           ^^^^^^ bad-default: the default value does not fit: `Names` needs JSON where it is given as text
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
        yield _problem(variable, node, error.message, _hint(variable, error.hint), is_inside=bool(error.path))
    if _is_broken_json(variable):
        message = f"the default value does not fit: `{variable.key}` needs JSON"
        yield Problem(node.span, message, "`codeLanguage` says that it is JSON.", variable.key, sure=False)


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


def _is_broken_json(variable: ConfigVar) -> bool:
    language = variable.node.get("codeLanguage")
    if variable.data_type != "code" or variable.collection or language is None or language.data != "json":
        return False
    try:
        json.loads(variable.default or "")
    except ValueError:
        return True
    return False


def _hint(variable: ConfigVar, hint: str) -> str:
    """The hints of config sets speak of YAML lists and mappings, which a default value cannot be."""
    if variable.data_type in {*_OBJECTS, "jsonForm"}:
        return "Write JSON text, in quotes."
    return _JSON_HINTS.get(variable.collection, hint)
