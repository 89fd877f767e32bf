"""The aliases of a file stand for too many values.

What it checks
    All aliases of a file together stand for no more than 100,000 values.

Why it matters
    A few lines of aliases of aliases can stand for more values than fit into memory. The file is not read further.

How to fix
    Write the values out, or use fewer aliases of aliases.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: &log {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
      - name: Greet Again
        action: {key: writeLog, component: *log}
        inputs:
          message: {type: value, value: Hello}
""",
)

_EIGHTY = ", ".join(["a"] * 80)
_EACH_TEN_OF_THE_LAST = "".join(
    f"  - &x{level} [{', '.join([f'*x{level - 1}'] * 10)}]\n" for level in range(1, 4)
)

INVALID = (
    f"""\
x:
  - &x0 [{_EIGHTY}]
{_EACH_TEN_OF_THE_LAST}\
  - *x3
#   ^^^ too-many-aliases: the aliases of this file stand for more than 100,000 values
""",
)
