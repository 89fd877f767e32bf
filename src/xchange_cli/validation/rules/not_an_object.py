"""A reference or code looks for parts of a value that has none.

What it checks
    Nothing stands behind a value that is known to be text, a number, or true or false. In code, its methods and the
    length and letters of a text are left alone, and so is what stands behind `?.` or is tested.

Why it matters
    What is read has no value when the flow runs.

How to fix
    End the path at the value, or refer to the step that has the object. JSON text becomes an object by
    `deserializeFromJson` of the component `change-data-format`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import CodeUse, Facts, ReferenceUse
from xchange_cli.validation.reference_shapes import Fault, Miss, kind_of, miss_of, misses_in_code
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
    if miss is not None:
        yield _problem(miss)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    yield from map(_problem, misses_in_code(use, Fault.PART))


def _problem(miss: Miss) -> Problem:
    kind = kind_of(miss.gap.within) or "a single value"
    return Problem(
        miss.span,
        f"`{miss.holder}` is {kind} and has no `{miss.part}` ({miss.origins})",
        hint=f"`{miss.spelt(miss.path[: miss.at])}` is the whole value.",
        subject=miss.part,
        related=miss.related,
    )
