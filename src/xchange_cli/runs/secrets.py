"""Secrets that come up only while a run goes on."""

from collections.abc import Iterable, Iterator, Mapping

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.secret_leaves import leaves
from xchange_cli.engine.events import RunEvent, StepStarting
from xchange_cli.model.integration import Flow
from xchange_cli.model.walk import walk_flow
from xchange_cli.redaction import Redactor, Secret

MOST_LEARNED = 1_000
"""A loop may use a different secret each time; what the redactor has to look for must end somewhere."""


class LearningRedactor(Redactor):
    """A redactor that can be told more secrets; whoever holds it replaces them from then on."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        super().__init__(secrets)
        self._known = {secret.value for secret in self.secrets}
        self._most = len(self._known) + MOST_LEARNED

    def learn(self, more: Iterable[Secret]) -> None:
        new = [secret for secret in more if secret.value not in self._known]
        if new and len(self._known) < self._most:
            self._known.update(secret.value for secret in new)
            super().__init__([*self.secrets, *new])


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
