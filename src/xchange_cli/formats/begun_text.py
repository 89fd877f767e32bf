"""What was written for a new component, and what comes next."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped
from xchange_cli.project.new_component import Begun


def render(begun: Begun, out: TextIO) -> None:
    style = Style.of(out)
    for name, what in (
        (begun.specification, "what the component offers"),
        (begun.code, "its code" if begun.specification else f"code for `{begun.action}`"),
        (begun.test, "a test, which passes"),
    ):
        if name:
            out.write(f"{style.paint('ok', 'wrote')} {name}: {what}\n")
    out.writelines(wrapped(step, "next: ", "      ") + "\n" for step in _next_steps(begun))


def _next_steps(begun: Begun) -> Iterator[str]:
    if begun.specification:
        yield (
            f"describe your actions in {begun.specification}, and write a function for each in {begun.code}; "
            f"`pytest {begun.test}` tries them."
        )
        yield (
            f"use the component in a step: `action: {{key: {begun.action}, component: {{key: {begun.key}, "
            "version: LATEST, isPublic: false}}`."
        )
    else:
        yield (
            f"put your own code into {begun.code}; `pytest {begun.test}` tries it, and `xchange run` uses it "
            "for actions that have no built-in code."
        )
    yield f"`xchange components {begun.key} {begun.action}` shows how flows see it."
