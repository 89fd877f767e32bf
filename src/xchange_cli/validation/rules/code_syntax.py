"""JavaScript has a syntax error.

What it checks
    Code of the component `code` can be read as a CommonJS module, and the functions of other inputs (the filter of a
    list, for example) as functions. Only the first error of each code is told. `await` stands in async functions only,
    and `import` and `export` have no place in such a module.

Why it matters
    Code that cannot be read does not run at all: the step fails each time.

How to fix
    Correct the code at the place. A bracket or quote that is missing is often missed only further down; the finding
    then points at the one that opens.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import CodeUse, Dialect, Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => {
                const { who = 'nobody' } = stepResults.trigger.results.body.data ?? {};
                return { data: `Hello ${who}` };
              };
      - name: Keep Large Ones
        action: {key: filter, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: buildText.results}
          filterCodeInput: {type: value, value: '(item) => { return item.size > 10; }'}
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
                const name = (stepResults.trigger.results.body.data.name;
              //                                                        ^ code-syntax: syntax error: `)` is missing before `;`
                return { data: `Hello ${name}` };
              };
      - name: Keep Large Ones
        action: {key: filter, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: trigger.results.body.data}
          filterCodeInput: {type: value, value: '(item) => item.kind === ''a b'' c'}
#                                                                                ^ code-syntax: syntax error: unexpected `c`
""",
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => {
                if (stepResults.trigger.results.body.data.isNew) {
              //                                                 ^ code-syntax: syntax error: `{` is never closed
                  context.logger.info('new');
                return { data: 1 };
              };
""",
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = (context, stepResults) => {
                const answer = await fetch('https://api.example.com/orders');
              //               ^^^^^ code-syntax: syntax error: `await` outside of an `async` function
                return { data: answer.status };
              };
      - name: Build More
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code: {type: value, value: 'export default async () => ({ data: 1 });'}
#                                     ^^^^^^ code-syntax: syntax error: `export` is not possible here: code is a CommonJS module
""",
)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.syntax import function_errors, syntax_errors

    find = function_errors if use.dialect is Dialect.FUNCTION else syntax_errors
    for fault in find(use.code):
        span = use.span(fault.start, fault.end)
        message = f"syntax error: {fault.message}"
        yield Problem(span, message, fault.hint, subject=fault.message, sure=use.is_sure)
