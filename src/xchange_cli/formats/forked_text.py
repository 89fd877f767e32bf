"""What was made for a fork, where that is from, and which names are still those of its parent."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.formats import warning_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.validation_counts import counts_line
from xchange_cli.formats.words import wrapped
from xchange_cli.release.forking.forking import Forked
from xchange_cli.release.forking.names import NameKind, SharedName
from xchange_cli.release.forking.parent import Parent

_WORDS = {NameKind.WEBHOOK: "webhook", NameKind.QUEUE: "queue or topic", NameKind.STATE_KEY: "state key"}
_SHORT_COMMIT = 12


def render(made: Forked, out: TextIO) -> None:
    style = Style.of(out)
    out.writelines(f"{style.paint('ok', 'made')} {showable(name)}\n" for name in made.files)
    out.writelines(wrapped(f"{one.name}: {one.reason}", "left out ") + "\n" for one in made.parent.left_out)
    out.write(wrapped(_origin(made.parent)) + "\n")
    state = made.parent.state
    if state is not None and not state.available:
        why = f": {state.because}" if state.because else ""
        warning_text.render(f"{_version(made.parent)} is marked as unavailable{why}", out)
    out.writelines(_names(made.names))
    out.write(counts_line(made.result, made.key, style))
    out.write(f"next: xchange validate {made.key}\n      xchange show {made.key}\n")


def _origin(parent: Parent) -> str:
    base = parent.base
    if base.version is not None:
        return f"a fork of {_version(parent)}"
    if base.commit:
        return f"a fork of {base.key} as in commit {base.commit[:_SHORT_COMMIT]}"
    why = ", which has changes that are in no commit" if parent.is_changed else ""
    return f"a fork of {base.key} as it is now{why}"


def _version(parent: Parent) -> str:
    return f"{parent.base.key}@{parent.base.version}"


def _names(names: tuple[SharedName, ...]) -> Iterator[str]:
    if names:
        yield "still as in its parent, which both would use; nothing of this was changed:\n"
    for one in names:
        yield wrapped(f"{one.span.place}: {_advice(one)}", "  ", "    ") + "\n"


def _advice(one: SharedName) -> str:
    if one.kind is NameKind.STABLE_KEY:
        return f"take out stableKey `{one.name}`, by which the platform knows the parent"
    where = f"the default of `{one.variable}`" if one.variable else f"in `{one.step}`"
    return f"{_WORDS[one.kind]} `{one.name}`, {where}, could be `{one.suggestion}`"
