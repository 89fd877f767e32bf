"""Inputs that the data source of a config variable needs and does not have.

The catalogue lists no inputs of data sources: what they need is known from the component's connections.
"""

from typing import NamedTuple

from xchange_cli.components.spec import ComponentSpec
from xchange_cli.document.node import Mapping
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.model.integration import ActionRef, ConfigVar, Input
from xchange_cli.source import Span
from xchange_cli.validation.connections import has_connection
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.required_inputs import is_empty

_CODE = "code"
_CONNECTION = "connection"
_WITHOUT_CONNECTION = frozenset({"selectRegion"})
"""Lists that a component knows by heart."""


class Lack(NamedTuple):
    """`given` is None where the variable has no such input."""

    key: str
    given: Input | None
    source: ActionRef

    @property
    def span(self) -> Span:
        """The empty value, or what asks for it: the key of the data source."""
        return self.source.key_node.span if self.given is None else self.given.value_node.span

    @property
    def message(self) -> str:
        if self.given is not None:
            return f"`{self.given.key}` is empty, but the data source `{self.source.key}` needs it"
        return f"the data source `{self.source.key}` needs the input `{self.key}`"


def lacks_code(variable: ConfigVar, facts: Facts) -> Lack | None:
    """Give the missing JavaScript of a data source that consists of nothing else."""
    source, component = _public_source(variable, facts)
    if source is None or component is None or component.key != _CODE or not _has_readable_inputs(variable):
        return None
    given = variable.inputs.get(_CODE)
    return Lack(_CODE, given, source) if given is None or is_empty(given.expression) else None


def lacks_connection(variable: ConfigVar, facts: Facts) -> Lack | None:
    """Give the missing connection of a data source that asks a remote system; protocols and apps do.

    Exports may leave connections out, together with their variables: then nothing is missed.
    """
    source, component = _public_source(variable, facts)
    if source is None or component is None or component.kind == "utility" or not component.connections:
        return None
    if source.key not in component.data_sources or source.key in _WITHOUT_CONNECTION:
        return None
    if not _has_readable_inputs(variable) or any(
        _may_connect(given, facts) for given in variable.inputs.values()
    ):
        return None
    empty = next((given for given in variable.inputs.values() if _is_for_connection(given)), None)
    if empty is None and not has_connection(component.key, facts):
        return None
    return Lack(_CONNECTION, empty, source)


def _public_source(variable: ConfigVar, facts: Facts) -> tuple[ActionRef | None, ComponentSpec | None]:
    component = facts.component(variable.data_source)
    return (None, None) if component is None or component.is_own else (variable.data_source, component)


def _has_readable_inputs(variable: ConfigVar) -> bool:
    written = variable.node.get("inputs")
    return written is None or isinstance(written, Mapping)


def _is_for_connection(given: Input) -> bool:
    return _CONNECTION in given.key.casefold()


def _may_connect(given: Input, facts: Facts) -> bool:
    """Whether an input names a connection, or says something about one that another rule judges."""
    if is_empty(given.expression):
        return False
    if _is_for_connection(given) or not isinstance(given.expression, ConfigValue):
        return _is_for_connection(given)
    named = facts.config_vars.get(given.expression.key)
    return named is None or named.data_type == _CONNECTION
