"""Secrets in clear text."""

from collections.abc import Iterator

from mutations.changes import replace
from mutations.correct import Breakage, Correct, broken
from xchange_cli.document.node import Sequence
from xchange_cli.expression.ast import Literal

_TOKEN = "ghp_" + "R4nD0mL00k1ngT0kenF0rT3sts123456"


def write_the_secret_of_a_connection(file: Correct) -> Iterator[Breakage]:
    """Secrets are set where the integration is deployed; the file is read by many."""
    for variable in file.variables:
        component = file.facts.component(variable.connection)
        spec = (
            component.connections.get(variable.connection.key) if component and variable.connection else None
        )
        for given in variable.inputs.values():
            known = spec.inputs.get(given.key) if spec else None
            if known is not None and known.secret and given.expression == Literal("", given.node):
                yield broken(replace(given.value_node, "c9f2Xq81LmZ0vBt7"))


def write_a_token_into_a_header(file: Correct) -> Iterator[Breakage]:
    """A token belongs into a connection."""
    for step in file.named("http"):
        headers = step.step.inputs.get("headers")
        if headers is not None and isinstance(headers.value_node, Sequence):
            text = f"[{{name: Authorization, type: value, value: Bearer {_TOKEN}}}]"
            yield broken(replace(headers.value_node, text))


def write_a_token_into_code(file: Correct) -> Iterator[Breakage]:
    """A token belongs into a connection."""
    for _, code in file.codes():
        at = code.value.find("module.exports")
        place = code.span_of(at, at + len("module.exports"))
        yield broken(replace(place, f'const TOKEN = "{_TOKEN}"; module.exports'))


def write_a_token_into_a_url(file: Correct) -> Iterator[Breakage]:
    """A token belongs into a connection."""
    for step, template in file.templates():
        if step.step.action and step.step.action.component == "http" and "\n" not in template.node.span.text:
            yield broken(replace(template.node, f"'https://api.example.com/items?api_key={_TOKEN}'"))


def write_a_password_into_a_default(file: Correct) -> Iterator[Breakage]:
    """The file is read by many."""
    for variable in file.variables:
        default = variable.node.get("defaultValue")
        if variable.data_type == "string" and not variable.collection and default is not None:
            yield broken(replace(default, f"'https://admin:{_TOKEN}@api.example.com'"))
