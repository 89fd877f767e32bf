"""How all versions of an integration are deleted: rarely, on purpose, and never without a trace."""

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.packages import Packages
from xchange_cli.registry.states import StateFiles
from xchange_cli.registry.summaries import Summaries
from xchange_cli.registry.version_state import StateFile, States
from xchange_cli.registry.versions import Versions
from xchange_cli.storage.store import Store


class Purging:
    def __init__(
        self,
        store: Store,
        versions: Versions,
        packages: Packages,
        states: StateFiles,
        summaries: Summaries,
    ) -> None:
        self._store = store
        self._versions = versions
        self._packages = packages
        self._states = states
        self._summaries = summaries

    def purge(self, key: str, activity: Activity) -> int:
        """Delete all versions, and say how many; `activity` gets the last number as `purgedThrough` in its details.

        The state goes first: it says that the numbers are used, also to those who are publishing.
        """
        numbers = self._versions.numbers(key)
        if not numbers:
            raise XchangeError(ErrorCode.NOT_FOUND, f"{key} has no published version")
        last = numbers[-1]
        details = {**activity.details, "versions": len(numbers), "purgedThrough": last}

        def purged(file: StateFile) -> StateFile:
            later = {number: state for number, state in file.versions.items() if number > last}
            return file._replace(versions=States(later), purged_through=max(last, file.purged_through))

        self._states.change(key, purged, activity._replace(details=details))
        for number in numbers:
            self._store.delete(layout.version(key, number))
        kept = {manifest.digest for manifest in self._versions.newest_first(key)}
        self._packages.delete_all(key, but=kept)
        self._summaries.refresh(key, None)
        return len(numbers)
