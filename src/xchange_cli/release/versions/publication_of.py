"""What is published of an integration: of its working copy, of a version, of each in a list."""

from xchange_cli.overview.publication import Publication
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.summary import Summary
from xchange_cli.registry.version_state import States
from xchange_cli.release.out_of_reach import Silence, asked, newest_of
from xchange_cli.release.working_copy import package_of


def publication_of(registry: Registry, file: IntegrationFile) -> Publication | Silence | None:
    """Look for the newest version of a working copy, whatever is wrong with the registry; None where there is none."""

    def ask() -> Publication | None:
        if newest_of(registry, file.key) is None:
            return None
        newest = registry.newest(file.key)
        assert newest is not None
        told = _publication(newest, newest.number, registry.states(file.key))
        return told._replace(differs=package_of(file).digest != newest.digest)

    return asked(ask, whatever_is_wrong=True)


def publication_of_version(registry: Registry, manifest: Manifest) -> Publication:
    """Look at a version.

    Raises:
        XchangeError: as the registry does.

    """
    newest = newest_of(registry, manifest.key) or manifest.number
    return _publication(manifest, newest, registry.states(manifest.key))


def publication_in(summary: Summary) -> Publication:
    """Give what a list shows."""
    offered = summary.templates[0] if summary.templates else None
    return Publication(
        summary.key,
        summary.number,
        summary.number,
        summary.state.available,
        summary.state.because,
        offered.number if offered else None,
        offered.template if offered else "",
    )


def _publication(manifest: Manifest, newest: int, states: States) -> Publication:
    state = states[manifest.number]
    offered = max((number for number in states if states[number].template != "no"), default=None)
    template = "" if offered is None else states[offered].template
    verdict = manifest.verdict
    return Publication(
        manifest.key,
        manifest.number,
        newest,
        state.available,
        state.because,
        offered,
        template,
        grade=(verdict.grade or "") if verdict is not None else "",
        against=verdict.against if verdict is not None else 0,
    )
