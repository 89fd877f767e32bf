from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.project.project import Project
    from xchange_cli.registry.registry import Registry
    from xchange_cli.release.versions.verifying import Verification


def verify(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="KEY[@N]|FILE",
            help="A published version, by default the newest of KEY; a file that was exported; or a receipt of `publish`.",
            show_default=False,
            autocompletion=versions,
        ),
    ],
    *,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("verified")] = "text",
) -> None:
    """Check that a version is as it was published, and who signed it.

    Every digest is computed again. An exported file is known by its bytes: the versions that have them are named. Where
    the project has `trustedKeys`, a version that is signed by none of them is a difference, too.

    Examples:

      xchange verify order-intake@1
      xchange verify order-intake.yml
      xchange verify receipt.json --output json

    Exit codes:

      0  all is as it was published
      1  something differs, no version has the bytes of the file, or the signature is not one to trust
      3  there is no such version or file, or the registry cannot be read
      4  the registry refuses the credentials
      5  the registry cannot be reached
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.exits import Exit
    from xchange_cli.cli.here import here
    from xchange_cli.cli.registry_option import opened_registry

    project, opened = opened_registry(registry, endpoint_url)
    verified = _verified(project, opened, subject, here())
    formats.write("verified", output, verified, sys.stdout)
    if not verified.is_good:
        raise typer.Exit(Exit.FINDINGS)


def _verified(project: "Project", registry: "Registry", subject: str, folder: "Path") -> "Verification":
    from xchange_cli.project.file_bytes import read_bytes
    from xchange_cli.project.keys import key_of
    from xchange_cli.project.looking import exists
    from xchange_cli.project.targets import may_be_key
    from xchange_cli.registry.version_ref import version_ref
    from xchange_cli.release.versions.addressing import named_version
    from xchange_cli.release.versions.trusted_keys import trusted_keys
    from xchange_cli.release.versions.verifying import verify_file, verify_version
    from xchange_cli.release.versions.verifying_receipt import is_receipt, verify_receipt

    trusted = trusted_keys(project)
    path = folder / subject
    if may_be_key(subject) and not exists(path):
        return verify_version(registry, named_version(registry, version_ref(subject)), trusted)
    data = read_bytes(path, subject, "file", is_named=True)
    if is_receipt(data):
        return verify_receipt(registry, subject, data, trusted)
    return verify_file(registry, subject, data, trusted, key_of(path))
