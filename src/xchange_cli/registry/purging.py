"""How all versions of an integration are deleted: rarely, on purpose, and never without a trace."""

from itertools import chain

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.log import Log
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
        log: Log,
    ) -> None:
        self._store = store
        self._versions = versions
        self._packages = packages
        self._states = states
        self._summaries = summaries
        self._log = log

    def is_needed(self, key: str) -> bool:
        """Tell whether files of versions are there, a purge was cut off, or a version that the log knows was lost."""
        file = self._states.read(key)
        names = chain(self._store.list(layout.versions(key)), self._store.list(layout.packages(key)))
        return file.is_purging or next(names, None) is not None or self._last(key, file) > file.purged_through

    def purge(self, key: str, activity: Activity) -> int:
        """Delete all versions, and say how many; `activity` gets the last number as `purgedThrough` in its details.

        The state goes first: it says that the numbers are used, also to those who are publishing. Lists say so next,
        for what is there still is no version any more. The state comes last, too: it says then that the job is done.
        """
        if not self.is_needed(key):
            raise XchangeError(ErrorCode.NOT_FOUND, f"{key} has no published version")
        numbers = self._versions.numbers(key)
        last = max([*numbers, self._last(key, self._states.read(key))])
        details = {**activity.details, "versions": len(numbers), "purgedThrough": last}

        def purged(file: StateFile) -> StateFile:
            later = {number: state for number, state in file.versions.items() if number > last}
            through = max(last, file.purged_through)
            return file._replace(versions=States(later), purged_through=through, is_purging=True)

        self._states.change(key, purged, activity._replace(details=details))
        self._summaries.refresh(key, None)
        for number in numbers:
            self._store.delete(layout.version(key, number))
        kept = {manifest.digest for manifest in self._versions.newest_first(key)}
        self._packages.delete_all(key, but=kept)
        self._states.end_purge(key)
        return len(numbers)

    def _last(self, key: str, file: StateFile) -> int:
        """Give the last number that state and log know: a manifest that was lost does not give its number back."""
        logged = (layout.number_in(entry.subject) for entry in self._log.newest_first([key]))
        return max(chain((file.purged_through,), file.versions, logged))
