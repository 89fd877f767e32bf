"""What every project knows: rules, components with their actions, and schemas."""

import typer


def rules() -> list[str]:
    """Offer rules and other findings, house rules apart: no rule is loaded for that."""
    from xchange_cli.validation.pages import names

    return sorted(names())


def explained() -> list[str]:
    """Offer what `explain` explains: rules, and kinds of change."""
    from xchange_cli.changes.table import kinds

    return sorted({*rules(), *(kind.id for kind in kinds())})


def rule_list(incomplete: str) -> list[str]:
    """Offer rules behind the last comma."""
    before, comma, _ = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in rules()]


def components() -> list[tuple[str, str]]:
    """Offer those of the catalogue, and the project's own by the names of their files."""
    from xchange_cli.cli.here import here
    from xchange_cli.components.catalog import Catalog
    from xchange_cli.project.project import Project

    own = ((file.stem, "of this project") for file in Project.find(here()).component_files())
    return [*((entry.key, entry.title) for entry in Catalog.load().entries()), *own]


def actions(context: typer.Context) -> list[str]:
    """Offer the actions, triggers and connections of the component that the line names."""
    from xchange_cli.components.catalog import Catalog

    entry = Catalog.load().entry(str(context.params.get("key") or ""))
    return [*entry.actions, *entry.triggers, *entry.connections] if entry else []


def schemas() -> list[str]:
    from xchange_cli import schemas as published

    return list(published.names())
