from enum import StrEnum
from typing import Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.params import not_empty, output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY


class FailOnChange(StrEnum):
    BREAKING = "breaking"
    RISKY = "risky"


_FACTS = "Where it comes from, in place of what git and the CI job say"


def publish(
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY]...",
            help="Integrations: keys, folders or files; by default the one of the working folder.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = None,
    *,
    changed: Annotated[
        bool, typer.Option("--changed", help="Publish those that differ from their newest version.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Publish all integrations of the project.")] = False,
    note: Annotated[
        str | None, typer.Option("--note", "-m", metavar="TEXT", help="What has changed.", show_default=False)
    ] = None,
    note_file: Annotated[
        str,
        typer.Option(
            metavar="FILE", help="A file with the note, or - for standard input.", show_default=False
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be published, and write nothing.")
    ] = False,
    commit: Annotated[
        bool, typer.Option("--commit", help="Commit the registry's files of these versions.")
    ] = False,
    push: Annotated[
        bool, typer.Option("--push", help="Commit them and push; who is later gets the next number.")
    ] = False,
    allow_dirty: Annotated[
        bool, typer.Option("--allow-dirty", help="Publish files that are not committed, too.")
    ] = False,
    any_branch: Annotated[
        bool, typer.Option("--any-branch", help="Publish from any branch, and also an older commit.")
    ] = False,
    unavailable: Annotated[
        bool, typer.Option("--unavailable", help="Publish it as one that cannot be deployed yet.")
    ] = False,
    external_version: Annotated[
        str,
        typer.Option(
            metavar="X.Y.Z|auto",
            help="The version's number elsewhere; auto counts on by the worst change.",
            show_default=False,
        ),
    ] = "",
    fail_on_change: Annotated[
        FailOnChange | None,
        typer.Option(
            help="Publish nothing with changes of this grade that nobody approved (exit code 1).",
            show_default=False,
        ),
    ] = None,
    allow_breaking: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FINGERPRINT|all",
            help="Let this change pass --fail-on-change, of whatever grade; or all. May be repeated.",
            show_default=False,
        ),
    ] = None,
    sign: Annotated[
        str,
        typer.Option(
            metavar="KEYFILE", help="Sign it with this private key.", show_default=False, callback=not_empty
        ),
    ] = "",
    receipt: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Write digests of what is published, for xchange verify.",
            show_default=False,
            callback=not_empty,
        ),
    ] = "",
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    branch: Annotated[
        str, typer.Option(metavar="NAME", help="The branch.", show_default=False, rich_help_panel=_FACTS)
    ] = "",
    commit_hash: Annotated[
        str, typer.Option(metavar="HASH", help="The commit.", show_default=False, rich_help_panel=_FACTS)
    ] = "",
    repository_url: Annotated[
        str, typer.Option(metavar="URL", help="The repository.", show_default=False, rich_help_panel=_FACTS)
    ] = "",
    commit_url: Annotated[
        str,
        typer.Option(
            metavar="URL", help="The page of the commit.", show_default=False, rich_help_panel=_FACTS
        ),
    ] = "",
    pull_request_url: Annotated[
        str,
        typer.Option(
            metavar="URL", help="The page of the pull request.", show_default=False, rich_help_panel=_FACTS
        ),
    ] = "",
    output: Annotated[str, output_option("published")] = "text",
) -> None:
    """Publish integrations: each as an immutable version with the next number.

    A version holds the integration's file, its icon, documentation and attachments, byte for byte. What is committed and
    valid is published, from the default branch. What equals the newest version is not published again. A new version
    says what it means for those who have the one before it: breaking, risky or safe.

    Examples:

      xchange publish order-intake --note "takes orders in EUR, too"
      xchange publish --changed --note "$NOTE" --commit --push
      xchange publish --all --dry-run
      xchange publish order-intake -m hotfix --external-version 1.4.1
      xchange publish --changed -m "$NOTE" --fail-on-change breaking
      xchange publish order-intake -m "$NOTE" --external-version auto

    Exit codes:

      0  published, or published already, or nothing has changed
      1  errors, changes to be approved, a secret, no signature to trust, damage
      2  an option makes no sense, or there is no note
      3  there is no such integration, or a file cannot be read or written
      4  the registry or the git remote refuses the credentials
      5  the registry or the git remote cannot be reached
      6  files are not committed, this is another branch, or somebody was faster or deletes the versions
    """
    from xchange_cli.changes.grade import Grade
    from xchange_cli.cli.publishing import Options, publish_once
    from xchange_cli.release.git.facts_of import GivenFacts
    from xchange_cli.release.publishing.selection import Meant

    options = Options(
        Meant(tuple(keys or ()), changed, every),
        GivenFacts(commit_hash, branch, repository_url, commit_url, pull_request_url),
        note=note,
        note_file=note_file,
        registry=registry,
        endpoint_url=endpoint_url,
        output=output,
        receipt=receipt,
        sign=sign,
        external_version=external_version,
        dry_run=dry_run,
        allow_dirty=allow_dirty,
        any_branch=any_branch,
        unavailable=unavailable,
        commit=commit,
        push=push,
        fail_on_change=Grade[fail_on_change.name] if fail_on_change is not None else None,
        allow_breaking=tuple(allow_breaking or ()),
    )
    raise typer.Exit(publish_once(options))
