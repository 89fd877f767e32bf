"""Config variables depend on one another in a circle.

What it checks
    The inputs of a connection or data source do not need the variable itself, neither directly nor through the inputs
    of other variables.

Why it matters
    No order exists in which the values could be found: the config pages cannot be filled in.

How to fix
    Give one of the inputs a literal value, or name another variable.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.model.integration import ConfigVar, Integration
from xchange_cli.validation.facts import Facts, expressions
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

_PAGES = """\
      - name: Note Region
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{#Region}} {{#Zone}}'}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Region}
      - {type: configVar, value: Zone}
"""

VALID = (
    _PAGES
    + """\
requiredConfigVars:
  - {key: Region, dataType: string, defaultValue: eu}
  - key: Zone
    dataType: picklist
    dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}
    inputs:
      prefix: {type: configVar, value: Region}
""",
)

INVALID = (
    _PAGES
    + """\
requiredConfigVars:
  - key: Region
    dataType: picklist
    dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}
    inputs:
      prefix: {type: configVar, value: Zone}
#                                      ^^^^ config-var-circle: `Region` depends on itself: `Region` → `Zone` → `Region`
  - key: Zone
    dataType: picklist
    dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}
    inputs:
      prefix: {type: template, value: '{{#Region}}'}
""",
    _PAGES
    + """\
requiredConfigVars:
  - {key: Region, dataType: string, defaultValue: eu}
  - key: Zone
    dataType: picklist
    dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}
    inputs:
      prefix: {type: configVar, value: Zone}
#                                      ^^^^ config-var-circle: `Zone` depends on itself
""",
)

_Needs = dict[str, list[ConfigValue]]


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    needs = {key: found for key, item in facts.config_vars.items() if (found := _needs(item, facts))}
    done: set[str] = set()
    for key in needs:
        way = _way_back(key, needs, done)
        if way:
            yield _problem(key, way)
            done.update(value.key for value in way)
        done.add(key)


def _needs(variable: ConfigVar, facts: Facts) -> list[ConfigValue]:
    parts = (part for _, part in expressions(variable.inputs))
    return [part for part in parts if isinstance(part, ConfigValue) and part.key in facts.config_vars]


def _way_back(start: str, needs: _Needs, done: set[str]) -> list[ConfigValue]:
    """Find the shortest way from a variable to itself; the variables of `done` are on no way that is not told yet."""
    ways: list[list[ConfigValue]] = [[value] for value in needs[start]]
    seen: set[str] = set(done)
    for way in ways:
        key = way[-1].key
        if key == start and start not in done:
            return way
        if key not in seen:
            seen.add(key)
            ways += ([*way, value] for value in needs.get(key, ()))
    return []


def _problem(key: str, way: list[ConfigValue]) -> Problem:
    names = " → ".join(f"`{name}`" for name in (key, *(value.key for value in way)))
    message = f"`{key}` depends on itself" + (f": {names}" if len(way) > 1 else "")
    related = tuple(Related(value.span(), f"which needs `{value.key}`") for value in way[1:])
    return Problem(way[0].span(), message, "Give one of these inputs a literal value.", key, related=related)
