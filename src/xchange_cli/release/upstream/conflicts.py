"""The conflicts that a merge has left in a file, by the names that settle them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xchange_cli.document.locate import locate
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.merging.conflicts import Hunk, conflicts_in
from xchange_cli.merging.found import Conflict
from xchange_cli.nearest import nearest
from xchange_cli.source import Source

_FLOWS = "flows"


class Values(NamedTuple):
    """What each side says, and what stood there before; no secret is in any of them."""

    ours: str
    theirs: str
    base: str


class OpenConflict(NamedTuple):
    """`name` settles it: that of its step, else of its flow, config variable or page, else the key of the file.

    `what` are the sentences of the merge that has just made it, empty where the file was read again. `values` are those
    of a conflict about a single short value, where somebody asked for them.
    """

    hunk: Hunk
    name: str
    what: tuple[str, ...] = ()
    values: Values | None = None

    @property
    def line(self) -> int:
        """The line of its first mark, from 1."""
        return self.hunk.marks.span.first.line


def open_conflicts(source: Source, known: Iterable[Conflict] = ()) -> tuple[OpenConflict, ...]:
    """Find the conflicts in a text, in its order; `known` are those of the merge that made it."""
    said: dict[int, list[Conflict]] = {}
    for conflict in known:
        said.setdefault(conflict.line, []).append(conflict)
    found = (OpenConflict(hunk, _name(hunk)) for hunk in conflicts_in(source))
    return tuple(
        one._replace(what=tuple(dict.fromkeys(_sentence(what, one.hunk) for what in said.get(one.line, ()))))
        for one in found
    )


def meant(
    conflicts: Sequence[OpenConflict], name: str, flow: str = "", files: Sequence[str] = ()
) -> list[OpenConflict]:
    """Give the conflicts that a name means: of a step, else of a flow, else of anything else; all without a name.

    Those of a step are also where only one side has it: both places of a step that was moved are settled at once.

    `flow` is the flow that the step must be in, empty for any; `files` are others that could have been meant.

    Raises:
        XchangeError: NOT_FOUND where it means none; USAGE where steps of several flows have the name.

    """
    within = [one for one in conflicts if not flow or _is_called(one.hunk.flow, flow)]
    if not name and within:
        return within
    of_step = [
        one for one in within if any(_is_called(step, name) for step in (one.hunk.step, *one.hunk.alone))
    ]
    flows = list(dict.fromkeys(one.hunk.flow for one in of_step))
    if len(flows) > 1:
        message = f"there are conflicts in steps called {name} in {len(flows)} flows: {', '.join(flows)}"
        raise XchangeError(ErrorCode.USAGE, message, hint="Say which flow, with --flow.")
    of_flow = [one for one in within if _is_called(one.hunk.flow, name)]
    found = of_step or of_flow or [one for one in within if _is_called(one.name, name)]
    if not found:
        raise _unknown(conflicts, name, flow, files)
    return found


def _sentence(conflict: Conflict, hunk: Hunk) -> str:
    """Put what is below the step, or below another part, in front of what is wrong with it; and a step not named yet."""
    below = conflict.path[conflict.path.index(conflict.step) + 1 :] if conflict.step in conflict.path else ()
    rest = below or conflict.path[2:]
    said = f"`{'.'.join(rest)}`: {conflict.what}" if rest and rest[-1] != conflict.step else conflict.what
    return said if conflict.step in {"", hunk.step} else f"step `{conflict.step}`: {said}"


def _name(hunk: Hunk) -> str:
    if hunk.step or hunk.flow:
        return hunk.step or hunk.flow
    names = locate(hunk.place.document.root, hunk.place.offset, hunk.place.offset).names
    return names[min(1, len(names) - 1)] if names else ""


def _is_called(known: str, name: str) -> bool:
    return bool(known and name) and (known == name or step_ref(known) == name)


def _unknown(conflicts: Sequence[OpenConflict], name: str, flow: str, files: Sequence[str]) -> XchangeError:
    """Say what has no conflict: the flow, what is named, or that in this flow."""
    flows = list(dict.fromkeys(one.hunk.flow for one in conflicts if one.hunk.flow))
    if flow and not any(_is_called(known, flow) for known in flows):
        return _not_found(f"no conflict is in a flow called {flow}", flow, flows)
    named = [one for one in conflicts if not flow or _is_called(one.hunk.flow, flow)]
    names = [*dict.fromkeys(one.name for one in named if one.name), *(() if flow else files)]
    within = f" in the flow {flow}" if flow else ""
    return _not_found(f"there is no conflict in {name}{within}", name, names)


def _not_found(message: str, name: str, names: Sequence[str]) -> XchangeError:
    near = nearest(name, names)
    known = f"Conflicts are in {', '.join(names)}." if names else "`--all` settles all that are left."
    return XchangeError(ErrorCode.NOT_FOUND, message, hint=f"Did you mean `{near}`?" if near else known)
