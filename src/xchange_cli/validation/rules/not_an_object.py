"""A reference looks for parts of a value that has none.

What it checks
    Nothing stands behind a value that is known to be text, a number, or true or false.

Why it matters
    The reference has no value when the flow runs.

How to fix
    End the path at the value, or refer to the step that has the object. JSON text becomes an object by
    `deserializeFromJson` of the component `change-data-format`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, ReferenceUse
from xchange_cli.validation.reference_shapes import Fault, kind_of, miss_of
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Count Lines
        action: {key: length, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: trigger.results.body.data.lines}
      - name: Note Count
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: countLines.results}
""",
)

INVALID = (
    """\
      - name: Count Lines
        action: {key: length, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: trigger.results.body.data.lines}
      - name: Note Count
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: countLines.results.count}
#                                                              ^^^^^ not-an-object: `results` is a number and has no `count` (the catalogue)
""",
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
          - name: Note Place
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: reference, value: eachOrder.index.id}
#                                                               ^^ not-an-object: `index` is a number and has no `id` (the counter of the loop)
""",
)


def check_reference(use: ReferenceUse, _facts: Facts) -> Iterator[Problem]:
    miss = miss_of(use, Fault.PART)
    if miss is None:
        return
    kind = kind_of(miss.gap.within) or "a single value"
    yield Problem(
        miss.span,
        f"`{miss.holder}` is {kind} and has no `{miss.part}` ({miss.origins})",
        hint=f"`{'.'.join(use.reference.path[: miss.at])}` is the whole value.",
        subject=miss.part,
        related=miss.related,
    )
