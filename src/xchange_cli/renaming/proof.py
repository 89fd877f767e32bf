"""The proof that a renaming changes names only: every name leads where it led, and there is no new error."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.parse import Document
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Named, Target
from xchange_cli.renaming.scalars import scalars


class Names(NamedTuple):
    """The names in a document."""

    document: Document
    named: Iterable[Named]

    def by_scalar(self) -> Mapping[int, list[Named]]:
        """Give the names in each scalar, by its position among all of the document."""
        positions = {id(node): at for at, node in enumerate(scalars(self.document.root))}
        found: dict[int, list[Named]] = {}
        for one in self.named:
            found.setdefault(positions[id(one.node)], []).append(one)
        return found


def require_same_targets(before: Names, after: Names) -> None:
    """Refuse a renaming by which a name comes to mean something else; what is shared may mean less than before.

    Raises:
        XchangeError: CONFLICT with the place.

    """
    then = after.by_scalar()
    for at, old in sorted(before.by_scalar().items()):
        new = then.get(at, [])
        if any(one.is_shared for one in old):
            continue
        for number, was in enumerate(old):
            now = new[number] if number < len(new) else None
            if now is None or was.target != now.target:
                raise _other_meaning(was, now)


def require_same_names(before: Lookup, after: Lookup, target: Target) -> None:
    """Refuse a renaming by which something else gets another name, too, as a step that an alias repeats.

    Raises:
        XchangeError: CONFLICT with the place.

    """
    for one in before.targets():
        if one != target and before.name_of(one) != after.name_of(one):
            raise XchangeError(
                ErrorCode.CONFLICT,
                f"by an alias, something else called `{before.name_of(one)}` would get the new name, too",
                hint="Nothing is changed. Write out what the alias stands for.",
                place=before.name_node(one).span.place,
            )


def new_findings(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Give the findings of those rules that find more than before, of which those that were there before are left out."""
    more = Counter(found.rule for found in after) - Counter(found.rule for found in before)
    told = {found.fingerprint for found in before}
    fresh = [found for found in after if found.rule in more and found.fingerprint not in told]
    return fresh or [found for found in after if found.rule in more]


def require_no_error(findings: Iterable[Diagnostic]) -> None:
    """Refuse a renaming that brings an error.

    Raises:
        XchangeError: CONFLICT with the place, in the text as it would be.

    """
    error = next((found for found in findings if found.severity is Severity.ERROR), None)
    if error is not None:
        raise XchangeError(
            ErrorCode.CONFLICT,
            f"with the new name there would be an error: {error.message}",
            hint=f"Nothing is changed. `xchange explain {error.rule}` tells more.",
            place=error.span.place,
        )


def _other_meaning(was: Named, now: Named | None) -> XchangeError:
    name = was.node.value[was.start : was.end]
    if was.target is None and now is not None:
        message = f"`{name}` leads nowhere now, and would mean what gets the new name"
    else:
        message = f"`{name}` would mean something else with the new name"
    return XchangeError(
        ErrorCode.CONFLICT,
        message,
        hint="Nothing is changed. Correct this place, or choose another name.",
        place=was.span.place,
    )
