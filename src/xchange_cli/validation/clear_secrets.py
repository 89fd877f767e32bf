"""Secrets in clear text: where they stand in an integration."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xchange_cli.components.spec import InputSpec
from xchange_cli.configset.connection_spec import connection_spec
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.node import Scalar
from xchange_cli.expression.ast import Expression, Items, Literal, Template, walk
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.source import Span
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.secret_texts import (
    assigned_secrets,
    is_random_under,
    is_stand_in,
    looks_random,
    may_hold_tokens,
    names_secret,
    tokens_in,
)
from xchange_cli.validation.step_inputs import Said, StepInputs, said_in

_NO_SPECS: Mapping[str, InputSpec] = {}


class ClearSecret(NamedTuple):
    """`span` is the secret; `message` and `subject` do not tell it."""

    span: Span
    message: str
    subject: str
    is_in_connection: bool = False


def secrets_in_integration(facts: Facts) -> Iterator[ClearSecret]:
    """Yield the secrets in inputs and default values: known ones, those in headers, and those in code."""
    has_tokens = may_hold_tokens(_written_in(facts))
    for variable in facts.integration.config_vars:
        spec = connection_spec(variable, facts.catalog)
        is_connection = variable.data_type == "connection"
        for given in variable.inputs.values():
            known = (spec.inputs if spec else _NO_SPECS).get(given.key)
            is_random = is_connection and known is None
            for found in _in_input(given, known, has_tokens=has_tokens, by_name=is_random):
                yield found._replace(is_in_connection=is_connection)
        yield from _in_default(variable, has_tokens=has_tokens)
    for flow in facts.flows:
        for step in flow.steps:
            specs = step.spec.inputs if step.spec else _NO_SPECS
            for given in step.step.inputs.values():
                known = specs.get(given.key)
                if has_tokens or _may_be_secret(given, known):
                    yield from _in_input(given, known, has_tokens=has_tokens)


def _may_be_secret(given: Input, known: InputSpec | None) -> bool:
    """Tell fast whether an input may hold a secret that is no well-known kind of token: most cannot."""
    if known is not None and (known.secret or known.type == "code"):
        return True
    return isinstance(given.expression, Items) and "header" in given.key.lower()


def _written_in(facts: Facts) -> str:
    """Give all texts that may hold secrets, which are a small part of the file."""
    of_steps = [text for flow in facts.flows for step in flow.steps for text in _texts(step.inputs)]
    variables = facts.integration.config_vars
    of_variables = [text for variable in variables for text in _texts(said_in(variable.inputs))]
    defaults = [node.value for one in variables if isinstance(node := one.node.get("defaultValue"), Scalar)]
    return "\n".join((*of_steps, *of_variables, *defaults))


def _texts(said: StepInputs | Said) -> tuple[str, str]:
    return said.literal_text, said.template_text


def _in_default(variable: ConfigVar, *, has_tokens: bool) -> Iterator[ClearSecret]:
    node = variable.node.get("defaultValue")
    if not isinstance(node, Scalar) or not variable.default:
        return
    if is_random_under(variable.key, variable.default):
        message = f"the default value of `{variable.key}` is a secret in clear text"
        yield ClearSecret(node.span, message, variable.key)
    elif has_tokens:
        yield from tokens_of(node)


def _in_input(
    given: Input, known: InputSpec | None, *, has_tokens: bool, by_name: bool = False
) -> Iterator[ClearSecret]:
    """Yield what is secret: the whole input if it is known to be, else what looks like it."""
    expression = given.expression
    text = _plain_text(expression)
    if text and ((known is not None and known.secret) or (by_name and is_random_under(given.key, text))):
        if not is_stand_in(text):
            message = f"the secret input `{given.key}` is written in clear text"
            yield ClearSecret(given.value_node.span, message, given.key)
        return
    headers: list[ClearSecret] = []
    if isinstance(expression, Items) and "header" in given.key.lower():
        headers = list(_in_headers(expression))
        yield from headers
    if has_tokens:
        yield from (found for found in _tokens(expression) if not _is_told(found, headers))
    if text and known is not None and known.type == "code" and isinstance(expression.node, Scalar):
        for name, found in assigned_secrets(text):
            message = f"what looks like a secret is given to `{name}` in clear text"
            yield ClearSecret(expression.node.span_of(found.start, found.end), message, name)


def _plain_text(expression: Expression) -> str:
    """Give a text that no reference is part of; empty for everything else."""
    match expression:
        case Literal(str(text)):
            return text
        case Template(parts) if all(isinstance(part, str) for part in parts):
            return "".join(part for part in parts if isinstance(part, str))
    return ""


def _in_headers(items: Items) -> Iterator[ClearSecret]:
    for item in items.items:
        text = _plain_text(item.value)
        name = item.name if isinstance(item.name, str) else ""
        if name and text and names_secret(name) and looks_random(text.rpartition(" ")[2]):
            value = item.node.get("value") if isinstance(item.node, MappingNode) else None
            if value is not None and not is_stand_in(text):
                yield ClearSecret(value.span, f"the header `{name}` holds a secret in clear text", name)


def _is_told(found: ClearSecret, others: list[ClearSecret]) -> bool:
    return any(other.span.start <= found.span.start < other.span.end for other in others)


def _tokens(expression: Expression) -> Iterator[ClearSecret]:
    for part in walk(expression):
        if isinstance(part, Literal | Template) and isinstance(part.node, Scalar):
            yield from tokens_of(part.node)


def tokens_of(node: Scalar) -> Iterator[ClearSecret]:
    """Yield the well-known tokens in a text."""
    for found in tokens_in(node.value):
        size = found.end - found.start
        message = f"this looks like a secret in clear text ({found.kind}, {size} characters)"
        yield ClearSecret(node.span_of(found.start, found.end), message, found.kind)
