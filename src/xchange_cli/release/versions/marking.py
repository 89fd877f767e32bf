"""A published version made available, or unavailable: then it cannot be deployed."""

from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import VersionState
from xchange_cli.release.one_line import one_line
from xchange_cli.release.versions.changed_state import Change, ChangedState, change_state
from xchange_cli.release.versions.no_secrets import require_no_secret

AVAILABLE = "available"
UNAVAILABLE = "unavailable"
MARKS = (AVAILABLE, UNAVAILABLE)


def mark(registry: Registry, manifest: Manifest, word: str, because: str, user: str) -> ChangedState:
    """Make a version `available` or `unavailable`; `because` is the reason, on one line, and may be empty.

    A version that is unavailable already gets the new reason, or keeps its old one where none is given.

    Raises:
        XchangeError: USAGE when the reason holds a secret; else as the registry does.

    """
    require_no_secret("the reason", because)
    is_available, reason = word == AVAILABLE, one_line(because)

    def make(state: VersionState) -> VersionState:
        kept = state.because if state.available == is_available else ""
        return state._replace(available=is_available, because=reason or kept)

    def preview(_before: VersionState, after: VersionState) -> str:
        return f"{word}: {after.because}" if after.because else word

    changed = change_state(registry, manifest, Change("availability", make, preview), user)
    if changed.before == changed.after:
        return changed._replace(said=(f"{manifest.reference} is {word} already",))
    return changed
