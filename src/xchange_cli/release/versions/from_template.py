"""Begins an integration with a version that is offered as a template."""

from pathlib import Path

from xchange_cli.authoring.new_integration import NewIntegration, Wish, begin_integration
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project
from xchange_cli.registry.registry import Registry
from xchange_cli.release.versions.addressing import unknown_key
from xchange_cli.release.versions.version_origin import version_origin

TEMPLATE = "template:"
"""How `--from` names one: `template:order-intake`."""


def begin_from_template(project: Project, wish: Wish, folder: Path, registry: Registry) -> NewIntegration:
    """Write the files of a new integration that begins with the newest version offered, and check them.

    Raises:
        XchangeError: NOT_FOUND when no version is offered; else as `begin_integration` and the registry do.

    """
    key = wish.origin.removeprefix(TEMPLATE)
    manifest = registry.manifest(key, _newest_offered(registry, key))
    return begin_integration(project, wish, folder, template=version_origin(registry, manifest))


def _newest_offered(registry: Registry, key: str) -> int:
    """Give the newest version that is offered; one that is unavailable is not."""
    summary = registry.summary(key)
    if summary is None:
        raise unknown_key(registry, key)
    states = registry.states(key)
    offered = [one.number for one in summary.templates]
    available = [number for number in offered if states[number].available]
    if available:
        return max(available)
    if offered:
        newest = f"{key}@{max(offered)}"
        message = f"{newest} is offered as a template, but it is unavailable"
        hint = f"`xchange mark {newest} available` makes it available."
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint=hint)
    message = f"no version of {key} is offered as a template"
    hint = f"`xchange template {key}@{summary.number} org` offers the newest one."
    raise XchangeError(ErrorCode.NOT_FOUND, message, hint=hint)


def offered_templates(registry: Registry) -> tuple[str, ...]:
    """Give the keys of the integrations of which a version is offered.

    Raises:
        XchangeError: as the registry does.

    """
    return tuple(one.key for one in registry.summaries() if one.templates)
