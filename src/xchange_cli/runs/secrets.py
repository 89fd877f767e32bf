"""Secrets that come up only while a run goes on, and log lines without any."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.secret_leaves import leaves
from xchange_cli.engine.events import LogWritten, RunEvent, StepCall, StepStarting
from xchange_cli.model.integration import Flow
from xchange_cli.model.walk import walk_flow
from xchange_cli.record.input_names import input_name
from xchange_cli.redaction import Redactor, Secret, tag

LONGEST_LOG_LINE = 4096
"""Hosted platforms cut log lines after so many characters. Here it is done when the secrets are out, since half a
secret would not be found."""


def learning(
    events: Iterator[RunEvent],
    secret_inputs: Mapping[str, tuple[str, ...]],
    redactor: Redactor,
    execution: str = "",
) -> Iterator[RunEvent]:
    """Hand on the events of a run, secret inputs and log lines without secrets.

    The redactor learns a step's secret inputs before anybody sees them, and with them whatever comes later. Their names
    tell the pass and, of those that another one has led to, the `execution`: a resume, which may come to them in another
    order, must find the same values under them.
    """
    for event in events:
        match event:
            case StepStarting(call):
                keys = secret_inputs.get(call.ref, ())
                for key in keys:
                    redactor.learn(_secrets(call, key, execution))
                yield StepStarting(_without_inputs(call, keys, redactor, execution)) if keys else event
            case LogWritten():
                yield event._replace(message=_log_line(event.message, redactor))
            case _:
                yield event


def _secrets(call: StepCall, key: str, execution: str) -> Iterator[Secret]:
    """Give what an input holds. What a loop gives to it in each pass is of one kind."""
    for path, value, _ in leaves(key, call.inputs.get(key)):
        yield Secret(input_name(call.path, path, execution), value, f"{call.ref}.{path}")


def _without_inputs(call: StepCall, keys: Collection[str], redactor: Redactor, execution: str) -> StepCall:
    """Replace inputs by their keys, whatever they hold; those that are known secrets keep that name."""
    hidden = {
        key: _hidden(input_name(call.path, key, execution), call.inputs[key], redactor)
        for key in keys
        if call.inputs.get(key) not in (None, "")
    }
    return call._replace(inputs={**call.inputs, **hidden})


def _hidden(name: str, value: Any, redactor: Redactor) -> str:
    known = redactor.name_of(value) if isinstance(value, str) else None
    return tag(known or name)


def _log_line(message: str, redactor: Redactor) -> str:
    return redactor.text(message, is_cut=len(message) > LONGEST_LOG_LINE)[:LONGEST_LOG_LINE]


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
