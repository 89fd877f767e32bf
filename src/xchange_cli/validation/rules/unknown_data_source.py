"""A component has no such data source.

What it checks
    The data source key of a config variable exists in its component. It is an error for components of the project
    and where only capitals or one letter are wrong, a warning elsewhere: the catalogue does not have all data sources.

Why it matters
    The platform refuses the import, or the variable has nothing to choose from.

How to fix
    Correct the key; the hint names the nearest one. `xchange components` shows the data sources of a component.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ConfigVar
from xchange_cli.nearest import nearest
from xchange_cli.validation.certainty import is_one_letter_off, unknown_part
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Note Region
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Region}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Region}
requiredConfigVars:
  - key: Region
    dataType: picklist
    dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
      - name: Note Region
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Region}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Region}
requiredConfigVars:
  - key: Region
    dataType: picklist
    dataSource: {key: listRegions, component: {key: aws-s3, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^^ unknown-data-source: the catalogue has no data source `listRegions` of the component `aws-s3`
""",
    """\
      - name: Note Region
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Region}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Region}
requiredConfigVars:
  - key: Region
    dataType: picklist
    dataSource: {key: selectregion, component: {key: aws-s3, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^^^ unknown-data-source: the component `aws-s3` has no data source `selectregion`
""",
)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    source = variable.data_source
    component = facts.component(source)
    if source is None or component is None or not source.key or source.key in component.data_sources:
        return
    suggestion = nearest(source.key, component.data_sources)
    sure = component.is_own or _is_misspelled(source.key, suggestion)
    node = source.key_node
    yield Problem(
        node.span,
        unknown_part("data source", source.key, component, sure=sure),
        hint=did_you_mean(suggestion),
        subject=source.key,
        sure=sure,
        fixes=use_word(suggestion, node, node.span),
    )


def _is_misspelled(key: str, meant: str | None) -> bool:
    return meant is not None and (meant.casefold() == key.casefold() or is_one_letter_off(key, meant))
