"""What `upstream resolve` takes: names of conflicts, a side, and the integration."""

from collections.abc import Sequence

import typer

_SIDES = [("ours", "the version above"), ("theirs", "the version below")]


def conflicts_and_sides(context: typer.Context) -> Sequence[str | tuple[str, str]]:
    """Offer names first, where not all are meant, then sides, then integrations with conflicts."""
    typed = list(context.params.get("arguments") or ())
    if not context.params.get("everything"):
        if not typed:
            return _names()
        typed = typed[1:]
    return _keys() if typed else _SIDES


def _names() -> list[tuple[str, str]]:
    from xchange_cli.cli.here import here
    from xchange_cli.project.project import Project
    from xchange_cli.project.waiting import waiting_in
    from xchange_cli.release.upstream.conflicts import open_conflicts
    from xchange_cli.release.upstream.marked import marked_target

    folder = here()
    target = marked_target(Project.find(folder), None, folder)
    found = {one.name: one.hunk.flow for one in open_conflicts(target.read()) if one.name}
    files = waiting_in(target.path.parent) if target.path is not None else ()
    return [
        *((name, f"in {flow}" if flow else "") for name, flow in found.items()),
        *((one, "") for one in files),
    ]


def _keys() -> list[str]:
    from xchange_cli.cli.here import here
    from xchange_cli.project.project import Project
    from xchange_cli.release.upstream.marked import marked_targets

    folder = here()
    return [one.key for one in marked_targets(Project.find(folder), folder)]
