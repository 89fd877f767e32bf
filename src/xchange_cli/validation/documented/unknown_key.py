"""A key is not part of the format.

What it checks
    Every mapping of the file has only keys that the format knows, spelled like there: capitals count. In the inputs of
    steps and variables, any key can stand; see unknown-input. In integration files it is a warning, because the next
    version of the format may know the key; in files of xchange's own it is an error.

Why it matters
    What stands below an unknown key is not read: a loop with `step` in place of `steps` repeats nothing.

How to fix
    Correct the key; the hint names the nearest one, or those that can stand there.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
)

INVALID = (
    """\
      - name: Greet
        descripton: Says hello
#       ^^^^^^^^^^ unknown-key: unknown key `descripton` in this step
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello, comment: friendly}
#                                              ^^^^^^^ unknown-key: unknown key `comment` in this input
""",
)
