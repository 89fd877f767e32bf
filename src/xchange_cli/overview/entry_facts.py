"""The text of an integration file → the facts that a list keeps of it. The document is gone afterwards."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.document.parse import parse
from xchange_cli.errors import XchangeError
from xchange_cli.model.build import build
from xchange_cli.model.integration import ActionRef, ConfigVar, Flow, Integration
from xchange_cli.model.walk import walk_flow, walk_integration
from xchange_cli.overview.entry import Facts, FlowEntry, Problem
from xchange_cli.overview.entry_triggers import kinds_of
from xchange_cli.project.integration_file import opened
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation.hidden_tokens import without_tokens_in
from xchange_cli.validation.secret_texts import may_hold_tokens


def facts_of(data: bytes) -> Facts:
    """Give what a file says, and what is wrong with it if it is none; tokens of known kinds are taken out."""
    try:
        source = Source.decode("", data)
    except XchangeError as error:
        return Facts(problem=_problem(error), is_known=False)
    try:
        return _facts(opened(Target("", "", Path()), source).integration)
    except XchangeError as error:
        integration = build(parse(source).root)
        known = Facts(is_known=False) if integration is None else _facts(integration)
        return known._replace(problem=_problem(error))


def _problem(error: XchangeError) -> Problem:
    place = error.place
    line, column = (place.line, place.column) if place else (0, 0)
    return Problem(without_tokens_in(error.message), without_tokens_in(error.hint), line, column)


def _facts(integration: Integration) -> Facts:
    root = integration.node
    actions = [placed.step.action for _, placed in walk_integration(integration)]
    used = [*actions, *_of_config_vars(integration)]
    return Facts(
        name=_clean(integration.name),
        description=_clean(_text(root, "description").strip()),
        category=_clean(_text(root, "category")),
        labels=tuple(map(_clean, _labels(root))),
        flows=tuple(map(_flow, integration.flows)),
        components=tuple(sorted({one.component for one in used if one and one.component})),
        actions=tuple(sorted({(one.component, one.key) for one in actions if one and one.key})),
        connections=tuple(map(_connection, filter(_is_connection, integration.config_vars))),
        config_vars=tuple(_clean(variable.key) for variable in integration.config_vars),
        endpoint_type=integration.endpoint_type,
    )


def _flow(flow: Flow) -> FlowEntry:
    action = flow.trigger.action if flow.trigger else None
    return FlowEntry(
        name=_clean(flow.name),
        kinds=kinds_of(flow),
        component=action.component if action else "",
        action=action.key if action else "",
        is_synchronous=flow.is_synchronous,
        step_lines="\n".join(_line(placed.step.name) for placed in walk_flow(flow)),
    )


def _line(name: str) -> str:
    """Give a name on one line; what has none is `-`, so that each step has its line."""
    return _clean(" ".join(name.split())) or "-"


def _of_config_vars(integration: Integration) -> Iterator[ActionRef | None]:
    for variable in integration.config_vars:
        yield variable.connection
        yield variable.data_source


def _is_connection(variable: ConfigVar) -> bool:
    return variable.data_type == "connection" or variable.connection is not None


def _connection(variable: ConfigVar) -> tuple[str, str]:
    """Name a connection and its component, which a shared one does not tell."""
    return (_clean(variable.key), variable.connection.component if variable.connection else "")


def _text(root: Mapping, key: str) -> str:
    found = root.text(key)
    return found.value if found is not None else ""


def _labels(root: Mapping) -> Iterator[str]:
    found = root.sequence("labels")
    for item in found.items if found is not None else ():
        if isinstance(item, Scalar) and item.value:
            yield item.value


def _clean(text: str) -> str:
    return without_tokens_in(text) if may_hold_tokens(text) else text
