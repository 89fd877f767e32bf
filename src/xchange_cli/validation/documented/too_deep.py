"""The file is nested too deeply.

What it checks
    Lists and mappings stand in one another no more than 200 deep. Flows that people write stay below thirty.

Why it matters
    A file like that is a mistake of the program that wrote it, or an attack on those that read it. It is not read
    further.

How to fix
    Look at the place where it gets deep; branches and loops in one another can become flows of their own.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: reference, value: eachOrder.currentItem.name}
""",
)

_BRACKETS = "[" * 199

INVALID = (
    f"""\
x:
  {_BRACKETS}
   [a]
#  ^ too-deep: nested deeper than 200 levels
""",
)
