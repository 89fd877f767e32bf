"""The events of a run, a line each."""

import io
import json

import pytest

from runs import flow, integration
from xchange_cli.components.spec import ActionResult
from xchange_cli.document.parse import parse
from xchange_cli.engine.events import (
    Failure,
    Handling,
    RunStarted,
    StepCall,
    StepFailed,
    StepFinished,
    StepStarting,
)
from xchange_cli.engine.view import RunView
from xchange_cli.formats.run_jsonl import render
from xchange_cli.model.build import build
from xchange_cli.redaction import Redactor
from xchange_cli.source import Source


@pytest.mark.parametrize(("handling", "milliseconds"), [(Handling.RETRIED, 2000), (Handling.IGNORED, 1000)])
def test_a_step_takes_time_from_its_first_attempt_to_its_end_which_an_ignored_failure_is(
    handling, milliseconds
):
    model = build(parse(Source("integration.yml", integration(flow()))).root)
    starting = StepStarting(StepCall("a", "a", "c", "act", {}, 1, {}))
    failed = StepFailed(Failure("a", "a", "kind", "no", None), 1, handling)
    events = [
        RunStarted("Flow"),
        starting,
        failed,
        starting,
        StepFinished("a", "a", 2, ActionResult()),
    ]
    seconds = iter([0, 1, 2] if handling is Handling.RETRIED else [0, 1, 2, 3])
    out = io.StringIO()

    render(RunView("RUN", model.flows[0], iter(events), Redactor(), lambda: next(seconds)), out)

    assert json.loads(out.getvalue().splitlines()[-1])["ms"] == milliseconds
