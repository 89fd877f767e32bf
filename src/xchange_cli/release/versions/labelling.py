"""Labels given to a published version, beside those that its file has."""

from xchange_cli.authoring.labels import LabelWish, normal_labels
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import VersionState
from xchange_cli.release.one_line import one_line
from xchange_cli.release.versions.changed_state import Change, ChangedState, all_labels, change_state
from xchange_cli.release.versions.no_secrets import require_no_secret


def label(registry: Registry, manifest: Manifest, wish: LabelWish, user: str) -> ChangedState:
    """Add and remove labels; they are stored in lower case.

    Raises:
        XchangeError: USAGE when there is nothing to do, a label is empty, holds a secret, is to be added and removed,
            or is one of the published file, which never changes; else as the registry does.

    """
    for text in wish.add:
        require_no_secret("a label", text)
    add, remove = normal_labels(map(one_line, wish.add)), normal_labels(map(one_line, wish.remove))
    _require_possible(manifest, add, remove)
    own = all_labels(manifest, VersionState())

    def make(state: VersionState) -> VersionState:
        stay = [one for one in state.labels if one not in remove]
        new = [one for one in add if one not in stay and one not in own]
        return state._replace(labels=(*stay, *new))

    changed = change_state(registry, manifest, Change("labels", make, _preview), user)
    return changed._replace(said=tuple(_remarks(changed, add, remove)))


def _preview(before: VersionState, after: VersionState) -> str:
    gone = (f"-{one}" for one in before.labels if one not in after.labels)
    new = (f"+{one}" for one in after.labels if one not in before.labels)
    return ", ".join((*gone, *new))


def _require_possible(manifest: Manifest, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    if not add and not remove:
        raise XchangeError(
            ErrorCode.USAGE, "no label is named", hint="Use --add LABEL, --remove LABEL, or both."
        )
    both = next((one for one in add if one in remove), None)
    if both is not None:
        message = f"the label `{both}` is to be added and removed"
        raise XchangeError(ErrorCode.USAGE, message, hint="Leave one of the two out.")
    fixed = next((one for one in remove if one in all_labels(manifest, VersionState())), None)
    if fixed is not None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"the label `{fixed}` stands in the published file, which never changes",
            hint=f"`xchange edit {manifest.key} --remove-label {fixed}` takes it out for the next version.",
        )


def _remarks(changed: ChangedState, add: tuple[str, ...], remove: tuple[str, ...]) -> list[str]:
    before = all_labels(changed.manifest, changed.before)
    there = [f"the label `{one}` is there already" for one in add if one in before]
    return there + [f"there is no label `{one}`" for one in remove if one not in before]
