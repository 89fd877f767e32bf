"""The text of an integration as a record keeps it."""

from collections.abc import Iterator

from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import Input, Integration
from xchange_cli.model.walk import walk_integration
from xchange_cli.redaction import SHORTEST_ANYWHERE, Redactor, tag


def stored_text(integration: Integration, redactor: Redactor) -> str:
    """Give the file's text without secrets.

    Those that are too short to be looked for anywhere are found where they are the whole value of an input.
    """
    text = integration.node.source.text
    if redactor.is_empty:
        return text
    for start, end, name in sorted(_short_ones(integration, redactor), reverse=True):
        text = f'{text[:start]}"{tag(name)}"{text[end:]}'
    return redactor.text(text)


def _short_ones(integration: Integration, redactor: Redactor) -> Iterator[tuple[int, int, str]]:
    for given in _inputs(integration):
        value = given.expression.value if isinstance(given.expression, Literal) else None
        if isinstance(value, str) and len(value) < SHORTEST_ANYWHERE:
            name = redactor.name_of(value)
            if name is not None:
                span = given.value_node.span
                yield span.start, span.end, name


def _inputs(integration: Integration) -> Iterator[Input]:
    for variable in integration.config_vars:
        yield from variable.inputs.values()
    for _, placed in walk_integration(integration):
        yield from placed.step.inputs.values()
