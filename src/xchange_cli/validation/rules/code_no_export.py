"""Code exports no function.

What it checks
    Code of the component `code` sets `module.exports`, or `exports.default`, to a function. Where the code does
    something unusual with `module` or `exports`, nothing is reported.

Why it matters
    The exported function is what the step calls; without one it fails each time.

How to fix
    Write `module.exports = async (context, stepResults) => { … };`. Setting the name `exports` alone exports nothing.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Fix, Severity
from xchange_cli.validation.code_inputs import exchange_word
from xchange_cli.validation.facts import CodeUse, Dialect, Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

_PARAMETERS = {
    Dialect.STEP: "context, stepResults",
    Dialect.TRIGGER: "context, payload",
    Dialect.DATA_SOURCE: "context, inputs",
}

VALID = (
    """\
      - name: Count Orders
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              const count = (orders) => orders.length;
              module.exports = async (context, stepResults) => {
                return { data: count(stepResults.trigger.results.body.data) };
              };
      - name: Count Again
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              exports.default = async () => ({ data: 1 });
""",
)

INVALID = (
    """\
      - name: Count Orders
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              // Counts the orders.
              async function count(context, stepResults) {
              //<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ code-no-export: the code exports no function
                return { data: stepResults.trigger.results.body.data.length };
              }
      - name: Count Again
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              exports = async () => ({ data: 1 });
              //<^^^^^^^ code-no-export: setting `exports` exports nothing
""",
    """\
      - name: Count Orders
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              exports.handler = async () => ({ data: 1 });
              //<^^^^^^^^^^^^^^^ code-no-export: the code exports an object with `handler`, not a function
      - name: Count Again
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = { data: 1 };
              //<^^^^^^^^^^^^^^ code-no-export: the code exports an object with `data`, not a function
      - name: Count for the Third Time
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.export = async () => ({ data: 1 });
              //<^^^^^^^^^^^^^ code-no-export: setting `module.export` exports nothing
""",
)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.exports import Kind, exported, place_of

    if use.dialect is Dialect.FUNCTION:
        return
    found = exported(use.code)
    if found.kind in {Kind.FUNCTION, Kind.UNKNOWN}:
        return
    start, end = place_of(use.code)
    fixes: tuple[Fix, ...] = ()
    hint = f"Write `module.exports = async ({_PARAMETERS[use.dialect]}) => {{ … }};`."
    if found.kind is Kind.OTHER:
        message = f"the code exports {found.what}, not a function"
    elif found.place is None:
        message = "the code exports no function"
    else:
        message, hint = f"setting {found.what} exports nothing", "Write `module.exports = …`."
        fixes = exchange_word(use, start, end, "module.exports")
    yield Problem(use.span(start, end), message, hint, subject=found.what, fixes=fixes)
