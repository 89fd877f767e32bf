import re
from typing import Annotated

import typer

from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY
from xchange_cli.errors import ErrorCode, XchangeError

_STDOUT = "-"
_PIN = re.compile(r"([^=]+)=([1-9][0-9]{0,8})")


def export(
    version: Annotated[
        str,
        typer.Argument(
            metavar="KEY[@N]",
            help="A published version, such as order-intake@1; by default the newest.",
            show_default=False,
            autocompletion=versions,
        ),
    ],
    *,
    file: Annotated[
        str,
        typer.Option(
            "--file",
            "-o",
            metavar="FILE|-",
            help="Where it goes, - for standard output; missing folders are made.",
        ),
    ] = _STDOUT,
    latest_components: Annotated[
        bool, typer.Option("--latest-components", help="Write `LATEST` for the number of every component.")
    ] = False,
    pin_components: Annotated[
        bool, typer.Option("--pin-components", help="Write a number for every component that is `LATEST`.")
    ] = False,
    pin: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COMPONENT=NUMBER",
            help="With --pin-components: the number of a component; may be repeated.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
) -> None:
    """Export the file of a published version, byte for byte.

    With a component option, only the versions of components differ from what was published. What number `LATEST` stands
    for is known to the hosted platform alone: with --pin-components, a component has the number that --pin gives it,
    or else the only one that other steps of the file use.

    Examples:

      xchange export order-intake@1 -o order-intake.yml
      xchange export order-intake --latest-components > order-intake.yml
      xchange export acme-orders@1 --pin-components --pin http=12 --pin log=4

    Exit codes:

      0  exported
      1  the version is damaged, or nothing says the number of a component
      2  options that do not go together, or a --pin for a component that is not LATEST
      3  there is no such version, or FILE cannot be written
      4  the registry refuses the credentials
      5  the registry cannot be reached
      6  FILE is there already with another content
    """
    import sys

    from xchange_cli.cli.here import here
    from xchange_cli.cli.registry_option import opened_registry
    from xchange_cli.formats import exported_text
    from xchange_cli.registry.version_ref import version_ref
    from xchange_cli.release.versions.addressing import named_version
    from xchange_cli.release.versions.exported_file import write_exported
    from xchange_cli.release.versions.exporting import Components
    from xchange_cli.release.versions.exporting import export as exported

    if latest_components and pin_components:
        message = "--latest-components and --pin-components do not go together"
        raise XchangeError(ErrorCode.USAGE, message, hint="Leave one of them out.")
    if pin and not pin_components:
        message = "--pin is of no use without --pin-components"
        raise XchangeError(ErrorCode.USAGE, message, hint="Add --pin-components.")
    components = Components.PINNED if pin_components else Components.AS_PUBLISHED
    if latest_components:
        components = Components.LATEST
    pins = _pins(pin or ())
    _, opened = opened_registry(registry, endpoint_url)
    manifest = named_version(opened, version_ref(version))
    result = exported(opened, manifest, components, pins)
    if file == _STDOUT:
        sys.stdout.buffer.write(result.data)
        sys.stdout.flush()
    else:
        write_exported(here() / file, file, result.data, replaces=force)
    exported_text.tell(result, "" if file == _STDOUT else file, sys.stderr)


def _pins(given: "tuple[str, ...] | list[str]") -> dict[str, int]:
    pins = {}
    for one in given:
        found = _PIN.fullmatch(one)
        if found is None:
            raise XchangeError(
                ErrorCode.USAGE,
                f"--pin {one} is no component with its number",
                hint="Write it as --pin http=12.",
            )
        pins[found[1]] = int(found[2])
    return pins
