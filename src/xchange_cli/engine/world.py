"""What the executions of one run share of the world outside: connections, scripts, secrets that come up."""

from collections.abc import Callable, Hashable
from contextlib import ExitStack
from typing import Any, TypeVar

from xchange_cli.javascript.scripts import Scripts
from xchange_cli.wire.guard import WriteGuard
from xchange_cli.wire.http import DEFAULT_TERMS, HttpClient, HttpRequest, HttpResponse, Terms, WireError

Made = TypeVar("Made")

_DENIED = "this run opens no connections"
_HTTP_DENIED = f"{_DENIED} (HTTP is denied)"
NOT_CONNECTED = f"{_DENIED} (HTTP is denied, or answered from a recording)"


class NoHttp:
    """An HTTP client that refuses everything."""

    def send(self, request: HttpRequest, terms: Terms = DEFAULT_TERMS) -> HttpResponse:
        """Refuse.

        Raises:
            WireError: `network-denied`, always.

        """
        del terms
        raise WireError("network-denied", f"{request.method} {request.url}: {_HTTP_DENIED}", is_final=True)


def _quickjs(_: HttpClient) -> Scripts:
    from xchange_cli.javascript.quickjs import CodeHost

    return CodeHost()


class World:
    """One a run. `connects` False allows no connection but those of `http`, which decides for itself; with `waits`
    False actions do not wait.

    `learn` is told the name and the value of secrets that come up during the run.
    """

    def __init__(
        self,
        *,
        http: Callable[[], HttpClient] = NoHttp,
        guard: WriteGuard | None = None,
        connects: bool = False,
        waits: bool = True,
        learn: Callable[[str, str], None] | None = None,
        scripts: Callable[[HttpClient], Scripts] | None = None,
    ) -> None:
        self.guard = guard or WriteGuard()
        self.connects = connects
        self.waits = waits
        self.learn = learn or (lambda _name, _value: None)
        self._make_http = http
        self._make_scripts = scripts
        self._kept: dict[Hashable, Any] = {}
        self._open = ExitStack()

    @property
    def http(self) -> HttpClient:
        return self.kept(World, self._make_http)

    def scripts(self, http: HttpClient) -> Scripts:
        """Give what runs JavaScript; `http` is what code's `fetch` goes through."""
        make = self._make_scripts or _quickjs
        kept: Scripts = self.kept(Scripts, lambda: make(http))
        return kept.through(http)

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        if key not in self._kept:
            made = self._kept[key] = make()
            close = getattr(made, "close", None)
            if close is not None:
                self._open.callback(close)
        found: Made = self._kept[key]
        return found

    def close(self) -> None:
        """Close what was kept, the youngest first."""
        self._kept.clear()
        self._open.close()
