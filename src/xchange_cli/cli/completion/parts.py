"""Parts of the integration that the line names: its flows, steps and config variables."""

from collections.abc import Iterator

import typer

from xchange_cli.cli.completion.integrations import named


def flows(context: typer.Context) -> list[str]:
    return [flow.name for flow in named(context).integration.flows]


def steps(context: typer.Context) -> list[tuple[str, str]]:
    """Offer step keys, of one flow where the line names it."""
    return [*dict(_steps(context)).items()]


def mocked_steps(context: typer.Context) -> list[tuple[str, str]]:
    """Offer the beginnings of `STEP=VALUE`."""
    return [(f"{key}=", name) for key, name in steps(context)]


def config_vars(context: typer.Context) -> list[str]:
    return [variable.key for variable in named(context).integration.config_vars]


def config_var_values(context: typer.Context) -> list[str]:
    """Offer the beginnings of `KEY=VALUE`."""
    return [f"{key}=" for key in config_vars(context)]


def renamable(context: typer.Context) -> list[tuple[str, str]]:
    """Offer what has a name of the kind that the line says: flow, step or config-var."""
    kind = str(context.params.get("kind"))
    if kind == "step":
        return [(name, key) for key, name in steps(context)]
    return [(name, "") for name in (flows(context) if kind == "flow" else config_vars(context))]


def _steps(context: typer.Context) -> Iterator[tuple[str, str]]:
    from xchange_cli.expression.step_names import step_ref
    from xchange_cli.model.walk import walk_integration

    wanted = context.params.get("flow")
    for flow, placed in walk_integration(named(context).integration):
        if not wanted or wanted in {flow.name, step_ref(flow.name)}:
            yield placed.step.ref, placed.step.name
