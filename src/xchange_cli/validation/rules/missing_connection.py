"""A step has no connection, but its action needs one.

What it checks
    The connection input of an action or trigger that requires one names a connection variable, and so does one of the
    inputs of a data source that asks a remote system. An input that is there but empty is an
    error where it is known from the source of the component, or from its use, that it is required. One that the file
    leaves out is a warning: exports of hosted builders do so, since what an action requires differs between versions.

Why it matters
    Without credentials the action cannot reach its system, and the step fails.

How to fix
    Name a config variable of the data type `connection`: `connection: {type: configVar, value: Slack Connection}`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.connections import connection_hint
from xchange_cli.validation.data_source_inputs import lacks_connection
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
    """\
      - name: Note Channel
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{#Channel}} {{#User}}'}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Connection}
      - {type: configVar, value: Channel}
      - {type: configVar, value: User}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
  - key: Channel
    dataType: picklist
    dataSource: {key: selectChannels, component: {key: slack, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^^^^^ missing-connection: the data source `selectChannels` needs the input `connection`
    inputs: {}
  - key: User
    dataType: picklist
    dataSource: {key: selectUsers, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      connection: {type: configVar, value: ''}
#                                          ^^ missing-connection: `connection` is empty, but the data source `selectUsers` needs it
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


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    lack = lacks_connection(variable, facts)
    if lack is not None:
        hint = connection_hint(lack.source.component, facts)
        yield Problem(lack.span, lack.message, hint, subject=lack.key, sure=lack.given is not None)
