"""Who uses the config variables of an integration."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.model.integration import ConfigVar, Input, Integration
from xchange_cli.validation.code_inputs import codes_of_config_var, codes_of_step
from xchange_cli.validation.facts import CodeUse, Dialect, Facts, StepFacts
from xchange_cli.validation.hidden_tokens import without_tokens_in
from xchange_cli.validation.step_inputs import parts_of

_CODE_WORD = "configVars"


class Use(NamedTuple):
    """A step of a flow that uses a config variable or, where these are empty, another `variable` that does."""

    flow: str
    step: str
    variable: str = ""


Uses = Mapping[str, tuple[Use, ...]]
"""By the key of the config variable, in the order of the file, each step and variable once."""


def uses_of(integration: Integration, catalog: Catalog) -> Uses:
    """Find the uses of all config variables, also of those that are not defined.

    What code reads of `configVars` counts where its name stands in the code.
    """
    facts = Facts(integration, catalog)
    found: dict[str, dict[Use, None]] = {variable.key: {} for variable in integration.config_vars}
    for key, use in _all(facts):
        found.setdefault(key, {})[use] = None
    return {key: tuple(uses) for key, uses in found.items()}


def _all(facts: Facts) -> Iterator[tuple[str, Use]]:
    for variable in facts.integration.config_vars:
        use = Use("", "", variable.key)
        yield from ((key, use) for key in _of_variable(variable, facts))
    for flow in facts.flows:
        name = without_tokens_in(flow.flow.name)
        for step in flow.steps:
            use = Use(name, without_tokens_in(step.step.name))
            yield from ((key, use) for key in _of_step(step))


def _of_variable(variable: ConfigVar, facts: Facts) -> Iterator[str]:
    yield from _named(variable.inputs)
    for code in codes_of_config_var(variable, facts):
        yield from _read_by(code)


def _of_step(step: StepFacts) -> Iterator[str]:
    schedule = step.step.schedule
    if schedule is not None and schedule.kind == "configVar" and schedule.value:
        yield schedule.value
    yield from _named(step.step.inputs)
    for code in codes_of_step(step):
        yield from _read_by(code)


def _named(inputs: Mapping[str, Input]) -> Iterator[str]:
    return (part.key for _, part in parts_of(inputs) if isinstance(part, ConfigValue) and part.key)


def _read_by(code: CodeUse) -> Iterator[str]:
    if _CODE_WORD not in code.code or code.dialect is Dialect.FUNCTION:
        return
    from xchange_cli.javascript.reading.uses import uses

    yield from (one.name for one in uses(code.code) if one.kind == "config")
