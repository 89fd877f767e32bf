"""What a version is now, as far as it changed."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped
from xchange_cli.release.versions.changed_state import ChangedState


def render(changed: ChangedState, out: TextIO) -> None:
    style = Style.of(out)
    for sentence in _changes(changed):
        name = changed.manifest.reference
        out.write(wrapped(f"{name} {sentence}").replace(name, style.paint("ok", name), 1) + "\n")
    out.writelines(f"{wrapped(one)}\n" for one in changed.said)


def _changes(changed: ChangedState) -> Iterator[str]:
    before, after = changed.before, changed.after
    if (before.available, before.because) != (after.available, after.because):
        reason = f": {after.because}" if after.because else ""
        yield f"is {'available' if after.available else 'unavailable'}{reason}"
    if before.labels != after.labels:
        labels = ", ".join(changed.labels)
        yield f"has the labels {labels}" if labels else "has no labels"
    if before.template != after.template:
        offered = f"is offered as a template to {after.template}"
        yield "is no template any longer" if after.template == "no" else offered
