"""A reference or code names a field that its step does not give.

What it checks
    References, and what code reads of the results of steps, lead to fields that somebody knows of: of the object that a
    step creates, of the object that a code step returns, of the trigger payload, of the sample payloads beside the
    integration (`payloads/*.json` and `*.yml`), of `schemas.invoke` of the flow. Of an example in the catalogue, which
    may leave fields out, only misspelt names are reported. Fields that a condition of the flow asks for by `exists`, or
    code by `?.`, `??`, `in`, a default or a test, may be missing.

Why it matters
    What is read has no value when the flow runs, and nothing says so.

How to fix
    Correct the name; the hint names the nearest one. If the field is sent at times, add a sample payload that has it.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import CodeUse, Facts, ReferenceUse
from xchange_cli.validation.fixes import did_you_mean, listed
from xchange_cli.validation.reference_shapes import Fault, Miss, miss_of, misses_in_code
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_MOST_NAMES = 8

VALID = (
    """\
      - name: Build Order
        action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          keyValueInput:
            type: complex
            value:
              - {name: number, type: reference, value: trigger.results.body.data.number}
      - name: Note Order
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: buildOrder.results.number.anything}
""",
)

INVALID = (
    """\
      - name: Build Order
        action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          keyValueInput:
            type: complex
            value:
              - {name: number, type: reference, value: trigger.results.body.data.number}
      - name: Note Order
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: buildOrder.results.nubmer}
#                                                              ^^^^^^ unknown-field: `results` has no `nubmer` (the object that the step creates)
""",
    """\
      - name: Sum Up
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async () => ({ data: { total: 3, currency: "EUR" } });
      - name: Note Sum
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{$sumUp.results.total}} {{$sumUp.results.unit}}'}
#                                                                                     ^^^^ unknown-field: `results` has no `unit` (the code of the step)
""",
    """\
      - name: Note Instance
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: trigger.results.instance.nmae}
#                                                                    ^^^^ unknown-field: `instance` has no `nmae` (the trigger payload)
""",
)


def check_reference(use: ReferenceUse, facts: Facts) -> Iterator[Problem]:
    miss = miss_of(use, Fault.FIELD)
    if miss is not None:
        yield _problem(miss, facts)


def check_code(use: CodeUse, facts: Facts) -> Iterator[Problem]:
    yield from (_problem(miss, facts) for miss in misses_in_code(use, Fault.FIELD))


def _problem(miss: Miss, facts: Facts) -> Problem:
    suggestion = miss.suggestion
    names = _listed(miss.fields)
    if any(sample.name in miss.origins for sample in facts.samples):
        names += " If it is sent at times, add it to a sample payload, or write `schemas.invoke` of the flow."
    return Problem(
        miss.span,
        f"`{miss.holder}` has no `{miss.part}` ({miss.origins})",
        hint=did_you_mean(suggestion, names),
        subject=miss.part,
        related=miss.related,
        fixes=miss.renamed(suggestion),
    )


def _listed(names: list[str]) -> str:
    return f"It has {listed(names, _MOST_NAMES)}."
