"""The literals of a step or a config variable that the catalogue has an input for."""

from collections.abc import Iterator

from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.step_inputs import Specified, literals_in, specified_in


def literals_of_step(step: StepFacts) -> tuple[Specified, ...]:
    return step.inputs.literals


def literals_of_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Specified]:
    """Yield the literals of a connection variable; of data sources the catalogue knows no inputs."""
    component = facts.component(variable.connection)
    if component is None or variable.connection is None:
        return
    connection = component.connections.get(variable.connection.key)
    if connection is not None:
        yield from literals_in(tuple(specified_in(variable.inputs, connection.inputs)))
