"""A template holds an object or a list.

What it checks
    A placeholder `{{$…}}` of a template does not lead to what is known to be an object or a list, and `{{#…}}` names
    no config variable that holds one: a list of values, a schedule, selected objects, mapped fields.

Why it matters
    A template gives text, and how a hosted platform writes an object there is not documented: `[object Object]` is
    likely.

How to fix
    Name the field that is wanted. For the whole object, make JSON text of it first (`binaryToJson` of the component
    `change-data-format`, or a code step), or use a reference in place of the template if the input takes objects.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import ConfigValue, Expression, Reference, Template
from xchange_cli.model.integration import ConfigVar
from xchange_cli.shapes.shape import ListOf, ObjectOf, alternatives
from xchange_cli.validation.facts import Facts, ReferenceUse
from xchange_cli.validation.reference_shapes import end_of, kind_of, name_of, origins
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Note Type
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Sent as {{$trigger.results.body.contentType}}'}
""",
)

INVALID = (
    """\
      - name: Note Request
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Received {{$trigger.results.body}}'}
#                                                       ^^^^^^^^^^^^^^^^^^^^ object-in-template: `body` is an object, which has no text of its own (the trigger payload)
""",
    """\
      - name: List Parts
        action: {key: split, component: {key: text-manipulation, isPublic: true, version: LATEST}}
        inputs:
          text: {type: reference, value: trigger.results.body.data.path}
          separator: {type: value, value: /}
      - name: Note Parts
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Parts: {{$listParts.results}}'}
#                                                     ^^^^^^^^^^^^^^^^^ object-in-template: `results` is a list, which has no text of its own (the catalogue)
""",
    """\
      - name: Note Shops
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Shops: {{#Shops}}, fields: {{#Fields}}'}
#                                                     ^^^^^ object-in-template: `Shops` is a list, which has no text of its own
#                                                                         ^^^^^^ object-in-template: `Fields` is an object, which has no text of its own
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Shops}
      - {type: configVar, value: Fields}
requiredConfigVars:
  - {key: Shops, dataType: string, collectionType: valuelist}
  - {key: Fields, dataType: objectFieldMap}
""",
)


_OF_TYPES = {
    "objectFieldMap": "an object",
    "objectSelection": "a list",
    "schedule": "an object",
}
"""What variables hold; connection-as-text speaks of connections, and forms may give anything."""


def check_expression(expression: Expression, facts: Facts) -> Iterator[Problem]:
    if isinstance(expression, Template):
        for part in expression.parts:
            variable = facts.config_vars.get(part.key) if isinstance(part, ConfigValue) else None
            if isinstance(part, ConfigValue) and variable is not None and (kind := _kind(variable)):
                yield Problem(
                    part.span(),
                    f"`{variable.key}` is {kind}, which has no text of its own",
                    hint="Name a variable that holds text, or make text of the whole first.",
                    subject=variable.key,
                    related=(Related(variable.key_node.span, "defined here"),),
                )


def _kind(variable: ConfigVar) -> str:
    return "a list" if variable.collection else _OF_TYPES.get(variable.data_type, "")


def check_reference(use: ReferenceUse, _facts: Facts) -> Iterator[Problem]:
    if not _is_in_template(use.reference):
        return
    shape = end_of(use)
    shapes = alternatives(shape)
    if not shapes or not all(isinstance(one, ObjectOf | ListOf) for one in shapes):
        return
    kind = kind_of(shape) or "an object or a list"
    name = name_of(use.reference.path, len(use.reference.path))
    yield Problem(
        use.reference.span(),
        f"`{name}` is {kind}, which has no text of its own ({origins(shape)})",
        hint="Name the field that is wanted, or make text of the whole first.",
        subject=".".join(use.reference.path),
    )


def _is_in_template(reference: Reference) -> bool:
    """Only a placeholder has its braces before it in the same text."""
    return reference.segments[0].start > 0
