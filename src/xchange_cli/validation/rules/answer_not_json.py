"""An answer says that it is JSON and is not.

What it checks
    The `jsonBody` of `stopExecution` can be read as JSON where it is written out and `contentType` says JSON, which is
    also the default. Texts with a placeholder, references and empty bodies are not judged.

Why it matters
    The execution succeeds, and the caller fails to read the answer.

How to fix
    Write valid JSON, or say in `contentType` what the body is, such as `text/plain`.
"""

import json
from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Literal
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Refuse
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
        inputs:
          statusCode: {type: value, value: '422'}
          contentType: {type: value, value: text/plain}
          jsonBody: {type: value, value: no lines}
""",
)

INVALID = (
    """\
      - name: Refuse
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
        inputs:
          statusCode: {type: value, value: '422'}
          contentType: {type: value, value: application/json; charset=utf-8}
          jsonBody: {type: value, value: '{"error": "no lines",}'}
#                                        ^^^^^^^^^^^^^^^^^^^^^^^^ answer-not-json: the answer says that it is JSON and is not
""",
    """\
      - name: Refuse
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
        inputs:
          jsonBody: {type: value, value: no lines}
#                                        ^^^^^^^^ answer-not-json: the answer says that it is JSON and is not
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    action = step.step.action
    if action is None or (action.component, action.key) != ("stop-execution", "stopExecution"):
        return
    body = step.step.inputs.get("jsonBody")
    text = body.expression.value if body is not None and isinstance(body.expression, Literal) else None
    if body is None or not isinstance(text, str) or not text or "{{" in text or not _says_json(step):
        return
    try:
        json.loads(text)
    except ValueError:
        hint = "Write valid JSON, or another `contentType`."
        yield Problem(body.value_node.span, "the answer says that it is JSON and is not", hint)


def _says_json(step: StepFacts) -> bool:
    given = step.step.inputs.get("contentType")
    if given is None:
        return True
    kind = given.expression.value if isinstance(given.expression, Literal) else None
    return isinstance(kind, str) and (not kind or "json" in kind.lower())
