"""A comment that is to ignore findings does not say which.

What it checks
    `# xchange: ignore[rule, other-rule] reason` names rules, each in full. `ignore` alone, `ignore[*]` and patterns
    such as `ignore[code-*]` hide nothing. Some findings cannot be ignored: those without which a file is not checked,
    such as `yaml-syntax`, and those about such comments. A comment is one of YAML: inside of code, or of another text,
    it ignores nothing.

Why it matters
    The comment hides nothing. One that hid everything would also hide the mistakes that are made tomorrow.

How to fix
    Name the rules, as findings show them; the hint says which ones are meant. For code, write the comment behind the
    `|` or above the input.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: 'write # xchange: ignore behind the line'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: tigger.results}  # xchange: ignore
#                                                            ^^^^^^^^^^^^^^^^^ bad-ignore: this comment names no rule and ignores nothing
#                                           ^^^^^^ unknown-reference: no step of this flow is called `tigger`
""",
    """\
      - name: Greet  # xchange: ignore[*] quiet, please
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bad-ignore: this comment names no rule and ignores nothing
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {message: {type: value, value: Hello}}
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          # xchange: ignore[unknown-referense] waits for the ERP
#                           ^^^^^^^^^^^^^^^^^ bad-ignore: no rule is called `unknown-referense`
          message: {type: reference, value: tigger.results}
#                                           ^^^^^^ unknown-reference: no step of this flow is called `tigger`
""",
    """\
      - name: Greet  # xchange: ignore[unknown-*] not yet there
#                                      ^^^^^^^^^ bad-ignore: `unknown-*` is a pattern, and a comment names rules in full
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {message: {type: value, value: Hello}}
""",
    """\
      - name: Greet  # xchange: ignore[yaml-syntax] it is fine
#                                      ^^^^^^^^^^^ bad-ignore: a comment cannot ignore `yaml-syntax`
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {message: {type: value, value: Hello}}
""",
    """\
      - name: Sum Up
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async () => {
                // xchange: ignore[code-syntax] the ERP wants it so
                //<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bad-ignore: this is a part of the text and ignores nothing
                return { data: 1 };
              };
""",
)
