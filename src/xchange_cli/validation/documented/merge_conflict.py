"""A merge left two versions of the same lines in the file.

What it checks
    The file has no marks of a merge that is not finished: `<<<<<<<`, `=======` and `>>>>>>>`, each at the start of a
    line, all of one length, which may be longer. Each conflict is a finding, at our side; the other side is named
    below it. So is each file that a pull of a fork has left in `fork.upstream/`, until one of both versions is chosen.

Why it matters
    Nobody has decided yet which version counts, so the file is no YAML, and nothing else of it is checked.

How to fix
    `xchange upstream resolve` takes one side, whether `xchange upstream pull` or git has left the marks; git wants
    `git add` then. Where both sides are wanted, edit the lines and take out the marks. What stands between `|||||||` and
    `=======` is how it was before both sides changed it.
"""

from xchange_cli.diagnostics import Severity

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Shift
        description: '<<<<<<< is no mark where it does not begin a line'
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
<<<<<<< HEAD
#<^^^^^^^^^^^^ merge-conflict: a merge conflict is not resolved
          message: {type: value, value: Hello}
=======
          message: {type: value, value: Good morning}
>>>>>>> polite
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
<<<<<<< bolt-orders
#<^^^^^^^^^^^^^^^^^^^ merge-conflict: a merge conflict is not resolved
          message: {type: value, value: Hello}
||||||| base of the fork: order-intake@3
          message: {type: value, value: Hi}
=======
          message: {type: value, value: Good morning}
>>>>>>> upstream order-intake@4
<<<<<<< bolt-orders
#<^^^^^^^^^^^^^^^^^^^ merge-conflict: a merge conflict is not resolved
        description: Says hello
=======
        description: Greets
>>>>>>> upstream order-intake@4
""",
)
