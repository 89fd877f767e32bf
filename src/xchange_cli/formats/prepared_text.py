"""What the user may want to know before anything runs."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from xchange_cli.formats import warning_text
from xchange_cli.formats.words import count, wrapped
from xchange_cli.model.integration import Step
from xchange_cli.runs.prepare import Prepared
from xchange_cli.runs.scripts import NodeStep


def render(prepared: Prepared, out: TextIO) -> None:
    if prepared.findings:
        from xchange_cli.formats import findings_text

        findings_text.render(prepared.findings, out)
    for message in _warnings(prepared):
        warning_text.render(message, out)
    if running := [one for one in prepared.node_steps if one.has_node]:
        out.write(wrapped(_in_node(running)) + "\n")
    if prepared.other_warnings:
        shown = count(prepared.other_warnings, "warning")
        pronoun = "it" if prepared.other_warnings == 1 else "them"
        out.write(f"{shown} about the file; `xchange validate` shows {pronoun}\n")
    out.flush()


def _warnings(prepared: Prepared) -> Iterator[str]:
    if prepared.unperformable:
        yield _without_code(prepared.unperformable)
    if prepared.given_trigger is not None:
        yield (
            f"{_named(prepared.given_trigger)} has no local code; the payload is taken for its result "
            "as it is: no signature is checked, nothing is fetched."
        )
    if missing := [one for one in prepared.node_steps if not one.has_node]:
        yield _without_node(missing)
    yield from prepared.notes


def _without_node(steps: Sequence[NodeStep]) -> str:
    reached = "it" if len(steps) == 1 else "one"
    return (
        f"{', '.join(map(_needing, steps))}: Node.js 20 or newer is not on the path; the run fails if {reached} is reached. "
        "Install Node.js, or `pip install 'xchange-cli[node]'`."
    )


def _in_node(steps: Sequence[NodeStep]) -> str:
    if len(steps) == 1:
        (one,) = steps
        return f"`{one.step.name}` runs in Node.js, since it uses {one.need} (line {one.span.first.line})"
    return f"{len(steps)} steps run in Node.js because of what they use: {', '.join(map(_needing, steps))}"


def _needing(one: NodeStep) -> str:
    return f"`{one.step.name}` ({one.need}, line {one.span.first.line})"


def _without_code(steps: Sequence[Step]) -> str:
    if len(steps) == 1:
        option = "--payload " if steps[0].is_trigger else f"--mock {steps[0].ref}="
        return (
            f"{_named(steps[0])} has no local code; the run fails if it is reached. "
            f"{option}FILE gives it a result."
        )
    return (
        f"{len(steps)} steps have no local code; the run fails if one is reached: "
        f"{', '.join(map(_named, steps))}. --mock STEP=FILE gives a step a result."
    )


def _named(step: Step) -> str:
    action = f"{step.action.component}.{step.action.key}" if step.action else "no action"
    return f"`{step.name}` ({action})"
