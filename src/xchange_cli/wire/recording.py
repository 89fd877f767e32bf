"""An HTTP client that remembers what goes over the wire."""

from collections.abc import Callable

from xchange_cli.redaction import Redactor
from xchange_cli.wire.hiding import Hiding
from xchange_cli.wire.http import DEFAULT_TERMS, HttpClient, HttpRequest, HttpResponse, Terms, WireError
from xchange_cli.wire.recordings_file import Exchange, Failure
from xchange_cli.wire.stand_ins import readable

MOST_BODY = 10 * 1024 * 1024
MOST_BODIES = 100 * 1024 * 1024
"""Of all bodies of a recording together."""

_MIB = 1024 * 1024


class RecordingHttp:
    """Hands requests to `inner` and keeps each exchange, unless it is too large.

    Secrets are taken out only when the recording is asked for: those that come up late are then known, too.
    """

    def __init__(
        self,
        inner: HttpClient,
        redactor: Redactor,
        *,
        most_body: int = MOST_BODY,
        most_bodies: int = MOST_BODIES,
    ) -> None:
        self._inner = inner
        self._redactor = redactor
        self._most_body = most_body
        self._most_bodies = most_bodies
        self._size = 0
        self._kept: list[Exchange] = []
        self._left_out: list[tuple[HttpRequest, str]] = []

    def send(self, request: HttpRequest, terms: Terms = DEFAULT_TERMS) -> HttpResponse:
        """Make one exchange.

        Raises:
            WireError: what `inner` raises; what is not final becomes part of the recording.

        """
        try:
            response = self._inner.send(request, terms)
        except WireError as error:
            if not error.is_final:
                self._keep(request, Failure(error.kind, error.message), len(request.body))
            raise
        self._keep(request, response, len(request.body) + len(response.body))
        return response

    def _keep(self, request: HttpRequest, answer: HttpResponse | Failure, size: int) -> None:
        if size > self._most_body:
            self._left_out.append((request, f"its bodies are larger than {self._most_body / _MIB:g} MiB"))
        elif self._size + size > self._most_bodies:
            self._left_out.append((request, f"the recording is larger than {self._most_bodies / _MIB:g} MiB"))
        else:
            self._size += size
            self._kept.append(Exchange(request, answer))

    def exchanges(self) -> tuple[Exchange, ...]:
        """Give what was kept, without the secrets that are known by now."""
        hiding = self._hiding()
        return tuple(_without_secrets(exchange, hiding) for exchange in self._kept)

    def left_out(self) -> tuple[str, ...]:
        """Say what was too large to be kept."""
        hiding = self._hiding()
        return tuple(
            f"{request.method} {readable(hiding.url(request.url))} is not recorded: {reason}"
            for request, reason in self._left_out
        )

    def _hiding(self) -> Hiding:
        hiding = Hiding(self._redactor)
        for request, answer in self._kept:
            hiding.learn(request, answer if isinstance(answer, HttpResponse) else None)
        for request, _ in self._left_out:
            hiding.learn(request)
        return hiding

    def close(self) -> None:
        close: Callable[[], object] | None = getattr(self._inner, "close", None)
        if close is not None:
            close()


def _without_secrets(exchange: Exchange, hiding: Hiding) -> Exchange:
    request, answer = exchange
    if isinstance(answer, Failure):
        return Exchange(hiding.request(request), Failure(answer.kind, hiding.text(answer.message)))
    return Exchange(hiding.request(request), hiding.response(answer))
