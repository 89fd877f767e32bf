"""A component has no such connection.

What it checks
    The connection key of a connection variable exists in its component. It is an error where the catalogue has all
    connections of the component from its source, or where only capitals or one letter are wrong; else a warning.

Why it matters
    The platform refuses the import: it does not know which credentials to ask for.

How to fix
    Correct the key; the hint names the nearest one. `xchange components` shows the connections of a component.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ConfigVar
from xchange_cli.nearest import nearest
from xchange_cli.validation.certainty import is_known, is_surely_unknown, unknown_part
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Connection}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Connection}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth, component: {key: slack, isPublic: true, version: LATEST}}
#                     ^^^^^ unknown-connection: the catalogue has no connection `oauth` of the component `slack`
""",
    """\
      - name: List Buckets
        action: {key: listBuckets, component: {key: aws-s3, isPublic: true, version: LATEST}}
        inputs:
          accessKey: {type: configVar, value: S3 Connection}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: S3 Connection}
requiredConfigVars:
  - key: S3 Connection
    dataType: connection
    connection: {key: apiKey, component: {key: aws-s3, isPublic: true, version: LATEST}}
#                     ^^^^^^ unknown-connection: the component `aws-s3` has no connection `apiKey`
""",
)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    connection = variable.connection
    component = facts.component(connection)
    if connection is None or component is None or not connection.key:
        return
    if is_known(connection.key, component.connections):
        return
    sure = is_surely_unknown(connection.key, component.connections, component)
    suggestion = nearest(connection.key, component.connections)
    node = connection.key_node
    yield Problem(
        node.span,
        unknown_part("connection", connection.key, component, sure=sure),
        hint=did_you_mean(suggestion),
        subject=connection.key,
        sure=sure,
        fixes=use_word(suggestion, node, node.span),
    )
