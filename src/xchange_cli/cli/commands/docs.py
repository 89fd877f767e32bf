from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import REGISTRY
from xchange_cli.errors import ErrorCode, XchangeError

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.cli.serving import Page
    from xchange_cli.overview.documentation import Documentation
    from xchange_cli.project.integration_file import IntegrationFile
    from xchange_cli.project.project import Project

_STDOUT = "-"


def docs(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="[KEY[@VERSION]]",
            help="An integration: its key, folder or file; by default the one around the working folder. With a "
            "version, what was published as that.",
            show_default=False,
            autocompletion=versions,
        ),
    ] = None,
    *,
    edit: Annotated[
        bool, typer.Option("--edit", help="Edit the text of the key `documentation` in your editor.")
    ] = False,
    html: Annotated[
        str,
        typer.Option(
            metavar="FILE|-", help="Write one page with everything, flow charts included.", show_default=False
        ),
    ] = "",
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve that page on this machine and load it again on every save.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            metavar="PORT",
            help="With --serve: the port; by default a free one.",
            show_default=False,
        ),
    ] = None,
    registry: Annotated[str, REGISTRY] = "",
    output: Annotated[str, output_option("documentation")] = "text",
) -> None:
    """Read or write the documentation of an integration.

    It is what stands under the key `documentation`, and in the files docs/*.md beside the integration. The page has, in
    addition, what the file says by itself: triggers, config variables, connections and flows with their charts.
    The editor is the command in VISUAL or EDITOR; it has to wait until the file is closed.

    Examples:

      xchange docs order-intake
      xchange docs order-intake --edit
      xchange docs order-intake@3 --html order-intake.html
      xchange docs order-intake --serve

    Exit codes:

      0    done
      1    the file is no YAML, or has no place for the text; the version is not what was published
      2    wrong options, no editor is set, or a character that nobody can see
      3    there is no such integration or version, or a file cannot be read or written
      4    the registry refuses access to the version
      5    the registry with the version cannot be reached
      6    the file was changed meanwhile, or FILE is no page that may be replaced
      130  serving was ended by Ctrl-C
    """
    from xchange_cli.cli.here import here
    from xchange_cli.cli.published import subject_of
    from xchange_cli.project.find import project_of

    _require_one_wish(
        {"--edit": edit, "--html": bool(html), "--serve": serve, "--output json": output != "text"}
    )
    if port is not None and not serve:
        raise XchangeError(ErrorCode.USAGE, "--port is of no use without --serve")
    folder = here()
    project = project_of([key] if key else [], folder)
    with subject_of(project, key, folder, registry) as subject:
        file = subject.file
        if subject.manifest is not None and (edit or serve):
            raise _unchanging(file, "--edit" if edit else "--serve")
        if edit:
            _edit(file)
        elif html:
            _write_page(file, project, html, folder)
        elif serve:
            _serve(file, project, port or 0, folder)
        else:
            _show(file, project, output, folder, is_version=subject.manifest is not None)


def _require_one_wish(wishes: dict[str, bool]) -> None:
    given = [option for option, is_given in wishes.items() if is_given]
    if len(given) > 1:
        raise XchangeError(ErrorCode.USAGE, f"{given[0]} and {given[1]} do not go together")


def _unchanging(version: "IntegrationFile", option: str) -> XchangeError:
    message = f"{option} is for a working copy, and {version.name} never changes"
    return XchangeError(ErrorCode.USAGE, message, hint=f"`xchange docs {version.key} {option}` does it.")


def _edit(file: "IntegrationFile") -> None:
    import sys

    from xchange_cli.authoring.written_documentation import draft_of, put_back
    from xchange_cli.cli.editor import edited
    from xchange_cli.formats.cells import showable

    draft = draft_of(file)
    is_new = edited(draft.as_file, "documentation.md", lambda written: put_back(draft, written))
    sys.stderr.write(
        showable(f"{file.name}: the documentation is {'changed' if is_new else 'unchanged'}") + "\n"
    )


def _show(
    file: "IntegrationFile", project: "Project", output: str, folder: "Path", *, is_version: bool
) -> None:
    import sys

    from xchange_cli import formats
    from xchange_cli.formats.cells import showable

    documentation = _read(file, project, folder)
    formats.write("documentation", output, documentation, sys.stdout)
    if not documentation.written and output == "text":
        begin = f"{file.key} has no documentation yet; `xchange docs {file.key} --edit` begins it"
        message = f"{file.name} has no documentation" if is_version else begin
        sys.stderr.write(showable(message) + "\n")


def _write_page(file: "IntegrationFile", project: "Project", target: str, folder: "Path") -> None:
    import sys

    from xchange_cli.authoring.page_file import write_page
    from xchange_cli.formats.cells import showable
    from xchange_cli.formats.documentation_page.page import page_of

    page = page_of(_read(file, project, folder))
    if target == _STDOUT:
        sys.stdout.write(page)
        return
    write_page(folder / target, target, page)
    sys.stderr.write(showable(f"{target} is written") + "\n")


def _serve(file: "IntegrationFile", project: "Project", port: int, folder: "Path") -> None:
    from xchange_cli.cli.serving import Pages, serve
    from xchange_cli.overview.documentation import watched_files
    from xchange_cli.project.stamps import Stamp, stamp_of_project

    def stamp() -> Stamp:
        return stamp_of_project(project, (file.path, *watched_files(file.folder)))

    serve(Pages(lambda: _page_now(file, folder), stamp), port)


def _page_now(file: "IntegrationFile", folder: "Path") -> "Page":
    """Read everything anew; trouble becomes a page, too."""
    from xchange_cli.cli.serving import HEAD, POLICY, Page
    from xchange_cli.formats.documentation_page.page import page_of
    from xchange_cli.formats.documentation_page.trouble import trouble_page
    from xchange_cli.project.integration_file import opened
    from xchange_cli.project.project import Project

    try:
        now = opened(file.target, file.target.read())
        documentation = _read(now, Project.find(file.folder, folder), folder)
    except XchangeError as error:
        return Page(trouble_page(file.key, error, policy=POLICY, more_head=HEAD), is_good=False)
    return Page(page_of(documentation, policy=POLICY, more_head=HEAD), is_good=True)


def _read(file: "IntegrationFile", project: "Project", folder: "Path") -> "Documentation":
    from xchange_cli.overview.documentation import documentation_of
    from xchange_cli.validation.project_files import read_project_files

    return documentation_of(file, read_project_files(project, folder).catalog, folder)
