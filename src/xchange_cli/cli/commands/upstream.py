from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion.conflicts import conflicts_and_sides
from xchange_cli.cli.completion.forks import forks, upstream_versions
from xchange_cli.cli.completion.parts import flows
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY

if TYPE_CHECKING:
    from xchange_cli.components.catalog import Catalog
    from xchange_cli.project.project import Project
    from xchange_cli.registry.registry import Registry
    from xchange_cli.release.upstream.fork import Fork

upstream = typer.Typer(rich_markup_mode="rich", no_args_is_help=True)

_KEY = typer.Argument(
    metavar="[KEY]",
    help="The fork: its key, folder or file. By default the one around the working folder, or the project's only fork.",
    show_default=False,
    autocompletion=forks,
)


@upstream.callback()
def _about() -> None:
    """Look at what the parent of a fork has changed, and bring it into the fork.

    The fork, its parent and fork.base.yml are merged by flow, step, config variable, page and input, not by line; icon,
    documentation and attachments are merged file by file.

    Examples:

      xchange upstream status
      xchange upstream pull acme-orders --preview
      xchange upstream resolve 'Get Orders' theirs
    """


@upstream.command()
def status(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="[KEY]",
            help="The fork: its key, folder or file. By default the one around the working folder, else all forks.",
            show_default=False,
            autocompletion=forks,
        ),
    ] = None,
    *,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("upstream_status")] = "text",
) -> None:
    """Show what a fork and its parent have changed since the fork was made, each change with its grade.

    A fork of a version is behind the newest version that is available, any other one behind the parent's working copy.

    Examples:

      xchange upstream status
      xchange upstream status acme-orders --output json

    Exit codes:

      0  shown, whether the fork is behind or not
      1  a file is no integration, or fork.base.yml is not what fork.json says
      3  there is no fork, or no parent of it, or a file cannot be read
      4  the registry refuses access
      5  the registry cannot be reached
      6  shown, and conflicts of a pull are to settle; or the parent has the marks of a merge that is not finished
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.exits import Exit
    from xchange_cli.cli.here import here
    from xchange_cli.formats import error_text
    from xchange_cli.release.upstream.status import statuses

    project, known, catalog = _opened(key, registry, endpoint_url)
    found = statuses(project, key, here(), catalog, known)
    formats.write("upstream_status", output, found, sys.stdout)
    sys.stdout.flush()
    for trouble in found.troubles:
        error_text.render(trouble, sys.stderr)
    if found.troubles:
        raise typer.Exit(Exit.UNREADABLE)
    if not all(one.is_settled for one in found.forks):
        raise typer.Exit(Exit.CONFLICT)


@upstream.command()
def pull(
    key: Annotated[str | None, _KEY] = None,
    *,
    to: Annotated[
        str,
        typer.Option(
            metavar="VERSION",
            help="A number, latest, or the parent's key for its working copy; by default what status shows.",
            show_default=False,
            autocompletion=upstream_versions,
        ),
    ] = "",
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what would change in the fork, and write nothing.")
    ] = False,
    allow_dirty: Annotated[
        bool,
        typer.Option("--allow-dirty", help="Pull also where git has not got the fork as it is."),
    ] = False,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("upstream_pulled")] = "text",
) -> None:
    """Bring what the parent has changed into a fork, by a merge of flows, steps, config variables, pages and inputs.

    What the parent has not touched stays as it is, with comments, order and quotes, and so do the name and the
    description that the fork has given itself. Where both have changed the same, both versions are written between
    marks; `xchange upstream resolve` takes one. Icon, documentation and attachments come along where the fork has left
    them alone; of one that both have changed, the parent's version waits in fork.upstream. fork.base.yml and fork.json
    go along at once.

    Examples:

      xchange upstream pull --preview
      xchange upstream pull acme-orders --to 4
      xchange upstream pull acme-orders --to latest --output json

    Exit codes:

      0  pulled, or there was nothing to pull
      1  a file is no integration, or fork.base.yml is not what fork.json says; nothing was written
      2  --to names no version of the parent, or several forks could be meant
      3  there is no fork, or no such version; or a file cannot be read or written
      4  the registry refuses access
      5  the registry cannot be reached
      6  conflicts are to settle; or an earlier merge is not finished, or the fork is not committed: nothing was written
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.exits import Exit
    from xchange_cli.release.upstream.pull import PullWish
    from xchange_cli.release.upstream.pull import pull as pull_it

    project, known, catalog = _opened(key, registry, endpoint_url)
    fork = _fork(project, key)
    done = pull_it(project, fork, PullWish(to, preview, allow_dirty), catalog, known)
    formats.write("upstream_pulled", output, done, sys.stdout)
    sys.stdout.flush()
    if done.upstream is not None and done.upstream.state is not None and not done.upstream.state.available:
        _warn_of_unavailable(done.upstream.name, done.upstream.state.because)
    if done.conflicts or done.waiting:
        raise typer.Exit(Exit.CONFLICT)


@upstream.command()
def resolve(
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME ours|theirs [KEY]",
            help="A step, a flow, a config variable, a page, a key of the file, or a file such as docs/setup.md; which side counts; "
            "and the integration. "
            "With --all there is no name.",
            show_default=False,
            autocompletion=conflicts_and_sides,
        ),
    ],
    *,
    everything: Annotated[bool, typer.Option("--all", help="Settle all conflicts that are left.")] = False,
    flow: Annotated[
        str,
        typer.Option(metavar="NAME", help="The flow of the step.", show_default=False, autocompletion=flows),
    ] = "",
    output: Annotated[str, output_option("upstream_resolved")] = "text",
) -> None:
    """Settle the conflicts of a merge in a step, in something else or in a file beside it, by taking one side.

    It does so in any integration, whether `xchange upstream pull` or git has left the marks. `ours` is the fork, `theirs`
    the parent; in git's merges they are what git calls so. Steps go by their names or their keys. Without a key, the
    integration around the working folder is meant, else the only one with conflicts. The lines between the marks can be
    edited by hand instead.

    Examples:

      xchange upstream resolve 'Get Orders' theirs
      xchange upstream resolve 'Page Size' ours acme-orders
      xchange upstream resolve docs/setup.md theirs
      xchange upstream resolve --all ours

    Exit codes:

      0  settled, and none is left
      2  it is not clear what is meant: nothing was changed
      3  there is no such conflict, or the file cannot be read or written
      6  settled, and others are left
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.exits import Exit
    from xchange_cli.cli.here import here
    from xchange_cli.cli.resolving import resolve_words
    from xchange_cli.project.find import project_of
    from xchange_cli.release.upstream.marked import marked_target
    from xchange_cli.release.upstream.resolve import ResolveWish, settle

    words = resolve_words(arguments, everything=everything)
    folder = here()
    project = project_of([words.key] if words.key else [], folder)
    target = marked_target(project, words.key, folder)
    done = settle(project, target, folder, ResolveWish(words.side, words.name, flow))
    formats.write("upstream_resolved", output, done, sys.stdout)
    if done.left or done.left_files:
        raise typer.Exit(Exit.CONFLICT)


@upstream.command()
def detach(
    key: Annotated[str | None, _KEY] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Detach without asking for the key.")] = False,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("upstream_detached")] = "text",
) -> None:
    """Make a fork an integration like any other: remove fork.json and fork.base.yml.

    Files of the parent that wait in fork.upstream go along. Nothing can be pulled into it any more. On a terminal the key has to be typed, elsewhere --yes is needed.

    Examples:

      xchange upstream detach acme-orders
      xchange upstream detach acme-orders --yes

    Exit codes:

      0  done
      1  fork.json is not what `xchange fork` writes
      2  neither --yes nor the key was given, or several forks could be meant
      3  there is no fork, or the system refuses; nothing was removed
      6  a file was changed meanwhile; nothing was removed
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.marking import tell_to_commit
    from xchange_cli.cli.typed_key import require_typed
    from xchange_cli.formats import silence_text
    from xchange_cli.release.upstream.detach import detach as detach_it

    project, known = _with_registry(key, registry, endpoint_url)
    fork = _fork(project, key)
    if not yes:
        require_typed(fork.key, f"xchange upstream detach {fork.key} --yes", "detach", output)
    done = detach_it(project, fork, known)
    formats.write("upstream_detached", output, done, sys.stdout)
    sys.stdout.flush()
    silence_text.render(done.silence, sys.stderr)
    tell_to_commit(project, registry, fork.origin.key, f"Detach {fork.key}", [fork.place])


def _opened(key: str | None, url: str, endpoint_url: str) -> "tuple[Project, Registry, Catalog]":
    from xchange_cli.cli.here import here
    from xchange_cli.validation.project_files import read_project_files

    project, registry = _with_registry(key, url, endpoint_url)
    return project, registry, read_project_files(project, here()).catalog


def _with_registry(key: str | None, url: str, endpoint_url: str) -> "tuple[Project, Registry]":
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.release.registry_of import registry_of

    folder = here()
    project = project_of([key] if key else [], folder)
    return project, registry_of(project, url, folder=folder, endpoint_url=endpoint_url)


def _fork(project: "Project", key: str | None) -> "Fork":
    from xchange_cli.cli.here import here
    from xchange_cli.release.upstream.fork import fork_of, fork_target

    folder = here()
    return fork_of(fork_target(project, key, folder), folder)


def _warn_of_unavailable(name: str, because: str) -> None:
    import sys

    from xchange_cli.formats import warning_text

    warning_text.render(f"{name} is marked as unavailable{f': {because}' if because else ''}", sys.stderr)
