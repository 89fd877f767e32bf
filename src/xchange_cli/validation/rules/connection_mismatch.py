"""A step uses a connection of another component.

What it checks
    The connection variable that an input names belongs to the component of the step. The components of Amazon
    (`aws-s3`, `aws-sns`, …) share connections, and so do those of Microsoft Graph (`ms-onedrive`, `ms-sharepoint`, …).
    A connection of another app is an error; it is a warning between protocols, and where one of the two components is
    a tool for many systems or belongs to the project. Data sources of apps are checked alike, as a warning.

Why it matters
    The action looks for credentials where there are none, or sends those of one system to another.

How to fix
    Name a connection variable of the component: `connection: {type: configVar, value: Slack Connection}`.
"""

from collections.abc import Iterator

from xchange_cli.components.spec import ComponentSpec
from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.connections import connection_hint, share_connections
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Delete Topic
        action: {key: deleteTopic, component: {key: aws-sns, isPublic: true, version: LATEST}}
        inputs:
          awsConnection: {type: configVar, value: S3 Connection}
          topicArn: {type: value, value: 'arn:aws:sns:eu-west-1:1:orders'}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: S3 Connection}
requiredConfigVars:
  - key: S3 Connection
    dataType: connection
    connection: {key: apiKeySecret, component: {key: aws-s3, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Jira Connection}
#                                              ^^^^^^^^^^^^^^^ connection-mismatch: `Jira Connection` is a connection of `atlassian-jira`, but the step needs one of `slack`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Jira Connection}
requiredConfigVars:
  - key: Jira Connection
    dataType: connection
    connection: {key: oauth2, component: {key: atlassian-jira, isPublic: true, version: LATEST}}
""",
    """\
      - name: Note Channel
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Channel}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Jira Connection}
      - {type: configVar, value: Channel}
requiredConfigVars:
  - key: Jira Connection
    dataType: connection
    connection: {key: oauth2, component: {key: atlassian-jira, isPublic: true, version: LATEST}}
  - key: Channel
    dataType: picklist
    dataSource: {key: selectChannels, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      connection: {type: configVar, value: Jira Connection}
#                                          ^^^^^^^^^^^^^^^ connection-mismatch: `Jira Connection` is a connection of `atlassian-jira`, but the data source needs one of `slack`
""",
    """\
      - name: List Files
        action: {key: listFilesV2, component: {key: google-cloud-storage, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Gmail Connection}
#                                              ^^^^^^^^^^^^^^^^ connection-mismatch: `Gmail Connection` is a connection of `google-gmail`, but the step needs one of `google-cloud-storage`
          bucketName: {type: value, value: orders}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Gmail Connection}
requiredConfigVars:
  - key: Gmail Connection
    dataType: connection
    connection: {key: oauth2, component: {key: google-gmail, isPublic: true, version: LATEST}}
""",
)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    component = step.component
    if step.spec is None or component is None or not component.connections:
        return
    for given, spec in step.inputs.special:
        if spec.type != "connection" or not isinstance(given.expression, ConfigValue):
            continue
        variable = facts.config_vars.get(given.expression.key)
        if variable is not None and _is_foreign(variable, component):
            is_sure = spec.basis.is_sure and _are_strangers(component, facts.component(variable.connection))
            problem = _problem(given.expression, variable, component, "step")
            yield problem._replace(hint=connection_hint(component.key, facts), sure=is_sure)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    """Look at connections only: of data sources the catalogue knows no inputs."""
    component = facts.component(variable.data_source)
    if component is None or not component.connections or component.kind == "utility":
        return
    for given in variable.inputs.values():
        if isinstance(given.expression, ConfigValue):
            named = facts.config_vars.get(given.expression.key)
            if named is not None and _is_foreign(named, component):
                yield _problem(given.expression, named, component, "data source")._replace(sure=False)


def _are_strangers(component: ComponentSpec, owner: ComponentSpec | None) -> bool:
    """Tell that a connection of `owner` can be of no use: one of the two is an app, and neither serves many systems."""
    if owner is None or component.is_own or owner.is_own:
        return False
    kinds = {component.kind, owner.kind}
    return "app" in kinds and "utility" not in kinds


def _is_foreign(variable: ConfigVar, component: ComponentSpec) -> bool:
    """Tell a connection that the component does not share."""
    connection = variable.connection
    if connection is None or not connection.component or variable.data_type != "connection":
        return False
    return not share_connections(connection.component, component.key)


def _problem(value: ConfigValue, variable: ConfigVar, component: ComponentSpec, who: str) -> Problem:
    assert variable.connection is not None
    owner = variable.connection
    return Problem(
        value.span(),
        f"`{value.key}` is a connection of `{owner.component}`, but the {who} needs one of `{component.key}`",
        f"Name a connection of `{component.key}`.",
        value.key,
        related=(Related(owner.component_node.span, "its component"),),
    )
