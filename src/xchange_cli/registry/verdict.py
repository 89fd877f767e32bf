"""What a version means for those who have the one before it, as its manifest keeps it."""

from typing import Any, NamedTuple

from xchange_cli.registry.fields import Fields

GRADES = ("breaking", "risky", "safe")


class GradedChange(NamedTuple):
    """`path` is made of names and keys; `approved` says why it was let pass, None where nobody had to."""

    kind: str
    grade: str
    path: tuple[str, ...]
    message: str
    fingerprint: str
    approved: str | None


class Verdict(NamedTuple):
    """`against` is the number of the version before, `grade` the worst of all changes, None where nothing changed in meaning.

    `counts` has the number of all changes by the words of `GRADES`; of very many, `changes` has the worst only.
    """

    against: int
    grade: str | None
    counts: tuple[int, int, int]
    changes: tuple[GradedChange, ...]


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """Give a verdict as JSON holds it."""
    return {
        "against": verdict.against,
        "grade": verdict.grade,
        "counts": dict(zip(GRADES, verdict.counts, strict=True)),
        "changes": [{**change._asdict(), "path": list(change.path)} for change in verdict.changes],
    }


def verdict_of(fields: Fields) -> Verdict:
    """Take a verdict from JSON.

    Raises:
        XchangeError: INVALID.

    """
    counts = fields.part("counts")
    breaking, risky, safe = (counts.number(grade) for grade in GRADES)
    return Verdict(
        fields.number("against", 1),
        None if fields.data.get("grade") is None else fields.choice("grade", GRADES),
        (breaking, risky, safe),
        tuple(map(_change, fields.parts("changes"))),
    )


def _change(fields: Fields) -> GradedChange:
    return GradedChange(
        fields.text("kind"),
        fields.choice("grade", GRADES),
        fields.texts("path"),
        fields.text("message"),
        fields.text("fingerprint"),
        None if fields.data.get("approved") is None else fields.text("approved"),
    )
