"""An HTTP client that answers from a recording and opens no connection."""

from collections.abc import Iterable, Mapping, Sequence

from xchange_cli.redaction import Redactor, Secret
from xchange_cli.wire.differences import Difference, differences, outer_differences
from xchange_cli.wire.hiding import Hiding
from xchange_cli.wire.http import DEFAULT_TERMS, HttpRequest, HttpResponse, Terms, WireError
from xchange_cli.wire.matching import Comparable, comparable
from xchange_cli.wire.recordings_file import Exchange, Failure
from xchange_cli.wire.stand_ins import bind_body, bind_text, readable

ASKED_AGAIN = frozenset({"GET", "HEAD"})
"""For these the last answer stands for all that follow: what they ask for does not change by asking."""

_MOST_TOLD = 3
_MOST_COMPARED = 20
"""Bodies are compared only with those of the requests that are the nearest without them."""


class _Recorded:
    """What was recorded for equal requests, in order."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.used = 0

    def next(self, method: str) -> Exchange | None:
        if self.used < len(self.exchanges):
            self.used += 1
            return self.exchanges[self.used - 1]
        return self.exchanges[-1] if method in ASKED_AGAIN else None


class ReplayingHttp:
    """Answers each request with what was recorded for an equal one; several are answered in recorded order.

    `redactor` is the run's, so that live requests have the same stand-ins as recorded ones; `secrets` take the place
    of theirs in answers. `name` is what messages call the recording.
    """

    def __init__(
        self, exchanges: Iterable[Exchange], redactor: Redactor, name: str, *, secrets: Iterable[Secret] = ()
    ) -> None:
        self._hiding = Hiding(redactor)
        self._name = name
        self._secrets: dict[str, str] = {}
        for secret in secrets:
            self._secrets.setdefault(secret.name, secret.value)
        self._has_missed = False
        self._recorded: dict[Comparable, _Recorded] = {}
        for exchange in exchanges:
            key = comparable(exchange.request)
            self._recorded.setdefault(key, _Recorded()).exchanges.append(exchange)

    def send(self, request: HttpRequest, terms: Terms = DEFAULT_TERMS) -> HttpResponse:
        """Give what was recorded.

        Raises:
            WireError: `not-recorded`, final, where no answer is left; or the one that was recorded.

        """
        del terms
        self._hiding.learn(request)
        hidden = self._hiding.request(request)
        asked = comparable(hidden)
        found = self._recorded.get(asked)
        exchange = found.next(asked.method) if found is not None else None
        if exchange is None:
            self._has_missed = True
            reason = self._nearest(asked) if found is None else _used_up(found)
            message = f"{_told(hidden)} is not in {self._name}: {reason}; record it with --http record"
            raise WireError("not-recorded", message, is_final=True)
        if isinstance(exchange.answer, Failure):
            raise WireError(*exchange.answer)
        return _bound(exchange.answer, self._secrets, request.url)

    def unused(self) -> tuple[str, ...]:
        """Name the recorded requests that were not made, each as often as it was not; none after a miss, which ended
        the run early.
        """
        if self._has_missed:
            return ()
        return tuple(
            _told(exchange.request)
            for recorded in self._recorded.values()
            for exchange in recorded.exchanges[recorded.used :]
        )

    def _nearest(self, asked: Comparable) -> str:
        near = sorted(self._recorded, key=lambda recorded: _weight(outer_differences(asked, recorded)))
        compared = [(recorded, differences(asked, recorded)) for recorded in near[:_MOST_COMPARED]]
        if not compared:
            return "it has no exchanges"
        recorded, found = min(compared, key=lambda one: _weight(one[1]))
        told = "; ".join(difference.text for difference in found[:_MOST_TOLD])
        others = f"; and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
        return f"the nearest is {_told(self._recorded[recorded].exchanges[0].request)}: {told}{others}"


def _weight(found: Sequence[Difference]) -> int:
    return sum(difference.weight for difference in found)


def _used_up(found: _Recorded) -> str:
    count = len(found.exchanges)
    return f"its {count} answers are used up" if count > 1 else "its only answer is used up"


def _told(request: HttpRequest) -> str:
    return f"{request.method} {readable(request.url)}"


def _bound(response: HttpResponse, secrets: Mapping[str, str], url: str) -> HttpResponse:
    headers = tuple((name, bind_text(value, secrets)) for name, value in response.headers)
    return response._replace(headers=headers, body=bind_body(response.body, secrets), url=url)
