"""A config variable lacks what its data type needs, or has what it cannot have.

What it checks
    A connection says which one it is (`connection`) or which shared one it uses (`useScopedConfigVar`), not both. A
    pick list has choices: `pickList` or a data source. `collectionType` stands only on types of a single value.

Why it matters
    Whoever configures an instance finds nothing to connect to or to choose from.

How to fix
    Add the key that the message names, or remove the one that is too many.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_NO_COLLECTION = ("connection", "schedule", "objectSelection", "objectFieldMap", "jsonForm")

_PAGES = """\
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: configVar, value: URL}
          connection: {type: configVar, value: Shop}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: URL}
      - {type: configVar, value: Shop}
"""

VALID = (
    _PAGES
    + """\
requiredConfigVars:
  - {key: URL, dataType: picklist, pickList: ['https://a.example.com', 'https://b.example.com']}
  - {key: Shop, dataType: connection, useScopedConfigVar: shop}
""",
)

INVALID = (
    _PAGES
    + """\
requiredConfigVars:
  - {key: URL, dataType: picklist}
#         ^^^ incomplete-config-var: the pick list `URL` has nothing to choose from
  - {key: Shop, dataType: connection}
#         ^^^^ incomplete-config-var: the connection `Shop` does not say which one it is
""",
    _PAGES
    + """\
requiredConfigVars:
  - {key: URL, dataType: schedule, collectionType: valuelist, defaultValue: ''}
#                                                  ^^^^^^^^^ incomplete-config-var: a variable of the type `schedule` cannot be a list
  - key: Shop
    dataType: connection
    useScopedConfigVar: shop
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
#   ^^^^^^^^^^ incomplete-config-var: the shared connection `Shop` cannot have a `connection` of its own
""",
)


def check_config_var(variable: ConfigVar, _facts: Facts) -> Iterator[Problem]:
    key, entries = variable.key_node.span, variable.node.entries
    if variable.data_type == "connection" and not variable.is_scoped and "connection" not in entries:
        message = f"the connection `{variable.key}` does not say which one it is"
        yield Problem(key, message, "Add `connection` with its key and component.", variable.key)
    if variable.is_scoped and "connection" in entries:
        message = f"the shared connection `{variable.key}` cannot have a `connection` of its own"
        yield Problem(entries["connection"].key.span, message, "Remove one of the two.", variable.key)
    if variable.data_type == "picklist" and not variable.pick_list and "dataSource" not in entries:
        message = f"the pick list `{variable.key}` has nothing to choose from"
        yield Problem(key, message, "Add `pickList` or `dataSource`.", variable.key)
    if variable.collection and variable.data_type in _NO_COLLECTION:
        message = f"a variable of the type `{variable.data_type}` cannot be a list"
        yield Problem(entries["collectionType"].value.span, message, "Remove `collectionType`.", variable.key)
