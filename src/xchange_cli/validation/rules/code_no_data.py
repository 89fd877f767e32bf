"""Code gives back nothing that becomes the result.

What it checks
    The exported function of a code step returns an object with `data`; what shapes an answer or keeps state
    (`statusCode`, `headers`, `contentType`, `crossFlowState` …) may stand alone. The function of a code trigger returns
    an object with `payload`. Returned values that only the run can tell are not judged.

Why it matters
    The result of the step is null, whatever else the code returns; a code trigger fails.

How to fix
    `return { data: orders };`, or for a trigger `return { payload };`.
"""

from collections.abc import Collection, Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import CodeUse, Dialect, Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_ALONE = frozenset(
    [
        "contentType",
        "crossFlowState",
        "executionState",
        "headers",
        "instanceState",
        "integrationState",
        "statusCode",
    ]
)
_WANTED = {Dialect.STEP: "data", Dialect.TRIGGER: "payload"}

VALID = (
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => {
                const { name } = stepResults.trigger.results.body.data;
                if (!name) return;
                return name === 'x' ? { data: 'y' } : { data: name };
              };
      - name: Answer
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async () => ({ statusCode: 204 });
""",
    """\
    steps:
      - name: Orders
        isTrigger: true
        action: {key: runCodeTrigger, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, payload) => ({ payload, response: { statusCode: 202 } });
""",
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
                if (!stepResults.trigger.results.body.data) return [];
              //                                                   ^^ code-no-data: a list is returned, not an object with `data`
                return { result: stepResults.trigger.results.body.data };
              //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ code-no-data: the returned object has no `data`
              };
""",
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ logger }, stepResults) => {
              //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ code-no-data: the function returns nothing
                logger.info('Hello');
              };
      - name: Keep Page
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async () => ({ dat: 1, executionState: { page: 2 } });
              //                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ code-no-data: the returned object has no `data`
""",
    """\
    steps:
      - name: Orders
        isTrigger: true
        action: {key: runCodeTrigger, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, payload) => ({ data: payload });
              //                                            ^^^^^^^^^^^^^^^^^ code-no-data: the returned object has no `payload`
""",
)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.answers import answers

    wanted = _WANTED.get(use.dialect)
    if wanted is None:
        return
    found = answers(use.code)
    hint = f"Write `return {{ {wanted}: … }};`."
    if found and all(answer.what == "nothing" for answer in found):
        yield Problem(use.span(found[-1].start, found[-1].end), "the function returns nothing", hint)
    enough = {wanted, *_ALONE} if use.dialect is Dialect.STEP else {wanted}
    for answer in found:
        if answer.keys is not None and (enough.isdisjoint(answer.keys) or _misspells(wanted, answer.keys)):
            yield Problem(use.span(answer.start, answer.end), f"the returned object has no `{wanted}`", hint)
        elif answer.what not in {"", "an object", "nothing"}:
            message = f"{answer.what} is returned, not an object with `{wanted}`"
            yield Problem(use.span(answer.start, answer.end), message, hint)


def _misspells(wanted: str, keys: Collection[str]) -> bool:
    """Whether a key nobody reads stands where the wanted one was meant."""
    return wanted not in keys and any(
        key not in _ALONE and nearest(key, [wanted]) is not None for key in keys
    )
