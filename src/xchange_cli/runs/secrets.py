"""Secrets that come up only while a run goes on."""

import json
from collections.abc import Iterable, Iterator, Mapping

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.secret_leaves import leaves
from xchange_cli.engine.events import RunEvent, StepStarting
from xchange_cli.engine.performer import MAX_LOG_CHARACTERS
from xchange_cli.model.integration import Flow
from xchange_cli.model.walk import walk_flow
from xchange_cli.redaction import SHORTEST_ANYWHERE, Redactor, Secret, tag

MOST_LEARNED = 1_000
"""A loop may use a different secret each time; what the redactor has to look for must end somewhere."""


class LearningRedactor(Redactor):
    """A redactor that can be told more secrets; whoever holds it replaces them from then on.

    It also finds the beginning of a secret where a text was cut: before `…`, and at the end of a log line that
    has the greatest length.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._most = MOST_LEARNED
        super().__init__(secrets)

    def learn(self, more: Iterable[Secret]) -> None:
        known = {secret.value for secret in self.secrets}
        new = [secret for secret in more if secret.value not in known][: self._most]
        if new:
            self._most -= len(new)
            super().__init__([*self.secrets, *new])

    def text(self, value: str) -> str:
        redacted = super().text(value)
        if self.secrets and ("…" in redacted or len(value) >= MAX_LOG_CHARACTERS):
            return "…".join(map(self._without_cut_secret, redacted.split("…")))
        return redacted

    def _without_cut_secret(self, text: str) -> str:
        """Replace the beginning of a secret that a text ends with."""
        for name, value in self.secrets:
            for form in (value, json.dumps(value, ensure_ascii=False)[1:-1]):
                start = text.find(form[:SHORTEST_ANYWHERE]) if len(form) >= SHORTEST_ANYWHERE else -1
                while start >= 0:
                    if form.startswith(text[start:]):
                        return text[:start] + tag(name)
                    start = text.find(form[:SHORTEST_ANYWHERE], start + 1)
        return text


def learning(
    events: Iterator[RunEvent], secret_inputs: Mapping[str, tuple[str, ...]], redactor: LearningRedactor
) -> Iterator[RunEvent]:
    """Hand on the events of a run; the redactor learns a step's secret inputs before anybody sees them."""
    for event in events:
        if isinstance(event, StepStarting):
            ref, inputs = event.call.ref, event.call.inputs
            for key in secret_inputs.get(ref, ()):
                redactor.learn(leaves(f"{ref}.{key}", inputs.get(key)))
        yield event


def secret_inputs(flow: Flow, catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Give, by step key, the inputs that the catalogue marks secret."""
    found: dict[str, tuple[str, ...]] = {}
    for placed in walk_flow(flow):
        action = placed.step.action
        spec = catalog.action(action.component, action.key, is_public=action.is_public) if action else None
        keys = tuple(key for key, known in spec.inputs.items() if known.secret) if spec else ()
        if keys:
            found[placed.step.ref] = (*found.get(placed.step.ref, ()), *keys)
    return found
