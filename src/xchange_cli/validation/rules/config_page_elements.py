"""Config pages and config variables do not belong together one to one.

What it checks
    Each page element of the type `configVar` names a config variable, and each config variable is on one page. A
    connection that is shared (`useScopedConfigVar`) may be on no page. A variable on no page is only a warning where
    it may get its value in another way: from a default or the inputs of a connection, from an API (hidden by `meta`),
    or from each user.

Why it matters
    Who configures an instance cannot set a variable that is on no page.

How to fix
    Add an element `{type: configVar, value: <key>}` to a page, correct its value, or remove what is too many.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Fix, Related, Severity
from xchange_cli.document.entries import remove_item
from xchange_cli.model.integration import ConfigPage, ConfigVar, Integration, PageElement
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.required_inputs import is_empty
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Greeting}
configPages:
  - name: Settings
    elements:
      - {type: htmlElement, value: <h1>Settings</h1>}
      - {type: configVar, value: Greeting}
requiredConfigVars:
  - {key: Greeting, dataType: string, defaultValue: Hello}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Greeting}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Greetings}
#                                ^^^^^^^^^ config-page-elements: no config variable is called `Greetings`
      - {type: configVar, value: ''}
#                                ^^ config-page-elements: this element names no config variable
requiredConfigVars:
  - {key: Greeting, dataType: string, defaultValue: Hello}
#         ^^^^^^^^ config-page-elements: the config variable `Greeting` is on no config page
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Greeting}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Greeting}
  - name: More
    elements:
      - {type: configVar, value: Greeting}
#                                ^^^^^^^^ config-page-elements: `Greeting` is already on the page `Settings`
requiredConfigVars:
  - {key: Greeting, dataType: string, defaultValue: Hello}
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{#Greeting}} {{#Name}} {{#Town}} {{#Note}}'}
configPages:
  - name: Settings
    elements: []
requiredConfigVars:
  - {key: Greeting, dataType: string}
#         ^^^^^^^^ config-page-elements: the config variable `Greeting` is on no config page
  - {key: Name, dataType: string, meta: {visibleToOrgDeployer: true, visibleToCustomerDeployer: false}}
#         ^^^^ config-page-elements: the config variable `Name` is on no config page
  - {key: Town, dataType: string, userLevelConfigured: true}
#         ^^^^ config-page-elements: the config variable `Town` is on no config page
  - {key: Note, dataType: string, defaultValue: ''}
#         ^^^^ config-page-elements: the config variable `Note` is on no config page
""",
)

_TEXTS = ("string", "code")
"""Of these, empty text may be a value."""
_SHOWN = (
    "visibleToOrgDeployer",
    "visibleToCustomerDeployer",
    "isVisibleToOrgDeployer",
    "isVisibleToCustomerDeployer",
)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    shown: dict[str, tuple[PageElement, str]] = {}
    for page in facts.integration.config_pages:
        for element in page.elements:
            if element.kind != "configVar" or element.node.text("value") is None:
                continue
            if not element.value:
                yield _without_name(element)
            elif element.value not in facts.config_vars:
                yield _without_variable(element, facts)
            elif element.value in shown:
                again = _shown_again(element, *shown[element.value])
                yield again._replace(fixes=_without(element, page))
            else:
                shown[element.value] = (element, page.name)
    yield from _on_no_page(facts, shown)


def _without_variable(element: PageElement, facts: Facts) -> Problem:
    suggestion = nearest(element.value, filter(None, facts.config_vars))
    return Problem(
        element.value_node.span,
        f"no config variable is called `{element.value}`",
        hint=did_you_mean(suggestion, "Add it to `requiredConfigVars`, or remove this element."),
        subject=element.value,
        fixes=use_word(suggestion, element.value_node, element.value_node.span),
    )


def _without_name(element: PageElement) -> Problem:
    hint = "Name a config variable, or remove the element."
    return Problem(element.value_node.span, "this element names no config variable", hint)


def _shown_again(element: PageElement, first: PageElement, page: str) -> Problem:
    return Problem(
        element.value_node.span,
        f"`{element.value}` is already on the page `{page}`",
        hint="Remove one of the two elements.",
        subject=element.value,
        related=(Related(first.value_node.span, "first shown here"),),
    )


def _without(element: PageElement, page: ConfigPage) -> tuple[Fix, ...]:
    """Remove the element; it is the author's to say that this one is not the better place."""
    elements = page.node.sequence("elements")
    places = [item.start for item in elements.items] if elements is not None else []
    if elements is None or places.count(element.node.start) != 1:
        return ()
    edit = remove_item(elements, places.index(element.node.start))
    return () if edit is None else (Fix((edit,)),)


def _on_no_page(facts: Facts, shown: dict[str, tuple[PageElement, str]]) -> Iterator[Problem]:
    for key, variable in facts.config_vars.items():
        if key and key not in shown and not variable.is_scoped:
            yield Problem(
                variable.key_node.span,
                f"the config variable `{key}` is on no config page",
                hint="Add an element of the type `configVar` to a page.",
                subject=key,
                sure=not _has_other_value(variable),
            )


def _has_other_value(variable: ConfigVar) -> bool:
    """Whether a variable may get its value otherwise than on a page."""
    if variable.default or (variable.data_type in _TEXTS and variable.default is not None):
        return True
    if variable.inputs and variable.data_type == "connection":
        return not any(is_empty(given.expression) for given in variable.inputs.values())
    meta = variable.node.mapping("meta")
    is_hidden = meta is not None and any(meta.data.get(key) is False for key in _SHOWN)
    user_level = variable.node.get("userLevelConfigured")
    return is_hidden or (user_level is not None and user_level.data is True)
