"""Sample payloads: requests written down beside an integration, and what they say of a flow's body."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.shapes.json_sample import shape_of_sample
from xchange_cli.shapes.payload import takes_requests
from xchange_cli.shapes.shape import Origin, Shape, any_of
from xchange_cli.wire.whole_payload import is_whole_payload


class Sample(NamedTuple):
    """A payload file: `name` is what messages show, `value` a request's body or a whole payload."""

    name: str
    value: Any


def sampled_body(samples: Sequence[Sample], flow: Flow, integration: Integration) -> Shape | None:
    """Give the shape of `body.data` that samples show; None without a sample of this flow."""
    shapes = [
        shape_of_sample(_body(sample.value), Origin(sample.name))
        for sample in _own(samples, flow, integration)
    ]
    return any_of(shapes) if shapes else None


def _own(samples: Sequence[Sample], flow: Flow, integration: Integration) -> Iterator[Sample]:
    """Yield the samples of a flow: all where no other flow takes requests, else those named after it."""
    is_only = is_only_request_flow(integration)
    for sample in samples:
        stem = sample.name.rpartition("/")[2].rpartition(".")[0]
        if is_only or is_named_after(stem, flow):
            yield sample


def is_only_request_flow(integration: Integration) -> bool:
    """Tell whether one flow of all takes requests, so that every sample is for it."""
    return sum(map(_takes_requests, integration.flows)) == 1


def is_named_after(stem: str, flow: Flow) -> bool:
    """Tell whether a file's name, without its ending, begins with the name of a flow."""
    own = step_ref(flow.name).casefold()
    return bool(own) and step_ref(stem).casefold().startswith(own)


def _takes_requests(flow: Flow) -> bool:
    trigger = flow.trigger
    return trigger is not None and trigger.action is not None and takes_requests(trigger.action.component)


def _body(value: Any) -> Any:
    """Give `body.data`; None, of which nothing is known, where only the raw body is given."""
    if not is_whole_payload(value):
        return value
    body = value.get("body")
    return body.get("data") if isinstance(body, dict) else None
