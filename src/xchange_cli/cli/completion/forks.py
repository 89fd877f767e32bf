"""Forks of the project, and what they can be brought to."""

from itertools import islice

import typer

from xchange_cli.cli.completion.integrations import first_argument

_MOST = 30


def forks() -> list[tuple[str, str]]:
    """Offer the keys of forks, each with what it is a fork of."""
    from xchange_cli.cli.here import here
    from xchange_cli.project.keys import key_of
    from xchange_cli.project.project import Project
    from xchange_cli.release.forking.listed_forks import parent_named

    files = Project.find(here()).integration_files()
    parents = ((key_of(file), parent_named(file)) for file in files)
    return [(key, f"a fork of {parent}") for key, parent in parents if parent]


def upstream_versions(context: typer.Context) -> list[tuple[str, str]]:
    """Offer the parent's versions, the newest first, and its working copy."""
    from xchange_cli.cli.here import here
    from xchange_cli.cli.registry_option import opened_registry
    from xchange_cli.release.upstream.fork import fork_of, fork_target

    folder = here()
    project, registry = opened_registry("")
    parent = fork_of(fork_target(project, first_argument(context) or None, folder), folder).origin.key
    versions = islice(registry.versions(parent), _MOST)
    return [
        ("latest", "the newest version"),
        *((str(one.number), one.note.partition("\n")[0]) for one in versions),
        (parent, "the working copy"),
    ]
