"""A published version offered as a template for new integrations."""

from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import Template, VersionState
from xchange_cli.release.versions.changed_state import Change, ChangedState, change_state

NOT_OFFERED = "no"


def offer(registry: Registry, manifest: Manifest, template: Template, user: str) -> ChangedState:
    """Offer a version as a template to `org` or to `all`, or to nobody (`no`).

    Raises:
        XchangeError: as the registry does.

    """

    def make(state: VersionState) -> VersionState:
        return state._replace(template=template)

    def preview(before: VersionState, _after: VersionState) -> str:
        return f"template: {before.template} → {template}"

    changed = change_state(registry, manifest, Change("template", make, preview), user)
    return changed._replace(said=tuple(_remarks(changed, template)))


def _remarks(changed: ChangedState, template: Template) -> list[str]:
    said = []
    name = changed.manifest.reference
    if changed.before == changed.after:
        so = "no template" if template == NOT_OFFERED else f"offered as a template to {template}"
        said.append(f"{name} is {so} already")
    if template != NOT_OFFERED and not changed.after.available:
        said.append(f"{name} is unavailable: it cannot be deployed or begun with")
    return said
