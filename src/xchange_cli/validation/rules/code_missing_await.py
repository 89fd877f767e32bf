"""Code uses a promise as if it were the value that it will give.

What it checks
    Where `fetch(…)`, the calls of `axios`, `response.json()` and its like, and functions that the code itself declares
    `async` are called, their result is awaited before a member of it is read, before it is compared, counted, repeated
    over or written into a text, and before it is returned as part of `data`. Promises that are returned themselves,
    handed to `Promise.all` or other functions, or awaited later are right.

Why it matters
    A promise has none of the members, is always true in a condition, and becomes `{}` in the result of the step.

How to fix
    Put `await` in front of the call. The function around it must be `async`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xchange_cli.diagnostics import Fix, Severity
from xchange_cli.validation.code_inputs import exchange
from xchange_cli.validation.facts import CodeUse, Dialect, Facts
from xchange_cli.validation.rule import Problem

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.awaits import Unawaited

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Get Orders
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async () => {
                const first = fetch('https://api.example.com/a');
                const others = Promise.all(['b', 'c'].map((name) => fetch(`https://api.example.com/${name}`)));
                const response = await first;
                return { data: [await response.json(), (await others).length] };
              };
""",
)

INVALID = (
    """\
      - name: Get Orders
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async () => {
                const response = fetch('https://api.example.com/orders');
              //                 ^^^^^ code-missing-await: `fetch` gives a promise, which is not awaited
                return { data: response.status };
              };
""",
    """\
      - name: Get Orders
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async () => {
                const response = await fetch('https://api.example.com/orders');
                return { data: response.json() };
              //               ^^^^^^^^^^^^^ code-missing-await: `response.json` gives a promise, which is not awaited
              };
      - name: Get More
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              async function load() { return { orders: [] }; }
              module.exports = async () => ({ data: load().orders });
              //                                    ^^^^ code-missing-await: `load` gives a promise, which is not awaited
""",
)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.awaits import missing_awaits

    if use.dialect is Dialect.FUNCTION:
        return
    for found in missing_awaits(use.code):
        hint = (
            "Write `await` in front of it." if found.can_await else "Make the function `async` and await it."
        )
        yield Problem(
            use.span(found.start, found.end),
            f"`{found.called}` gives a promise, which is not awaited",
            hint,
            subject=found.called,
            fixes=_await(use, found) if found.can_await else (),
        )


def _await(use: CodeUse, found: "Unawaited") -> tuple[Fix, ...]:
    opening, closing = ("(await ", ")") if found.has_member else ("await ", "")
    edits = exchange(use, found.call_start, found.call_start, opening)
    if closing and edits:
        behind = exchange(use, found.call_end, found.call_end, closing)
        edits = (*edits, *behind) if behind else ()
    return (Fix(edits),) if edits else ()
