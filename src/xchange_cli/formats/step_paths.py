"""Steps by their keys and by their paths in a run, such as `eachLine[2]/post#2`."""

import re

from xchange_cli.model.integration import Flow, Step
from xchange_cli.model.walk import walk_flow


def ref_of(path: str) -> str:
    """Give the step key that a path ends with."""
    return re.split(r"[\[~#]", path.rpartition("/")[2])[0]


def step_of(flow: Flow, ref: str) -> Step | None:
    return next((placed.step for placed in walk_flow(flow) if placed.step.ref == ref), None)


def step_name(flow: Flow, ref: str) -> str:
    """Give the name of the step with this key, or the key itself."""
    step = step_of(flow, ref)
    return step.name if step else ref
