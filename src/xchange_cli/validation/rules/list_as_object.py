"""A reference or code takes a list for an object, or an object for a list.

What it checks
    Where a value is known to be a list, a reference, or code, says which item is wanted, by a number; where it is known
    to be an object, it names a field. `length` of a list is left alone, and in code the methods of lists and what stands
    behind `?.` or is tested.

Why it matters
    What is read has no value when the flow runs: a list has no fields, and an object no items.

How to fix
    `listOrders.results.0.id` is the first item's `id`. For all items, loop over the list and use `currentItem`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.shapes.shape import ListOf, alternatives
from xchange_cli.validation.facts import CodeUse, Facts, ReferenceUse
from xchange_cli.validation.reference_shapes import Fault, Miss, miss_of, misses_in_code
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_MOST_NAMES = 8

VALID = (
    """\
      - name: List Parts
        action: {key: split, component: {key: text-manipulation, isPublic: true, version: LATEST}}
        inputs:
          text: {type: reference, value: trigger.results.body.data.path}
          separator: {type: value, value: /}
      - name: Note Parts
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{$listParts.results[0]}} of {{$listParts.results.length}}'}
""",
)

INVALID = (
    """\
      - name: Three Times
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '3'}
        steps:
          - name: Draw Number
            action: {key: random, component: {key: math, isPublic: true, version: LATEST}}
            inputs:
              min: {type: value, value: '1'}
              max: {type: value, value: '6'}
      - name: Note Number
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: threeTimes.results.drawNumber}
#                                                              ^^^^^^^^^^ list-as-object: `results` is a list and has no `drawNumber` (the results of the loop)
""",
    """\
      - name: Build Order
        action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          keyValueInput:
            type: complex
            value:
              - {name: number, type: value, value: A-1}
      - name: Note Order
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: buildOrder.results.0.number}
#                                                              ^ list-as-object: `results` is an object and has no item `0` (the object that the step creates)
""",
)


def check_reference(use: ReferenceUse, _facts: Facts) -> Iterator[Problem]:
    miss = miss_of(use, Fault.LIST)
    if miss is not None:
        yield _problem(miss)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    yield from map(_problem, misses_in_code(use, Fault.LIST))


def _problem(miss: Miss) -> Problem:
    is_list = any(isinstance(shape, ListOf) for shape in alternatives(miss.gap.within))
    if is_list:
        message = f"`{miss.holder}` is a list and has no `{miss.part}` ({miss.origins})"
        first = miss.spelt((*miss.path[: miss.at], "0", *miss.path[miss.at :]))
        hint = f"`{first}` is that of the first item; a loop goes through all."
    else:
        message = f"`{miss.holder}` is an object and has no item `{miss.part}` ({miss.origins})"
        hint = _fields(miss)
    return Problem(miss.span, message, hint, miss.part, related=miss.related)


def _fields(miss: Miss) -> str:
    names = ", ".join(f"`{name}`" for name in miss.fields[:_MOST_NAMES])
    return f"It has {names}." if names else ""
