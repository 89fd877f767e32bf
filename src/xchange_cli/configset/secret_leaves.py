"""Which values are secret, beyond those that a config set calls so: leaves of values, and inputs of actions."""

from collections.abc import Iterator, Mapping
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.scope import ConfigScope
from xchange_cli.expression.ast import Reference, walk
from xchange_cli.expression.evaluate import compile_expression
from xchange_cli.javascript.values import to_text
from xchange_cli.model.integration import Integration, Step
from xchange_cli.model.walk import walk_integration
from xchange_cli.redaction import Secret


def leaves(name: str, value: Any) -> Iterator[Secret]:
    """Yield the texts and numbers in a value under names that say where they stand.

    A number counts as Python writes it and as JavaScript does, which keeps fewer digits. Truth values are left
    out: nobody can keep one of two values secret.
    """
    match value:
        case Mapping():
            for key, item in value.items():
                yield from leaves(f"{name}.{key}", item)
        case list() | tuple():
            for index, item in enumerate(value):
                yield from leaves(f"{name}.{index}", item)
        case str() if value:
            yield Secret(name, value)
        case int() | float() if not isinstance(value, bool):
            yield from (Secret(name, text) for text in dict.fromkeys((str(value), to_text(value))))


def secret_inputs(integration: Integration, catalog: Catalog, config: Mapping[str, Any]) -> Iterator[Secret]:
    """Yield what steps give to inputs that the catalogue marks secret.

    Inputs that use results of other steps are known only during a run, and not to be found here.
    Warnings are left to the run, which evaluates the inputs again.
    """
    for _, placed in walk_integration(integration):
        yield from _secrets_of(placed.step, catalog, config)


def _secrets_of(step: Step, catalog: Catalog, config: Mapping[str, Any]) -> Iterator[Secret]:
    ref = step.action
    spec = catalog.action(ref.component, ref.key, is_public=ref.is_public) if ref else None
    for key, given in step.inputs.items():
        known = spec.inputs.get(key) if spec else None
        if known is None or not known.secret:
            continue
        if not any(isinstance(part, Reference) for part in walk(given.expression)):
            value = compile_expression(given.expression)(ConfigScope(config))
            yield from leaves(f"{step.name}.{key}", value)
