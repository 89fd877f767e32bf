"""A reference or code looks for what was sent in the wrong part of the trigger's result.

What it checks
    The part after `<trigger>.results` is one of those that a trigger gives (`body`, `headers`, `queryParameters`, …),
    and `body` and `rawBody` have `data` and `contentType` only.

Why it matters
    What is read has no value when the flow runs. What the caller sends is in `body.data`, one part deeper than most
    expect.

How to fix
    `<trigger>.results.body.data.<field>` for a field of the request, `<trigger>.results.headers.<name>` for a header.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Fix, Severity
from xchange_cli.shapes.payload import takes_requests
from xchange_cli.validation.certainty import is_slip
from xchange_cli.validation.facts import CodeUse, Facts, ReferenceUse
from xchange_cli.validation.fixes import did_you_mean
from xchange_cli.validation.reference_shapes import Fault, Miss, miss_of, misses_in_code
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_BODY = ("body", "data")

VALID = (
    """\
      - name: Note Order
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{$trigger.results.body.data.id}} of {{$trigger.results.headers.X-Shop}}'}
""",
)

INVALID = (
    """\
      - name: Note Order
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, { trigger }) => {
                const { order } = trigger.results.body;
              //        ^^^^^ payload-path: the body has no `order`: what the caller sends is in `body.data`
                return { data: order };
              };
""",
    """\
      - name: Note Order
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: trigger.results.body.order}
#                                                                ^^^^^ payload-path: the body has no `order`: what the caller sends is in `body.data`
""",
    """\
      - name: Note Order
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{$trigger.results.order.id}}'}
#                                                              ^^^^^ payload-path: the trigger payload has no `order`: what the caller sends is in `body.data`
""",
    """\
      - name: Note Header
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: trigger.results.header.X-Shop}
#                                                           ^^^^^^ payload-path: the trigger payload has no `header`
""",
    """\
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: '0 8 * * *', meta: {scheduleType: day, timeZone: ''}}
        inputs: {}
      - name: Note Order
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: trigger.results.order}
#                                                           ^^^^^ payload-path: the trigger payload has no `order`
""",
)


def check_reference(use: ReferenceUse, _facts: Facts) -> Iterator[Problem]:
    miss = miss_of(use, Fault.PAYLOAD)
    if miss is not None:
        yield _problem(miss)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    yield from map(_problem, misses_in_code(use, Fault.PAYLOAD))


def _problem(miss: Miss) -> Problem:
    meant = _meant(miss)
    what = "the body" if miss.at == 3 else "the trigger payload"
    message = f"{what} has no `{miss.part}`"
    if meant is not None:
        hint, fixes = did_you_mean(meant), miss.renamed(meant)
    elif _takes_requests(miss):
        message += ": what the caller sends is in `body.data`"
        longer = _in_body(miss)
        hint, fixes = f"Did you mean `{miss.spelt(longer)}`?", _moved(miss, longer)
    else:
        hint, fixes = f"It has {', '.join(f'`{name}`' for name in miss.fields)}.", ()
    return Problem(miss.span, message, hint, miss.part, related=miss.related, fixes=fixes)


def _meant(miss: Miss) -> str | None:
    """Give the key that was surely meant: misspelt, or only its beginning written."""
    best = miss.suggestion
    if best is None or not (is_slip(miss.part, best) or best.casefold().startswith(miss.part.casefold())):
        return None
    return best


def _takes_requests(miss: Miss) -> bool:
    action = miss.target.step.action
    return action is not None and takes_requests(action.component)


def _in_body(miss: Miss) -> tuple[str, ...]:
    """Give the path with what is missing where the caller's data are."""
    path = miss.path
    rest = path[miss.at :]
    return (*path[:2], *_BODY, *(rest[1:] if miss.at == 2 and rest[0] == _BODY[-1] else rest))


def _moved(miss: Miss, longer: tuple[str, ...]) -> tuple[Fix, ...]:
    """Write the parts that are missing before the one that is not there."""
    if miss.path[miss.at - 1] == "rawBody":
        return ()
    return miss.written.put_before(longer[miss.at : len(longer) - len(miss.path) + miss.at])
