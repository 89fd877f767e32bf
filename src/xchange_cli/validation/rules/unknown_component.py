"""A component is not known.

What it checks
    Steps, connections and data sources name a component of the catalogue or, with `isPublic: false`, one that the
    project describes. A public one that is almost spelled like a known one is an error. Any other is a warning, at
    its first use only: the platform has more components than the catalogue.

Why it matters
    A misspelled component does not exist on the platform. Of one that is not known, no action or input can be
    checked, and its steps cannot run here.

How to fix
    Correct the key, or describe the component in `components/<key>.yml` of the project.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Fix, Severity
from xchange_cli.model.integration import ActionRef, ConfigVar
from xchange_cli.nearest import nearest
from xchange_cli.validation.certainty import is_slip
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, use_word, without_quotes
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
)

INVALID = (
    """\
      - name: Wait
        action: {key: sleep, component: {key: slep, isPublic: true, version: LATEST}}
#                                             ^^^^ unknown-component: the component `slep` is not known
        inputs: {}
      - name: Join
        action: {key: join, component: {key: text_manipulation, isPublic: true, version: LATEST}}
#                                            ^^^^^^^^^^^^^^^^^ unknown-component: the component `text_manipulation` is not known
        inputs: {}
      - name: Join Again
        action: {key: join, component: {key: text-manipulatoin, isPublic: true, version: LATEST}}
#                                            ^^^^^^^^^^^^^^^^^ unknown-component: the component `text-manipulatoin` is not known
        inputs: {}
""",
    """\
      - name: Book
        action: {key: createOrder, component: {key: acme-erp, isPublic: false, version: LATEST}}
#                                                   ^^^^^^^^ unknown-component: the private component `acme-erp` is not known
        inputs: {}
      - name: Book Again
        action: {key: createOrder, component: {key: acme-erp, isPublic: false, version: LATEST}}
        inputs: {}
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: false, version: LATEST}}
#                                               ^^^^ unknown-component: the private component `http` is not known
        inputs: {}
""",
)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    if step.component is None and step.step.action is not None:
        yield from _unknown(step.step.action, facts)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    for action in (variable.connection, variable.data_source):
        if action is not None and facts.component(action) is None:
            yield from _unknown(action, facts)


def _unknown(action: ActionRef, facts: Facts) -> Iterator[Problem]:
    key, node = action.component, action.component_node
    catalog = facts.catalog
    known = catalog.keys() if action.is_public else [entry.key for entry in catalog.entries() if entry.is_own]
    suggestion = nearest(key, known)
    sure = action.is_public and suggestion is not None and is_slip(key, suggestion)
    if not key or not (sure or _is_first_use(action, facts)):
        return
    kind = "component" if action.is_public else "private component"
    yield Problem(
        node.span,
        f"the {kind} `{key}` is not known",
        hint=did_you_mean(suggestion, _hint(action, facts)),
        subject=key,
        sure=sure,
        fixes=_make_public(action) if _is_public(action, facts) else use_word(suggestion, node, node.span),
    )


def _is_public(action: ActionRef, facts: Facts) -> bool:
    """Tell whether there is a public component for what is marked as a private one."""
    return not action.is_public and facts.catalog.component(action.component) is not None


def _make_public(action: ActionRef) -> tuple[Fix, ...]:
    component = action.node.mapping("component")
    mark = component.get("isPublic") if component is not None else None
    return without_quotes("true", mark) if mark is not None and mark.data is False else ()


def _hint(action: ActionRef, facts: Facts) -> str:
    if _is_public(action, facts):
        return f"There is a public component `{action.component}`: for that one, write `isPublic: true`."
    return f"Describe it in `components/{action.component}.yml` to have its steps checked and run here."


def _is_first_use(action: ActionRef, facts: Facts) -> bool:
    same = (
        used
        for used in _uses(facts)
        if used is not None and (used.component, used.is_public) == (action.component, action.is_public)
    )
    return next(same, None) is action


def _uses(facts: Facts) -> Iterator[ActionRef | None]:
    """Yield what names a component, in the order in which rules see it."""
    for variable in facts.integration.config_vars:
        yield from (variable.connection, variable.data_source)
    for flow in facts.flows:
        yield from (step.step.action for step in flow.steps)
