"""A step has no connection, but its action needs one.

What it checks
    The connection input of an action or trigger that requires one names a connection variable. An input that is there
    but empty is an error where the source of the component says that it is required. One that the file leaves out is
    a warning: exports of hosted builders do so, since what an action requires differs between versions.

Why it matters
    Without credentials the action cannot reach its system, and the step fails.

How to fix
    Name a config variable of the data type `connection`: `connection: {type: configVar, value: Slack Connection}`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.connections import connection_hint
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.required_inputs import unset_inputs
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: ''}
          url: {type: value, value: 'https://api.example.com'}
""",
)

INVALID = (
    """\
      - name: List Conversations
        action: {key: listConversations, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: ''}
#                                              ^^ missing-connection: `connection` is empty, but the action `listConversations` needs it
""",
    """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^ missing-connection: the action `listUsers` needs the input `connection`
        inputs: {}
""",
)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    for unset in unset_inputs(step):
        if unset.spec.type == "connection":
            is_versioned = unset.given is None and step.component is not None and not step.component.is_own
            yield Problem(
                unset.span,
                unset.message,
                hint=connection_hint(step.component.key if step.component else "", facts),
                subject=unset.spec.key,
                sure=unset.is_sure and not is_versioned,
            )
