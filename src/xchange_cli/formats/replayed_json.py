"""A step of a recorded run for programs: `xchange.recorded-step/1`."""

from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.recorded_json import call_data
from xchange_cli.formats.values import cut, jsonable
from xchange_cli.record.look import StepLook


def render(look: StepLook, out: TextIO) -> None:
    calls = [
        {**call_data(call), "inputs": {key: cut(jsonable(value)) for key, value in call.inputs.items()}}
        for call in look.calls
    ]
    document = {
        "schema": "xchange.recorded-step/1",
        "run": look.run.entry.run_id,
        "step": {"ref": look.step.ref, "name": look.step.name},
        "calls": calls,
    }
    write_json(document, out)
