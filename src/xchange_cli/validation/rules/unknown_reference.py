"""A reference names no step of the flow.

What it checks
    The first part of every reference, alone or in a template, is the key of a step of the same flow: its name in
    camel case, where only characters other than ASCII letters and digits separate words.

Why it matters
    The reference has no value when the flow runs. It is the most frequent fault after a step was renamed.

How to fix
    Use the key of an existing step; the hint names the nearest one. `GET Request 2` is `getRequest2`, and
    `Receive GitHub Events` is `receiveGithubEvents`: capitals inside of a word are lost.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Edit, Fix, Severity
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, ReferenceUse, Sight
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: List Files
        action: {key: create, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          items: {type: complex, value: []}
      - name: Count Files
        action: {key: length, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: listFiles.results}
""",
)

INVALID = (
    """\
      - name: List Files
        action: {key: create, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          items: {type: complex, value: []}
      - name: Count Files
        action: {key: length, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: lisFiles.results}
#                                             ^^^^^^^^ unknown-reference: no step of this flow is called `lisFiles`
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: value, value: info}
          message: {type: template, value: 'Hello {{$receiveOrder.results.body.data.name}}'}
#                                                   ^^^^^^^^^^^^ unknown-reference: no step of this flow is called `receiveOrder`
""",
)


def check_reference(use: ReferenceUse, _facts: Facts) -> Iterator[Problem]:
    name = use.reference.step
    sight, _ = use.step.flow.look(use.step, name)
    if sight is not Sight.UNKNOWN:
        return
    span = use.reference.span(0, 0)
    suggestion = nearest(name, list(use.step.flow.names_in_sight(use.step)))
    yield Problem(
        span,
        f"no step of this flow is called `{name}`",
        hint=f"Did you mean `{suggestion}`?" if suggestion else "",
        subject=name,
        fixes=(Fix((Edit(span, suggestion),)),) if suggestion else (),
    )
